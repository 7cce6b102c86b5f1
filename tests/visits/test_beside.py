"""What stands beside the times of a plan: the same person's other visits of the day, how far, and how tight."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from schools.models import School
from tests.factories import ParticipationFactory, SchoolFactory
from tests.factories.visits import VisitFactory, at
from visits.enums import VisitStatus
from visits.models import ProposedTime, Visit

pytestmark = pytest.mark.django_db
PLAN, APPLY = "/visits/plan/", "/visits/plan/apply/"
DAY = date(2026, 11, 30)
S = VisitStatus


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(datetime(2026, 11, 25, 10, 30, tzinfo=ZoneInfo("Europe/London")), tick=False):
        yield


@pytest.fixture
def liaison(people, sign_in):
    return sign_in(people.liaison)


def a_visit(name: str, *, miles: float = 0, **fields) -> Visit:
    """A visit at a school so many miles north of where all the others are."""
    school = SchoolFactory(name=name, easting=350_000, northing=300_000 + round(miles * 1609.344))
    ParticipationFactory(school=school)
    return VisitFactory(school=school, **fields)


def confirmed(people, name: str, start: datetime, **fields) -> Visit:
    ends = start.replace(hour=start.hour + 1)
    fields |= {"status": S.CONFIRMED, "starts_at": start, "ends_at": ends}
    return a_visit(name, workers=[people.liaison], **fields)


def found(people, liaison, *visits: Visit, **more) -> list[list[str]]:
    """What stands beside the times of each visit, on one day."""
    ends = {"day": "30", "month": "11", "year": "2026"}
    data = {f"{name}-{part}": value for name in ("first", "last") for part, value in ends.items()}
    data |= {"visits": [one.pk for one in visits], "workers": [people.liaison.pk], "dates": "find"}
    data |= {"slots": ["after_drop_off", "before_pick_up"], "most_a_day": "2", "how": "propose", **more}
    return [[one.beside for one in row.shown] for row in liaison.post(PLAN, data).context["rows"]]


def test_a_day_with_nothing_else_says_nothing(people, liaison):
    assert found(people, liaison, a_visit("One")) == [[""]]


def test_of_two_that_are_planned_the_later_says_it(people, liaison):
    first, second = a_visit("One"), a_visit("Two", miles=5)
    said = found(people, liaison, first, second)
    assert said in (
        [[""], ["Same day as One, 5.0 miles in a straight line."]],
        [[""], ["Same day as Two, 5.0 miles in a straight line."]],
    )


def test_what_somebody_has_already_is_said_whether_it_comes_before_or_after(people, liaison):
    confirmed(people, "Later", at(DAY, 14, 15), miles=12)
    assert found(people, liaison, a_visit("One")) == [
        ["Same day as Later, 12.0 miles in a straight line: that is far for one day."]
    ]


def test_little_time_between_two_schools_is_called_tight(people, liaison):
    confirmed(people, "Next", at(DAY, 10, 30), miles=5)
    assert found(people, liaison, a_visit("One")) == [
        ["Same day as Next, 5.0 miles in a straight line. Tight: 30 minutes between the two."]
    ]


def test_a_time_that_another_school_may_pick_is_said_as_such(people, liaison):
    other = a_visit("Asked", miles=3, status=S.PROPOSED, workers=[people.liaison])
    ProposedTime.objects.create(
        visit=other,
        starts_at=at(DAY, 14, 15),
        ends_at=at(DAY, 15, 15),
        slot="before_pick_up",
        proposer="PACC",
    )
    assert found(people, liaison, a_visit("One")) == [
        ["Same day as a time proposed to Asked, 3.0 miles in a straight line."]
    ]


def test_without_a_point_in_the_register_no_distance_is_said(people, liaison):
    confirmed(people, "Later", at(DAY, 14, 15))
    School.objects.update(easting=None, northing=None)
    assert found(people, liaison, a_visit("One")) == [["Same day as Later."]]


def test_somebody_elses_day_is_not_spoken_of(people, liaison):
    visit = confirmed(people, "Later", at(DAY, 14, 15))
    visit.workers.set([people.admin])
    assert found(people, liaison, a_visit("One")) == [[""]]


def typed(people, visit: Visit, start: str) -> dict:
    name = f"visit-{visit.pk}"
    return {
        f"{name}-take": "on",
        f"{name}-day": "30 November 2026",
        f"{name}-start": start,
        f"{name}-worker": people.liaison.pk,
    }


def test_a_preview_that_comes_back_says_it_of_what_was_typed(people, liaison):
    confirmed(people, "Later", at(DAY, 14, 15), miles=12)
    one, two = a_visit("One"), a_visit("Two")
    data = (
        {"visit": [one.pk, two.pk], "how": "propose"} | typed(people, one, "9am") | typed(people, two, "soon")
    )
    rows = liaison.post(APPLY, data).context["rows"]
    assert [[time.beside for time in row.shown] for row in rows] == [
        ["Same day as Later, 12.0 miles in a straight line: that is far for one day."],
        [""],
    ]


def test_one_time_for_two_schools_is_said(people, liaison):
    one, two, three = a_visit("One"), a_visit("Two"), a_visit("Three")
    data = {"visit": [one.pk, two.pk, three.pk], "how": "propose"}
    for visit, start in ((one, "9am"), (two, "9:30"), (three, "soon")):
        data |= typed(people, visit, start)
    rows = liaison.post(APPLY, data).context["rows"]
    assert [[time.beside for time in row.shown] for row in rows][1] == ["At the same time as One."]
