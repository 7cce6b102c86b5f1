"""Many confirmed schools of a year begin in one step."""

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import HistoryEntry
from schools.models import Participation, ProgrammeYear
from schools.services.beginning import begin_parts
from schools.services.errors import YearIsClosed
from tests.factories import ParticipationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(people) -> ProgrammeYear:
    return ProgrammeYear.objects.get()


@pytest.fixture
def confirmed(year) -> list[Participation]:
    names = ("Alveley School", "Bishops School", "Condover School")
    return [ParticipationFactory(status="confirmed", school__name=name) for name in names]


@pytest.fixture
def admin(people, sign_in):
    return sign_in(people.admin)


def address(year) -> str:
    return reverse("schools:begin_parts", args=[year.pk])


def begin(client, year, parts, **how):
    return client.post(address(year), {"parts": [part.pk for part in parts]}, **how)


def statuses(parts) -> list[str]:
    return [Participation.objects.get(pk=part.pk).status for part in parts]


def lines() -> list[str]:
    return list(HistoryEntry.objects.filter(kind="participation.active").values_list("school_id", flat=True))


def test_the_year_leads_there_while_a_school_is_confirmed(admin, year):
    page = reverse("schools:year", args=[year.pk])
    assert address(year) not in admin.get(page).content.decode()
    ParticipationFactory(status="confirmed")
    assert address(year) in admin.get(page).content.decode()


def test_all_confirmed_ones_are_ticked_and_nothing_is_written(admin, year, confirmed):
    page = admin.get(address(year)).content.decode()
    assert page.count('name="parts" type="checkbox"') == 3
    assert page.count(" checked") == 3
    assert "Alveley School, Year 1" in page
    assert statuses(confirmed) == ["confirmed"] * 3


def test_those_that_stay_ticked_begin_with_a_line_each_and_the_others_are_named(admin, year, confirmed):
    page = begin(admin, year, confirmed[:2], follow=True).content.decode()
    assert statuses(confirmed) == ["active", "active", "confirmed"]
    assert sorted(lines()) == sorted(str(part.school_id) for part in confirmed[:2])
    assert "Schools that have begun: 2." in page
    assert "Left as confirmed: Condover School." in page


def test_who_withdrew_meanwhile_is_passed_over_and_named(admin, year, confirmed):
    left = {"status": "withdrawn", "withdrawn_on": timezone.localdate(), "withdrawal_reason": "Moved"}
    Participation.objects.filter(pk=confirmed[0].pk).update(**left)
    page = begin(admin, year, confirmed, follow=True).content.decode()
    assert statuses(confirmed) == ["withdrawn", "active", "active"]
    assert "Passed over, since not confirmed any more: Alveley School (withdrawn)." in page


def test_a_second_press_writes_nothing_more(admin, year, confirmed):
    begin(admin, year, confirmed)
    page = begin(admin, year, confirmed, follow=True).content.decode()
    assert len(lines()) == 3
    assert "Alveley School (active), Bishops School (active)" in page


@pytest.mark.parametrize("sent", [[], ["x"], ["0"], ["²"]])
def test_what_names_no_school_of_the_year_is_refused_in_words(admin, year, confirmed, sent):
    answer = admin.post(address(year), {"parts": sent})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert '<a href="#id_parts">' in page
    assert page.count('name="parts" type="checkbox"') == 3
    assert statuses(confirmed) == ["confirmed"] * 3


def test_a_closed_year_takes_nothing(admin, people, year, confirmed):
    ProgrammeYear.objects.update(closed_at=timezone.now(), closed_by=UserFactory())
    with pytest.raises(YearIsClosed):
        begin_parts(year=year, parts=[confirmed[0].pk], by=people.admin, today=timezone.localdate())
    assert "is closed and can only be read" in begin(admin, year, confirmed, follow=True).content.decode()
    assert statuses(confirmed) == ["confirmed"] * 3


@pytest.mark.parametrize("schools", [1, 3])
def test_asks_the_same_for_one_school_and_for_three(admin, year, django_assert_num_queries, schools):
    for _ in range(schools):
        ParticipationFactory(status="confirmed")
    admin.get(address(year))
    with django_assert_num_queries(5):
        admin.get(address(year))
