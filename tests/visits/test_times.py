"""When a visit could be: London's clocks, also on the days on which they change."""

from datetime import UTC, date, datetime, time

import pytest

from schools.queries.terms import SchoolCalendar
from tests.factories import ProgrammeYearFactory
from visits.enums import Slot
from visits.times import (
    NoSuchTime,
    VisitTime,
    answer_by,
    is_outside,
    is_past,
    moment,
    slot_at,
    usual,
    warning,
)

FORWARD, BACK = date(2027, 3, 28), date(2026, 10, 25)
"""The Sundays on which the clocks change."""


def test_nine_is_nine_in_london_in_summer_and_in_winter():
    assert moment(date(2026, 10, 23), time(9)) == datetime(2026, 10, 23, 8, tzinfo=UTC)
    assert moment(date(2026, 10, 26), time(9)) == datetime(2026, 10, 26, 9, tzinfo=UTC)


def test_a_time_that_is_skipped_does_not_exist():
    with pytest.raises(NoSuchTime, match="The clocks go forward over that time"):
        moment(FORWARD, time(1, 30))


def test_the_times_around_it_do():
    assert moment(FORWARD, time(0, 59)) == datetime(2027, 3, 28, 0, 59, tzinfo=UTC)
    assert moment(FORWARD, time(2)) == datetime(2027, 3, 28, 1, tzinfo=UTC)


def test_a_time_that_comes_twice_is_the_first_of_the_two():
    assert moment(BACK, time(1, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("day", [FORWARD, BACK])
def test_minutes_are_real_ones_across_the_change(day):
    at = VisitTime.on(day, time(0, 30), minutes=90)
    assert (at.minutes, at.ends_at - at.starts_at) == (90, at.ends_at.astimezone(UTC) - at.starts_at)
    assert (at.ends_at - at.starts_at).total_seconds() == 5400


def test_a_time_in_words():
    at = usual(date(2026, 10, 26), Slot.BEFORE_PICK_UP, minutes=60)
    assert str(at) == "2:15pm to 3:15pm on 26 October 2026"


def test_its_day_is_londons():
    assert VisitTime.on(date(2026, 7, 1), time(0, 15), minutes=15).day == date(2026, 7, 1)


def test_what_has_begun_is_past():
    at = VisitTime.on(date(2026, 10, 6), time(9), minutes=60)
    assert is_past(at, at.starts_at)
    assert not is_past(at, datetime(2026, 10, 6, 7, 59, tzinfo=UTC))


@pytest.mark.parametrize(
    ("day", "outside"),
    [
        (date(2026, 3, 31), True),
        (date(2026, 4, 1), False),
        (date(2027, 3, 31), False),
        (date(2027, 4, 1), True),
    ],
)
def test_the_first_and_the_last_day_belong_to_the_year(day, outside):
    year = ProgrammeYearFactory.build()
    assert is_outside(VisitTime.on(day, time(9), minutes=60), year) is outside


TERMS = SchoolCalendar(
    ((date(2026, 9, 2), date(2026, 10, 23)), (date(2026, 11, 2), date(2026, 12, 18))),
    {date(2026, 9, 28): "an inset day"},
)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 10, 6), ""),
        (date(2026, 10, 10), "On 10 October 2026 schools are closed: it is a weekend."),
        (date(2026, 10, 28), "On 28 October 2026 schools are closed: it is in the school holidays."),
        (date(2026, 9, 28), "On 28 September 2026 schools are closed: it is an inset day."),
    ],
)
def test_days_on_which_schools_are_closed_are_warned_about(day, words):
    assert warning(VisitTime.on(day, time(9), minutes=60), TERMS) == words


@pytest.mark.parametrize(
    ("first", "today", "by"),
    [
        (date(2026, 10, 7), date(2026, 10, 1), date(2026, 10, 6)),
        (date(2026, 10, 5), date(2026, 10, 1), date(2026, 10, 2)),
        (date(2026, 11, 2), date(2026, 10, 2), date(2026, 10, 23)),
        (date(2026, 10, 5), date(2026, 10, 4), date(2026, 10, 4)),
        (date(2026, 10, 7), date(2026, 10, 7), date(2026, 10, 7)),
    ],
)
def test_an_answer_is_wanted_on_the_last_school_day_before_the_first_time(first, today, by):
    asked = VisitTime.on(today, time(8), minutes=60).starts_at
    assert answer_by(VisitTime.on(first, time(9), minutes=60).starts_at, TERMS, today, asked=asked) == by


@pytest.mark.parametrize(
    ("asked", "by"),
    [
        (date(2026, 9, 14), date(2026, 10, 5)),
        (date(2026, 9, 12), date(2026, 10, 2)),
        (date(2026, 10, 5), date(2026, 10, 23)),
    ],
)
def test_and_within_three_weeks_of_being_asked(asked, by):
    first = VisitTime.on(date(2026, 12, 1), time(9), minutes=60).starts_at
    since = VisitTime.on(asked, time(8), minutes=60).starts_at
    assert answer_by(first, TERMS, asked, asked=since) == by


@pytest.mark.parametrize(("hour", "is_odd"), [(6, True), (7, False), (19, False), (20, True)])
def test_hours_at_which_nobody_is_at_a_school_are_warned_about(hour, is_odd):
    said = warning(VisitTime.on(date(2026, 10, 6), time(hour), minutes=60), TERMS)
    assert ("is early or late for a school" in said) is is_odd


@pytest.mark.parametrize(
    ("chosen", "start", "slot"),
    [
        (Slot.AFTER_DROP_OFF, time(8, 45), Slot.AFTER_DROP_OFF),
        (Slot.AFTER_DROP_OFF, time(14, 30), Slot.BEFORE_PICK_UP),
        (Slot.BEFORE_PICK_UP, time(9), Slot.AFTER_DROP_OFF),
        (Slot.AFTER_DROP_OFF, time(12), Slot.OTHER),
        (Slot.OTHER, time(9), Slot.OTHER),
    ],
)
def test_a_start_that_was_typed_says_which_part_of_the_day_it_is(chosen, start, slot):
    assert slot_at(chosen, start) == slot
