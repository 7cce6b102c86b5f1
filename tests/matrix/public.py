"""What anybody may read."""

from typing import Any

from schools.models import School
from tests.matrix.rows import Row
from tests.people import People


def a_listed_school(people: People, school: School) -> dict[str, Any]:
    """The school itself, which agreed to be named."""
    return {"slug": school.slug}


ROWS: dict[str, Row] = {
    # ----------------------------- out admin liais progr train head  coll  gov   other
    "GET front": Row("               200 200   200   200   200   200   200   200   200"),
    "GET schools:public_list": Row(" 200 200   200   200   200   200   200   200   200"),
    "GET schools:public_csv": Row("  200 200   200   200   200   200   200   200   200"),
    "GET schools:public_excel": Row("200 200   200   200   200   200   200   200   200"),
    "GET schools:public_json": Row(" 200 200   200   200   200   200   200   200   200"),
    "GET schools:public_school": Row("200 200 200 200 200 200 200 200 200", a_listed_school),
    "GET sitemap": Row("             200 200   200   200   200   200   200   200   200"),
    "GET robots": Row("              200 200   200   200   200   200   200   200   200"),
}
