"""The visits that a year owes its schools."""

import pytest

from schools.models import Participation
from tests.factories import (
    CohortFactory,
    ParticipationFactory,
    ProgrammeYearFactory,
    UserFactory,
    VisitFactory,
)
from visits.due import make_due_visits
from visits.enums import VisitStatus
from visits.models import Visit

pytestmark = pytest.mark.django_db


def owed() -> list[tuple[str, int, str]]:
    found = Visit.objects.order_by("school__name", "step").values_list("school__name", "step_id", "status")
    return list(found)


def test_a_school_on_the_full_offer_gets_three():
    part = ParticipationFactory(school__name="Clun Hill Primary School")
    assert make_due_visits() == 3
    assert owed() == [(part.school.name, number, "to_schedule") for number in (1, 2, 3)]


def test_doing_it_again_makes_nothing():
    ParticipationFactory()
    make_due_visits()
    assert make_due_visits() == 0


@pytest.mark.parametrize(
    "part",
    [
        {"offer": Participation.Offer.EMBEDDING},
        {"offer": Participation.Offer.TRAINING_ONLY},
        {"status": Participation.Status.INVITED},
        {"status": Participation.Status.COMPLETED},
    ],
)
def test_other_schools_have_them_on_request(part):
    ParticipationFactory(**part)
    assert make_due_visits() == 0


def test_a_cancelled_visit_is_not_made_again():
    part = ParticipationFactory()
    VisitFactory(
        school=part.school, programme_year=part.programme_year, number=2, status=VisitStatus.CANCELLED
    )
    assert make_due_visits() == 2


def test_a_closed_year_owes_nothing():
    from django.utils import timezone

    year = ProgrammeYearFactory(name="2025 to 2026", closed_at=timezone.now(), closed_by=UserFactory())
    ParticipationFactory(programme_year=year, cohort=CohortFactory(joined_in=year))
    assert make_due_visits() == 0
