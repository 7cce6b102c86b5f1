"""Summaries, receipts, replies and groups of the demonstration: made once, for whatever visits were shared."""

import pytest

from core.models import OutgoingEmail
from pins.demo.people import seed_people
from pins.demo.schools import HEADS_SCHOOL, seed_schools
from pins.demo.sharing import seed_sharing
from tests.factories import AttendanceFactory, ThemeFactory, VisitFactory
from visits.models import Receipt, Reply, ThemeGroup, VisitSummary

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def seeded(settings):
    """Three shared visits at the head's school and one that was only held, seeded twice."""
    settings.DEMO = True
    programme = seed_schools()
    seed_people(programme.schools)
    school, year = programme.schools[HEADS_SCHOOL], programme.second_year
    for number, status in ((1, "closed"), (2, "shared"), (3, "held")):
        visit = VisitFactory(school=school, programme_year=year, number=number, status=status)
        AttendanceFactory(visit=visit)
        ThemeFactory(visit=visit, text="The dining hall is loud.")
    assert [seed_sharing() for _ in range(2)] == [2, 0]


def test_what_was_shared_has_its_summary():
    found = VisitSummary.objects.order_by("visit__step").values_list("visit__step", flat=True)
    assert list(found) == [1, 2]


def test_one_school_agrees_and_another_does_not():
    assert list(Reply.objects.order_by("visit__step").values_list("verdict", flat=True)) == [
        *("accurate", "not_accurate")
    ]
    assert Receipt.objects.count() == 2


def test_the_link_of_the_one_that_is_open_is_in_the_outbox():
    (mail,) = OutgoingEmail.objects.all()
    assert mail.to == "head@pins.example"
    assert "/summaries/" in mail.body


def test_similar_themes_are_gathered():
    assert [group.themes.count() for group in ThemeGroup.objects.all()] == [3]
