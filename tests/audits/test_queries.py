"""Progress and minutes that are honest, and what is missing before submission."""

import pytest
from django.utils import timezone

from accounts.permissions import Role
from audits.enums import AnswerState
from audits.models import Answer, Report, Section, SectionNote, Statement
from audits.queries import (
    SectionProgress,
    colleagues,
    latest_report,
    minutes_a_section,
    minutes_left,
    note_on,
    progress,
    sections_given_to,
    sitting_minutes,
    statements_of,
    what_is_missing,
    where_to_go_on,
)
from audits.services.noting import NoteValues, save_note
from audits.services.submission import submit
from tests.factories import AuditFactory, MembershipFactory, ReportFactory, small_framework

pytestmark = pytest.mark.django_db

STATEMENT, NOTES = 70, 60
"""Seconds."""


def first(audit) -> SectionProgress:
    return progress(audit)[0]


def counts(audit):
    one = first(audit)
    return (one.total, one.answered, one.come_back, one.missing_reason, one.status, one.seconds_left)


class TestProgress:
    """How far each section has come."""

    def test_nothing_yet(self, audit):
        assert counts(audit) == (3, 0, 0, 0, "Not started", 3 * STATEMENT + NOTES)

    def test_an_answer_begins_the_section(self, audit, statement, answer):
        answer(statement, rating=2)
        assert counts(audit) == (3, 1, 0, 0, "In progress", 2 * STATEMENT + NOTES)

    @pytest.mark.parametrize(
        "values",
        [
            {"rating": 4},
            {"state": AnswerState.DONT_KNOW},
            {"state": AnswerState.NOT_APPLICABLE, "reason": "No."},
        ],
        ids=["rated", "dont_know", "not_applicable"],
    )
    def test_all_of_these_are_answers(self, audit, section, answer, values):
        for one in section.statements.all():
            answer(one, **values)
        assert counts(audit) == (3, 3, 0, 0, "Done", 0)

    def test_a_note_of_evidence_alone_is_no_answer(self, audit, statement, answer):
        answer(statement, evidence_note="Typed first.")
        assert counts(audit) == (3, 0, 0, 0, "Not started", 3 * STATEMENT + NOTES)

    def test_a_missing_reason_is_work_left(self, audit, section, answer):
        for one in section.statements.all():
            answer(one, state=AnswerState.NOT_APPLICABLE)
        assert counts(audit) == (3, 3, 0, 3, "In progress", 3 * STATEMENT + NOTES)

    def test_a_mark_to_come_back_is_work_left(self, answered, statement, answer):
        answer(statement, rating=2, come_back=True)
        assert counts(answered) == (3, 3, 1, 0, "In progress", STATEMENT + NOTES)

    def test_a_statement_is_looked_at_again_once_whatever_is_wrong_with_it(self, answered, statement, answer):
        answer(statement, state=AnswerState.NOT_APPLICABLE, come_back=True)
        assert counts(answered) == (3, 3, 1, 1, "In progress", STATEMENT + NOTES)

    def test_two_statements_are_looked_at_for_two_things(self, answered, section, answer):
        one, two, _ = section.statements.all()
        answer(one, state=AnswerState.NOT_APPLICABLE)
        answer(two, rating=2, come_back=True)
        assert counts(answered) == (3, 3, 1, 1, "In progress", 2 * STATEMENT + NOTES)

    def test_a_mark_on_a_blank_statement_is_not_counted_twice(self, audit, statement, answer):
        answer(statement, come_back=True)
        assert counts(audit) == (3, 0, 1, 0, "In progress", 3 * STATEMENT + NOTES)

    def test_notes_that_are_written_take_no_more_time(self, audit, section, people):
        save_note(audit=audit, section=section, values=NoteValues("Calm"), seen_revision=0, by=people.head)
        assert counts(audit) == (3, 0, 0, 0, "In progress", 3 * STATEMENT)

    def test_a_section_that_was_only_given_is_not_begun(self, audit, given):
        assert first(audit).status == "Not started"
        assert first(audit).note.given_to.name == "Colleague"

    def test_optional_notes_do_not_keep_a_section_open(self, answered):
        assert [(one.is_done, one.minutes_left) for one in progress(answered)] == [(True, 0), (True, 0)]

    def test_another_audit_does_not_count(self, audit, answered, people):
        follow_up = AuditFactory(school=people.school, round="follow_up", version=answered.version)
        assert counts(follow_up) == (3, 0, 0, 0, "Not started", 3 * STATEMENT + NOTES)

    def test_sections_come_in_their_order(self, audit):
        assert [one.section.position for one in progress(audit)] == [1, 2]

    @pytest.mark.parametrize("sections", [1, 3])
    def test_takes_three_queries(self, people, sections, django_assert_num_queries):
        audit = AuditFactory(school=people.school, version=small_framework(sections))
        with django_assert_num_queries(3):
            assert len([one.key for one in progress(audit)]) == sections


class TestMinutes:
    """Whole minutes, rounded up once and not section by section."""

    def test_of_sections_that_are_to_do(self, audit):
        assert [one.minutes_left for one in progress(audit)] == [5, 5]
        assert minutes_left(progress(audit)) == 9

    def test_of_an_audit_that_is_done(self, answered):
        assert minutes_left(progress(answered)) == 0

    @pytest.mark.parametrize(("statements", "minutes"), [(0, 1), (1, 3), (5, 7), (6, 8), (12, 15)])
    def test_of_a_sitting(self, statements, minutes):
        assert sitting_minutes(statements) == minutes

    def test_of_each_section_from_the_start(self, audit):
        Statement.objects.filter(section__position=2, position__gt=1).delete()
        assert minutes_a_section(audit) == [5, 3]


