"""A new year begins with the schools of the year before."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import HistoryEntry
from schools.models import Participation, ProgrammeYear
from schools.services.carrying_on import carry_on
from tests.factories import ParticipationFactory, ProgrammeYearFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def new_year(people) -> ProgrammeYear:
    """A year after the one in which both schools of the cast are active, and a third school withdrew."""
    ParticipationFactory(status="withdrawn", withdrawn_on=date(2026, 9, 1), withdrawal_reason="Moved")
    return ProgrammeYearFactory(name="Next", starts_on=date(2027, 4, 1), ends_on=date(2028, 3, 31))


def parts(year: ProgrammeYear) -> list[tuple[str, str, str, str]]:
    found = Participation.objects.filter(programme_year=year).order_by("school__name")
    return list(found.values_list("school__name", "cohort__name", "offer", "status"))


def test_the_page_names_who_goes_on_and_changes_nothing(people, sign_in, new_year):
    page = sign_in(people.admin).get(reverse("schools:carry_on", args=[new_year.pk])).content.decode()
    assert "Clun Hill Primary School, Year 1" in page
    assert page.count("checked") == 2
    assert parts(new_year) == []


def test_those_that_were_ticked_go_on_as_embedding_with_their_cohort(people, sign_in, new_year):
    client = sign_in(people.admin)
    client.post(reverse("schools:carry_on", args=[new_year.pk]), {"schools": [people.school.pk]})
    assert parts(new_year) == [("Wenlock Brook Primary School", "Year 1", "embedding", "confirmed")]
    (line,) = HistoryEntry.objects.filter(kind="participation.carried_on")
    assert line.school_id == str(people.school.pk)


def test_a_second_time_changes_nothing(people, new_year):
    both = [people.school.pk, people.other_school.pk]
    assert len(carry_on(year=new_year, schools=both, by=people.admin)) == 2
    assert carry_on(year=new_year, schools=both, by=people.admin) == []
    assert HistoryEntry.objects.filter(kind="participation.carried_on").count() == 2


def test_a_school_that_withdrew_or_is_in_no_year_before_is_refused_in_words(people, sign_in, new_year):
    stranger = ParticipationFactory(programme_year=new_year).school
    address = reverse("schools:carry_on", args=[new_year.pk])
    response = sign_in(people.admin).post(address, {"schools": [stranger.pk]})
    assert response.status_code == 422


def test_a_closed_year_takes_nobody(people, sign_in, new_year):
    ProgrammeYear.objects.filter(pk=new_year.pk).update(closed_at=timezone.now(), closed_by=UserFactory())
    address = reverse("schools:carry_on", args=[new_year.pk])
    sign_in(people.admin).post(address, {"schools": [people.school.pk]})
    assert parts(new_year) == []
