"""Reviewing, sending back and reopening."""

import pytest
from django.utils import timezone

from audits.models import Report
from audits.services.errors import AuditError, MoveNotAllowed
from audits.services.reviewing import reopen, review, send_back
from audits.services.submission import submit
from core.models import HistoryEntry, OutgoingEmail

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted(answered, people):
    """The answered audit, submitted by its head."""
    submit(audit=answered, by=people.head)
    answered.refresh_from_db()
    OutgoingEmail.objects.all().delete()
    return answered


def test_a_review_says_who_and_when_and_writes_one_line(submitted, people):
    reviewed = review(audit=submitted, by=people.programme)
    assert (reviewed.status, reviewed.reviewed_by) == ("reviewed", people.programme)
    assert reviewed.reviewed_at <= timezone.now()
    line = HistoryEntry.objects.get(kind="audit.reviewed")
    assert (line.summary, line.actor_id) == ("Programme reviewed the self-audit.", str(people.programme.pk))


def test_the_second_of_two_reviewers_is_told_and_the_first_stays(submitted, people):
    review(audit=submitted, by=people.liaison)
    with pytest.raises(MoveNotAllowed, match=r"^Only a submitted self-audit can be reviewed\.$"):
        review(audit=submitted, by=people.programme)
    submitted.refresh_from_db()
    assert submitted.reviewed_by == people.liaison
    assert HistoryEntry.objects.filter(kind="audit.reviewed").count() == 1


def test_sending_back_opens_the_audit_with_the_note(submitted, people):
    returned = send_back(audit=submitted, by=people.programme, note="Lunch is blank.\nSee “Environment”.")
    returned.refresh_from_db()
    assert (returned.status, returned.returned, returned.returned_by) == (
        "in_progress",
        "sent_back",
        people.programme,
    )
    assert returned.returned_reason == "Lunch is blank.\nSee “Environment”."
    line = HistoryEntry.objects.get(kind="audit.sent_back")
    assert line.summary == "Programme sent the self-audit back."
    assert line.details == {"reason": "Lunch is blank.\nSee “Environment”."}


def test_reopening_opens_a_reviewed_audit_with_the_reason(submitted, people):
    review(audit=submitted, by=people.liaison)
    returned = reopen(audit=submitted, by=people.admin, reason="New head.")
    assert (returned.status, returned.returned, returned.returned_reason) == (
        "in_progress",
        "reopened",
        "New head.",
    )
    line = HistoryEntry.objects.get(kind="audit.reopened")
    assert (line.summary, line.details) == ("Admin reopened the self-audit.", {"reason": "New head."})


def test_answers_and_report_stay_when_it_is_returned(submitted, people):
    send_back(audit=submitted, by=people.programme, note="Look again.")
    assert submitted.answers.filter(rating=2).count() == 6
    assert Report.objects.get().superseded_by is None


@pytest.mark.parametrize("words", ["", " \n "], ids=["nothing", "spaces"])
def test_a_return_owes_a_reason(submitted, people, words):
    with pytest.raises(AuditError):
        send_back(audit=submitted, by=people.programme, note=words)
    with pytest.raises(AuditError):
        reopen(audit=submitted, by=people.programme, reason=words)
    submitted.refresh_from_db()
    assert (submitted.status, OutgoingEmail.objects.count()) == ("submitted", 0)


def test_a_reviewed_audit_is_reopened_and_not_sent_back(submitted, people):
    review(audit=submitted, by=people.liaison)
    with pytest.raises(MoveNotAllowed, match="You can reopen this one"):
        send_back(audit=submitted, by=people.liaison, note="Look again.")


def test_an_audit_that_nobody_began_cannot_be_reopened(audit, people):
    with pytest.raises(MoveNotAllowed, match="nothing to reopen"):
        reopen(audit=audit, by=people.liaison, reason="New head.")


def test_the_second_of_two_returns_is_refused_and_mails_nobody(submitted, people):
    send_back(audit=submitted, by=people.programme, note="Look again.")
    with pytest.raises(MoveNotAllowed):
        send_back(audit=submitted, by=people.liaison, note="Me too.")
    with pytest.raises(MoveNotAllowed, match="open already"):
        reopen(audit=submitted, by=people.liaison, reason="Me too.")
    submitted.refresh_from_db()
    assert (submitted.returned_reason, OutgoingEmail.objects.count()) == ("Look again.", 1)
