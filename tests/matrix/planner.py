"""The planner of visits, its calendar and hours; planning many at once; school terms and the names of the visits."""

from datetime import date
from typing import Any

from schools.models import DayOff, School, Term
from tests.matrix.rows import Row
from tests.people import People


def a_term(people: People, school: School) -> dict[str, Any]:
    """A half term; terms belong to the county and to no school."""
    term = Term.objects.create(name="Autumn", starts_on=date(2026, 9, 2), ends_on=date(2026, 10, 23))
    return {"term_pk": term.pk}


def a_day_off(people: People, school: School) -> dict[str, Any]:
    """A day on which every school is closed."""
    return {"day_pk": DayOff.objects.create(day=date(2027, 5, 3), name="the May bank holiday").pk}


def a_step(people: People, school: School) -> dict[str, Any]:
    """The second of the three visits."""
    return {"number": 2}


def a_school(people: People, school: School) -> dict[str, Any]:
    """The school itself."""
    return {"school_pk": school.pk}


ROWS: dict[str, Row] = {
    # ----------------------------- out admin liais progr train head  coll  gov   other
    "GET visits:planner": Row("      in  200   200   403   403   go    403   go    go"),
    "GET visits:planner_csv": Row("  in  200   200   403   403   403   403   403   403"),
    "GET visits:planner_excel": Row("in  200   200   403   403   403   403   403   403"),
    "GET visits:week": Row("         in  200   200   403   403   403   403   403   403"),
    "GET visits:week_csv": Row("     in  200   200   403   403   403   403   403   403"),
    "GET visits:week_excel": Row("   in  200   200   403   403   403   403   403   403"),
    "GET visits:month": Row("        in  200   200   403   403   403   403   403   403"),
    "GET visits:month_csv": Row("    in  200   200   403   403   403   403   403   403"),
    "GET visits:month_excel": Row("  in  200   200   403   403   403   403   403   403"),
    "GET visits:capacity": Row("     in  200   200   403   403   403   403   403   403"),
    "GET visits:capacity_csv": Row(" in  200   200   403   403   403   403   403   403"),
    "GET visits:capacity_excel": Row("in 200   200   403   403   403   403   403   403"),
    "GET visits:plan": Row("         in  200   200   403   403   403   403   403   403"),
    "POST visits:plan": Row("        in  422   422   403   403   403   403   403   403"),
    "POST visits:apply_plan": Row("  in  422   422   403   403   403   403   403   403"),
    "GET visits:names": Row("        in  200   403   403   403   403   403   403   403"),
    "GET visits:change_name": Row("  in  200   403   403   403   403   403   403   403", a_step),
    "POST visits:change_name": Row(" in  422   403   403   403   403   403   403   403", a_step),
    "POST visits:request_visit": Row("in go    go    403   404   403   403   403   404", a_school),
    "GET schools:terms": Row("       in  200   403   403   403   403   403   403   403"),
    "GET schools:terms_csv": Row("   in  200   403   403   403   403   403   403   403"),
    "GET schools:terms_excel": Row(" in  200   403   403   403   403   403   403   403"),
    "GET schools:add_term": Row("    in  200   403   403   403   403   403   403   403"),
    "POST schools:add_term": Row("   in  422   403   403   403   403   403   403   403"),
    "GET schools:change_term": Row(" in  200   403   403   403   403   403   403   403", a_term),
    "POST schools:change_term": Row("in  422   403   403   403   403   403   403   403", a_term),
    "GET schools:remove_term": Row(" in  200   403   403   403   403   403   403   403", a_term),
    "POST schools:remove_term": Row("in  go    403   403   403   403   403   403   403", a_term),
    "GET schools:add_day_off": Row(" in  200   403   403   403   403   403   403   403"),
    "POST schools:add_day_off": Row("in  422   403   403   403   403   403   403   403"),
    "GET schools:change_day_off": Row("  in  200 403 403 403 403 403 403 403", a_day_off),
    "POST schools:change_day_off": Row(" in  422 403 403 403 403 403 403 403", a_day_off),
    "GET schools:remove_day_off": Row("  in  200 403 403 403 403 403 403 403", a_day_off),
    "POST schools:remove_day_off": Row(" in  go  403 403 403 403 403 403 403", a_day_off),
}
