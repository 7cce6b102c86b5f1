"""Themes over schools and of a school, and groups of them."""

from typing import Any

from schools.models import School
from tests.factories import ThemeGroupFactory
from tests.matrix.people import a_school
from tests.matrix.rows import Row
from tests.people import People


def a_group(people: People, school: School) -> dict[str, Any]:
    """A group of themes: of no school."""
    return {"group_pk": ThemeGroupFactory().pk}


ROWS: dict[str, Row] = {
    # ----------------------------------- out admin liais progr train head  coll  gov   other
    "GET visits:themes": Row("              in  200   200   200   403   403   403   403   403"),
    "GET visits:themes_csv": Row("          in  200   200   200   403   403   403   403   403"),
    "GET visits:themes_excel": Row("        in  200   200   200   403   403   403   403   403"),
    "GET visits:gather_themes": Row("       in  200   200   403   403   403   403   403   403"),
    "POST visits:gather_themes": Row("      in  422   422   403   403   403   403   403   403"),
    "GET visits:theme_groups": Row("        in  200   200   403   403   403   403   403   403"),
    "GET visits:theme_groups_csv": Row("    in  200   200   200   403   403   403   403   403"),
    "GET visits:theme_groups_excel": Row("  in  200   200   200   403   403   403   403   403"),
    "GET visits:theme_group": Row("         in  200   200   403   403   403   403   403   403", a_group),
    "GET visits:merge_group": Row("         in  200   200   403   403   403   403   403   403", a_group),
    "POST visits:merge_group": Row("        in  422   422   403   403   403   403   403   403", a_group),
    "GET visits:rename_group": Row("        in  200   200   403   403   403   403   403   403", a_group),
    "POST visits:rename_group": Row("       in  422   422   403   403   403   403   403   403", a_group),
    "GET visits:school_themes": Row("       in  200   200   403   404   200   403   200   404", a_school),
    "GET visits:school_themes_csv": Row("   in  200   200   403   404   200   403   200   404", a_school),
    "GET visits:school_themes_excel": Row(" in  200   200   403   404   200   403   200   404", a_school),
}
