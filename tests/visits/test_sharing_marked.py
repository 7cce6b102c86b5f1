"""What the guard marks is looked at before it leaves the forum, and asked about in the school's reply."""

import json
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.guard import read
from core.models import HistoryEntry
from tests.factories import (
    ActionFactory,
    AttendanceFactory,
    ThemeFactory,
    VisitFactory,
    VisitNotesFactory,
    VisitSummaryFactory,
)
from visits.enums import LinkPurpose, Outcome, VisitStatus
from visits.links import make_link
from visits.models import Reply, Visit, VisitSummary
from visits.queries.marked import digest_of_marked, innocent_names, marked_in_notes
from visits.services.errors import NotesMarked
from visits.services.sharing import share
from visits.snapshot import take_snapshot

pytestmark = pytest.mark.django_db
TELLING = "Oliver Smith in Year 4 has autism and cannot sit in assembly."


@pytest.fixture
def visit(people) -> Visit:
    """Finished notes without anything to mark."""
    made = VisitFactory(school=people.school, status=VisitStatus.NOTES_WRITTEN)
    AttendanceFactory(visit=made, saved_by=people.liaison)
    return made


def digest_of(visit, text) -> str:
    return read(text, allowed=innocent_names(visit)).digest


def test_a_marked_theme_is_not_shared(people, visit):
    ThemeFactory(visit=visit, text=TELLING, saved_by=people.liaison)
    with pytest.raises(NotesMarked):
        share(visit=visit, by=people.liaison, today=date(2026, 10, 16))


def test_nor_are_marked_words_to_leaders(people, visit):
    VisitNotesFactory(visit=visit, told_leaders=TELLING, saved_by=people.liaison)
    assert [one.text for one in marked_in_notes(visit)] == [TELLING]


def test_follow_ups_stay_inside_and_stop_nothing(people, visit):
    VisitNotesFactory(visit=visit, follow_ups=TELLING, saved_by=people.liaison)
    assert share(visit=visit, by=people.liaison, today=date(2026, 10, 16))


def test_what_a_worker_left_as_it_is_is_shared(people, visit):
    ThemeFactory(visit=visit, text=TELLING, left_as_read=digest_of(visit, TELLING), saved_by=people.liaison)
    left = {"told_leaders": digest_of(visit, TELLING)}
    VisitNotesFactory(visit=visit, told_leaders=TELLING, left_as_read=left, saved_by=people.liaison)
    assert share(visit=visit, by=people.liaison, today=date(2026, 10, 16))


def test_the_name_of_the_school_is_innocent(people, visit):
    ThemeFactory(visit=visit, text="Much Wenlock has no bus at three.", saved_by=people.liaison)
    assert marked_in_notes(visit) == []


@pytest.mark.parametrize("name", ["summary", "share"])
def test_the_forum_sees_what_is_marked(people, sign_in, visit, name):
    ThemeFactory(visit=visit, text=TELLING, saved_by=people.liaison)
    page = sign_in(people.liaison).get(reverse(f"visits:{name}", args=[visit.pk])).content.decode()
    assert "<mark>" in page


def everything_is_marked(people, visit) -> None:
    """The same in each text that a school is to read."""
    fields = {"visit": visit, "saved_by": people.liaison}
    action = ActionFactory(school=people.school, programme_year=visit.programme_year, what=f"1 {TELLING}")
    ThemeFactory(**fields, text=f"2 {TELLING}", outcome=Outcome.ACTION, action=action)
    ThemeFactory(**fields, outcome=Outcome.NOT_GOING_AHEAD, outcome_reason=f"3 {TELLING}")
    VisitNotesFactory(visit=visit, told_leaders=f"4 {TELLING}", saved_by=people.liaison)


def test_whatever_the_school_reads_is_read_by_the_guard(people, visit):
    everything_is_marked(people, visit)
    read_by_the_school = json.dumps(take_snapshot(visit), ensure_ascii=False)
    marked = {one.text for one in marked_in_notes(visit)}
    assert marked == {f"{number} {TELLING}" for number in range(1, 5)}
    assert all(text in read_by_the_school for text in marked)


@pytest.mark.parametrize("number", [1, 3])
def test_reading_takes_four_queries_whatever_was_said(people, visit, number, django_assert_num_queries):
    ThemeFactory.create_batch(number, visit=visit, saved_by=people.liaison)
    with django_assert_num_queries(4):
        marked_in_notes(visit)


