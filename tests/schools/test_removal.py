"""A school that was added to a year by mistake is taken out of it again."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import HistoryEntry
from schools.models import Participation, ProgrammeYear
from schools.services.errors import ProgrammeError, YearIsClosed
from schools.services.removal import take_back_part
from tests.factories import AuditFactory, ParticipationFactory, ProgrammeYearFactory, UserFactory

pytestmark = pytest.mark.django_db
KIND = "participation.taken_back"


@pytest.fixture
def part(people) -> Participation:
    """The head's school, invited to a year that begins in a week."""
    first = timezone.localdate() + timedelta(days=7)
    year = ProgrammeYearFactory(name="Next", starts_on=first, ends_on=first + timedelta(days=300))
    return ParticipationFactory(school=people.school, programme_year=year, status="invited")


@pytest.fixture
def admin(people, sign_in):
    return sign_in(people.admin)


def address(part) -> str:
    return reverse("schools:take_back_part", args=[part.pk])


def is_there(part) -> bool:
    return Participation.objects.filter(pk=part.pk).exists()


@pytest.mark.parametrize("status", ["invited", "confirmed"])
def test_it_goes_with_a_line_in_the_history_of_the_school(admin, people, part, status):
    Participation.objects.filter(pk=part.pk).update(status=status)
    assert address(part) in admin.get(reverse("schools:part", args=[part.pk])).content.decode()
    assert "as if it had not been added" in admin.get(address(part)).content.decode()
    assert is_there(part)
    page = admin.post(address(part), follow=True).content.decode()
    assert "Wenlock Brook Primary School is no longer in Next." in page
    assert not is_there(part)
    line = HistoryEntry.objects.get(kind=KIND)
    assert (line.school_id, line.details["status"]) == (str(people.school.pk), status)
    assert people.school.participations.count() == 1


@pytest.mark.parametrize("status", ["active", "completed", "withdrawn"])
def test_one_that_began_or_left_stays(admin, part, status):
    left = {"withdrawn_on": date(2026, 11, 1), "withdrawal_reason": "x"} if status == "withdrawn" else {}
    Participation.objects.filter(pk=part.pk).update(status=status, **left)
    assert address(part) not in admin.get(reverse("schools:part", args=[part.pk])).content.decode()
    assert "Take it out of the year</button>" not in admin.get(address(part)).content.decode()
    assert f"is {status} in Next. Only a school" in admin.post(address(part), follow=True).content.decode()
    assert is_there(part)


def test_one_of_a_year_that_has_begun_stays(people, part):
    with pytest.raises(ProgrammeError, match="in a year that has not begun"):
        take_back_part(part=part, by=people.admin, today=part.programme_year.starts_on)
    assert is_there(part)


def test_one_with_a_self_audit_of_the_year_stays(admin, part):
    AuditFactory(school=part.school, programme_year=part.programme_year)
    words = "Wenlock Brook Primary School has something in Next already (audit), so its part in it stays."
    assert words in admin.get(address(part)).content.decode()
    assert words in admin.post(address(part), follow=True).content.decode()
    assert is_there(part)
    assert not HistoryEntry.objects.filter(kind=KIND).exists()


def test_a_self_audit_of_another_year_or_school_is_no_hindrance(admin, people, part):
    AuditFactory(school=part.school, programme_year=ProgrammeYear.objects.get(name="2026 to 2027"))
    AuditFactory(school=people.other_school, programme_year=part.programme_year)
    admin.post(address(part))
    assert not is_there(part)


def test_a_closed_year_keeps_it(people, part):
    ProgrammeYear.objects.update(closed_at=timezone.now(), closed_by=UserFactory())
    with pytest.raises(YearIsClosed):
        take_back_part(part=part, by=people.admin, today=timezone.localdate())


def test_a_second_press_writes_nothing_more(people, part):
    for _ in range(2):
        take_back_part(part=part, by=people.admin, today=timezone.localdate())
    assert HistoryEntry.objects.filter(kind=KIND).count() == 1
