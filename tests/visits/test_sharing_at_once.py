"""Real threads on a real database: two who share, reply or gather at the same moment take turns."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from core.models import HistoryEntry, OutgoingEmail
from core.seen import SavedTwice
from tests.at_once import run_at_once
from tests.factories import AttendanceFactory, ThemeFactory, VisitFactory, VisitSummaryFactory
from visits.enums import VisitStatus
from visits.forms.sharing import ReplyForm
from visits.models import Receipt, Reply, VisitSummary
from visits.readers import Reader
from visits.services import sharing
from visits.services.errors import VisitError

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("database_on_disk")]
REFUSALS = (VisitError, SavedTwice)


def at_once(act: Callable[[], Any]) -> list[str]:
    """What two who do the same at the same moment get, in no order."""
    results = run_at_once(act, act, refusals=REFUSALS)
    return sorted(type(one).__name__ if isinstance(one, REFUSALS) else str(one) for one in results)


def a_visit(people, status):
    visit = VisitFactory(school=people.school, status=status)
    AttendanceFactory(visit=visit, saved_by=people.liaison)
    ThemeFactory(visit=visit, saved_by=people.liaison)
    return visit


def test_two_share(people):
    visit = a_visit(people, VisitStatus.NOTES_WRITTEN)
    got = at_once(lambda: sharing.share(visit=visit, by=people.liaison, today=date(2026, 10, 16)))
    assert got == ["False", "True"]
    assert (VisitSummary.objects.count(), OutgoingEmail.objects.count()) == (1, 1)


def test_two_presses_of_one_receipt(people):
    visit = a_visit(people, VisitStatus.SHARED)
    got = at_once(lambda: sharing.note_receipt(visit=visit, by=Reader.signed_in(people.head)))
    assert got == ["False", "True"]
    assert (Receipt.objects.count(), HistoryEntry.objects.count()) == (1, 1)


def test_two_replies(people):
    visit = a_visit(people, VisitStatus.SHARED)
    VisitSummaryFactory(visit=visit)

    def act() -> bool:
        form = ReplyForm({"verdict": "accurate", "comment": ""}, instance=Reply(visit=visit))
        assert form.is_valid()
        return sharing.reply(form=form, by=Reader.signed_in(people.head))

    assert at_once(act) == ["SavedTwice", "True"]
    assert (Reply.objects.count(), OutgoingEmail.objects.count()) == (1, 1)
