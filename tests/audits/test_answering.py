"""Saving answers: nothing is written that did not change, nothing overwritten that was not seen."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import IntegrityError

from audits.enums import AnswerState, AuditStatus
from audits.models import Answer, Audit
from audits.services.answering import AnswerValues, Given, begin, save_answers
from audits.services.errors import AuditIsClosed
from core.models import HistoryEntry
from core.page_marks import NO_PAGE, PageMark

pytestmark = pytest.mark.django_db

RATED_2 = AnswerValues(state=AnswerState.RATED, rating=2)
RATED_3 = AnswerValues(state=AnswerState.RATED, rating=3, evidence_note="Quiet corner.", come_back=True)


PAGE, OTHER_PAGE = PageMark("0123456789ab"), PageMark("ba9876543210")


def save(audit, statement, values, *, seen=0, known=None, by, mark=NO_PAGE):
    """One answer, as a page that showed revision `seen` sends it."""
    one = Given(statement, values, seen, mark)
    return save_answers(audit=audit, given=[one], known={statement.pk: known} if known else {}, by=by)


def stored(audit, statement):
    return Answer.objects.get(audit=audit, statement=statement)


def submitted(audit, people):
    Audit.objects.filter(pk=audit.pk).update(
        status=AuditStatus.SUBMITTED, submitted_at=datetime.now(UTC), submitted_by=people.head
    )


@pytest.mark.parametrize(
    "values",
    [
        RATED_2,
        RATED_3,
        AnswerValues(state=AnswerState.NOT_APPLICABLE, reason="We have no dining hall."),
        AnswerValues(state=AnswerState.NOT_APPLICABLE),
        AnswerValues(state=AnswerState.DONT_KNOW),
        AnswerValues(come_back=True),
        AnswerValues(evidence_note="Typed before anything was chosen."),
    ],
    ids=["rated", "all_fields", "not_applicable", "without_reason", "dont_know", "come_back", "note"],
)
def test_stores_what_was_said_and_reads_it_back_as_it_was(audit, statement, people, values):
    outcome = save(audit, statement, values, by=people.head)
    assert AnswerValues.of(stored(audit, statement)) == values
    assert outcome.saved == {statement.pk: stored(audit, statement)}
    assert outcome.conflicts == {}


@time_machine.travel(datetime(2026, 11, 23, 14, 2, tzinfo=UTC), tick=False)
def test_notes_who_said_it_and_when(audit, statement, people):
    save(audit, statement, RATED_2, by=people.colleague)
    answer = stored(audit, statement)
    assert (answer.answered_by, answer.answered_at) == (
        people.colleague,
        datetime(2026, 11, 23, 14, 2, tzinfo=UTC),
    )
    assert answer.revision == 1


def test_a_statement_that_was_never_answered_is_all_blank():
    assert AnswerValues.of(None) == AnswerValues(AnswerState.BLANK, None, "", "", come_back=False)


def test_saying_nothing_about_an_unanswered_statement_writes_nothing(audit, statement, people):
    outcome = save(audit, statement, AnswerValues(), by=people.head)
    assert (outcome.saved, outcome.conflicts, Answer.objects.count()) == ({}, {}, 0)
    audit.refresh_from_db()
    assert audit.status == AuditStatus.NOT_STARTED


def test_saying_the_same_again_changes_neither_revision_nor_person(audit, statement, people):
    save(audit, statement, RATED_2, by=people.head)
    known = stored(audit, statement)
    outcome = save(audit, statement, RATED_2, seen=1, known=known, by=people.colleague)
    after = stored(audit, statement)
    assert outcome.saved == {}
    assert (after.revision, after.answered_by, after.answered_at) == (1, people.head, known.answered_at)


def test_a_change_raises_the_revision_and_names_the_new_person(audit, statement, people):
    save(audit, statement, RATED_2, by=people.head)
    known = stored(audit, statement)
    outcome = save(audit, statement, RATED_3, seen=1, known=known, by=people.colleague)
    after = stored(audit, statement)
    assert (AnswerValues.of(after), after.revision, after.answered_by) == (RATED_3, 2, people.colleague)
    told = outcome.saved[statement.pk]
    assert (told.revision, told.answered_by, told.answered_at) == (2, people.colleague, after.answered_at)


def test_a_reason_can_be_taken_away_again(audit, statement, people):
    save(audit, statement, AnswerValues(state=AnswerState.NOT_APPLICABLE, reason="No hall."), by=people.head)
    save(audit, statement, RATED_2, seen=1, known=stored(audit, statement), by=people.head)
    assert AnswerValues.of(stored(audit, statement)) == RATED_2


class TestTwoPeople:
    """Two people on one statement."""

    def test_the_second_to_change_it_overwrites_nothing_and_is_shown_what_is_there(
        self, audit, statement, people
    ):
        save(audit, statement, RATED_2, by=people.head)
        seen_by_both = stored(audit, statement)
        save(audit, statement, RATED_3, seen=1, known=stored(audit, statement), by=people.head)
        other = AnswerValues(state=AnswerState.DONT_KNOW)
        outcome = save(audit, statement, other, seen=1, known=seen_by_both, by=people.colleague)
        assert outcome.saved == {}
        assert AnswerValues.of(outcome.conflicts[statement.pk]) == RATED_3
        assert AnswerValues.of(stored(audit, statement)) == RATED_3
        assert stored(audit, statement).answered_by == people.head

    def test_the_second_is_told_when_the_first_changed_their_mind_in_the_same_moment(
        self, audit, statement, people
    ):
        """The second says what the first had said, and was read to have said, but no longer says."""
        save(audit, statement, RATED_2, by=people.head)
        read_before = stored(audit, statement)
        save(audit, statement, RATED_3, seen=1, known=stored(audit, statement), by=people.head)
        outcome = save(audit, statement, RATED_2, seen=0, known=read_before, by=people.colleague)
        assert AnswerValues.of(outcome.conflicts[statement.pk]) == RATED_3

    def test_the_second_to_answer_first_overwrites_nothing(self, audit, statement, people):
        """Both had read that nothing was stored; the first has inserted meanwhile."""
        save(audit, statement, RATED_2, by=people.head)
        outcome = save(audit, statement, RATED_3, seen=0, known=None, by=people.colleague)
        assert AnswerValues.of(outcome.conflicts[statement.pk]) == RATED_2
        assert AnswerValues.of(stored(audit, statement)) == RATED_2

    def test_a_lost_insert_leaves_the_other_answers_of_the_same_sending_saved(self, audit, section, people):
        first, second, third = section.statements.all()
        save(audit, second, RATED_2, by=people.head)
        sent = [Given(one, RATED_3, 0) for one in (first, second, third)]
        outcome = save_answers(audit=audit, given=sent, known={}, by=people.colleague)
        assert set(outcome.saved) == {first.pk, third.pk}
        assert set(outcome.conflicts) == {second.pk}

    @pytest.mark.parametrize("had_read", [False, True])
    def test_saying_the_same_as_the_other_is_no_conflict(self, audit, statement, people, had_read):
        save(audit, statement, RATED_2, by=people.head)
        known = stored(audit, statement) if had_read else None
        outcome = save(audit, statement, RATED_2, seen=0, known=known, by=people.colleague)
        assert outcome.conflicts == {}
        assert (stored(audit, statement).revision, stored(audit, statement).answered_by) == (1, people.head)

    def test_who_had_seen_the_newest_version_may_replace_it(self, audit, statement, people):
        save(audit, statement, RATED_2, by=people.head)
        outcome = save(audit, statement, RATED_3, seen=1, known=stored(audit, statement), by=people.colleague)
        assert outcome.conflicts == {}
        assert AnswerValues.of(stored(audit, statement)) == RATED_3

    def test_claiming_to_have_seen_a_later_version_overwrites_nothing(self, audit, statement, people):
        save(audit, statement, RATED_2, by=people.head)
        outcome = save(audit, statement, RATED_3, seen=7, known=stored(audit, statement), by=people.colleague)
        assert set(outcome.conflicts) == {statement.pk}
        assert AnswerValues.of(stored(audit, statement)) == RATED_2


class TestTheSamePageAgain:
    """The server saved it, but the page never heard so, and sends once more with what it had seen."""

    MORE = AnswerValues(state=AnswerState.RATED, rating=3, evidence_note="Quiet corner, and a tent.")

    @pytest.mark.parametrize("had_read", [False, True], ids=["at the same time", "later"])
    @pytest.mark.parametrize("revisions", [0, 1])
    def test_replaces_what_it_wrote_itself(self, audit, statement, people, revisions, had_read):
        for revision in range(revisions):
            save(audit, statement, RATED_2, seen=revision, by=people.colleague)
        before = Answer.objects.filter(statement=statement).first()
        save(audit, statement, RATED_3, seen=revisions, known=before, by=people.head, mark=PAGE)
        known = stored(audit, statement) if had_read or before else None
        outcome = save(audit, statement, self.MORE, seen=revisions, known=known, by=people.head, mark=PAGE)
        after = stored(audit, statement)
        assert (outcome.saved, outcome.conflicts) == ({statement.pk: after}, {})
        assert (AnswerValues.of(after), after.revision) == (self.MORE, revisions + 2)

    @pytest.mark.parametrize(
        ("who", "mark"),
        [
            ("colleague", PAGE),
            ("head", OTHER_PAGE),
            ("head", NO_PAGE),
        ],
        ids=["another person", "another tab", "a page without a mark"],
    )
    def test_nobody_else_replaces_it(self, audit, statement, people, who, mark):
        save(audit, statement, RATED_3, by=people.head, mark=PAGE)
        known, by = stored(audit, statement), getattr(people, who)
        outcome = save(audit, statement, self.MORE, known=known, by=by, mark=mark)
        assert outcome.saved == {}
        assert AnswerValues.of(outcome.conflicts[statement.pk]) == RATED_3
        assert AnswerValues.of(stored(audit, statement)) == RATED_3

    def test_what_a_colleague_wrote_on_top_is_not_replaced(self, audit, statement, people):
        save(audit, statement, RATED_3, by=people.head, mark=PAGE)
        on_top = {"seen": 1, "by": people.colleague, "mark": OTHER_PAGE}
        save(audit, statement, RATED_2, known=stored(audit, statement), **on_top)
        known = stored(audit, statement)
        outcome = save(audit, statement, self.MORE, known=known, by=people.head, mark=PAGE)
        assert AnswerValues.of(outcome.conflicts[statement.pk]) == RATED_2

    def test_an_earlier_sending_that_arrives_late_replaces_nothing(self, audit, statement, people):
        save(audit, statement, self.MORE, by=people.head, mark=PageMark(PAGE.page, 2))
        late = {"known": stored(audit, statement), "mark": PageMark(PAGE.page, 1)}
        outcome = save(audit, statement, RATED_3, by=people.head, **late)
        assert AnswerValues.of(outcome.conflicts[statement.pk]) == self.MORE


class TestBeginning:
    """The first answer begins the audit."""

    def test_moves_to_in_progress_with_one_line_of_history(self, audit, statement, people):
        save(audit, statement, RATED_2, by=people.head)
        audit.refresh_from_db()
        assert audit.status == AuditStatus.IN_PROGRESS
        line = HistoryEntry.objects.get(kind="audit.begun")
        assert (line.actor_label, line.target_id, line.school_id) == (
            "Head",
            str(audit.pk),
            str(people.school.pk),
        )

    def test_happens_once(self, audit, section, people):
        for one in section.statements.all():
            save(audit, one, RATED_2, by=people.head)
        assert HistoryEntry.objects.filter(kind="audit.begun").count() == 1

    @pytest.mark.parametrize("status", [status for status in AuditStatus if status != "not_started"])
    def test_does_nothing_to_an_audit_that_was_begun(self, audit, people, status):
        audit.status = status
        begin(audit, by=people.head)
        assert (audit.status, HistoryEntry.objects.count()) == (status, 0)


@pytest.mark.parametrize("values", [RATED_2, AnswerValues()], ids=["something", "nothing"])
def test_a_submitted_audit_takes_no_answer_and_says_so(audit, statement, people, values):
    submitted(audit, people)
    with pytest.raises(AuditIsClosed) as refusal:
        save(audit, statement, values, by=people.head)
    assert str(refusal.value) == (
        "This self-audit has been submitted, so its answers can no longer be changed."
    )
    assert Answer.objects.count() == 0


def test_looks_at_the_audit_as_it_is_now_and_not_as_the_page_had_it(audit, statement, people):
    stale = Audit.objects.get(pk=audit.pk)
    submitted(audit, people)
    with pytest.raises(AuditIsClosed):
        save(stale, statement, RATED_2, by=people.head)


def test_what_the_database_refuses_is_not_taken_for_a_colleagues_answer(audit, statement, people):
    nothing_chosen = AnswerValues(state=AnswerState.RATED, rating=None)
    with pytest.raises(IntegrityError):
        save(audit, statement, nothing_chosen, by=people.head)
    assert not Answer.objects.filter(audit=audit).exists()
