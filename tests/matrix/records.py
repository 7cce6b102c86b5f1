"""The record of a visit, and its form on paper."""

from typing import Any

from schools.models import School
from tests.factories import ThemeFactory, VisitFactory
from tests.matrix.rows import Row
from tests.people import People
from visits.enums import VisitStatus
from visits.models import Visit
from visits.services.themes import remove_theme


def a_held_visit(people: People, school: School) -> dict[str, Any]:
    """A visit of the school that was held and has no record yet."""
    return {"visit_pk": VisitFactory(school=school, status=VisitStatus.HELD).pk}


def a_part(people: People, school: School) -> dict[str, Any]:
    """The part of its record about who came."""
    return {**a_held_visit(people, school), "part": "attendance"}


def a_theme(people: People, school: School) -> dict[str, Any]:
    """A theme in the record of such a visit."""
    theme = ThemeFactory(visit__school=school, visit__status=VisitStatus.HELD)
    return {"visit_pk": theme.visit_id, "key": theme.key}


def a_removed_theme(people: People, school: School) -> dict[str, Any]:
    """One that was taken out of the record and can come back."""
    found = a_theme(people, school)
    remove_theme(visit=Visit.objects.get(pk=found["visit_pk"]), key=found["key"], by=people.liaison)
    return found


ROWS: dict[str, Row] = {
    # ------------------------------- out admin liais progr train head  coll  gov   other
    "GET visits:blank_record": Row("   in  200   200   403   403   403   403   403   403"),
    "GET visits:blank_record_of": Row("in  200   200   403   404   403   403   403   404", a_held_visit),
    "GET visits:record": Row("         in  200   200   403   404   403   403   403   404", a_held_visit),
    "POST visits:record": Row("        in  go    go    403   404   403   403   403   404", a_held_visit),
    "POST visits:here": Row("          in  200   200   403   404   403   403   403   404", a_held_visit),
    "POST visits:save_record_part": Row("in 200  200   403   404   403   403   403   404", a_part),
    "POST visits:save_signposting": Row("in 200  200   403   404   403   403   403   404", a_held_visit),
    "POST visits:save_theme": Row("    in  200   200   403   404   403   403   403   404", a_theme),
    "POST visits:put_theme_back": Row("in  go    go    403   404   403   403   403   404", a_theme),
    "GET visits:forget_theme": Row("   in  200   200   403   404   403   403   403   404", a_removed_theme),
    "POST visits:forget_theme": Row("  in  go    go    403   404   403   403   403   404", a_removed_theme),
    "GET visits:remove_theme": Row("   in  200   200   403   404   403   403   403   404", a_theme),
    "POST visits:remove_theme": Row("  in  go    go    403   404   403   403   403   404", a_theme),
}
