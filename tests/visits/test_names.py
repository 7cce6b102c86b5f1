"""What the three visits are called and for, as an administrator keeps it."""

import pytest
from django.urls import reverse

from core.models import HistoryEntry
from visits.models import VisitStep

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(people, sign_in):
    return sign_in(people.admin)


def change(admin, **more):
    path = reverse("visits:change_name", args=[2])
    seen = admin.get(path).context["form"].initial["seen"]
    data = {
        "name": "Looking back",
        "purpose": "To see.",
        "minutes": "45",
        "minutes_around": "60",
        "seen": seen,
    }
    return admin.post(path, data | more)


def test_name_purpose_and_minutes_are_changed_with_one_line(admin, people):
    assert change(admin).url == reverse("visits:names")
    step = VisitStep.objects.get(number=2)
    assert (step.name, step.purpose, step.minutes, step.minutes_around) == ("Looking back", "To see.", 45, 60)
    (line,) = HistoryEntry.objects.filter(kind="visitstep.changed")
    assert line.summary == f"{people.admin} changed the visit step Looking back."


@pytest.mark.parametrize(
    "more", [{"minutes": "14"}, {"minutes": "481"}, {"minutes_around": "961"}, {"name": ""}]
)
def test_what_cannot_be_is_said(admin, more):
    assert change(admin, **more).status_code == 422
    assert VisitStep.objects.get(number=2).minutes == 60


def test_a_fourth_visit_is_not_found(admin):
    assert admin.get(reverse("visits:change_name", args=[4])).status_code == 404
