"""A school's workspace, its history, and what is changed there; groups and other programmes."""

from typing import Any

from schools.models import OtherProgramme, School, SchoolGroup
from tests.matrix.rows import Row
from tests.people import People


def a_school(people: People, school: School) -> dict[str, Any]:
    """The school itself."""
    return {"school_pk": school.pk}


def a_group(people: People, school: School) -> dict[str, Any]:
    """A cluster that the school belongs to."""
    group = SchoolGroup.objects.create(name=f"Cluster of {school}", kind="cluster")
    group.schools.add(school)
    return {"group_pk": group.pk}


def another_programme(people: People, school: School) -> dict[str, Any]:
    """Another programme that the school is in."""
    return {"programme_pk": OtherProgramme.objects.create(name=f"Programme of {school}").pk}


ROWS: dict[str, Row] = {
    # ----------------------------- out admin liais progr train head  coll  gov   other
    "GET workspaces": Row("          in  200   200   200   200   go    go    go    go"),
    "GET workspaces_csv": Row("      in  200   200   200   200   200   200   200   200"),
    "GET workspaces_excel": Row("    in  200   200   200   200   200   200   200   200"),
    "GET workspace": Row("           in  200   200   200   404   200   200   200   404", a_school),
    "GET workspace_years_csv": Row("  in 200 200 200 404 200 200 200 404", a_school),
    "GET workspace_years_excel": Row("in 200 200 200 404 200 200 200 404", a_school),
    "GET workspace_history": Row("   in  200   200   403   404   200   403   403   404", a_school),
    "GET workspace_history_csv": Row("  in  200 200 403 404 200 403 403 404", a_school),
    "GET workspace_history_excel": Row("in  200 200 403 404 200 403 403 404", a_school),
    "GET schools:change_school": Row("  in  200 403 403 404 403 403 403 404", a_school),
    "POST schools:change_school": Row(" in  go  403 403 404 403 403 403 404", a_school),
    "GET schools:consent": Row("        in  200 403 403 404 200 403 403 404", a_school),
    "POST schools:consent": Row("       in  422 403 403 404 422 403 403 404", a_school),
    "GET schools:add_group": Row("      in  200 403 403 403 403 403 403 403"),
    "POST schools:add_group": Row("     in  422 403 403 403 403 403 403 403"),
    "GET schools:change_group": Row("   in  200 403 403 403 403 403 403 403", a_group),
    "POST schools:change_group": Row("  in  422 403 403 403 403 403 403 403", a_group),
    "GET schools:remove_group": Row("   in  200 403 403 403 403 403 403 403", a_group),
    "POST schools:remove_group": Row("  in  go  403 403 403 403 403 403 403", a_group),
    "GET schools:add_other_programme": Row("    in  200 403 403 403 403 403 403 403"),
    "POST schools:add_other_programme": Row("   in  422 403 403 403 403 403 403 403"),
    "GET schools:change_other_programme": Row(" in  200 403 403 403 403 403 403 403", another_programme),
    "POST schools:change_other_programme": Row("in  422 403 403 403 403 403 403 403", another_programme),
}
