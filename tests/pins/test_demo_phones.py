"""Whom to ring about safeguarding in the demonstration: named once, in numbers that nobody has."""

import re

import pytest

from core.models import HistoryEntry, ProgrammeSettings
from pins.demo.phones import seed_phones
from visits.safeguarding_words import procedure_of

pytestmark = pytest.mark.django_db


def test_every_number_is_one_that_is_kept_for_drama(people):
    for _ in range(2):
        seed_phones(people.admin)
    phones = procedure_of(ProgrammeSettings.load()).phones
    assert len(phones) == 3
    assert all(re.search(r": 01632 960\d{3}$", phone) for phone in phones)
    assert HistoryEntry.objects.filter(kind="settings.changed").count() == 1


def test_what_somebody_wrote_stays(people):
    ProgrammeSettings.objects.update(safeguarding_phones="Duty: 01632 960199")
    seed_phones(people.admin)
    assert ProgrammeSettings.load().safeguarding_phones == "Duty: 01632 960199"
