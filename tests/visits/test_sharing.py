"""From written notes to the school: what is owed, what is frozen, who is told, receipts, replies, closing."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from core.models import HistoryEntry, OutgoingEmail
from schools.models import DayOff, SchoolContact, Term
from schools.services.errors import YearIsClosed
from tests.factories import (
    AttendanceFactory,
    LocalSupportFactory,
    SchoolContactFactory,
    ThemeFactory,
    VisitFactory,
    VisitNotesFactory,
    VisitSummaryFactory,
)
from visits.enums import VisitStatus
from visits.forms.sharing import ReplyForm
from visits.models import Receipt, Reply, SafeguardingAnswer, Visit, VisitLink, VisitSummary
from visits.queries.sharing import reply_of, reply_shown
from visits.readers import Reader
from visits.services import sharing
from visits.services.errors import (
    MoveNotAllowed,
    NotesOwed,
    NotWithTheSchool,
    ReasonOwed,
    ReplyStillOpen,
    SafeguardingOpen,
    TooManyReplies,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 16)
S = VisitStatus


def a_visit(people, status=S.NOTES_WRITTEN, **fields) -> Visit:
    """A visit with attendance and one theme, and with its summary once it was shared."""
    visit = VisitFactory(school=people.school, status=status, **fields)
    AttendanceFactory(visit=visit, saved_by=people.liaison)
    ThemeFactory(visit=visit, saved_by=people.liaison)
    if visit.is_with_the_school:
        VisitSummaryFactory(visit=visit)
    return visit


def status_of(visit) -> str:
    return Visit.objects.get(pk=visit.pk).status


def stored(visit) -> Visit:
    return Visit.objects.get(pk=visit.pk)


def lines() -> list[str]:
    return list(HistoryEntry.objects.filter(kind__startswith="visit.").values_list("kind", flat=True))


class TestFinishing:
    def test_it_owes_who_came_and_what_was_said(self, people):
        visit = VisitFactory(school=people.school, status=S.HELD)
        with pytest.raises(NotesOwed) as refusal:
            sharing.finish_notes(visit=visit, by=people.liaison)
        assert str(refusal.value) == (
            "Before that, say how many parent carers came (0 is a true answer) and write down a theme, or what the "
            "leaders were told."
        )

    def test_nobody_is_a_true_answer_and_words_to_leaders_are_notes(self, people):
        visit = VisitFactory(school=people.school, status=S.HELD)
        AttendanceFactory(visit=visit, parent_carers=0, saved_by=people.liaison)
        VisitNotesFactory(visit=visit, saved_by=people.liaison)
        assert sharing.finish_notes(visit=visit, by=people.liaison, stays_open=True)
        assert status_of(visit) == S.NOTES_WRITTEN

    def test_the_safeguarding_question_is_not_left_open_unawares(self, people):
        visit = a_visit(people, S.HELD)
        with pytest.raises(SafeguardingOpen):
            sharing.finish_notes(visit=visit, by=people.liaison)
        assert status_of(visit) == S.HELD

    def test_with_its_answer_nobody_is_asked(self, people):
        visit = a_visit(people, S.HELD)
        SafeguardingAnswer.objects.create(visit=visit, saved_by=people.liaison, was_passed_on=False)
        assert sharing.finish_notes(visit=visit, by=people.liaison)

    def test_the_history_does_not_say_that_it_stayed_open(self, people):
        sharing.finish_notes(visit=a_visit(people, S.HELD), by=people.liaison, stays_open=True)
        line = HistoryEntry.objects.get(kind="visit.notes_written")
        assert ("afeguarding" in line.summary, line.details) == (False, {})

    def test_a_second_press_changes_nothing(self, people):
        visit = a_visit(people, S.HELD)
        pressed = [sharing.finish_notes(visit=visit, by=people.liaison, stays_open=True) for _ in range(2)]
        assert (pressed, lines()) == ([True, False], ["visit.notes_written"])

    def test_writing_on_goes_back(self, people):
        visit = a_visit(people)
        assert sharing.write_on(visit=visit, by=people.liaison)
        assert status_of(visit) == S.HELD

    @pytest.mark.parametrize("status", [S.CONFIRMED, S.SHARED])
    def test_writing_on_logs_no_visit_and_takes_nothing_back(self, people, status):
        visit = a_visit(people, status)
        with pytest.raises(MoveNotAllowed):
            sharing.write_on(visit=visit, by=people.liaison)
        assert status_of(visit) == status


class TestSharing:
    def test_leads_and_the_head_teacher_get_a_link_each(self, people):
        SchoolContactFactory(school=people.school, email="head.teacher@school.example")
        SchoolContactFactory(school=people.school, email=people.head.email)
        SchoolContactFactory(school=people.school, role=SchoolContact.Role.SENCO)
        sharing.share(visit=a_visit(people), by=people.liaison, today=TODAY)
        told = sorted(OutgoingEmail.objects.values_list("to", flat=True))
        assert told == sorted([people.head.email, "head.teacher@school.example"])
        assert VisitLink.objects.count() == 2
        body = OutgoingEmail.objects.first().body
        assert "about 5 minutes" in body
        assert "by 30 October 2026" in body

    def test_ten_school_days_leave_out_half_term_and_days_off(self, people):
        Term.objects.create(name="Autumn 1", starts_on=date(2026, 9, 1), ends_on=date(2026, 10, 23))
        Term.objects.create(name="Autumn 2", starts_on=date(2026, 11, 2), ends_on=date(2026, 12, 18))
        DayOff.objects.create(day=date(2026, 11, 6), name="a training day")
        sharing.share(visit=a_visit(people), by=people.liaison, today=TODAY)
        assert VisitSummary.objects.get().reply_by == date(2026, 11, 9)

    def test_a_second_press_sends_nothing_more(self, people):
        visit = a_visit(people)
        pressed = [sharing.share(visit=visit, by=people.liaison, today=TODAY) for _ in range(2)]
        assert pressed == [True, False]
        assert (OutgoingEmail.objects.count(), lines()) == (1, ["visit.shared"])

    def test_what_was_shared_does_not_change(self, people):
        visit = a_visit(people)
        sharing.share(visit=visit, by=people.liaison, today=TODAY)
        visit.themes.update(text="Something else", raised_by=40)
        (theme,) = VisitSummary.objects.get().snapshot["themes"]
        assert (theme["text"], theme["raised"]["words"]) == ("The dining hall is loud.", "fewer than 5")

    def test_no_exact_count_follow_up_or_safeguarding_is_in_it(self, people):
        visit = a_visit(people)
        VisitNotesFactory(
            visit=visit, told_leaders="Told.", follow_ups="Ring the SENCo.", saved_by=people.liaison
        )
        SafeguardingAnswer.objects.create(
            visit=visit, was_passed_on=True, passed_on_at=timezone.now(), saved_by=people.liaison
        )
        LocalSupportFactory(name="Not mentioned")
        sharing.share(visit=visit, by=people.liaison, today=TODAY)
        snapshot = VisitSummary.objects.get().snapshot
        assert snapshot["came"] == {"words": "about 5", "value": 5}
        assert set(snapshot) == {
            *("format", "forum", "school", "number", "name", "programme_year", "held_on", "came", "roles"),
            *("themes", "told_leaders", "next", "support"),
        }
        assert set(snapshot["themes"][0]) == {"key", "area", "scope", "kind", "text", "raised"}
        assert "Ring the SENCo" not in str(snapshot)
        assert "Not mentioned" not in str(snapshot)

    def test_notes_that_are_not_finished_are_not_shared(self, people):
        visit = a_visit(people, S.HELD)
        with pytest.raises(MoveNotAllowed):
            sharing.share(visit=visit, by=people.liaison, today=TODAY)
        assert not OutgoingEmail.objects.exists()

    def test_nor_is_anything_in_an_archive(self, people):
        visit = a_visit(people)
        year = visit.programme_year
        year.closed_at, year.closed_by = timezone.now(), people.admin
        year.save()
        with pytest.raises(YearIsClosed):
            sharing.share(visit=visit, by=people.liaison, today=TODAY)


class TestReceipts:
    def test_it_is_noted_once_a_person(self, people):
        visit, reader = a_visit(people, S.SHARED), Reader.signed_in(people.head)
        noted = [sharing.note_receipt(visit=visit, by=reader) for _ in range(2)]
        assert noted == [True, False]
        assert Receipt.objects.get().reader == "Head"
        assert lines() == ["visit.summary_read"]

    def test_there_is_none_before_sharing(self, people):
        with pytest.raises(NotWithTheSchool):
            sharing.note_receipt(visit=a_visit(people), by=Reader.signed_in(people.head))


def reply_form(visit, verdict="accurate", comment="", seen=None) -> ReplyForm:
    instance = reply_of(visit) or Reply(visit=visit)
    blank = ReplyForm(instance=instance)
    seen = blank.initial["seen"] if seen is None else seen
    form = ReplyForm({"verdict": verdict, "comment": comment, "seen": seen}, instance=instance)
    assert form.is_valid(), form.errors
    return form


class TestReplies:
    def test_workers_are_told(self, people):
        visit = a_visit(people, S.SHARED, workers=[people.liaison])
        form = reply_form(visit, "not_accurate", "Lunch is staggered now.")
        assert sharing.reply(form=form, by=Reader.signed_in(people.head))
        (mail,) = OutgoingEmail.objects.all()
        assert (mail.to, "Lunch is staggered now." in mail.body) == (people.liaison.email, True)

    def test_it_may_be_changed_until_the_visit_is_closed(self, people):
        visit, reader = a_visit(people, S.SHARED), Reader.signed_in(people.head)
        sharing.reply(form=reply_form(visit), by=reader)
        visit.refresh_from_db()
        sharing.reply(form=reply_form(visit, "not_accurate", "We looked again."), by=reader)
        assert Reply.objects.get().verdict == "not_accurate"
        sharing.close(visit=visit, by=people.liaison, today=TODAY)
        with pytest.raises(NotWithTheSchool):
            sharing.reply(form=reply_form(Visit.objects.get()), by=reader)

    def changed_ten_times(self, people) -> tuple[Visit, Reader]:
        visit = a_visit(people, S.SHARED, workers=[people.liaison])
        reader = Reader("", "Jo Head", "jo@school.example")
        for number in range(sharing.MOST_REPLIES):
            sharing.reply(form=reply_form(stored(visit), comment=f"Number {number}"), by=reader)
        return stored(visit), reader

    def test_ten_are_sent_and_one_more_is_refused(self, people):
        visit, reader = self.changed_ten_times(people)
        with pytest.raises(TooManyReplies, match="Many replies were sent for this visit already"):
            sharing.reply(form=reply_form(visit, comment="One more"), by=reader)
        assert Reply.objects.get().comment == "Number 9"
        assert (OutgoingEmail.objects.count(), lines().count("visit.replied")) == (10, 10)

    def test_the_same_once_more_is_no_reply_too_many(self, people):
        visit, reader = self.changed_ten_times(people)
        assert not sharing.reply(form=reply_form(visit, comment="Number 9"), by=reader)

    def test_opened_again_the_school_may_go_on(self, people):
        visit, reader = self.changed_ten_times(people)
        sharing.close(visit=visit, by=people.liaison, today=TODAY)
        sharing.reopen(visit=visit, by=people.liaison, reason="The head rang.")
        assert sharing.reply(form=reply_form(stored(visit), comment="One more"), by=reader)

    @pytest.mark.parametrize(
        ("days", "words"),
        [(0, "The school can reply until"), (15, "No comment received")],
    )
    def test_silence_is_said_once_the_days_are_over(self, people, days, words):
        visit = a_visit(people, S.SHARED)
        today = timezone.localdate() + timedelta(days=days)
        assert reply_shown(Visit.objects.get(pk=visit.pk), today=today).words.startswith(words)

    def test_who_calls_them_not_accurate_says_what_is_not(self, people):
        visit = a_visit(people, S.SHARED)
        form = ReplyForm({"verdict": "not_accurate", "comment": "  "}, instance=Reply(visit=visit))
        assert form.errors == {"comment": ["Write what is not accurate"]}


class TestClosing:
    def test_it_waits_while_the_school_can_still_reply(self, people):
        visit = a_visit(people, S.SHARED)
        with pytest.raises(ReplyStillOpen):
            sharing.close(visit=visit, by=people.liaison, today=timezone.localdate())

    def test_silence_holds_nothing_up(self, people):
        visit = a_visit(people, S.SHARED)
        later = timezone.localdate() + timedelta(days=15)
        assert sharing.close(visit=visit, by=people.liaison, today=later)
        assert status_of(visit) == S.CLOSED

    def test_opening_again_owes_a_reason(self, people):
        visit = a_visit(people, S.CLOSED)
        with pytest.raises(ReasonOwed):
            sharing.reopen(visit=visit, by=people.liaison, reason=" ")
        assert sharing.reopen(visit=visit, by=people.liaison, reason="The head rang.")
        assert (status_of(visit), Visit.objects.get().closed_by) == (S.SHARED, None)

    def test_opening_again_shares_nothing(self, people):
        visit = a_visit(people)
        with pytest.raises(MoveNotAllowed):
            sharing.reopen(visit=visit, by=people.liaison, reason="A slip.")
        assert status_of(visit) == S.NOTES_WRITTEN