class TestMissing:
    """What a school should look at before it submits."""

    def test_everything_is_blank_at_first(self, audit):
        missing = what_is_missing(audit)
        assert missing.total == 6
        assert missing.blank == list(statements_of(audit))
        assert (missing.stops_submission, missing.worth_a_look) == (True, False)
        assert dict(missing.summary) == {
            "Not answered yet": 6,
            "Rated": 0,
            "Not applicable": 0,
            "Don’t know yet": 0,
        }

    def test_nothing_is_missing_when_all_is_rated(self, answered):
        missing = what_is_missing(answered)
        assert (missing.stops_submission, missing.worth_a_look) == (False, False)
        assert dict(missing.summary)["Rated"] == 6

    @pytest.mark.parametrize(
        ("values", "where", "stops"),
        [
            ({"state": "blank", "rating": None}, "blank", True),
            ({"state": "not_applicable", "rating": None}, "without_reason", True),
            ({"state": "not_applicable", "rating": None, "reason": " \n"}, "without_reason", True),
            ({"state": "dont_know", "rating": None}, "dont_know", False),
            ({"come_back": True}, "come_back", False),
            ({"rating": 4}, "top_without_evidence", False),
            ({"rating": 4, "evidence_note": " "}, "top_without_evidence", False),
        ],
    )
    def test_each_kind_stands_in_its_own_list(self, answered, statement, values, where, stops):
        Answer.objects.filter(statement=statement).update(**values)
        missing = what_is_missing(answered)
        lists = ("blank", "without_reason", "dont_know", "come_back", "top_without_evidence")
        assert {name: getattr(missing, name) for name in lists} == {
            name: [statement] if name == where else [] for name in lists
        }
        assert (missing.stops_submission, missing.worth_a_look) == (stops, not stops)

    @pytest.mark.parametrize(
        "values", [{"rating": 4, "evidence_note": "Seen."}, {"rating": 3}], ids=["evidence", "not_top"]
    )
    def test_a_top_rating_with_evidence_is_fine(self, answered, statement, values):
        Answer.objects.filter(statement=statement).update(**values)
        assert not what_is_missing(answered).worth_a_look

    def test_progress_and_missing_agree(self, audit, statement, answer):
        """A section is never called done while the check stops it, nor the other way round."""
        for values in (
            {"state": AnswerState.NOT_APPLICABLE},
            {"state": AnswerState.NOT_APPLICABLE, "reason": "No."},
        ):
            answer(statement, **values)
            assert bool(what_is_missing(audit).without_reason) == bool(first(audit).missing_reason)

    def test_takes_two_queries(self, answered, django_assert_num_queries):
        with django_assert_num_queries(2):
            missing = what_is_missing(answered)
            assert [one.section.area.key for one in missing.blank] == []


class TestWhereToGoOn:
    """The section that is begun before one that is not, at the first statement that waits."""

    def where(self, audit):
        found = where_to_go_on(audit, progress(audit))
        return found and (found.section.position, found.statement_key)

    def test_begins_at_the_beginning(self, audit, statement):
        assert self.where(audit) == (1, statement.key)

    def test_goes_on_in_the_section_that_was_begun(self, audit, answer):
        begun = Section.objects.get(version=audit.version, position=2).statements.all()
        answer(begun[0], rating=2)
        assert self.where(audit) == (2, begun[1].key)

    @pytest.mark.parametrize(
        "values",
        [{"rating": 2, "come_back": True}, {"state": AnswerState.NOT_APPLICABLE}],
        ids=["come_back", "without_reason"],
    )
    def test_returns_to_what_is_not_settled(self, answered, section, answer, values):
        answer(section.statements.get(position=2), **values)
        assert self.where(answered) == (1, section.statements.get(position=2).key)

    def test_what_is_put_off_comes_after_what_has_no_answer(self, audit, section, answer):
        answer(section.statements.get(position=1), rating=2, come_back=True)
        assert self.where(audit) == (1, section.statements.get(position=2).key)

    def test_a_section_with_only_marks_left_comes_last(self, audit, section, answer):
        for statement in section.statements.all():
            answer(statement, rating=2, come_back=True)
        untouched = Section.objects.get(version=audit.version, position=2).statements.all()
        assert self.where(audit) == (2, untouched[0].key)

    def test_is_nowhere_when_all_is_done(self, answered):
        assert self.where(answered) is None


def test_the_latest_report_is_the_one_that_none_superseded(answered, people):
    assert latest_report(answered) is None
    first_edition = submit(audit=answered, by=people.head)
    second = ReportFactory(audit=answered, edition=2)
    Report.objects.filter(pk=first_edition.pk).update(superseded_by=second)
    assert latest_report(answered) == second


def test_colleagues_are_current_leads_and_contributors_with_an_account_that_is_on(audit, people):
    MembershipFactory(school=people.school, role=Role.CONTRIBUTOR, ended_at=timezone.now())
    MembershipFactory(school=people.school, role=Role.CONTRIBUTOR, user__is_active=False)
    assert list(colleagues(audit)) == [people.colleague, people.head]


def test_sections_given_to_a_person(audit, given, people):
    assert [one.section for one in sections_given_to(people.colleague, progress(audit))] == [given]
    assert sections_given_to(people.head, progress(audit)) == []


def test_notes_come_with_their_people_in_one_query(audit, given, django_assert_num_queries):
    with django_assert_num_queries(1):
        note = note_on(audit, given)
        assert (note.given_to.name, note.noted_by) == ("Colleague", None)


def test_a_section_without_notes_has_none(audit, section):
    assert note_on(audit, section) is None
    assert SectionNote.objects.count() == 0
