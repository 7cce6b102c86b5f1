"""A theme that was removed: put back while its record is written, and its words gone afterwards."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import HistoryEntry
from tests.audits.pages import said_on
from tests.factories import (
    AttendanceFactory,
    ThemeFactory,
    ThemeGroupFactory,
    VisitFactory,
    VisitNotesFactory,
)
from visits.enums import Outcome, VisitStatus
from visits.models import Presence, RemovedTheme, Theme, ThemeGroup, Visit
from visits.queries.groups import merging_seen
from visits.services.errors import RecordIsClosed, WordsGone
from visits.services.groups import merge
from visits.services.recording import note_presence
from visits.services.sharing import finish_notes
from visits.services.themes import KEPT, put_theme_back, remove_theme
from visits.tasks import forget

pytestmark = pytest.mark.django_db
WORDS = "The dining hall is loud."


@pytest.fixture
def visit(people):
    return VisitFactory(school=people.school, status=VisitStatus.HELD)


@pytest.fixture
def theme(visit):
    return ThemeFactory(visit=visit, text=WORDS)


@pytest.fixture
def url(visit):
    return reverse("visits:record", args=[visit.pk])


@pytest.fixture
def liaison(people, sign_in):
    return sign_in(people.liaison)


def address(theme: Theme, name: str = "put_theme_back") -> str:
    return reverse(f"visits:{name}", args=[theme.visit_id, theme.key])


def removed(theme: Theme, by, **how) -> RemovedTheme:
    remove_theme(visit=theme.visit, key=theme.key, by=by, **how)
    return RemovedTheme.objects.get(key=theme.key)


class TestPuttingBack:
    def test_it_is_again_what_it_was(self, people, visit):
        theme = ThemeFactory(
            visit=visit,
            group=ThemeGroupFactory(),
            outcome=Outcome.NOT_GOING_AHEAD,
            outcome_reason="The hall is listed.",
            revision=4,
        )
        removed(theme, people.liaison)
        assert put_theme_back(visit=visit, key=theme.key, by=people.liaison)
        back = Theme.objects.get(key=theme.key)
        assert [getattr(back, name) for name in KEPT] == [getattr(theme, name) for name in KEPT]
        assert not RemovedTheme.objects.exists()

    def test_without_a_group_that_has_ended(self, people, visit):
        group = ThemeGroupFactory()
        theme = ThemeFactory(visit=visit, group=group)
        removed(theme, people.liaison)
        group.delete()
        put_theme_back(visit=visit, key=theme.key, by=people.liaison)
        assert Theme.objects.get().group is None

    def test_into_the_group_that_remains_of_one_that_was_merged(self, people, visit):
        first, second, third = (ThemeGroupFactory(name=name) for name in ("First", "Second", "Third"))
        theme = ThemeFactory(visit=visit, group=first)
        removed(theme, people.liaison)
        for group, into in ((first, second), (second, third)):
            merge(group=group, into=into, seen=merging_seen(group), by=people.liaison)
        put_theme_back(visit=visit, key=theme.key, by=people.liaison)
        assert Theme.objects.get().group == third

    def test_twice_is_once_with_a_line_that_says_nothing_of_it(self, people, visit, theme):
        removed(theme, people.liaison)
        assert [put_theme_back(visit=visit, key=theme.key, by=people.liaison) for _ in range(2)] == [
            True,
            False,
        ]
        line = HistoryEntry.objects.get(kind="visit.theme_put_back")
        assert (line.summary, line.details) == (f"Liaison put a theme back into the record of {visit}.", {})

    def test_not_once_the_notes_are_finished(self, people, visit, theme):
        removed(theme, people.liaison)
        visit.status = VisitStatus.NOTES_WRITTEN
        visit.save()
        with pytest.raises(RecordIsClosed):
            put_theme_back(visit=visit, key=theme.key, by=people.liaison)

    def test_not_where_its_words_were_removed_for_good(self, people, visit, theme):
        assert removed(theme, people.liaison, for_good=True).was is None
        with pytest.raises(WordsGone):
            put_theme_back(visit=visit, key=theme.key, by=people.liaison)


class TestTheRecord:
    def test_shows_what_can_be_put_back_and_a_press_does_it(self, people, liaison, url, theme):
        liaison.post(address(theme, "remove_theme"))
        page = said_on(liaison.get(url))
        assert "Removed from this record" in page
        assert WORDS in page
        assert "Liaison removed it" in page
        page = said_on(liaison.post(address(theme), follow=True))
        assert "The theme is in the record again" in page
        assert "Removed from this record" not in page

    def test_does_not_show_what_was_removed_for_good(self, liaison, url, theme):
        liaison.post(address(theme, "remove_theme"), {"for_good": "1"})
        assert WORDS not in said_on(liaison.get(url))

    def test_of_another_visit_shows_nothing_of_it(self, people, liaison, theme):
        removed(theme, people.liaison)
        other = VisitFactory(school=people.school, number=2, status=VisitStatus.HELD)
        assert WORDS not in said_on(liaison.get(reverse("visits:record", args=[other.pk])))

    @pytest.mark.parametrize("themes", [1, 3])
    def test_asks_the_same_however_many_were_removed(
        self, people, liaison, url, visit, themes, django_assert_num_queries
    ):
        for _ in range(themes):
            removed(ThemeFactory(visit=visit), people.liaison)
        liaison.get(url)
        with django_assert_num_queries(20):  # one more than the page without any, for the names of areas
            liaison.get(url)


class TestForGood:
    """What was taken out in haste may name somebody: its words can go at once, also afterwards."""

    def test_is_offered_beside_putting_it_back_and_asks_first(self, people, liaison, url, theme):
        removed(theme, people.admin)
        page = liaison.get(url)
        assert address(theme, "forget_theme") in page.content.decode()
        asked = said_on(liaison.get(address(theme, "forget_theme")))
        assert "Nobody can put this theme back afterwards." in asked
        assert WORDS in asked
        assert RemovedTheme.objects.with_words().exists()

    def test_a_press_forgets_them_with_one_line_that_does_not_hold_them(
        self, people, liaison, url, visit, theme
    ):
        removed(theme, people.admin)
        before = HistoryEntry.objects.count()
        page = said_on(liaison.post(address(theme, "forget_theme"), follow=True))
        assert "The words of the theme are gone for good." in page
        assert WORDS not in page
        assert RemovedTheme.objects.get().was is None
        line = HistoryEntry.objects.get(kind="visit.theme_forgotten")
        assert HistoryEntry.objects.count() == before + 1
        assert (line.summary, line.details, line.school_id) == (
            f"Liaison removed for good the words of a theme that was taken out of the record of {visit}.",
            {},
            str(visit.school_id),
        )

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_twice_is_once(self, people, liaison, theme, method):
        removed(theme, people.admin)
        liaison.post(address(theme, "forget_theme"))
        again = getattr(liaison, method)(address(theme, "forget_theme"), follow=True)
        assert "there are no such words any more" in said_on(again)
        assert HistoryEntry.objects.filter(kind="visit.theme_forgotten").count() == 1

    def test_leaves_alone_what_was_never_removed(self, liaison, theme):
        liaison.post(address(theme, "forget_theme"))
        assert Theme.objects.get().text == WORDS

    def test_ends_a_group_to_which_nothing_can_come_back(self, people, liaison, visit):
        theme = ThemeFactory(visit=visit, group=ThemeGroupFactory())
        removed(theme, people.admin)
        liaison.post(address(theme, "forget_theme"))
        assert not ThemeGroup.objects.exists()


class TestItsWords:
    def test_go_when_the_notes_are_finished(self, people, visit, theme):
        AttendanceFactory(visit=visit)
        VisitNotesFactory(visit=visit)
        ThemeFactory(visit=visit)
        removed(theme, people.liaison)
        finish_notes(visit=visit, by=people.liaison, stays_open=True)
        assert RemovedTheme.objects.get().was is None

    @pytest.mark.parametrize(
        ("status", "stays"),
        [
            (VisitStatus.HELD, True),
            (VisitStatus.CONFIRMED, True),
            (VisitStatus.NOTES_WRITTEN, False),
            (VisitStatus.SHARED, False),
        ],
    )
    def test_are_forgotten_wherever_the_record_is_closed(self, people, status, stays):
        visit = VisitFactory(school=people.school, status=status)
        one = RemovedTheme.objects.create(
            visit=visit, key=visit.calendar_uid, removed_by=people.liaison, was={"text": WORDS}
        )
        forget()
        one.refresh_from_db()
        assert (one.was is not None) is stays

    def test_are_forgotten_once_the_year_is_closed(self, people, visit, theme):
        one = removed(theme, people.liaison)
        year = visit.programme_year
        year.closed_at, year.closed_by = timezone.now(), people.admin
        year.save()
        forget()
        one.refresh_from_db()
        assert one.was is None


def test_who_left_a_record_is_forgotten_and_who_is_there_stays(people, visit):
    for user, ago in ((people.liaison, 59), (people.admin, 61)):
        note_presence(visit=visit, by=user)
        Presence.objects.filter(user=user).update(seen_at=timezone.now() - timedelta(seconds=ago))
    forget()
    assert Presence.objects.get().user == people.liaison


class TestGroups:
    def test_one_that_is_left_empty_for_good_ends(self, people, visit):
        theme = ThemeFactory(visit=visit, group=ThemeGroupFactory())
        removed(theme, people.liaison, for_good=True)
        assert not ThemeGroup.objects.exists()

    def test_one_to_which_a_theme_can_come_back_stays_until_it_cannot(self, people, visit):
        theme = ThemeFactory(visit=visit, group=ThemeGroupFactory())
        removed(theme, people.liaison)
        forget()
        assert ThemeGroup.objects.exists()
        Visit.objects.filter(pk=visit.pk).update(status=VisitStatus.NOTES_WRITTEN)
        forget()
        assert not ThemeGroup.objects.exists()


def test_words_that_somebody_else_took_out_before_are_gone_for_good(people, liaison, theme):
    removed(theme, people.admin)
    page = liaison.post(address(theme, "remove_theme"), {"for_good": "1"}, follow=True)
    assert "The theme is no longer in the record." in page.content.decode()
    assert RemovedTheme.objects.get(key=theme.key).was is None
