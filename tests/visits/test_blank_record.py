"""The record as a form on paper."""

import pytest
from django.urls import reverse

from core.models import ProgrammeSettings
from schools.models import Area
from tests.audits.pages import said_on
from tests.factories import LocalSupportFactory, VisitFactory
from visits.enums import Kind, RolePresent
from visits.safeguarding_words import FIRST, OURS

pytestmark = pytest.mark.django_db


@pytest.fixture
def liaison(people, sign_in):
    return sign_in(people.liaison)


def test_it_names_the_school_and_the_day_of_its_visit(people, liaison):
    visit = VisitFactory(school=people.school, status="confirmed")
    said = said_on(liaison.get(reverse("visits:blank_record_of", args=[visit.pk])))
    assert f"School: {people.school}" in said
    assert "9am on 5 October 2026" in said


def test_it_has_a_box_for_everything_that_the_page_asks(liaison):
    support = LocalSupportFactory()
    said = said_on(liaison.get(reverse("visits:blank_record")))
    wanted = [*Kind.labels, *RolePresent.labels, *map(str, Area.objects.all()), support.name]
    assert [words for words in wanted if words not in said] == []


def test_there_are_lines_to_write_on_that_no_printer_leaves_out(liaison):
    html = liaison.get(reverse("visits:blank_record")).content.decode()
    boxes = html.split('class="pins-paper__box"')[1:]
    assert [box.partition("</div>")[0].count("pins-paper__rule") for box in boxes] == [3] * 6
    assert html.count("pins-paper__rule") == 6 * 3 + 5 + 3


def test_safeguarding_is_a_tick_and_no_more(liaison):
    said = said_on(liaison.get(reverse("visits:blank_record")))
    assert said.index("Tick only; write nothing about it here.") > said.index("Safeguarding")


def test_what_to_do_and_whom_to_ring_stand_on_it(liaison):
    ProgrammeSettings.objects.update_or_create(
        pk=1, defaults={"safeguarding_phones": "Duty lead: 01632 960199"}
    )
    said = said_on(liaison.get(reverse("visits:blank_record")))
    assert [words for words in (FIRST, *OURS, "Duty lead: 01632 960199") if words not in said] == []
