"""Each side hears that its approval is wanted, and a school can say that a word is not right."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from core.models import HistoryEntry, OutgoingEmail, ProgrammeSettings
from schools.models import ProgrammeYear
from tests.factories import FamiliesLineFactory, ThemeFactory, VisitFactory
from visits.models import FamiliesPage
from visits.queries.families import approvals_of, words_of
from visits.services import families
from visits.services.errors import ChangeIsOpen, MoreWasAsked, ReasonOwed

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


def asked(sheet, people):
    families.ask_for_change(page=sheet, note=NOTE, by=people.head)


def seen(sheet) -> str:
    """What a page that is opened now carries."""
    return FamiliesPage.objects.get(pk=sheet.pk).change_seen


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

    def test_the_approval_of_the_school_is_taken_back_and_that_of_the_forum_stays(self, people, sheet):
        approve(sheet, people, "school")
        approve(sheet, people, "forum")
        asked(sheet, people)
        page = FamiliesPage.objects.get()
        assert page.school_approved_digest == ""
        assert page.forum_approved_digest == words_of(page).digest

    def test_nobody_approves_while_it_is_open(self, people, sheet):
        asked(sheet, people)
        with pytest.raises(ChangeIsOpen, match="asked for a change of these words"):
            approve(sheet, people, "forum")

    def test_nothing_is_published_while_it_is_open(self, people, sheet):
        asked(sheet, people)
        with pytest.raises(ChangeIsOpen):
            families.publish(page=sheet, by=people.liaison)

    def test_what_is_asked_meanwhile_is_added(self, people, sheet):
        asked(sheet, people)
        families.ask_for_change(page=sheet, note="And thank the cook.", by=people.head)
        assert FamiliesPage.objects.get().change_note == f"{NOTE}\n\n{people.head}: And thank the cook."

    def test_what_is_sent_twice_is_there_once(self, people, sheet):
        for note in (NOTE, NOTE, "And thank the cook.", "And thank the cook."):
            families.ask_for_change(page=sheet, note=note, by=people.head)
        assert FamiliesPage.objects.get().change_note == f"{NOTE}\n\n{people.head}: And thank the cook."
        assert HistoryEntry.objects.filter(kind="families.change_asked").count() == 2

    def test_the_page_that_adds_shows_what_is_asked_already(self, people, sheet, sign_in):
        asked(sheet, people)
        html = sign_in(people.head).get(self.url(sheet)).content.decode()
        assert NOTE in html
        assert "Add to the change that is asked for" in html

    @pytest.mark.parametrize("who", ["head", "liaison"])
    def test_both_sides_read_it_with_name_and_date(self, people, sheet, sign_in, who):
        asked(sheet, people)
        html = (
            sign_in(getattr(people, who)).get(sheet.get_absolute_url()).content.decode().replace("\xa0", " ")
        )
        assert f"{people.head} asked on 25 November 2026" in html
        assert NOTE in html

    def test_the_page_that_publishes_says_it_and_has_no_button(self, people, sheet, sign_in):
        asked(sheet, people)
        url = reverse("visits:publish_families", args=[sheet.school_id, sheet.programme_year_id])
        html = sign_in(people.liaison).get(url).content.decode().replace("\xa0", " ")
        assert f"{people.head} asked on 25 November 2026" in html
        assert "Publish them" not in html


class TestWithdrawingAChange:
    def url(self, sheet) -> str:
        return reverse("visits:withdraw_families_change", args=[sheet.school_id, sheet.programme_year_id])

    def test_the_page_offers_it_to_the_lead_alone_while_it_is_open(self, people, sheet, sign_in):
        assert self.url(sheet) not in sign_in(people.head).get(sheet.get_absolute_url()).content.decode()
        asked(sheet, people)
        for who, offered in ((people.head, True), (people.liaison, False), (people.governor, False)):
            html = sign_in(who).get(sheet.get_absolute_url()).content.decode()
            assert (self.url(sheet) in html) is offered

    def test_a_page_asks_first_and_shows_what_is_withdrawn(self, people, sheet, sign_in):
        asked(sheet, people)
        assert NOTE in sign_in(people.head).get(self.url(sheet)).content.decode()
        assert FamiliesPage.objects.get().change_asked_at

    def test_a_press_withdraws_it_with_a_line_that_keeps_what_was_asked(self, people, sheet, sign_in):
        approve(sheet, people, "forum")
        asked(sheet, people)
        assert (
            sign_in(people.head).post(self.url(sheet), {"asked": seen(sheet)}).url == sheet.get_absolute_url()
        )
        page = FamiliesPage.objects.get()
        assert (page.change_asked_at, page.change_note) == (None, "")
        assert page.forum_approved_digest == words_of(page).digest
        entry = HistoryEntry.objects.get(kind="families.change_withdrawn")
        assert (entry.details, entry.actor_label) == ({"asked": NOTE}, str(people.head))

    def test_the_forum_hears_that_it_need_not_answer(self, people, sheet):
        asked(sheet, people)
        families.withdraw_change(page=sheet, seen=seen(sheet), by=people.head)
        newest = OutgoingEmail.objects.order_by("-pk")[0]
        assert newest.to == people.liaison.email
        assert "You need not answer it." in newest.body

    def test_after_that_both_can_approve(self, people, sheet):
        asked(sheet, people)
        families.withdraw_change(page=sheet, seen=seen(sheet), by=people.head)
        for side in ("school", "forum"):
            approve(sheet, people, side)
        page = FamiliesPage.objects.get()
        assert all(approval.stands for approval in approvals_of(page, words_of(page)))

    def test_twice_is_once_and_says_so(self, people, sheet, sign_in):
        asked(sheet, people)
        client = sign_in(people.head)
        client.post(self.url(sheet), {"asked": seen(sheet)})
        page = client.post(self.url(sheet), follow=True).content.decode()
        assert "No change is asked for any more." in page
        assert HistoryEntry.objects.filter(kind="families.change_withdrawn").count() == 1


class TestAnsweringAChange:
    def url(self, sheet) -> str:
        return reverse("visits:answer_families_change", args=[sheet.school_id, sheet.programme_year_id])

    def test_other_words_answer_it(self, people, sheet):
        asked(sheet, people)
        families.remove_line(line=sheet.lines.get(), by=people.liaison)
        assert FamiliesPage.objects.get().change_asked_at is None

    def test_the_forum_answers_why_they_stay_and_both_approve_anew(self, people, sheet, sign_in):
        approve(sheet, people, "forum")
        asked(sheet, people)
        typed = {"reason": "It is one room.", "asked": seen(sheet)}
        assert sign_in(people.liaison).post(self.url(sheet), typed).status_code == 302
        page = FamiliesPage.objects.get()
        assert (page.change_asked_at, page.change_note, page.forum_approved_digest) == (None, "", "")
        details = HistoryEntry.objects.get(kind="families.change_answered").details
        assert details == {"reason": "It is one room.", "asked": NOTE}

    def test_the_lead_reads_why(self, people, sheet):
        asked(sheet, people)
        families.answer_change(page=sheet, reason="It is one room.", seen=seen(sheet), by=people.liaison)
        newest = OutgoingEmail.objects.order_by("-pk")[0]
        assert newest.to == people.head.email
        assert "It is one room." in newest.body

    def test_twice_is_once(self, people, sheet):
        asked(sheet, people)
        for _ in range(2):
            families.answer_change(page=sheet, reason="It is one room.", seen=seen(sheet), by=people.liaison)
        assert HistoryEntry.objects.filter(kind="families.change_answered").count() == 1

    def test_it_needs_a_reason(self, people, sheet):
        with pytest.raises(ReasonOwed):
            families.answer_change(page=sheet, reason=" ", seen=seen(sheet), by=people.liaison)

    def test_nobody_answers_what_they_have_not_read(self, people, sheet, sign_in):
        asked(sheet, people)
        typed = {"reason": "It is one room.", "asked": seen(sheet)}
        families.ask_for_change(page=sheet, note="Take line 2 off.", by=people.head)
        client = sign_in(people.liaison)
        page = client.post(self.url(sheet), typed)
        html = page.content.decode()
        assert page.status_code == 422
        assert "The school added to it meanwhile" in html
        assert "Take line 2 off." in html
        assert "It is one room.</textarea>" in html
        assert FamiliesPage.objects.get().change_asked_at
        assert client.post(self.url(sheet), {**typed, "asked": seen(sheet)}).status_code == 302
        assert not FamiliesPage.objects.get().change_asked_at

    def test_nor_withdraws_it(self, people, sheet):
        asked(sheet, people)
        old = seen(sheet)
        families.ask_for_change(page=sheet, note="Take line 2 off.", by=people.head)
        with pytest.raises(MoreWasAsked):
            families.withdraw_change(page=sheet, seen=old, by=people.head)
        assert FamiliesPage.objects.get().change_asked_at

    def test_lines_that_are_added_from_what_was_decided_do_not_answer_it(self, people, sheet):
        asked(sheet, people)
        visit = VisitFactory(
            school=people.school, programme_year=sheet.programme_year, number=2, status="shared"
        )
        ThemeFactory(visit=visit, kind="could_be_better", outcome="wider_system")
        assert families.draft(school=people.school, year=sheet.programme_year, by=people.liaison) == 1
        assert FamiliesPage.objects.get().change_note == NOTE