class TestSharingMarkedWords:
    @pytest.fixture
    def address(self, people, visit) -> str:
        everything_is_marked(people, visit)
        return reverse("visits:share", args=[visit.pk])

    @pytest.fixture
    def looked_at(self, address, visit) -> str:
        return digest_of_marked(marked_in_notes(visit))

    def test_the_page_asks_for_a_tick_and_leads_to_the_record(self, people, sign_in, visit, address):
        page = sign_in(people.liaison).get(address).content.decode()
        assert "I have looked at these words: they name nobody" in page
        assert f'action="{reverse("visits:write_on", args=[visit.pk])}"' in page
        assert "Change them in the record" in page

    def test_without_the_tick_nothing_is_shared(self, people, sign_in, visit, address, looked_at):
        answer = sign_in(people.liaison).post(address, {"looked_at": looked_at})
        assert answer.status_code == 422
        assert "<mark>" in answer.content.decode()
        assert not VisitSummary.objects.exists()

    def test_with_it_they_are_shared_in_one_step(self, people, sign_in, visit, address, looked_at):
        answer = sign_in(people.liaison).post(address, {"looked_at": looked_at, "names_nobody": "on"})
        visit.refresh_from_db()
        assert (answer.status_code, visit.status) == (302, VisitStatus.SHARED)
        assert HistoryEntry.objects.get(kind="visit.shared").summary.endswith(
            "with the school, and said that the marked words in them name nobody."
        )

    def test_a_tick_for_other_words_shares_nothing(self, people, sign_in, visit, address, looked_at):
        ThemeFactory(visit=visit, text=f"5 {TELLING}", saved_by=people.liaison)
        data = {"looked_at": looked_at, "names_nobody": "on"}
        answer = sign_in(people.liaison).post(address, data, follow=True)
        assert answer.redirect_chain == [(address, 302)]
        assert ">5 <mark>Oliver" in answer.content.decode()
        assert not VisitSummary.objects.exists()

    def test_without_marks_nothing_is_asked(self, people, sign_in, visit):
        ThemeFactory(visit=visit, saved_by=people.liaison)
        client, address = sign_in(people.liaison), reverse("visits:share", args=[visit.pk])
        assert "names_nobody" not in client.get(address).content.decode()
        client.post(address, {"looked_at": ""})
        assert VisitSummary.objects.get().visit == visit

    def test_writing_on_leads_to_the_record(self, people, sign_in, visit):
        answer = sign_in(people.liaison).post(reverse("visits:write_on", args=[visit.pk]))
        assert answer.url == reverse("visits:record", args=[visit.pk])


class TestTheReply:
    @pytest.fixture
    def address(self, people) -> str:
        shared = VisitFactory(school=people.school, status=VisitStatus.SHARED)
        VisitSummaryFactory(visit=shared)
        return reverse("visits:reply", args=[shared.pk])

    def test_it_is_asked_about_with_all_that_was_typed(self, people, sign_in, address):
        data = {"verdict": "accurate", "comment": TELLING}
        answer = sign_in(people.head).post(address, data)
        page = answer.content.decode()
        assert (answer.status_code, "<mark>" in page) == (422, True)
        assert f"{TELLING}</textarea>" in page

    def test_before_that_nothing_is_stored_and_nobody_is_written_to(
        self, people, sign_in, address, mailoutbox, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            sign_in(people.head).post(address, {"verdict": "accurate", "comment": TELLING})
        assert (Reply.objects.exists(), mailoutbox) == (False, [])

    def test_a_reply_by_the_link_is_asked_about_too(self, people, client, address):
        _, token = make_link(
            visit=Visit.objects.get(),
            purpose=LinkPurpose.READ_THE_SUMMARY,
            email=people.head.email,
            expires_at=timezone.now() + timedelta(days=60),
        )
        data = {"verdict": "accurate", "comment": TELLING}
        assert client.post(reverse("visits:reply_by_link", args=[token]), data).status_code == 422
        assert not Reply.objects.exists()

    def test_and_may_stay(self, people, sign_in, address):
        client = sign_in(people.head)
        form = client.post(address, {"verdict": "accurate", "comment": TELLING}).context["form"]
        data = {
            "verdict": "accurate",
            "comment": TELLING,
            "seen": form.initial["seen"],
            "comment_guard-asked": form.reading("comment").digest,
            "comment_guard-left": "1",
        }
        answer = client.post(address, data)
        assert answer.url == reverse("visits:summary", args=[Reply.objects.get().visit_id])
        assert Reply.objects.get().left_as_read == form.reading("comment").digest
