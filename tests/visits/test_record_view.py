"""The page of a visit's record: who may write, when it opens, and the saving of each part."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from core.models import HistoryEntry
from core.words import LONDON
from schools.models import Area
from tests.audits.pages import said_in, said_on
from tests.factories import LocalSupportFactory, ThemeFactory, VisitFactory
from tests.visits.pages import form_on, new_theme, part_of
from visits.enums import VisitStatus
from visits.models import Attendance, RemovedTheme, Signposting, Theme, Visit, VisitNotes

pytestmark = pytest.mark.django_db
WORDS = "The dining hall is loud."


@pytest.fixture
def visit(people):
    return VisitFactory(school=people.school, status=VisitStatus.HELD)


@pytest.fixture
def url(visit):
    return reverse("visits:record", args=[visit.pk])


@pytest.fixture
def liaison(people, sign_in):
    return sign_in(people.liaison)


def theme_of(prefix: str, **changed: str) -> dict[str, str]:
    """A whole theme as somebody writes it."""
    values = {
        "kind": "could_be_better",
        "scope": "school",
        "area_id": str(Area.objects.get(key="environment").pk),
        "text": WORDS,
        "raised_by": "3",
    }
    return {f"{prefix}-{name}": value for name, value in (values | changed).items()}


def confirmed(people, *, begins: timedelta):
    start = timezone.now() + begins
    return VisitFactory(
        school=people.school,
        programme_year__starts_on=start.date() - timedelta(days=100),
        programme_year__ends_on=start.date() + timedelta(days=100),
        status=VisitStatus.CONFIRMED,
        starts_at=start,
        ends_at=start + timedelta(hours=1),
    )


class TestWhenItOpens:
    def page(self, client, visit):
        return client.get(reverse("visits:record", args=[visit.pk]))

    def test_a_visit_to_come_is_for_reading_and_says_when_it_opens(self, people, liaison):
        page = self.page(liaison, confirmed(people, begins=timedelta(days=1)))
        assert "The record opens on the day of the visit" in said_on(page)
        assert "data-keep" not in page.content.decode()

    @time_machine.travel(datetime(2026, 10, 5, 9, 0, tzinfo=LONDON), tick=False)
    def test_it_can_be_opened_on_its_day_and_keeps_what_is_sent_before_it_begins(self, people, liaison):
        visit = confirmed(people, begins=timedelta(minutes=10))
        url = reverse("visits:record", args=[visit.pk])
        page = liaison.get(url)
        assert "The visit begins at 9:10am, and nothing is saved before." in said_on(page)
        data = part_of(form_on(page), "attendance", parent_carers="4")
        assert "nothing is saved before" in said_in(liaison.post(f"{url}attendance/", data))
        whole = liaison.post(url, data)
        assert (whole.status_code, 'value="4"' in whole.content.decode()) == (409, True)
        assert not Attendance.objects.exists()
        assert Visit.objects.get().status == VisitStatus.CONFIRMED

    def test_one_without_a_date_asks_for_the_date_first(self, people, liaison):
        visit = VisitFactory(school=people.school)
        page = self.page(liaison, visit)
        assert reverse("visits:log", args=[visit.pk]) in page.content.decode()

    @pytest.mark.parametrize("status", ["notes_written", "shared", "closed", "cancelled"])
    def test_later_it_stands_as_it_is(self, people, liaison, status):
        visit = VisitFactory(school=people.school, status=status)
        assert "data-keep" not in self.page(liaison, visit).content.decode()

    @pytest.mark.parametrize("status", ["to_schedule", "proposed", "notes_written", "shared", "cancelled"])
    def test_what_is_sent_then_is_not_saved_and_stands_there(self, people, liaison, status):
        visit = VisitFactory(school=people.school, status=status)
        page = liaison.post(
            reverse("visits:record", args=[visit.pk]), {"notes-told_leaders": "Praise.", "notes-seen": ""}
        )
        assert page.status_code == 409
        assert form_on(page)["notes-told_leaders"] == "Praise."
        assert not VisitNotes.objects.exists()

    def test_the_first_saving_of_a_confirmed_visit_that_has_begun_logs_it_as_held(self, people, liaison):
        visit = confirmed(people, begins=-timedelta(minutes=30))
        page = self.page(liaison, visit)
        assert "also says that this visit was held" in said_on(page)
        data = part_of(form_on(page), "attendance", parent_carers="0")
        liaison.post(reverse("visits:save_record_part", args=[visit.pk, "attendance"]), data)
        visit.refresh_from_db()
        assert (visit.status, visit.held_noted_by) == ("held", people.liaison)
        assert Attendance.objects.get().parent_carers == 0


class TestWhoCame:
    def save(self, client, url, page, **typed):
        return client.post(f"{url}attendance/", part_of(form_on(page), "attendance", **typed))

    def test_nobody_is_an_answer_that_differs_from_none(self, liaison, url):
        self.save(liaison, url, liaison.get(url), roles_present=["senco"])
        assert Attendance.objects.get().parent_carers is None
        self.save(liaison, url, liaison.get(url), parent_carers="0")
        assert Attendance.objects.get().parent_carers == 0

    def test_roles_are_kept_and_shown(self, liaison, url):
        self.save(liaison, url, liaison.get(url), roles_present=["head_teacher", "senco"])
        assert form_on(liaison.get(url))["attendance-roles_present"] == ["head_teacher", "senco"]

    @pytest.mark.parametrize(
        ("typed", "words"), [("-1", "cannot be below 0"), ("501", "too large"), ("x", "whole")]
    )
    def test_a_number_that_is_none_is_not_saved(self, liaison, url, typed, words):
        assert words in said_in(self.save(liaison, url, liaison.get(url), parent_carers=typed))
        assert not Attendance.objects.exists()

    def test_what_nobody_touched_is_not_written(self, liaison, url):
        self.save(liaison, url, liaison.get(url))
        assert not Attendance.objects.exists()


class TestThemes:
    def send(self, client, url, key, data):
        return client.post(f"{url}themes/{key}/", data)

    def test_one_that_is_sent_twice_is_one(self, liaison, url):
        page = form_on(liaison.get(url))
        prefix = new_theme(page)
        data = part_of(page, prefix) | theme_of(prefix)
        for _ in range(2):
            answer = self.send(liaison, url, prefix.removeprefix("theme-"), data)
            assert "data-acknowledged" in answer.content.decode()
        assert Theme.objects.get().text == WORDS

    def test_one_that_is_half_written_waits(self, liaison, url):
        key = uuid4()
        answer = self.send(liaison, url, key, {f"theme-{key}-text": WORDS, f"theme-{key}-seen": ""})
        assert "Not saved." in said_in(answer)
        assert "data-acknowledged" not in answer.content.decode()

    def test_an_empty_one_is_no_fault_of_the_whole_page(self, liaison, url):
        page = form_on(liaison.get(url))
        assert liaison.post(url, page).status_code == 302
        assert not Theme.objects.exists()

    def test_without_scripts_it_goes_with_the_page(self, liaison, url):
        page = form_on(liaison.get(url))
        answer = liaison.post(url, page | theme_of(new_theme(page)) | {"stay": "1"})
        assert answer.url == url
        assert (Theme.objects.get().text, Theme.objects.get().raised_by) == (WORDS, 3)

    def test_a_faulty_one_is_shown_again_with_what_was_typed(self, liaison, url):
        page = form_on(liaison.get(url))
        answer = liaison.post(url, page | theme_of(new_theme(page), kind=""))
        assert answer.status_code == 422
        assert WORDS in said_on(answer) or WORDS in form_on(answer).values()

    def test_removing_asks_and_leaves_none_of_its_words(self, liaison, url, visit):
        theme = ThemeFactory(visit=visit, text=WORDS)
        address = reverse("visits:remove_theme", args=[visit.pk, theme.key])
        assert WORDS in said_on(liaison.get(address))
        liaison.post(address)
        assert not Theme.objects.exists()
        assert WORDS not in str(list(HistoryEntry.objects.values_list("summary", "target_label", "details")))

    def test_a_phone_that_sends_late_does_not_bring_it_back(self, liaison, url, visit, people):
        theme = ThemeFactory(visit=visit)
        RemovedTheme.objects.create(visit=visit, key=theme.key, removed_by=people.admin)
        theme.delete()
        prefix = f"theme-{theme.key}"
        answer = self.send(liaison, url, theme.key, theme_of(prefix) | {f"{prefix}-seen": ""})
        assert "Admin removed this theme meanwhile" in said_in(answer)
        assert not Theme.objects.exists()

    def test_a_theme_of_another_visit_is_not_touched(self, liaison, url, people):
        other = ThemeFactory(visit__school=people.school, visit__number=2)
        prefix = f"theme-{other.key}"
        self.send(liaison, url, other.key, theme_of(prefix, text="Other.") | {f"{prefix}-seen": ""})
        other.refresh_from_db()
        assert other.text == WORDS
        assert Theme.objects.count() == 2


class TestSignposting:
    def test_each_box_is_its_own(self, liaison, people, sign_in, url, visit):
        first, second = LocalSupportFactory(), LocalSupportFactory()
        page = form_on(liaison.get(url))
        admin = sign_in(people.admin)
        admin.post(f"{url}signposting/", part_of(form_on(admin.get(url)), "signposting", support=first.pk))
        liaison.post(f"{url}signposting/", part_of(page, "signposting", support=second.pk))
        assert set(visit.signpostings.values_list("support", flat=True)) == {first.pk, second.pk}

    def test_unticking_takes_it_off(self, liaison, url, visit, people):
        support = LocalSupportFactory()
        Signposting.objects.create(visit=visit, support=support, added_by=people.admin)
        data = part_of(form_on(liaison.get(url)), "signposting")
        del data["signposting-support"]
        liaison.post(f"{url}signposting/", data)
        assert not Signposting.objects.exists()

    def test_what_is_not_shown_any_more_cannot_be_added(self, liaison, url):
        hidden = LocalSupportFactory(is_shown=False)
        answer = liaison.post(
            f"{url}signposting/", {"signposting-support": hidden.pk, "signposting-seen": ""}
        )
        assert "not in the list" in said_in(answer)


class TestTwoWorkers:
    @pytest.fixture
    def stale(self, people, sign_in, liaison, url):
        """The liaison's page, drawn before an administrator wrote that seven came."""
        page = form_on(liaison.get(url))
        admin = sign_in(people.admin)
        admin.post(f"{url}attendance/", part_of(form_on(admin.get(url)), "attendance", parent_carers="7"))
        return page

    def test_nothing_is_overwritten_unseen(self, liaison, url, stale):
        answer = liaison.post(f"{url}attendance/", part_of(stale, "attendance", parent_carers="9"))
        assert answer["HX-Retarget"] == "#part-attendance"
        said = answer.content.decode()
        assert "Two versions" in said
        assert "Admin saved this at" in said
        assert Attendance.objects.get().parent_carers == 7

    def test_the_whole_page_says_so_too(self, liaison, url, stale):
        answer = liaison.post(url, stale | part_of(stale, "attendance", parent_carers="9"))
        assert answer.status_code == 409
        assert form_on(answer)["attendance-parent_carers"] == "9"

    @pytest.mark.parametrize(("keep", "came"), [("mine", 9), ("theirs", 7)])
    def test_the_choice_is_saved(self, liaison, url, stale, keep, came):
        data = part_of(stale, "attendance", parent_carers="9")
        shown = form_on(liaison.post(f"{url}attendance/", data))
        liaison.post(f"{url}attendance/", shown | {"attendance-keep": keep})
        assert Attendance.objects.get().parent_carers == came

    def test_who_did_not_touch_it_gives_nothing_up(self, liaison, url, stale):
        assert liaison.post(url, stale | {"notes-told_leaders": "Praise."}).status_code == 302
        assert Attendance.objects.get().parent_carers == 7
        assert VisitNotes.objects.get().told_leaders == "Praise."

    def test_each_sees_that_the_other_is_here_for_a_minute(self, people, sign_in, liaison, url, visit):
        admin = sign_in(people.admin)
        assert "writing here" not in admin.post(f"{url}here/").content.decode()
        assert "Admin</strong> is writing here too" in liaison.post(f"{url}here/").content.decode()
        visit.presences.update(seen_at=timezone.now() - timedelta(seconds=61))
        assert "writing here" not in liaison.post(f"{url}here/").content.decode()


