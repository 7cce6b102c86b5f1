"""Planning a visit, and the school's answer."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from schools.models import ProgrammeYear, School
from tests.factories import SchoolContactFactory, VisitFactory
from tests.matrix.rows import Row
from tests.people import People
from visits.enums import LinkPurpose, VisitStatus
from visits.links import make_link
from visits.models import ProposedTime, Visit


def of(status: VisitStatus, school: School) -> Visit:
    """A visit of the school that stands there."""
    year = ProgrammeYear.objects.get()
    return VisitFactory(school=school, programme_year=year, status=status)


def to_schedule(people: People, school: School) -> dict[str, Any]:
    """A visit without a date."""
    return {"visit_pk": of(VisitStatus.TO_SCHEDULE, school).pk}


def proposed(people: People, school: School) -> dict[str, Any]:
    """One for which a time is put forward."""
    visit = of(VisitStatus.PROPOSED, school)
    starts_at = timezone.now() + timedelta(days=7)
    ProposedTime.objects.create(
        visit=visit,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        slot="other",
        proposer="PACC",
    )
    return {"visit_pk": visit.pk}


def confirmed(people: People, school: School) -> dict[str, Any]:
    """One with a date."""
    return {"visit_pk": of(VisitStatus.CONFIRMED, school).pk}


def held(people: People, school: School) -> dict[str, Any]:
    """One that took place."""
    return {"visit_pk": of(VisitStatus.HELD, school).pk}


def a_link(people: People, school: School) -> dict[str, Any]:
    """The token of a link to pick a time."""
    visit = Visit.objects.get(pk=proposed(people, school)["visit_pk"])
    expires_at = timezone.now() + timedelta(days=7)
    contact = SchoolContactFactory(school=school)
    _, token = make_link(
        visit=visit, purpose=LinkPurpose.PICK_A_TIME, email=contact.email.lower(), expires_at=expires_at
    )
    return {"token": token}


ROWS: dict[str, Row] = {
    # ----------------------------- out admin liais progr train head  coll  gov   other
    "GET visits:visit": Row("         in  200   200   403   404   200   403   200   404", to_schedule),
    "GET visits:propose": Row("       in  200   200   403   404   403   403   403   404", to_schedule),
    "POST visits:propose": Row("      in  422   422   403   404   403   403   403   404", to_schedule),
    "POST visits:send_link_again": Row("in go  go    403   404   403   403   403   404", proposed),
    "GET visits:confirm": Row("       in  200   200   403   404   403   403   403   404", to_schedule),
    "POST visits:confirm": Row("      in  422   422   403   404   403   403   403   404", to_schedule),
    "GET visits:move": Row("          in  200   200   403   404   403   403   403   404", confirmed),
    "POST visits:move": Row("         in  422   422   403   404   403   403   403   404", confirmed),
    "GET visits:take_times_back": Row("in 200   200   403   404   403   403   403   404", proposed),
    "POST visits:take_times_back": Row("in go   go    403   404   403   403   403   404", proposed),
    "GET visits:take_date_back": Row(" in 200   200   403   404   403   403   403   404", confirmed),
    "POST visits:take_date_back": Row("in 422   422   403   404   403   403   403   404", confirmed),
    "GET visits:cancel": Row("        in  200   200   403   404   403   403   403   404", to_schedule),
    "POST visits:cancel": Row("       in  422   422   403   404   403   403   403   404", to_schedule),
    "GET visits:log": Row("           in  200   200   403   404   403   403   403   404", to_schedule),
    "POST visits:log": Row("          in  422   422   403   404   403   403   403   404", to_schedule),
    "GET visits:not_held": Row("      in  200   200   403   404   403   403   403   404", held),
    "POST visits:not_held": Row("     in  422   422   403   404   403   403   403   404", held),
    "GET visits:workers": Row("       in  200   200   403   404   403   403   403   404", to_schedule),
    "POST visits:workers": Row("      in  422   422   403   404   403   403   403   404", to_schedule),
    "GET visits:times": Row("         in  200   200   403   404   200   403   403   404", proposed),
    "POST visits:times": Row("        in  422   422   403   404   422   403   403   404", proposed),
    "GET visits:times_by_link": Row(" 200 200   200   200   200   200   200   200   200", a_link),
    "POST visits:times_by_link": Row("422 422   422   422   422   422   422   422   422", a_link),
}
