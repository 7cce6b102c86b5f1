"""The summary of a visit: shared with the school, read, replied to, closed."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from schools.models import School
from tests.factories import VisitFactory, VisitSummaryFactory
from tests.matrix.rows import Row
from tests.people import People
from visits.enums import LinkPurpose, VisitStatus
from visits.links import make_link
from visits.models import Visit


def a_visit(people: People, school: School, status: VisitStatus) -> Visit:
    """A visit of the school that stands there, and its summary once it was shared."""
    visit = VisitFactory(school=school, status=status)
    if visit.is_with_the_school:
        VisitSummaryFactory(visit=visit)
    return visit


def a_held_visit(people: People, school: School) -> dict[str, Any]:
    """One whose notes are to be written."""
    return {"visit_pk": a_visit(people, school, VisitStatus.HELD).pk}


def a_written_visit(people: People, school: School) -> dict[str, Any]:
    """One whose notes are to be shared."""
    return {"visit_pk": a_visit(people, school, VisitStatus.NOTES_WRITTEN).pk}


def a_shared_visit(people: People, school: School) -> dict[str, Any]:
    """One whose notes the school has."""
    return {"visit_pk": a_visit(people, school, VisitStatus.SHARED).pk}


def a_closed_visit(people: People, school: School) -> dict[str, Any]:
    """One that is over and done with."""
    return {"visit_pk": a_visit(people, school, VisitStatus.CLOSED).pk}


def a_link(people: People, school: School) -> dict[str, Any]:
    """The token of a link that was sent to the school's lead."""
    visit = a_visit(people, school, VisitStatus.SHARED)
    _, token = make_link(
        visit=visit,
        purpose=LinkPurpose.READ_THE_SUMMARY,
        email=people.head.email if school == people.school else people.other_head.email,
        expires_at=timezone.now() + timedelta(days=60),
    )
    return {"token": token}


ROWS: dict[str, Row] = {
    # ----------------------------- out admin liais progr train head  coll  gov   other
    "GET visits:summary": Row("       in  200   200   403   404   200   403   200   404", a_shared_visit),
    "POST visits:finish_notes": Row(" in  go    go    403   404   403   403   403   404", a_held_visit),
    "POST visits:write_on": Row("     in  go    go    403   404   403   403   403   404", a_written_visit),
    "POST visits:send_summary_again": Row("in go go   403   404   403   403   403   404", a_shared_visit),
    "GET visits:share": Row("         in  200   200   403   404   403   403   403   404", a_written_visit),
    "POST visits:share": Row("        in  go    go    403   404   403   403   403   404", a_written_visit),
    "POST visits:receipt": Row("      in  403   403   403   404   go    403   403   404", a_shared_visit),
    "GET visits:reply": Row("         in  403   403   403   404   200   403   403   404", a_shared_visit),
    "POST visits:reply": Row("        in  403   403   403   404   422   403   403   404", a_shared_visit),
    "POST visits:close": Row("        in  go    go    403   404   403   403   403   404", a_shared_visit),
    "GET visits:reopen": Row("        in  200   200   403   404   403   403   403   404", a_closed_visit),
    "POST visits:reopen": Row("       in  422   422   403   404   403   403   403   404", a_closed_visit),
    "GET visits:summary_by_link": Row(" 200 200 200 200 200 200 200 200 200", a_link),
    "POST visits:receipt_by_link": Row("go  go  go  go  go  go  go  go  go", a_link),
    "GET visits:reply_by_link": Row("   200 200 200 200 200 200 200 200 200", a_link),
    "POST visits:reply_by_link": Row("  422 422 422 422 422 422 422 422 422", a_link),
}