def test_the_history_says_once_that_the_record_was_begun_and_nothing_of_it(liaison, url):
    page = form_on(liaison.get(url))
    liaison.post(f"{url}attendance/", part_of(page, "attendance", parent_carers="4"))
    liaison.post(f"{url}notes/", part_of(page, "notes", told_leaders="Praise."))
    assert [line.kind for line in HistoryEntry.objects.all()] == ["visit.record_begun"]


@pytest.mark.parametrize("themes", [1, 3])
def test_the_page_asks_as_much_of_the_database_however_long_it_is(
    liaison, url, visit, themes, django_assert_num_queries
):
    for _ in range(themes):
        ThemeFactory(visit=visit)
    liaison.get(url)
    with django_assert_num_queries(QUERIES):
        liaison.get(url)


QUERIES = 19
"""However many themes: five for what is written; areas and support twice (to choose, and for the guard); the numbers to
ring about safeguarding."""


def test_the_visits_own_page_shows_the_record_to_the_forum_alone(people, sign_in, visit):
    ThemeFactory(visit=visit, text=WORDS)
    page = reverse("visits:visit", args=[visit.pk])
    assert WORDS in said_on(sign_in(people.liaison).get(page))
    assert WORDS not in sign_in(people.head).get(page).content.decode()
    assert Visit.objects.get().status == "held"


