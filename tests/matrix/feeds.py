"""Calendar feeds of visits."""

from typing import Any

from schools.models import Membership, School
from schools.models.invitations import digest_of
from tests.matrix.rows import Row
from tests.people import People
from visits.models import CalendarFeed


def a_school(people: People, school: School) -> dict[str, Any]:
    """The school itself."""
    return {"school_pk": school.pk}


def a_feed(people: People, school: School, token: str = "a-calendar-of-the-matrix") -> CalendarFeed:
    """An address that a lead of the school made for its visits."""
    lead = Membership.objects.leading().get(school=school).user
    return CalendarFeed.objects.create(owner=lead, school=school, token_digest=digest_of(token))


def a_leads_feed(people: People, school: School) -> dict[str, Any]:
    """The same, as its page names it."""
    return {"feed_pk": a_feed(people, school).pk}


def a_secret(people: People, school: School) -> dict[str, Any]:
    """The same, as a calendar program asks for it."""
    a_feed(people, school)
    return {"token": "a-calendar-of-the-matrix"}


ROWS: dict[str, Row] = {
    # ----------------------------- out admin liais progr train head  coll  gov   other
    "GET visits:feeds": Row("         in  200   200   403   403   200   403   403   200"),
    "POST visits:make_own_feed": Row("in  200   200   403   403   403   403   403   403"),
    "POST visits:make_school_feed": Row("in 403 403 403 404 200 403 403 404", a_school),
    "GET visits:revoke_feed": Row(" in 404 404 404 404 200 404 404 404", a_leads_feed, is_a_persons=True),
    "POST visits:revoke_feed": Row("in 404 404 404 404 go  404 404 404", a_leads_feed, is_a_persons=True),
    "GET visits:calendar_feed": Row("200 200 200 200 200 200 200 200 200", a_secret),
}
