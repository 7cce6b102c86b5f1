"""Summaries, receipts, replies and groups of the demonstration: made once, for whatever visits were shared."""

import pytest

from core.models import OutgoingEmail
from core.words import date_words
from pins.demo.people import seed_people
from pins.demo.schools import HEADS_SCHOOL, OTHER_HEADS_SCHOOL, seed_schools
from pins.demo.sharing import seed_sharing
from tests.factories import AttendanceFactory, ThemeFactory, VisitFactory
from visits.models import Receipt, Reply, ThemeGroup, VisitSummary
from visits.queries.sharing import sent_to

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def seeded(settings):
    """Two shared visits at another school, one at the head's and one that was only held, seeded twice."""
    settings.DEMO = True
    programme = seed_schools()
    seed_people(programme.schools)
    school, year = programme.schools[HEADS_SCHOOL], programme.second_year
    other = programme.schools[OTHER_HEADS_SCHOOL]
    visits = ((other, 1, "closed"), (other, 2, "shared"), (school, 1, "shared"), (school, 2, "held"))
    for at_school, number, status in visits:
        visit = VisitFactory(school=at_school, programme_year=year, number=number, status=status)
        AttendanceFactory(visit=visit)
        ThemeFactory(visit=visit, text="The dining hall is loud.")
    assert [seed_sharing() for _ in range(2)] == [3, 0]


def test_what_was_shared_has_its_summary():
    assert VisitSummary.objects.count() == 3
    assert not VisitSummary.objects.filter(visit__status="held").exists()


def test_one_school_agrees_and_another_does_not():
    assert list(Reply.objects.order_by("visit__step").values_list("verdict", flat=True)) == [
        *("accurate", "not_accurate")
    ]
    assert Receipt.objects.count() == 2


def test_whoever_read_it_was_e_mailed_a_link():
    assert all(receipt.email in sent_to(receipt.visit) for receipt in Receipt.objects.all())


def test_the_link_of_the_one_that_is_open_is_in_the_outbox():
    (mail,) = OutgoingEmail.objects.all()
    summary = VisitSummary.objects.get(visit__school__name=HEADS_SCHOOL)
    assert date_words(summary.reply_by) in mail.body
    assert mail.to == "head@pins.example"
    assert "/summaries/" in mail.body


def test_the_head_has_read_and_said_nothing_of_it():
    assert not Receipt.objects.filter(visit__school__name=HEADS_SCHOOL).exists()
    assert not Reply.objects.filter(visit__school__name=HEADS_SCHOOL).exists()


def test_similar_themes_are_gathered():
    assert [group.themes.count() for group in ThemeGroup.objects.all()] == [4]
