"""What anybody may read."""

from typing import Any

from core.logos import Picture
from core.models import ProgrammeSettings
from core.services import save_logo
from schools.models import School
from tests.factories.logos import png
from tests.matrix.rows import Row
from tests.people import People


def a_listed_school(people: People, school: School) -> dict[str, Any]:
    """The school itself, which agreed to be named."""
    return {"slug": school.slug}


def own_colours(people: People, school: School) -> dict[str, Any]:
    """Colours that the forum chose."""
    ProgrammeSettings.objects.update(main_colour="#204080")
    return {"digest": ProgrammeSettings.load().look.digest}


def a_logo(people: People, school: School) -> dict[str, Any]:
    """A logo that the forum sent."""
    picture = Picture(png(), 20, 20)
    save_logo(picture=picture, by=people.admin)
    return {"digest": picture.digest}


ROWS: dict[str, Row] = {
    # ----------------------------- out admin liais progr train head  coll  gov   other
    "GET front": Row("               200 200   200   200   200   200   200   200   200"),
    "GET schools:public_list": Row(" 200 200   200   200   200   200   200   200   200"),
    "GET schools:public_csv": Row("  200 200   200   200   200   200   200   200   200"),
    "GET schools:public_excel": Row("200 200   200   200   200   200   200   200   200"),
    "GET schools:public_json": Row(" 200 200   200   200   200   200   200   200   200"),
    "GET schools:public_school": Row("200 200 200 200 200 200 200 200 200", a_listed_school),
    "GET about": Row("               200 200   200   200   200   200   200   200   200"),
    "GET forum": Row("               200 200   200   200   200   200   200   200   200"),
    "GET parent_carers": Row("       200 200   200   200   200   200   200   200   200"),
    "GET for_schools": Row("         200 200   200   200   200   200   200   200   200"),
    "GET accessibility": Row("       200 200   200   200   200   200   200   200   200"),
    "GET privacy": Row("             200 200   200   200   200   200   200   200   200"),
    "GET contact": Row("             200 200   200   200   200   200   200   200   200"),
    "GET look_css": Row("            200 200 200 200 200 200 200 200 200", own_colours),
    "GET look_logo": Row("           200 200 200 200 200 200 200 200 200", a_logo),
    "GET sitemap": Row("             200 200   200   200   200   200   200   200   200"),
    "GET robots": Row("              200 200   200   200   200   200   200   200   200"),
}
