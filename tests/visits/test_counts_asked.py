"""A theme that more raised than came is asked about, and stays as it was written: somebody may speak for others."""

import pytest
from django.urls import reverse

from tests.audits.pages import said_on
from tests.factories import AttendanceFactory, ThemeFactory, VisitFactory
from tests.visits.pages import form_on, new_theme, part_of
from tests.visits.test_record_view import theme_of
from visits.enums import VisitStatus
from visits.models import Attendance, Theme

pytestmark = pytest.mark.django_db
ASKED = "9 raised it, and 6 came?"


@pytest.fixture
def visit(people):
    visit = VisitFactory(school=people.school, status=VisitStatus.HELD, workers=[people.liaison])
    AttendanceFactory(visit=visit, parent_carers=6, saved_by=people.liaison)
    return visit


@pytest.fixture
def url(visit):
    return reverse("visits:record", args=[visit.pk])


@pytest.fixture
def liaison(people, sign_in):
    return sign_in(people.liaison)


def a_theme(visit, people, raised_by):
    return ThemeFactory(visit=visit, saved_by=people.liaison, raised_by=raised_by)


@pytest.mark.parametrize(
    ("came", "raised", "asked"), [(6, 9, True), (6, 6, False), (9, 6, False), (None, 9, False)]
)
def test_the_page_asks_where_more_raised_it_than_came(people, liaison, visit, url, came, raised, asked):
    Attendance.objects.update(parent_carers=came)
    a_theme(visit, people, raised)
    assert (f"{raised} raised it, and {came} came?" in said_on(liaison.get(url))) is asked


def test_it_asks_where_nobody_came(people, liaison, visit, url):
    Attendance.objects.update(parent_carers=0)
    a_theme(visit, people, 1)
    assert "1 raised it, and nobody came?" in said_on(liaison.get(url))


def test_a_theme_that_is_saved_by_itself_is_saved_and_asked_about(liaison, url):
    page = form_on(liaison.get(url))
    prefix = new_theme(page)
    response = liaison.post(
        f"{url}themes/{prefix.removeprefix('theme-')}/",
        part_of(page, prefix) | theme_of(prefix, raised_by="9"),
    )
    assert Theme.objects.get().raised_by == 9
    assert "data-acknowledged" in response.content.decode()
    assert f'hx-swap-oob="innerHTML:#count-{prefix}"' in response.content.decode()
    assert ASKED in response.content.decode()


def test_a_number_that_is_mended_takes_the_question_away(people, liaison, visit, url):
    theme = a_theme(visit, people, 9)
    prefix = f"theme-{theme.key}"
    data = part_of(form_on(liaison.get(url)), prefix, raised_by="6")
    response = liaison.post(f"{url}themes/{theme.key}/", data)
    assert f'<div hx-swap-oob="innerHTML:#count-{prefix}"></div>' in response.content.decode()


def test_how_many_came_is_asked_about_beside_each_theme(people, liaison, visit, url):
    a_theme(visit, people, 9)
    Attendance.objects.update(parent_carers=None)
    data = part_of(form_on(liaison.get(url)), "attendance", parent_carers="6")
    response = liaison.post(f"{url}attendance/", data)
    assert Attendance.objects.get().parent_carers == 6
    assert ASKED in response.content.decode()


def test_without_javascript_it_is_saved_and_asked_about_too(liaison, url):
    page = form_on(liaison.get(url))
    response = liaison.post(url, page | theme_of(new_theme(page), raised_by="9") | {"stay": "1"}, follow=True)
    assert Theme.objects.get().raised_by == 9
    assert ASKED in response.content.decode()


class TestBeforeTheNotesAreShared:
    def share(self, visit):
        visit.status = VisitStatus.NOTES_WRITTEN
        visit.save()
        return reverse("visits:share", args=[visit.pk])

    def test_it_is_asked_once_more(self, people, liaison, visit):
        theme = a_theme(visit, people, 9)
        assert f"9 raised “{theme.text}”, and 6 came." in said_on(liaison.get(self.share(visit)))

    def test_it_holds_nothing_up(self, people, liaison, visit):
        a_theme(visit, people, 9)
        liaison.post(self.share(visit), {"looked_at": ""})
        visit.refresh_from_db()
        assert visit.status == VisitStatus.SHARED

    def test_nothing_is_asked_where_the_numbers_fit(self, people, liaison, visit):
        a_theme(visit, people, 6)
        assert "than came?" not in said_on(liaison.get(self.share(visit)))
