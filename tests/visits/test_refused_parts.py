"""What a part of the record says of itself when the page comes back with what was sent and not with what is stored."""

import re

import pytest
from django.urls import reverse

from tests.factories import AttendanceFactory, VisitFactory
from tests.visits.pages import form_on
from visits.enums import VisitStatus

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(people):
    return VisitFactory(school=people.school, status=VisitStatus.HELD)


@pytest.fixture
def url(visit):
    return reverse("visits:record", args=[visit.pk])


@pytest.fixture
def liaison(people, sign_in):
    return sign_in(people.liaison)


def line_of(part: str, page) -> str:
    """The line of a part about saving, as it is marked up."""
    found = re.search(
        rf'<div class="pins-saved" id="saved-{part}".*?</div>', page.content.decode(), re.DOTALL
    )
    assert found
    return found[0]


def test_what_has_to_be_mended_says_so_beside_itself_and_names_its_box(liaison, url):
    page = liaison.post(url, form_on(liaison.get(url)) | {"attendance-parent_carers": "about 9"})
    assert page.status_code == 422
    line = line_of("attendance", page)
    assert 'data-as-sent data-faulty="attendance-parent_carers"' in line
    assert "Not saved. Enter a whole number" in line


def test_what_was_saved_with_it_is_not_marked(liaison, url):
    sent = {"attendance-parent_carers": "about 9", "notes-told_leaders": "Praise."}
    line = line_of("notes", liaison.post(url, form_on(liaison.get(url)) | sent))
    assert "Saved" in line
    assert "data-" not in line


def test_where_nothing_was_saved_no_part_that_was_sent_says_that_it_is(liaison, people):
    finished = VisitFactory(school=people.school, status=VisitStatus.NOTES_WRITTEN)
    AttendanceFactory(visit=finished, parent_carers=7)
    sent = {"attendance-parent_carers": "8", "attendance-seen": ""}
    page = liaison.post(reverse("visits:record", args=[finished.pk]), sent)
    assert page.status_code == 409
    line = line_of("attendance", page)
    assert "data-as-sent" in line
    assert "Saved" not in line
