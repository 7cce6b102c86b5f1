"""Visits are logged in any order, however late; days that contradict each other are asked about once."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from tests.factories import ProgrammeYearFactory, VisitFactory
from tests.visits.pages import form_on
from tests.visits.planning import LAST_WEEK, TODAY, a_visit, on
from tests.visits.test_planning_views import text, typed
from visits.enums import VisitStatus
from visits.models import Visit
from visits.queries.times import held_out_of_order

S = VisitStatus
pytestmark = pytest.mark.django_db
BEFORE, AFTER = LAST_WEEK - timedelta(days=1), LAST_WEEK + timedelta(days=1)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


def pair(people, number, other, day, status=S.HELD, **more) -> Visit:
    """A visit to log, beside another of this number and status on that day."""
    visit = a_visit(school=people.school, number=number)
    more = {"school": people.school, "programme_year": visit.programme_year, **more}
    at = on(day)
    VisitFactory(number=other, status=status, starts_at=at.starts_at, ends_at=at.ends_at, **more)
    return visit


@pytest.mark.parametrize(
    ("number", "other", "day", "contradicts"),
    [
        (2, 1, AFTER, True),
        (2, 1, BEFORE, False),
        (2, 1, LAST_WEEK, False),
        (1, 2, BEFORE, True),
        (1, 2, AFTER, False),
        (1, 3, BEFORE, True),
    ],
)
def test_which_days_contradict_each_other(people, number, other, day, contradicts):
    visit = pair(people, number, other, day)
    assert [one.step_id for one in held_out_of_order(visit, on(LAST_WEEK))] == (
        [other] if contradicts else []
    )


@pytest.mark.parametrize("status", [S.CONFIRMED, S.CANCELLED])
def test_only_visits_that_were_held_are_compared(people, status):
    assert held_out_of_order(pair(people, 2, 1, AFTER, status), on(LAST_WEEK)) == []


def test_those_of_another_year_are_not(people):
    year = ProgrammeYearFactory(name="Later", starts_on=date(2027, 4, 1), ends_on=date(2028, 3, 31))
    assert held_out_of_order(pair(people, 2, 1, AFTER, programme_year=year), on(LAST_WEEK)) == []


def test_those_of_another_school_are_not(people):
    assert held_out_of_order(pair(people, 2, 1, AFTER, school=people.other_school), on(LAST_WEEK)) == []


class TestLogging:
    @pytest.fixture
    def liaison(self, people, sign_in):
        return sign_in(people.liaison)

    def log(self, client, visit, **data):
        return client.post(reverse("visits:log", args=[visit.pk]), typed(on(LAST_WEEK)) | data)

    def test_a_day_that_contradicts_is_asked_about_and_kept_on_the_page(self, people, liaison):
        visit = pair(people, 2, 1, AFTER)
        response = self.log(liaison, visit)
        assert response.status_code == 422
        assert "Visit 1 at this school is logged for 9 September 2026, after that day." in text(response)
        assert form_on(response)["day-day"] == "8"
        visit.refresh_from_db()
        assert visit.status == S.TO_SCHEDULE

    def test_it_goes_with_the_tick(self, people, liaison):
        visit = pair(people, 2, 1, AFTER)
        assert self.log(liaison, visit, is_meant="on").status_code == 302
        visit.refresh_from_db()
        assert (visit.status, visit.starts_at) == (S.HELD, on(LAST_WEEK).starts_at)

    def test_the_earlier_one_that_is_entered_late_is_asked_about_too(self, people, liaison):
        response = self.log(liaison, pair(people, 1, 2, BEFORE))
        assert "Visit 2 at this school is logged for 7 September 2026, before that day." in text(response)

    @pytest.mark.parametrize(("number", "other", "day"), [(1, 2, AFTER), (2, 1, BEFORE)])
    def test_any_order_of_entering_goes_at_once(self, people, liaison, number, other, day):
        assert self.log(liaison, pair(people, number, other, day)).status_code == 302

    def test_the_tick_is_not_on_a_page_that_asks_nothing(self, people, liaison):
        visit = pair(people, 2, 1, BEFORE)
        assert "is_meant" not in text(liaison.get(reverse("visits:log", args=[visit.pk])))

    def test_a_holiday_is_not_asked_about_here(self, people, liaison):
        visit = a_visit(school=people.school)
        saturday = on(date(2026, 9, 5))
        assert liaison.post(reverse("visits:log", args=[visit.pk]), typed(saturday)).status_code == 302
