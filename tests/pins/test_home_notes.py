"""What Home says to those who read the notes of visits and answer nothing: the governors of a school."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import HistoryEntry
from pins.home_notes import notes_to_read
from schools.models import ProgrammeYear
from tests.factories.visits import VisitFactory, VisitSummaryFactory, at
from visits.addresses import page_of
from visits.enums import VisitStatus
from visits.models import Visit

pytestmark = pytest.mark.django_db


def shared(school, number: int = 1, status: VisitStatus = VisitStatus.SHARED) -> Visit:
    visit = VisitFactory(school=school, number=number, status=status, shared_at=at(date(2026, 11, number)))
    return VisitSummaryFactory(visit=visit).visit


def told(person, school=None) -> list[str]:
    person.__dict__.pop("_memberships", None)
    return [step.verb for step in notes_to_read(person, school)]


def test_a_governor_is_told_of_shared_notes_with_school_and_minutes(people):
    visit = shared(people.school)
    (step,) = notes_to_read(people.governor)
    assert (step.verb, step.school, step.minutes, step.when, step.url) == (
        "Read the notes of visit 1",
        people.school.name,
        5,
        "shared 1 November 2026",
        page_of("visits:summary", visit.pk),
    )


def test_the_line_stands_on_their_home(people, sign_in):
    shared(people.school)
    assert "Read the notes of visit 1" in sign_in(people.governor).get(reverse("home")).content.decode()


def test_it_is_gone_once_they_opened_them(people, sign_in):
    visit, _ = shared(people.school), shared(people.school, 2, VisitStatus.CLOSED)
    client = sign_in(people.governor)
    for _ in range(2):
        client.get(reverse("visits:summary", args=[visit.pk]))
    assert told(people.governor) == ["Read the notes of visit 2"]
    line = HistoryEntry.objects.get(kind="visit.summary_opened")
    assert line.summary == f"Governor opened the summary of {visit}."


@pytest.mark.parametrize("name", ["head", "colleague", "liaison", "admin", "programme", "other_head"])
def test_nobody_else_has_it(people, name):
    shared(people.school)
    assert told(getattr(people, name)) == []


@pytest.mark.parametrize("name", ["head", "liaison"])
def test_who_answers_or_writes_the_notes_leaves_no_line_by_opening_them(people, sign_in, name):
    visit = shared(people.school)
    sign_in(getattr(people, name)).get(reverse("visits:summary", args=[visit.pk]))
    assert not HistoryEntry.objects.filter(kind="visit.summary_opened").exists()


def test_notes_that_are_not_shared_are_not_there(people):
    VisitFactory(school=people.school, status=VisitStatus.NOTES_WRITTEN)
    assert told(people.governor) == []


def test_nor_are_those_of_a_closed_year(people):
    shared(people.school)
    ProgrammeYear.objects.update(closed_at=timezone.now(), closed_by=people.admin)
    assert told(people.governor) == []


def test_it_is_narrowed_to_a_school(people):
    shared(people.school)
    assert told(people.governor, people.other_school) == []


@pytest.mark.parametrize("visits", [1, 3])
def test_the_number_of_queries_is_fixed(people, visits, django_assert_num_queries):
    for number in range(1, visits + 1):
        shared(people.school, number)
    with django_assert_num_queries(3):  # memberships, visits, opened
        assert len(told(people.governor)) == visits
