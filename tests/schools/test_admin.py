"""Schools and the programme in Django's own admin."""

import pytest
from django.urls import reverse

from accounts.models import User
from core.models import HistoryEntry
from schools.models import Membership, ProgrammeYear
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(people, sign_in):
    """Somebody who looks after the installation."""
    return sign_in(User.objects.create_superuser("keeper@school.example", "pins-demo"))


def test_a_school_lead_can_be_added(keeper, people):
    person = UserFactory()
    data = {
        "user": person.pk,
        "school": people.school.pk,
        "role": "school_lead",
        "started_at_0": "2026-11-24",
        "started_at_1": "09:00",
    }
    assert keeper.post(reverse("admin:schools_membership_add"), data).status_code == 302
    assert Membership.objects.get(user=person).school == people.school
    line = HistoryEntry.objects.get()
    assert (line.kind, line.school_id) == ("membership.added", str(people.school.pk))


@pytest.mark.parametrize("name", ["school", "programmeyear", "cohort", "participation", "membership"])
def test_every_list_opens_and_nothing_can_be_deleted(keeper, name):
    assert keeper.get(reverse(f"admin:schools_{name}_changelist")).status_code == 200
    address = reverse(f"admin:schools_{name}_delete", args=[1])
    assert keeper.post(address, {"post": "yes"}).status_code in (403, 302)
    assert ProgrammeYear.objects.count() == 1


def test_a_school_is_only_imported(keeper):
    assert keeper.get(reverse("admin:schools_school_add")).status_code == 403
