"""Dates for many visits: on school days, near schools together, nobody at two places."""

from datetime import UTC, date, datetime, timedelta

import pytest

from visits.enums import Slot
from visits.spread import Busy, ToPlace, Wish, spread
from visits.times import usual

MONDAY = date(2026, 11, 30)
NOW = datetime(2026, 11, 26, tzinfo=UTC)
BOTH = (Slot.AFTER_DROP_OFF, Slot.BEFORE_PICK_UP)
NORTH, NEAR_NORTH, SOUTH, NEAR_SOUTH = (
    (350_000, 340_000),
    (351_000, 340_000),
    (350_000, 275_000),
    (351_000, 275_000),
)


def to_place(pk: int, point=NORTH, *, school: int | None = None, number: int = 1, **days) -> ToPlace:
    return ToPlace(
        pk,
        school or pk,
        number,
        point,
        60,
        days.get("first", date(2026, 4, 1)),
        days.get("last", date(2027, 3, 31)),
    )


def wish(days: int = 5, *, workers=(1,), slots=BOTH, most: int = 2, now=NOW, times: int = 1) -> Wish:
    return Wish([MONDAY + timedelta(days=ahead) for ahead in range(days)], workers, slots, most, now, times)


def days(placed) -> dict[int, date]:
    return {one.visit.pk: one.time.day for one in placed}


def test_near_schools_share_a_day_and_far_ones_do_not():
    visits = [to_place(1, NORTH), to_place(2, SOUTH), to_place(3, NEAR_NORTH), to_place(4, NEAR_SOUTH)]
    found = days(spread(visits, [], wish()))
    assert found[1] == found[3] != found[2] == found[4]


def test_an_odd_one_out_gets_a_day_of_its_own_and_shares_one_only_where_there_is_no_other():
    visits = [
        to_place(1, NORTH),
        to_place(2, SOUTH),
        to_place(3, NEAR_NORTH),
        to_place(4, (350_000, 305_000)),
    ]
    found = days(spread(visits, [], wish(3)))
    assert found[1] == found[3]
    assert len({found[1], found[2], found[4]}) == 3
    assert len(spread(visits, [], wish(2))) == 4


def test_a_day_with_something_far_is_left_for_one_that_is_free():
    taken = usual(MONDAY, Slot.AFTER_DROP_OFF, minutes=60)
    assert days(spread([to_place(1, NORTH)], [Busy(1, taken, SOUTH)], wish(2))) == {
        1: MONDAY + timedelta(days=1)
    }


def test_where_all_days_have_something_far_the_less_far_is_taken():
    monday, tuesday = (
        usual(MONDAY + timedelta(days=ahead), Slot.AFTER_DROP_OFF, minutes=60) for ahead in (0, 1)
    )
    taken = [Busy(1, monday, SOUTH), Busy(1, tuesday, (350_000, 320_000))]
    assert days(spread([to_place(1, NORTH)], taken, wish(2))) == {1: MONDAY + timedelta(days=1)}


def test_days_for_the_odd_ones_lie_midway_between_the_others():
    visits = [to_place(pk, (350_000, 200_000 + pk * 20_000)) for pk in range(1, 5)]
    found = days(spread(visits, [], wish(8)))
    assert sorted((day - MONDAY).days for day in found.values()) == [0, 2, 4, 6]


def test_two_on_a_day_are_after_drop_off_and_before_pick_up():
    found = spread([to_place(1), to_place(2, NEAR_NORTH)], [], wish())
    assert [one.time.slot for one in found] == list(BOTH)


def test_one_a_day_is_kept_to_and_days_lie_apart_when_there_is_room():
    found = spread([to_place(pk) for pk in (1, 2)], [], wish(10, most=1))
    assert sorted(days(found).values()) == [MONDAY, MONDAY + timedelta(days=5)]


def test_what_has_no_room_is_left_over():
    assert len(spread([to_place(pk) for pk in range(1, 6)], [], wish(2))) == 4


def test_nobody_is_at_two_places_at_once_nor_has_more_a_day_than_was_said():
    taken = usual(MONDAY, Slot.AFTER_DROP_OFF, minutes=60)
    found = spread([to_place(1), to_place(2)], [Busy(1, taken, SOUTH)], wish(1))
    assert [(one.time.day, one.time.slot) for one in found] == [(MONDAY, Slot.BEFORE_PICK_UP)]
    assert spread([to_place(1)], [Busy(1, taken, SOUTH)], wish(1, most=1)) == []


def test_a_day_that_has_a_visit_gets_the_school_nearest_to_it():
    taken = usual(MONDAY, Slot.AFTER_DROP_OFF, minutes=60)
    found = spread([to_place(1, NORTH), to_place(2, NEAR_SOUTH)], [Busy(1, taken, SOUTH)], wish(1))
    assert [one.visit.pk for one in found] == [2]


