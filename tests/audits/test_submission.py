"""Submitting: from then on the audit is read-only, and its report is on the way."""

import pytest
from django.utils import timezone

from audits.enums import AuditStatus
from audits.models import Answer, Report
from audits.services.answering import AnswerValues, Given, save_answers
from audits.services.errors import AuditIsClosed, MoveNotAllowed, NotReadyToSubmit
from audits.services.reviewing import reopen, review, send_back
from audits.services.submission import submit
from core.models import HistoryEntry

pytestmark = pytest.mark.django_db


def ratings(report):
    """Every rating in a report's snapshot."""
    return [one["rating"] for area in report.snapshot["areas"] for one in area["statements"]]


def test_says_who_and_when_and_closes_the_audit(answered, people):
    before = timezone.now()
    submit(audit=answered, by=people.head)
    answered.refresh_from_db()
    assert (answered.status, answered.submitted_by) == (AuditStatus.SUBMITTED, people.head)
    assert before <= answered.submitted_at <= timezone.now()
    assert not answered.is_open


def test_queues_the_first_edition_with_what_was_answered(answered, people):
    report = submit(audit=answered, by=people.head)
    stored = Report.objects.get()
    assert stored == report
    assert (stored.status, stored.edition, stored.requested_by) == ("queued", 1, people.head)
    assert ratings(stored) == [2] * 6


def test_the_snapshot_bears_the_day_of_submission(answered, people):
    report = submit(audit=answered, by=people.head)
    assert report.snapshot["submitted_on"] == timezone.localdate().isoformat()


def test_writes_one_line_of_history_with_the_report(answered, people):
    report = submit(audit=answered, by=people.head)
    line = HistoryEntry.objects.get(kind="audit.submitted")
    assert line.summary == "Head submitted the self-audit; report 1 was asked for."
    assert line.details == {"report": report.pk, "edition": 1}
    assert (line.target_id, line.school_id) == (str(answered.pk), str(people.school.pk))


def test_wakes_a_worker_only_once_committed(answered, people, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        submit(audit=answered, by=people.head)
    assert len(callbacks) == 1


class TestNotReady:
    """What stops submission leaves everything as it was."""

    def test_a_blank_statement(self, answered, people):
        Answer.objects.filter(audit=answered).first().delete()
        self.refused(answered, people)

    def test_an_answer_that_is_blank_but_has_a_note(self, answered, people):
        Answer.objects.filter(pk=answered.answers.first().pk).update(
            state="blank", rating=None, evidence_note="Later."
        )
        self.refused(answered, people)

    @pytest.mark.parametrize("reason", ["", "   "], ids=["nothing", "spaces"])
    def test_not_applicable_without_a_reason(self, answered, people, reason):
        Answer.objects.filter(pk=answered.answers.first().pk).update(
            state="not_applicable", rating=None, reason=reason
        )
        self.refused(answered, people)

    def refused(self, audit, people):
        with pytest.raises(NotReadyToSubmit):
            submit(audit=audit, by=people.head)
        audit.refresh_from_db()
        assert (audit.status, Report.objects.count()) == (AuditStatus.IN_PROGRESS, 0)
        assert not HistoryEntry.objects.filter(kind="audit.submitted").exists()


@pytest.mark.parametrize(
    "values",
    [
        {"state": "not_applicable", "rating": None, "reason": "No dining hall."},
        {"state": "dont_know", "rating": None},
        {"come_back": True},
        {"rating": 4, "evidence_note": ""},
    ],
    ids=["not_applicable_with_reason", "dont_know", "come_back", "top_without_evidence"],
)
def test_what_is_only_worth_a_look_does_not_stop_it(answered, people, values):
    Answer.objects.filter(pk=answered.answers.first().pk).update(**values)
    assert submit(audit=answered, by=people.head).edition == 1


def test_an_audit_that_nobody_began_is_refused(audit, people):
    with pytest.raises(MoveNotAllowed):
        submit(audit=audit, by=people.head)


def test_a_second_press_makes_no_second_report(answered, people):
    submit(audit=answered, by=people.head)
    with pytest.raises(AuditIsClosed):
        submit(audit=answered, by=people.head)
    assert Report.objects.count() == 1
    assert HistoryEntry.objects.filter(kind="audit.submitted").count() == 1


class TestAgain:
    """A submission after a return makes a new edition, and the old one stays as it was."""

    @pytest.fixture
    def twice(self, answered, people):
        first = submit(audit=answered, by=people.head)
        review(audit=answered, by=people.liaison)
        reopen(audit=answered, by=people.liaison, reason="New head.")
        changed = answered.answers.select_related("statement").first()
        one = Given(changed.statement, AnswerValues(state="rated", rating=4), changed.revision)
        save_answers(audit=answered, given=[one], known={changed.statement_id: changed}, by=people.head)
        return first, submit(audit=answered, by=people.head)

    def test_the_new_report_supersedes_the_old(self, twice):
        first, second = twice
        first.refresh_from_db()
        assert (second.edition, first.superseded_by, second.superseded_by) == (2, second, None)

    def test_the_old_snapshot_stays(self, twice):
        first, second = (Report.objects.get(pk=report.pk) for report in twice)
        assert ratings(first) == [2] * 6
        assert ratings(second) == [4] + [2] * 5

    def test_it_waits_for_review_once_more(self, twice, answered):
        answered.refresh_from_db()
        assert (answered.status, answered.reviewed_at, answered.reviewed_by) == ("submitted", None, None)

    def test_a_third_supersedes_only_the_second(self, twice, answered, people):
        first, second = twice
        send_back(audit=answered, by=people.programme, note="Look at lunch.")
        third = submit(audit=answered, by=people.head)
        first.refresh_from_db()
        second.refresh_from_db()
        assert (first.superseded_by, second.superseded_by, third.edition) == (second, third, 3)
        assert list(Report.objects.current()) == [third]
