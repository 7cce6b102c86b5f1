"""The same page calls the people at a visit as its reader does, and a forum is called by its own name."""

import pytest
from django.urls import reverse

from core.models import HistoryEntry, ProgrammeSettings
from schools.models import ProgrammeYear
from tests.factories import FamiliesLineFactory, VisitFactory
from visits.queries.families import words_of
from visits.services import families

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("reader", "words"),
    [("liaison", "Who goes"), ("admin", "Who goes"), ("head", "Who comes"), ("governor", "Who comes")],
)
def test_whoever_plans_goes_and_whoever_is_visited_sees_them_come(people, sign_in, reader, words):
    visit = VisitFactory(school=people.school, status="confirmed")
    page = sign_in(people.named()[reader]).get(reverse("visits:visit", args=[visit.pk])).content.decode()
    assert [one for one in ("Who goes", "Who comes") if one in page] == [words]


def test_what_is_written_down_names_the_forum_as_it_is_called(people):
    ProgrammeSettings.objects.update(forum_short_name="Voices")
    page = FamiliesLineFactory(
        page__school=people.school, page__programme_year=ProgrammeYear.objects.get()
    ).page
    families.approve(page=page, side="forum", seen=words_of(page).digest, by=people.liaison)
    line = HistoryEntry.objects.get(kind="families.approved_forum")
    assert line.summary.startswith("Liaison approved for Voices what families read in ")
