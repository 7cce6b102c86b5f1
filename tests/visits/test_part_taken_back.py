"""What a school that was added to a year by mistake takes along: the visits that were made for it ahead."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import HistoryEntry
from schools.models import Participation
from schools.services.errors import ProgrammeError
from schools.services.removal import take_back_part
from tests.at_once import run_at_once
from tests.factories import ParticipationFactory, ProgrammeYearFactory
from tests.factories.visits import at
from visits.due import make_due_visits
from visits.enums import Slot
from visits.models import ProposedTime, Visit
from visits.services.planning import cancel

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(people) -> Participation:
    """The head's school, confirmed on the full offer in a year that begins in a week, with its three visits."""
    first = timezone.localdate() + timedelta(days=7)
    year = ProgrammeYearFactory(name="Next", starts_on=first, ends_on=first + timedelta(days=300))
    part = ParticipationFactory(school=people.school, programme_year=year, status="confirmed", offer="full")
    make_due_visits()
    return part


@pytest.fixture
def admin(people, sign_in):
    return sign_in(people.admin)


def address(part) -> str:
    return reverse("schools:take_back_part", args=[part.pk])


def is_there(part) -> bool:
    return Participation.objects.filter(pk=part.pk).exists()


def visits(part):
    return Visit.objects.filter(school=part.school, programme_year=part.programme_year)


def test_those_that_nobody_turned_to_go_with_it(admin, part):
    assert visits(part).count() == 3
    page = admin.get(address(part)).content.decode()
    assert "so do the visits that were made for it and that nobody has turned to" in page
    admin.post(address(part))
    assert not is_there(part)
    assert not visits(part).exists()
    assert HistoryEntry.objects.get(kind="participation.taken_back").details["made_ahead"] == {"visits": 3}


def test_one_that_was_cancelled_before_it_was_offered_goes_too(people, part):
    cancel(visit=visits(part)[0], by=people.admin, reason="Added by mistake.")
    take_back_part(part=part, by=people.admin, today=timezone.localdate())
    assert not visits(part).exists()


def test_a_worker_who_was_noted_for_one_is_no_hindrance(people, part):
    visits(part)[0].workers.add(people.liaison)
    take_back_part(part=part, by=people.admin, today=timezone.localdate())
    assert not is_there(part)


def test_visits_of_other_years_and_schools_stay(people, part):
    ParticipationFactory(school=people.other_school, programme_year=part.programme_year, status="confirmed")
    make_due_visits()
    others = Visit.objects.exclude(pk__in=visits(part)).count()
    take_back_part(part=part, by=people.admin, today=timezone.localdate())
    assert others
    assert Visit.objects.count() == others


def test_a_time_that_was_put_forward_keeps_it(people, part):
    begins = at(part.programme_year.starts_on)
    ProposedTime.objects.create(
        visit=visits(part)[0],
        starts_at=begins,
        ends_at=begins + timedelta(hours=1),
        slot=Slot.OTHER,
        proposer="X",
    )
    with pytest.raises(ProgrammeError, match=r"already \(visit\), so its part in it stays"):
        take_back_part(part=part, by=people.admin, today=timezone.localdate())
    assert visits(part).count() == 3


def test_one_that_had_a_date_keeps_it_even_when_cancelled(people, part):
    day = at(part.programme_year.starts_on)
    visits(part).filter(step=1).update(starts_at=day, ends_at=day + timedelta(hours=1), status="confirmed")
    cancel(visit=visits(part).get(step=1), by=people.admin, reason="Added by mistake.")
    with pytest.raises(ProgrammeError, match="stays"):
        take_back_part(part=part, by=people.admin, today=timezone.localdate())


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("database_on_disk")
@pytest.mark.parametrize("round_", range(3))
def test_none_are_made_for_a_school_that_is_being_taken_out(people, part, round_):
    visits(part).delete()
    run_at_once(
        lambda: take_back_part(part=part, by=people.admin, today=timezone.localdate()),
        make_due_visits,
        refusals=(),
    )
    assert not is_there(part)
    assert not visits(part).exists()
