"""Every pair of statuses, walked through the services: what ALLOWED_MOVES allows happens, and nothing else."""

from itertools import product

import pytest

from audits.enums import ALLOWED_MOVES, AuditStatus
from audits.services.answering import AnswerValues, Given, save_answers
from audits.services.errors import AuditError
from audits.services.reviewing import reopen, review, send_back
from audits.services.submission import submit
from core.models import HistoryEntry

pytestmark = pytest.mark.django_db

PAIRS = list(product(AuditStatus, AuditStatus))
WITHOUT_A_SERVICE = {(AuditStatus.REVIEWED, AuditStatus.PRIORITIES_AGREED)}
"""Allowed by the table; the service comes with the priorities."""


def moves_to(status, audit, people):
    """Each service that ends at the status, as calls to try."""
    statement = audit.answers.first().statement
    again = Given(statement, AnswerValues(state="rated", rating=4), 1)
    known = {statement.pk: audit.answers.first()}
    return {
        AuditStatus.IN_PROGRESS: [
            lambda: save_answers(audit=audit, given=[again], known=known, by=people.head),
            lambda: send_back(audit=audit, by=people.liaison, note="Look again."),
            lambda: reopen(audit=audit, by=people.liaison, reason="New head."),
        ],
        AuditStatus.SUBMITTED: [lambda: submit(audit=audit, by=people.head)],
        AuditStatus.REVIEWED: [lambda: review(audit=audit, by=people.liaison)],
    }.get(status, [])


def attempt(act) -> bool:
    try:
        act()
    except AuditError:
        return False
    return True


@pytest.mark.parametrize(("start", "end"), PAIRS, ids=[f"{a}-to-{b}" for a, b in PAIRS])
def test_a_move_happens_exactly_when_the_table_allows_it(standing_at, people, start, end):
    reached = False
    for number in range(len(moves_to(end, standing_at(start), people))):
        audit = standing_at(start)
        happened = attempt(moves_to(end, audit, people)[number])
        audit.refresh_from_db()
        assert audit.status == (end if happened else start)
        reached = reached or (happened and start != end)
    expected = end in ALLOWED_MOVES[start] and (start, end) not in WITHOUT_A_SERVICE
    assert reached == expected


@pytest.mark.parametrize("status", AuditStatus)
def test_every_status_has_its_line_in_the_table(status):
    assert status in ALLOWED_MOVES


def test_nothing_moves_to_where_it_stands():
    assert [status for status, moves in ALLOWED_MOVES.items() if status in moves] == []


@pytest.mark.parametrize(
    ("start", "sends_back", "reopens"),
    [
        ("not_started", False, False),
        ("in_progress", False, False),
        ("submitted", True, True),
        ("reviewed", False, True),
        ("priorities_agreed", False, True),
    ],
)
def test_only_what_waits_for_review_is_sent_back_and_only_what_was_submitted_reopened(
    standing_at, people, start, sends_back, reopens
):
    audit = standing_at(AuditStatus(start))
    assert attempt(lambda: send_back(audit=audit, by=people.liaison, note="Look again.")) == sends_back
    audit = standing_at(AuditStatus(start))
    assert attempt(lambda: reopen(audit=audit, by=people.liaison, reason="New head.")) == reopens


@pytest.mark.parametrize("start", AuditStatus)
def test_a_refused_move_writes_no_history(standing_at, people, start):
    audit = standing_at(start)
    for act in [act for end in AuditStatus for act in moves_to(end, audit, people)]:
        written = HistoryEntry.objects.count()
        assert attempt(act) or HistoryEntry.objects.count() == written
