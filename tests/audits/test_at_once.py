"""Real threads on a real database: what two people do at the same moment ends as if they had taken turns."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from audits.enums import AuditStatus, Round
from audits.models import Answer, Audit, Report, Statement
from audits.services.answering import AnswerValues, Given, save_answers
from audits.services.asking import ask_for_audits
from audits.services.errors import AuditError, AuditIsClosed, MoveNotAllowed
from audits.services.noting import NoteChangedMeanwhile, NoteValues, save_note
from audits.services.reviewing import review
from audits.services.submission import submit
from core.models import HistoryEntry, OutgoingEmail
from schools.models import ProgrammeYear
from tests.at_once import run_at_once
from tests.factories import small_framework

ROUNDS = range(4)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("database_on_disk"),
]


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act returned or raised."""
    return run_at_once(*acts, refusals=(AuditError, NoteChangedMeanwhile))


def kinds(results: list[Any]) -> list[type]:
    return sorted((type(result) for result in results), key=lambda kind: kind.__name__)


@pytest.mark.parametrize("round_", ROUNDS)
def test_a_snapshot_holds_exactly_the_answers_that_were_stored(answered, people, round_):
    answer = answered.answers.select_related("statement").order_by("statement__section__position").first()
    four = Given(answer.statement, AnswerValues("rated", 4), answer.revision)
    saving, submitting = at_once(
        lambda: save_answers(
            audit=answered, given=[four], known={answer.statement_id: answer}, by=people.head
        ),
        lambda: submit(audit=answered, by=people.head),
    )
    told = {
        one["key"]: one["rating"]
        for area in Report.objects.get().snapshot["areas"]
        for one in area["statements"]
    }
    stored = dict(Answer.objects.values_list("statement__key", "rating"))
    assert told == stored
    assert stored[answer.statement.key] == (2 if isinstance(saving, AuditIsClosed) else 4)
    assert isinstance(submitting, Report)


@pytest.mark.parametrize("round_", ROUNDS)
def test_two_who_submit_make_one_report(answered, people, round_):
    results = at_once(*[lambda: submit(audit=answered, by=people.head)] * 2)
    assert kinds(results) == [AuditIsClosed, Report]
    assert [report.edition for report in Report.objects.all()] == [1]
    assert HistoryEntry.objects.filter(kind="audit.submitted").count() == 1


@pytest.mark.parametrize("round_", ROUNDS)
def test_two_who_review_leave_one_reviewer(answered, people, round_):
    submit(audit=answered, by=people.head)
    results = at_once(
        lambda: review(audit=answered, by=people.liaison), lambda: review(audit=answered, by=people.programme)
    )
    assert kinds(results) == [Audit, MoveNotAllowed]
    winner = next(result for result in results if isinstance(result, Audit))
    answered.refresh_from_db()
    assert answered.reviewed_by == winner.reviewed_by
    assert HistoryEntry.objects.filter(kind="audit.reviewed").count() == 1


@pytest.mark.parametrize("round_", ROUNDS)
def test_two_first_answers_leave_one_and_show_it_to_the_other(audit, statement, people, round_):
    def first(rating: int, by):
        one = Given(statement, AnswerValues("rated", rating), 0)
        return save_answers(audit=audit, given=[one], known={}, by=by)

    results = at_once(lambda: first(1, people.head), lambda: first(4, people.colleague))
    assert sorted(len(result.saved) for result in results) == [0, 1]
    assert sorted(len(result.conflicts) for result in results) == [0, 1]
    winner = next(result for result in results if result.saved)
    assert Answer.objects.get().rating == winner.saved[statement.pk].rating
    assert HistoryEntry.objects.filter(kind="audit.begun").count() == 1


@pytest.mark.parametrize("round_", ROUNDS)
def test_two_first_notes_leave_one_and_show_it_to_the_other(audit, section, people, round_):
    def write(words: str, by):
        return save_note(audit=audit, section=section, values=NoteValues(words), seen_revision=0, by=by)

    results = at_once(lambda: write("One", people.head), lambda: write("Two", people.colleague))
    assert kinds(results) == [NoteChangedMeanwhile, type(section.notes.get())]
    kept = next(result for result in results if not isinstance(result, NoteChangedMeanwhile))
    assert section.notes.get().strengths == kept.strengths


def test_many_people_on_many_statements_lose_nothing(audit, people):
    statements = list(Statement.objects.filter(section__version=audit.version))

    def save(statement, by):
        return save_answers(
            audit=audit, given=[Given(statement, AnswerValues("rated", 3), 0)], known={}, by=by
        )

    at_once(*[lambda one=one: save(one, people.head) for one in statements])
    audit.refresh_from_db()
    assert list(Answer.objects.values_list("rating", "revision")) == [(3, 1)] * 6
    assert audit.status == AuditStatus.IN_PROGRESS
    assert HistoryEntry.objects.filter(kind="audit.begun").count() == 1


@pytest.mark.parametrize("round_", ROUNDS)
def test_two_who_ask_ask_each_school_once(people, round_):
    small_framework()
    year = ProgrammeYear.objects.get()

    def ask():
        return ask_for_audits(
            programme_year=year, round=Round.BASELINE, wanted_by=date(2027, 3, 3), by=people.admin
        )

    results = at_once(ask, ask)
    assert sorted(len(opened) for opened in results) == [0, 2]
    assert OutgoingEmail.objects.count() == 2
