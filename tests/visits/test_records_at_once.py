"""Real threads on a real database: two workers who write on one record take turns."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from core.models import HistoryEntry
from core.seen import ChangedMeanwhile
from schools.models import Area
from tests.at_once import run_at_once
from tests.factories import LocalSupportFactory, VisitFactory
from visits.models import Attendance, Presence, Signposting, Theme
from visits.services.record import Sent
from visits.services.recording import change_signposting, note_presence, save_attendance
from visits.services.themes import remove_theme, save_theme

ROUNDS = range(3)
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("database_on_disk")]


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """The kind of what each act returned or raised."""
    return sorted(type(result).__name__ for result in run_at_once(*acts, refusals=(ChangedMeanwhile,)))


@pytest.fixture
def visit(people):
    return VisitFactory(school=people.school, status="held")


def theme_words(text="The dining hall is loud."):
    area = Area.objects.get(key="environment").pk
    return {
        "area_id": area,
        "scope": "school",
        "kind": "idea",
        "text": text,
        "raised_by": 1,
        "left_as_read": "",
    }


@pytest.mark.parametrize("round_", ROUNDS)
def test_two_say_how_many_came(people, visit, round_):
    def act(by, count):
        sent = Sent({"parent_carers": count, "roles_present": []})
        return lambda: save_attendance(visit=visit, sent=sent, by=by)

    assert at_once(act(people.liaison, 7), act(people.admin, 9)) == ["Attendance", "ChangedMeanwhile"]
    assert Attendance.objects.get().revision == 1
    assert HistoryEntry.objects.filter(kind="visit.record_begun").count() == 1


@pytest.mark.parametrize("round_", ROUNDS)
def test_one_theme_is_sent_twice_at_once(people, visit, round_):
    key, sent = uuid.uuid4(), Sent(theme_words())

    def act():
        return save_theme(visit=visit, key=key, sent=sent, by=people.liaison)

    assert at_once(act, act) == ["Theme", "Theme"]
    assert Theme.objects.get().revision == 1


def test_two_remove_one_theme(people, visit):
    key = uuid.uuid4()
    save_theme(visit=visit, key=key, sent=Sent(theme_words()), by=people.liaison)

    def act(by):
        return lambda: remove_theme(visit=visit, key=key, by=by)

    assert at_once(act(people.liaison), act(people.admin)) == ["bool", "bool"]
    assert HistoryEntry.objects.filter(kind="visit.theme_removed").count() == 1


def test_two_tick_at_once(people, visit):
    supports = [LocalSupportFactory(), LocalSupportFactory()]

    def act(by, support):
        return lambda: change_signposting(visit=visit, added={support.pk}, removed=set(), by=by)

    at_once(act(people.liaison, supports[0]), act(people.admin, supports[1]))
    assert Signposting.objects.count() == 2


def test_two_tabs_of_one_person_say_that_they_are_here(people, visit):
    def act():
        return note_presence(visit=visit, by=people.liaison)

    at_once(act, act)
    assert Presence.objects.count() == 1