def test_several_people_share_the_visits():
    found = spread([to_place(pk) for pk in range(1, 5)], [], wish(1, workers=(1, 2)))
    assert sorted(one.worker for one in found) == [1, 1, 2, 2]


def test_a_schools_visits_keep_their_order_and_lie_two_weeks_apart():
    visits = [to_place(2, school=9, number=2), to_place(1, school=9, number=1)]
    found = days(spread(visits, [], wish(30)))
    assert found[2] - found[1] >= timedelta(days=14)
    assert len(spread(visits, [], wish(14, workers=(1, 2)))) == 1


def test_a_school_that_gets_several_begins_first_so_that_there_is_room_for_all():
    several = [to_place(n, (350_000, 330_000), school=9, number=n) for n in (1, 2)]
    others = [to_place(pk, (350_000, 250_000 + pk * 20_000)) for pk in range(3, 7)]
    assert len(spread([*several, *others], [], wish(17, most=1))) == 6


def test_a_time_that_is_past_is_not_found():
    now = usual(MONDAY, Slot.AFTER_DROP_OFF, minutes=60).ends_at
    found = spread([to_place(1), to_place(2)], [], wish(1, now=now))
    assert [one.time.slot for one in found] == [Slot.BEFORE_PICK_UP]


def test_a_visit_stays_in_its_year():
    assert spread([to_place(1, last=MONDAY - timedelta(days=1))], [], wish()) == []


@pytest.mark.parametrize("points", [(None, None), (None, NORTH)])
def test_a_school_without_a_point_is_placed_too(points):
    assert len(spread([to_place(n, point) for n, point in enumerate(points, 1)], [], wish(1))) == 2


def test_sixty_visits_find_sixty_times():
    visits = [to_place(pk, (340_000 + pk * 7919 % 40_000, 280_000 + pk * 6007 % 50_000)) for pk in range(60)]
    found = spread(visits, [], wish(40))
    assert len({(one.worker, one.time.starts_at) for one in found}) == 60


class TestSeveralTimes:
    def test_are_on_different_days_and_at_different_hours(self):
        (found,) = spread([to_place(1)], [], wish(times=3))
        assert [(at.day - MONDAY).days for at in found.times] == [0, 1, 2]
        assert {at.slot for at in found.times} == set(BOTH)

    def test_are_on_one_day_where_there_is_no_other(self):
        (found,) = spread([to_place(1)], [], wish(1, times=3))
        assert [at.slot for at in found.times] == list(BOTH)

    def test_no_two_schools_can_pick_times_of_one_worker_that_overlap(self):
        visits = [to_place(pk, point) for pk, point in enumerate([NORTH, NEAR_NORTH, SOUTH, NEAR_SOUTH], 1)]
        found = spread(visits, [], wish(10, times=3, workers=(1, 2)))
        offered = [(one.worker, at.starts_at) for one in found for at in one.times]
        assert len(offered) == len(set(offered)) == 12

    def test_every_visit_has_one_before_any_has_more(self):
        found = spread([to_place(pk) for pk in range(1, 5)], [], wish(2, times=3))
        assert [len(one.times) for one in found] == [1, 1, 1, 1]

    def test_near_schools_are_offered_the_same_days_and_far_ones_others(self):
        visits = [to_place(1, NORTH), to_place(2, SOUTH), to_place(3, NEAR_NORTH), to_place(4, NEAR_SOUTH)]
        found = {one.visit.pk: {at.day for at in one.times} for one in spread(visits, [], wish(12, times=3))}
        assert found[1] == found[3]
        assert found[2] == found[4]
        assert not found[1] & found[2]

    def test_nobody_is_offered_more_a_day_than_was_said(self):
        found = spread([to_place(pk) for pk in (1, 2)], [], wish(6, most=1, times=3))
        offered = [at.day for one in found for at in one.times]
        assert len(offered) == len(set(offered)) == 6

    def test_every_time_of_a_visit_is_two_weeks_before_every_time_of_the_next(self):
        visits = [to_place(1, school=9, number=1), to_place(2, school=9, number=2)]
        first, second = spread(visits, [], wish(40, times=3))
        assert (len(first.times), len(second.times)) == (3, 3)
        between = min(at.day for at in second.times) - max(at.day for at in first.times)
        assert between >= timedelta(days=14)

    def test_are_to_come_and_in_its_year(self):
        now = usual(MONDAY, Slot.AFTER_DROP_OFF, minutes=60).ends_at
        (found,) = spread([to_place(1, last=MONDAY)], [], wish(5, now=now, times=3))
        assert [at.slot for at in found.times] == [Slot.BEFORE_PICK_UP]
