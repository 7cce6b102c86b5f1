"""When a school’s calendar feed says that a visit changed: with its time, its place and its end, with nothing else."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import icalendar
import pytest
import time_machine
from django.urls import reverse

from core.models import OutgoingEmail
from tests.factories import UserFactory
from tests.factories.visits import AttendanceFactory, ThemeFactory
from tests.visits.planning import A_WEDNESDAY, TODAY, a_visit, on
from visits.enums import VisitStatus
from visits.models import Visit
from visits.services import planning, sharing
from visits.services.feeds import make_feed
from visits.services.planning import Where

pytestmark = pytest.mark.django_db
S = VisitStatus


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(TODAY, tick=False) as clock:
        yield clock


@pytest.fixture
def visit(people) -> Visit:
    """Confirmed for a Tuesday by whoever goes there."""
    visit = a_visit(school=people.school, workers=[people.liaison])
    planning.confirm(visit=visit, time=on(), by=people.liaison)
    return visit


@pytest.fixture
def file(people, client) -> Callable[[], bytes]:
    path = reverse("visits:calendar_feed", args=[make_feed(school=people.school, by=people.head)])
    return lambda: client.get(path).content


def stamps(file: bytes) -> tuple[str, ...]:
    (event,) = icalendar.Calendar.from_ical(file).walk("VEVENT")
    return tuple(event[name].to_ical().decode() for name in ("DTSTAMP", "LAST-MODIFIED"))


def test_nothing_in_it_tells_how_far_the_notes_are(people, visit, file, clock):
    before, by = file(), people.liaison
    AttendanceFactory(visit=visit)
    ThemeFactory(visit=visit)
    clock.move_to(on().ends_at + timedelta(hours=1))
    steps = (
        lambda: planning.log_held(visit=visit, time=on(), by=by),
        lambda: planning.set_workers(visit=visit, workers=[people.admin], by=by),
        lambda: sharing.finish_notes(visit=visit, by=by, stays_open=True),
        lambda: sharing.write_on(visit=visit, by=by),
        lambda: sharing.finish_notes(visit=visit, by=by, stays_open=True),
        lambda: sharing.share(visit=visit, by=by, today=on().day),
        lambda: sharing.close(visit=visit, by=by, today=on().day + timedelta(days=60)),
    )
    for step in steps:
        clock.shift(timedelta(minutes=10))
        assert step()
        assert file() == before


def test_who_goes_is_mailed_with_a_higher_number_and_is_no_change_of_the_feed(people, visit, file, clock):
    before = file()
    clock.shift(timedelta(minutes=10))
    planning.set_workers(visit=visit, workers=[people.liaison, UserFactory()], by=people.liaison)
    assert stamps(file()) == stamps(before)
    mailed = OutgoingEmail.objects.filter(to=people.head.email).latest("pk").calendar
    assert stamps(mailed) == ("20260914T081000Z", "20260914T081000Z")
    assert "SEQUENCE:2" in mailed.splitlines()


@pytest.mark.parametrize(
    "change",
    [
        lambda visit, by: planning.move_visit(visit=visit, time=on(A_WEDNESDAY), reason="x", by=by),
        lambda visit, by: planning.move_visit(
            visit=visit, time=on(), where=Where("the library"), reason="x", by=by
        ),
        lambda visit, by: planning.cancel(visit=visit, reason="x", by=by),
    ],
    ids=["moved", "elsewhere", "cancelled"],
)
def test_what_it_tells_is_stamped_with_when_it_was_changed(people, visit, file, clock, change):
    assert stamps(file()) == ("20260914T080000Z", "20260914T080000Z")
    clock.shift(timedelta(minutes=10))
    change(visit, people.liaison)
    assert stamps(file()) == ("20260914T081000Z", "20260914T081000Z")


def test_one_that_was_held_on_another_day_is_changed(people, visit, file, clock):
    clock.move_to(on(A_WEDNESDAY).ends_at)
    planning.log_held(visit=visit, time=on(A_WEDNESDAY), by=people.liaison)
    assert stamps(file()) == ("20261007T090000Z", "20261007T090000Z")
