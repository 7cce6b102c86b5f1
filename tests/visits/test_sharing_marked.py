"""What the guard marks is looked at before it leaves the forum, and asked about in the school's reply."""

from datetime import date

import pytest
from django.urls import reverse

from core.guard import read
from tests.factories import (
    AttendanceFactory,
    ThemeFactory,
    VisitFactory,
    VisitNotesFactory,
    VisitSummaryFactory,
)
from visits.enums import VisitStatus
from visits.models import Reply, Visit
from visits.queries.marked import innocent_names, marked_in_notes
from visits.services.errors import NotesMarked
from visits.services.sharing import share

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
def test_the_forum_sees_what_is_marked_and_no_button(people, sign_in, visit, name):
    ThemeFactory(visit=visit, text=TELLING, saved_by=people.liaison)
    page = sign_in(people.liaison).get(reverse(f"visits:{name}", args=[visit.pk])).content.decode()
    assert "<mark>" in page
    assert ("Share the notes</button>" in page, "Share the notes with the school</a>" in page) == (
        False,
        False,
    )


class TestTheReply:
    @pytest.fixture
    def address(self, people) -> str:
        shared = VisitFactory(school=people.school, status=VisitStatus.SHARED)
        VisitSummaryFactory(visit=shared)
        return reverse("visits:reply", args=[shared.pk])

    def test_it_is_saved_and_asked_about(self, people, sign_in, address):
        data = {"verdict": "accurate", "comment": TELLING}
        page = sign_in(people.head).post(address, data, follow=True)
        assert page.redirect_chain == [(address, 302)]
        assert "<mark>" in page.content.decode()
        assert Reply.objects.get().comment == TELLING

    def test_and_may_stay(self, people, sign_in, address):
        client = sign_in(people.head)
        client.post(address, {"verdict": "accurate", "comment": TELLING})
        form = client.get(address).context["form"]
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
