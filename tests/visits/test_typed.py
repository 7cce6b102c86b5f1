"""A day in one box, as people type it into a list."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError

from tests.factories.visits import at
from visits.forms.typed import DayField


@pytest.mark.parametrize(
    "typed",
    [
        "23 November 2026",
        "Monday 23 November 2026",
        "Monday, 23 Nov 2026",
        "23/11/2026",
        "23.11.2026",
        "23 11 2026",
        "23rd November 2026",
        "  23-11-2026  ",
        "2026-11-23",
        "Mon 23 Nov 2026",
    ],
)
def test_a_day_is_read_however_it_is_written(typed):
    assert DayField().clean(typed) == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("soon", "Write the day like 23 November, 23/11 or 23 November 2026."),
        ("31/2", "There is no such day in that month."),
        ("23/13/2026", "The month must be a number between 1 and 12."),
        ("31/11/2026", "There is no such day in that month."),
        ("٢٣/11/2026", "The day must be a number between 1 and 31."),
    ],
)
def test_what_is_no_day_is_told_with_an_example(typed, told):
    with pytest.raises(ValidationError, match=told):
        DayField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("23/11", date(2027, 11, 23)),
        ("Tue 24 November", date(2026, 11, 24)),
        ("13 January", date(2027, 1, 13)),
        ("29 Feb", date(2028, 2, 29)),
    ],
)
def test_without_a_year_the_next_such_day_is_meant(typed, day):
    with time_machine.travel(at(date(2026, 11, 24))):
        assert DayField().clean(typed) == day


YEAR = (date(2026, 4, 1), date(2027, 3, 31))
TERMS = (date(2026, 9, 1), date(2027, 7, 31))


@pytest.mark.parametrize(
    ("typed", "within", "day"),
    [
        ("12 March", YEAR, date(2027, 3, 12)),
        ("12 March", (date(2027, 4, 1), date(2028, 3, 31)), date(2028, 3, 12)),
        ("23/11", YEAR, date(2026, 11, 23)),
        ("24 Nov", YEAR, date(2026, 11, 24)),
        ("29 Feb", (date(2027, 4, 1), date(2028, 3, 31)), date(2028, 2, 29)),
        ("12 March 2028", YEAR, date(2028, 3, 12)),
        ("12 March", (date(2026, 3, 1), date(2027, 3, 31)), date(2027, 3, 12)),
    ],
)
def test_where_the_year_is_known_the_day_of_that_year_is_meant(typed, within, day):
    field = DayField()
    field.within = within
    with time_machine.travel(at(date(2026, 11, 24))):
        assert field.clean(typed) == day


@pytest.mark.parametrize(
    ("typed", "within", "told"),
    [
        ("12/8", TERMS, "12 August is not in the programme year, 1 September 2026 to 31 July 2027."),
        ("29 Feb", YEAR, "29 February is not in the programme year, 1 April 2026 to 31 March 2027."),
        ("31/2", YEAR, "There is no such day in that month."),
    ],
)
def test_a_day_that_the_year_has_not_got_is_told(typed, within, told):
    field = DayField()
    field.within = within
    with pytest.raises(ValidationError, match=told):
        field.clean(typed)


def test_an_empty_box_is_no_day_and_a_day_is_shown_with_its_weekday():
    field = DayField(required=False)
    assert field.clean("") is None
    assert field.prepare_value(date(2026, 11, 23)) == "Monday 23 November 2026"
    assert field.prepare_value("soon") == "soon"
