"""Two visits of one worker on one day: at once, or with little time between."""

from datetime import timedelta

import pytest

from tests.factories import SchoolFactory, UserFactory
from tests.visits.planning import A_TUESDAY, A_WEDNESDAY, a_visit, on
from visits.clashes import AROUND, TIGHT, miles_between, overlap, time_wanted
from visits.enums import VisitStatus
from visits.queries.clashes import clashing_visits, gaps_of

pytestmark = pytest.mark.django_db
HERE = {"easting": 349_000, "northing": 312_000}


def school_at(**point):
    return SchoolFactory(**point)


@pytest.fixture
def worker():
    return UserFactory(name="Liaison", is_liaison=True)


def going(worker, at, status=VisitStatus.CONFIRMED, **school):
    visit = a_visit(status, at, workers=[worker])
    for name, value in school.items():
        setattr(visit.school, name, value)
    visit.school.save()
    return visit


@pytest.mark.parametrize(
    ("hour", "minute", "minutes", "clashes"),
    [(8, 0, 60, False), (8, 0, 61, True), (9, 30, 15, True), (10, 0, 60, False), (8, 0, 240, True)],
)
def test_two_that_share_a_minute_overlap(hour, minute, minutes, clashes):
    other = on(A_TUESDAY, 9)
    at = on(A_TUESDAY, hour, minute, minutes=minutes)
    assert overlap(at, other.starts_at, other.ends_at) is clashes


class TestClashingVisits:
    def found(self, worker, *times, but=None):
        return list(clashing_visits(workers=[worker], times=times, but=but or a_visit()))

    def test_names_those_of_the_worker_alone(self, worker):
        own, _ = going(worker, on()), going(UserFactory(), on())
        assert self.found(worker, on()) == [own]

    def test_looks_at_each_time(self, worker):
        own = going(worker, on(A_WEDNESDAY))
        assert self.found(worker, on(A_TUESDAY), on(A_WEDNESDAY)) == [own]

    def test_leaves_itself_out(self, worker):
        own = going(worker, on())
        assert self.found(worker, on(), but=own) == []

    def test_counts_what_was_held_and_not_what_was_cancelled(self, worker):
        held = going(worker, on(), VisitStatus.HELD)
        going(worker, on(), VisitStatus.CANCELLED)
        assert self.found(worker, on()) == [held]


class TestDistance:
    def test_is_a_straight_line_between_the_points_of_the_register(self):
        far = school_at(easting=349_000 + 3 * 1609, northing=312_000 + 4 * 1609)
        assert miles_between(school_at(**HERE), far) == pytest.approx(5, abs=0.01)

    def test_is_unknown_where_a_point_is_missing(self):
        assert miles_between(school_at(**HERE), school_at()) is None

    def test_asks_for_more_time_the_farther_it_is(self):
        thirty_km = 30_000 / 1609.344
        assert time_wanted(None) == time_wanted(0) == TIGHT
        assert time_wanted(thirty_km) == AROUND + timedelta(minutes=45)


class TestGaps:
    def told(self, worker, at, **school):
        visit = a_visit()
        for name, value in (school or HERE).items():
            setattr(visit.school, name, value)
        return [str(gap) for gap in gaps_of(visit, at, [worker])]

    def test_one_before_is_told_with_its_distance(self, worker):
        other = going(worker, on(hour=9), easting=349_000 + 8047, northing=312_000)
        assert self.told(worker, on(hour=10, minute=20)) == [
            f"Liaison has 20 minutes after {other} ends at 10am; the schools are 5.0 miles apart in a straight line."
        ]

    def test_one_after_is_told_too(self, worker):
        other = going(worker, on(hour=11), **HERE)
        words = f"Liaison has 30 minutes before {other} begins at 11am; the schools are 0.0 miles apart"
        assert self.told(worker, on(hour=9, minute=30, minutes=60)) == [f"{words} in a straight line."]

    def test_three_quarters_of_an_hour_nearby_are_enough(self, worker):
        going(worker, on(hour=9), **HERE)
        assert self.told(worker, on(hour=10, minute=45)) == []

    def test_they_are_not_enough_for_thirty_kilometres(self, worker):
        going(worker, on(hour=9), easting=349_000 + 30_000, northing=312_000)
        assert len(self.told(worker, on(hour=10, minute=59))) == 1
        assert self.told(worker, on(hour=11)) == []

    def test_without_a_point_there_is_no_distance(self, worker):
        other = going(worker, on(hour=9))
        assert self.told(worker, on(hour=10, minute=15)) == [
            f"Liaison has 15 minutes after {other} ends at 10am."
        ]

    def test_the_same_school_is_no_journey(self, worker):
        visit = going(worker, on(hour=9))
        second = a_visit(school=visit.school, programme_year=visit.programme_year, number=2)
        assert gaps_of(second, on(hour=10), [worker]) == []

    def test_another_day_is_none_either(self, worker):
        going(worker, on(A_WEDNESDAY, 9))
        assert self.told(worker, on(A_TUESDAY, 10)) == []

    def test_nobody_who_goes_has_no_gaps(self, django_assert_num_queries):
        visit = a_visit()
        with django_assert_num_queries(0):
            assert gaps_of(visit, on(), []) == []

    @pytest.mark.parametrize("others", [1, 3])
    def test_takes_two_queries(self, worker, others, django_assert_num_queries):
        for number in range(others):
            going(worker, on(hour=12 + number, minutes=30))
        visit = a_visit()
        visit = type(visit).objects.with_names().get(pk=visit.pk)
        with django_assert_num_queries(2):
            gaps_of(visit, on(hour=11), [worker])
