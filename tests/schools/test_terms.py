"""School days, after the county's terms."""

from datetime import date

import pytest

from schools.models import DayOff, Term
from schools.queries.terms import SchoolCalendar

pytestmark = pytest.mark.django_db


@pytest.fixture
def calendar():
    Term.objects.create(name="Autumn 1", starts_on=date(2026, 9, 2), ends_on=date(2026, 10, 23))
    Term.objects.create(name="Autumn 2", starts_on=date(2026, 11, 2), ends_on=date(2026, 12, 18))
    DayOff.objects.create(day=date(2026, 11, 27), name="a day for staff training")
    return SchoolCalendar.load()


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 10, 5), ""),
        (date(2026, 10, 10), "it is a weekend"),
        (date(2026, 10, 27), "it is in the school holidays"),
        (date(2026, 11, 27), "it is a day for staff training"),
        (date(2027, 1, 4), ""),
    ],
    ids=["a school day", "Saturday", "half term", "a day off", "after all that is known"],
)
def test_it_says_why_schools_are_closed(calendar, day, why):
    assert calendar.why_closed(day) == why


def test_ten_school_days_step_over_weekends_and_half_term(calendar):
    assert calendar.school_days_after(date(2026, 10, 16), 10) == date(2026, 11, 6)


def test_without_terms_every_weekday_counts():
    assert SchoolCalendar.load().school_days_after(date(2026, 10, 23), 1) == date(2026, 10, 26)
