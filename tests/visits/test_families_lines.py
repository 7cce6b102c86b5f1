"""A line for families that is sent twice, by a double click or by loading the page again, is added once."""

import pytest
from django.urls import reverse

from core.models import HistoryEntry
from schools.models import Area, ProgrammeYear
from tests.factories import FamiliesLineFactory, FamiliesPageFactory
from visits.models import FamiliesLine, FamiliesPage
from visits.queries.families import words_of
from visits.services import families

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(people) -> FamiliesPage:
    return FamiliesPageFactory(school=people.school, programme_year=ProgrammeYear.objects.get())


@pytest.fixture
def client(people, sign_in):
    return sign_in(people.liaison)


def url(sheet) -> str:
    return reverse("visits:add_families_line", args=[sheet.school_id, sheet.programme_year_id])


def typed(**other: str) -> dict[str, str]:
    area = str(Area.objects.get(key="environment").pk)
    return {"you_said": "Lunch is loud.", "becomes": "done", "answer": "Two sittings.", "area": area, **other}


def said() -> list[str]:
    return list(FamiliesLine.objects.values_list("you_said", flat=True))


def test_it_is_there_once_with_one_line_of_history(client, sheet):
    for _ in range(2):
        answer = client.post(url(sheet), typed(), follow=True)
    assert said() == ["Lunch is loud."]
    assert HistoryEntry.objects.filter(kind="families.words").count() == 1
    assert "This line stands on the page already" in answer.content.decode()


def test_also_where_only_its_spaces_differ(client, sheet):
    for words in ("Lunch is loud.", " Lunch  is loud. "):
        client.post(url(sheet), typed(you_said=words))
    assert said() == ["Lunch is loud."]


def test_it_takes_no_approval_back(people, client, sheet):
    client.post(url(sheet), typed())
    seen = words_of(sheet).digest
    families.approve(page=sheet, side="forum", seen=seen, by=people.liaison)
    client.post(url(sheet), typed())
    assert FamiliesPage.objects.get().forum_approved_digest == seen


@pytest.mark.parametrize(
    "other", [{"you_said": "Lunch is long."}, {"answer": "A quiet room."}, {"becomes": "doing"}]
)
def test_one_with_other_words_is_another(client, sheet, other):
    for words in ({}, other):
        client.post(url(sheet), typed(**words))
    assert FamiliesLine.objects.count() == 2


def test_the_same_on_the_page_of_another_school_is_another(client, sheet):
    FamiliesLineFactory(you_said="Lunch is loud.", becomes="done", answer="Two sittings.")
    client.post(url(sheet), typed())
    assert FamiliesLine.objects.filter(page=sheet).count() == 1
