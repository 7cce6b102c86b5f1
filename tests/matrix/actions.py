"""What a school is going to change."""

from typing import Any

from schools.models import ProgrammeYear, School
from tests.factories import ActionFactory
from tests.matrix.rows import Row
from tests.matrix.workspaces import a_school
from tests.people import People


def an_action(people: People, school: School) -> dict[str, Any]:
    """An open action, which the lead of the school added."""
    action = ActionFactory(school=school, programme_year=ProgrammeYear.objects.get(), added_by=people.head)
    return {"school_pk": school.pk, "action_pk": action.pk}


def a_move(people: People, school: School) -> dict[str, Any]:
    """One that is to be done."""
    return {**an_action(people, school), "status": "done"}


ROWS: dict[str, Row] = {
    # ----------------------------- out admin liais progr train head  coll  gov   other
    "GET schools:actions": Row("       in  200 200 200 404 200 200 200 404", a_school),
    "GET schools:actions_csv": Row("   in  200 200 200 404 200 200 200 404", a_school),
    "GET schools:actions_excel": Row(" in  200 200 200 404 200 200 200 404", a_school),
    "GET schools:action": Row("        in  200 200 200 404 200 200 200 404", an_action),
    "GET schools:add_action": Row("    in  200 200 403 404 200 200 403 404", a_school),
    "POST schools:add_action": Row("   in  422 422 403 404 422 422 403 404", a_school),
    "GET schools:change_action": Row(" in  200 200 403 404 200 403 403 404", an_action),
    "POST schools:change_action": Row("in  422 422 403 404 422 403 403 404", an_action),
    "GET schools:move_action": Row("   in  200 200 403 404 200 403 403 404", a_move),
    "POST schools:move_action": Row("  in  422 422 403 404 422 403 403 404", a_move),
}
