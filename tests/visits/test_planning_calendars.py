"""What the moves of a visit put into calendars: one UID for its life, and a higher number each time."""

import icalendar
import pytest
import time_machine

from core.models import OutgoingEmail
from tests.factories import UserFactory
from tests.visits.planning import A_TUESDAY, A_WEDNESDAY, LAST_WEEK, TODAY, a_visit, on
from visits.models import VisitReminder
from visits.services import planning

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def liaison():
    return UserFactory(name="Liaison", email="liaison@forum.example", is_liaison=True)


def sent() -> list[tuple[str, str, int]]:
    """Method, UID and number of every calendar file that went to the liaison, in order."""
    mails = OutgoingEmail.objects.exclude(calendar="").filter(to="liaison@forum.example").order_by("pk")
    found = [icalendar.Calendar.from_ical(mail.calendar) for mail in mails]
    return [
        (str(one["METHOD"]), str(event["UID"]), int(event["SEQUENCE"]))
        for one in found
        for event in one.walk("VEVENT")
    ]


def test_each_move_carries_the_same_uid_and_a_higher_number(liaison):
    visit = a_visit(workers=[liaison])
    planning.confirm(visit=visit, time=on(), by=liaison)
    planning.move_visit(visit=visit, time=on(A_WEDNESDAY), reason="x", by=liaison)
    planning.take_date_back(visit=visit, reason="x", by=liaison)
    planning.confirm(visit=visit, time=on(hour=11), by=liaison)
    planning.cancel(visit=visit, reason="x", by=liaison)
    methods, uids, numbers = zip(*sent(), strict=True)
    assert methods == ("REQUEST", "REQUEST", "CANCEL", "REQUEST", "CANCEL")
    assert len(set(uids)) == 1
    assert list(numbers) == sorted(set(numbers))


def test_the_one_that_takes_its_place_is_another_event(liaison):
    visit = a_visit(workers=[liaison])
    planning.confirm(visit=visit, time=on(), by=liaison)
    planning.cancel(visit=visit, reason="x", another=True, by=liaison)
    another = type(visit).objects.live().get()
    planning.confirm(visit=another, time=on(), by=liaison)
    assert len({uid for _, uid, _ in sent()}) == 2


def test_reminders_follow_the_date(liaison):
    visit = a_visit(workers=[liaison])

    def planned():
        return set(VisitReminder.objects.values_list("starts_at", flat=True))

    planning.confirm(visit=visit, time=on(), by=liaison)
    assert planned() == {on(A_TUESDAY).starts_at}
    planning.move_visit(visit=visit, time=on(A_WEDNESDAY), reason="x", by=liaison)
    assert planned() == {on(A_WEDNESDAY).starts_at}
    planning.take_date_back(visit=visit, reason="x", by=liaison)
    assert planned() == set()


def test_a_held_visit_is_not_reminded_of(liaison):
    visit = a_visit(workers=[liaison])
    planning.confirm(visit=visit, time=on(), by=liaison)
    planning.log_held(visit=visit, time=on(LAST_WEEK), by=liaison)
    assert not VisitReminder.objects.exists()