class TestWhatTheGuardMarks:
    NAMED = "Ask Oliver Grant in Year 3 about it."

    def test_the_text_is_saved_and_a_notice_stands_below(self, liaison, url):
        page = form_on(liaison.get(url))
        answer = liaison.post(f"{url}notes/", part_of(page, "notes", told_leaders=self.NAMED))
        assert VisitNotes.objects.get().told_leaders == self.NAMED
        assert "innerHTML:#notice-notes-told_leaders_guard" in answer.content.decode()
        assert "Leave as it is: it names nobody" in answer.content.decode()

    def test_leaving_it_is_remembered_for_these_words(self, liaison, url):
        page = form_on(liaison.get(url))
        liaison.post(f"{url}notes/", part_of(page, "notes", told_leaders=self.NAMED))
        ticked = form_on(liaison.get(url)) | {"notes-told_leaders_guard-left": "1"}
        liaison.post(f"{url}notes/", ticked)
        assert list(VisitNotes.objects.get().left_as_read) == ["told_leaders"]
        assert "These words were left as they are" in said_on(liaison.get(url))
        again = form_on(liaison.get(url))
        liaison.post(f"{url}notes/", part_of(again, "notes", told_leaders=f"{self.NAMED} Soon."))
        assert VisitNotes.objects.get().left_as_read == {}

    def test_a_theme_is_read_too_and_the_school_is_no_person(self, liaison, url, visit):
        ThemeFactory(visit=visit, text=f"{visit.school.name} is kind.")
        assert "Could somebody tell who this is about?" not in said_on(liaison.get(url))
        theme = ThemeFactory(visit=visit, text=self.NAMED)
        assert "Could somebody tell who this is about?" in said_on(liaison.get(url))
        prefix = f"theme-{theme.key}"
        page = form_on(liaison.get(url)) | {f"{prefix}-text_guard-left": "1"}
        liaison.post(f"{url}themes/{theme.key}/", part_of(page, prefix))
        theme.refresh_from_db()
        assert theme.left_as_read


def test_the_wider_system_keeps_its_capitals_on_the_visits_page(liaison, visit):
    ThemeFactory(visit=visit, scope="wider")
    assert "the wider SEND system" in liaison.get(visit.get_absolute_url()).content.decode()
