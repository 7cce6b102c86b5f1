"""The six trainings that the programme names, as data."""

import pytest

from schools.models import Area
from training.models import Module

pytestmark = pytest.mark.django_db


def test_the_six_modules_are_there():
    assert set(Module.objects.values_list("slug", flat=True)) == {
        "inclusive-teaching",
        "sensory-environment",
        "relational-policy",
        "parent-carer-relationships",
        "communication-needs",
        "mental-health-support",
    }


def test_every_area_of_practice_has_a_training():
    assert not Area.objects.filter(modules__isnull=True).exists()
