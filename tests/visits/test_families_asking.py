"""Each side hears that its approval is wanted, and a school can say that a word is not right."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from core.models import HistoryEntry, OutgoingEmail, ProgrammeSettings
from schools.models import ProgrammeYear
from tests.factories import FamiliesLineFactory, VisitFactory
from visits.models import FamiliesPage
from visits.queries.families import words_of
from visits.services import families

pytestmark = pytest.mark.django_db
NOTE = "Say “a quiet room”, not “a sensory room”."


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(datetime(2026, 11, 25, 10, 30, tzinfo=ZoneInfo("Europe/London")), tick=False):
        yield


@pytest.fixture
def sheet(people) -> FamiliesPage:
    year = ProgrammeYear.objects.get()
    VisitFactory(school=people.school, programme_year=year, workers=[people.liaison])
    return FamiliesLineFactory(page__school=people.school, page__programme_year=year).page


def approve(sheet, people, side):
    by = {"school": people.head, "forum": people.liaison}[side]
    found = FamiliesPage.objects.get(pk=sheet.pk)
    families.approve(page=found, side=side, seen=words_of(found).digest, by=by)


def mail() -> list[str]:
    return list(OutgoingEmail.objects.order_by("pk").values_list("to", flat=True))


class TestAnApproval:
    @pytest.mark.parametrize(("side", "other"), [("forum", "head"), ("school", "liaison")])
    def test_asks_the_other_side_by_a_date(self, people, sheet, side, other):
        approve(sheet, people, side)
        assert mail() == [getattr(people, other).email]
        body = OutgoingEmail.objects.get().body
        assert "by 9 December 2026. It takes about 5 minutes" in body
        assert sheet.get_absolute_url() in body

    def test_after_that_of_the_other_side_asks_nobody(self, people, sheet):
        approve(sheet, people, "forum")
        approve(sheet, people, "school")
        assert len(mail()) == 1

    def test_reaches_the_forum_where_nobody_visits(self, people, sheet):
        sheet.school.visits.first().workers.clear()
        approve(sheet, people, "school")
        assert mail() == [ProgrammeSettings.load().contact_email]


class TestAskingForAChange:
    def url(self, sheet) -> str:
        return reverse("visits:ask_families_change", args=[sheet.school_id, sheet.programme_year_id])

    def test_the_page_offers_it_to_the_lead_alone(self, people, sheet, sign_in):
        for who, offered in ((people.head, True), (people.liaison, False), (people.governor, False)):
            html = sign_in(who).get(sheet.get_absolute_url()).content.decode()
            assert (self.url(sheet) in html) is offered

    def test_the_note_goes_to_who_visits_with_one_line_of_history(self, people, sheet, sign_in):
        assert sign_in(people.head).post(self.url(sheet), {"note": NOTE}).status_code == 302
        assert mail() == [people.liaison.email]
        assert NOTE in OutgoingEmail.objects.get().body
        entry = HistoryEntry.objects.get(kind="families.change_asked")
        assert entry.details["reason"] == NOTE

    def test_an_empty_note_is_asked_for_again(self, people, sheet, sign_in):
        answer = sign_in(people.head).post(self.url(sheet), {"note": " "})
        assert answer.status_code == 422
        assert "Write what should read otherwise" in answer.content.decode()

    def test_an_approval_that_stands_is_not_touched(self, people, sheet):
        approve(sheet, people, "school")
        families.ask_for_change(page=sheet, note=NOTE, by=people.head)
        assert FamiliesPage.objects.get().school_approved_digest
