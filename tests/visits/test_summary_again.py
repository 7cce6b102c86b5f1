"""A link to the summary that was lost, or never sent, is sent once more."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from core.models import HistoryEntry, OutgoingEmail
from schools.models import Membership
from tests.factories import (
    AttendanceFactory,
    SchoolContactFactory,
    ThemeFactory,
    VisitFactory,
    VisitSummaryFactory,
)
from visits.enums import VisitStatus
from visits.models import Receipt, Visit, VisitLink, VisitSummary
from visits.services import sharing
from visits.services.errors import MoveNotAllowed, NobodyToWriteTo
from visits.services.sending_again import send_summary_again

pytestmark = pytest.mark.django_db
S = VisitStatus
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=ZoneInfo("Europe/London"))
SHARED_ON, TODAY = date(2026, 10, 12), NOW.date()
SENT = {"status": "sent", "sent_at": NOW}
FAILED = {"status": "failed", "sent_at": None}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def shared(people, clock) -> Visit:
    """A visit whose summary was shared and e-mailed to its only lead, three weeks ago."""
    visit = VisitFactory(school=people.school, status=S.NOTES_WRITTEN)
    AttendanceFactory(visit=visit, saved_by=people.liaison)
    ThemeFactory(visit=visit, saved_by=people.liaison)
    clock.move_to(NOW - timedelta(days=21))
    sharing.share(visit=visit, by=people.liaison, today=SHARED_ON)
    OutgoingEmail.objects.update(**SENT)
    clock.move_to(NOW)
    return Visit.objects.get(pk=visit.pk)


def again(visit, people) -> bool:
    return send_summary_again(visit=visit, by=people.liaison, today=TODAY)


def links_in_mail() -> list[str]:
    mails = OutgoingEmail.objects.filter(kind="Visit summary").order_by("pk")
    return [re.search(r"/summaries/\S+", email.body)[0] for email in mails]


def reply_by() -> date:
    return VisitSummary.objects.get().reply_by


def page_of(person, visit, sign_in) -> str:
    html = sign_in(person).get(reverse("visits:summary", args=[visit.pk])).content.decode()
    return " ".join(html.split())


class TestTheNewLink:
    def test_opens_the_summary_and_the_former_one_says_that_it_is_newer(self, people, shared, client):
        assert again(shared, people)
        old, new = (client.get(path) for path in links_in_mail())
        assert (old.status_code, new.status_code) == (410, 200)
        assert "The link in the newest e-mail is the one that works" in old.content.decode()

    def test_ends_the_former_one_although_its_reader_said_that_they_read_it(self, people, shared, client):
        client.post(f"{links_in_mail()[0]}read/")
        VisitLink.objects.update(used_at=NOW)
        again(shared, people)
        assert client.get(links_in_mail()[0]).status_code == 410

    def test_goes_to_those_who_lead_the_school_now(self, people, shared):
        Membership.objects.filter(school=people.school).delete()
        SchoolContactFactory(school=people.school, role="head_teacher", email="new@school.example")
        again(shared, people)
        assert OutgoingEmail.objects.latest("pk").to == "new@school.example"

    def test_has_one_line_of_history(self, people, shared):
        again(shared, people)
        line = HistoryEntry.objects.get(kind="visit.summary_sent_again")
        assert line.summary == f"Liaison sent the link to the summary of {shared} again."
        assert (line.school_id, line.details["asked"]) == (str(people.school.pk), 1)

    def test_is_kept_as_a_secret_for_as_long_as_it_works(self, people, shared):
        again(shared, people)
        email = OutgoingEmail.objects.latest("pk")
        assert (email.is_secret, email.useful_until) == (True, NOW + timedelta(days=60))


class TestPressedTwice:
    def test_it_is_sent_once(self, people, shared):
        assert [again(shared, people) for _ in range(2)] == [True, False]
        assert OutgoingEmail.objects.filter(kind="Visit summary").count() == 2
        assert HistoryEntry.objects.filter(kind="visit.summary_sent_again").count() == 1

    def test_minutes_later_it_is_sent_again(self, people, shared, clock):
        again(shared, people)
        clock.shift(timedelta(minutes=6))
        assert again(shared, people)


class TestTheTenSchoolDays:
    def test_begin_when_a_link_goes_out_after_none_was_sent(self, people, shared):
        OutgoingEmail.objects.update(**FAILED)
        again(shared, people)
        assert reply_by() == sharing.reply_wanted_by(TODAY) > sharing.reply_wanted_by(SHARED_ON)
        line = HistoryEntry.objects.get(kind="visit.summary_sent_again")
        assert line.summary.endswith("again; the school can reply until 16 November 2026.")
        assert "by 16 November 2026" in OutgoingEmail.objects.latest("pk").body

    def test_so_they_do_where_it_still_waited_and_is_not_sent_any_more(self, people, shared):
        OutgoingEmail.objects.update(status="queued", sent_at=None)
        again(shared, people)
        assert reply_by() == sharing.reply_wanted_by(TODAY)
        assert OutgoingEmail.objects.count() == 1

    def test_stay_as_they_were_where_one_was_sent(self, people, shared):
        again(shared, people)
        assert reply_by() == sharing.reply_wanted_by(SHARED_ON)

    def test_stay_as_they_were_where_somebody_has_read_it(self, people, shared):
        OutgoingEmail.objects.update(**FAILED)
        Receipt.objects.create(visit=shared, email="a@school.example", reader="A")
        again(shared, people)
        assert reply_by() == sharing.reply_wanted_by(SHARED_ON)


class TestRefused:
    @pytest.mark.parametrize("status", [S.NOTES_WRITTEN, S.CLOSED])
    def test_where_the_school_cannot_reply(self, people, status):
        visit = VisitFactory(school=people.school, status=status)
        with pytest.raises(MoveNotAllowed):
            again(visit, people)

    def test_where_nobody_could_be_written_to(self, people, shared):
        Membership.objects.filter(school=people.school).delete()
        with pytest.raises(NobodyToWriteTo):
            again(shared, people)
        assert VisitLink.objects.working().count() == 1


class TestThePage:
    @pytest.mark.parametrize(
        ("presses", "told"),
        [(1, "A new link was e-mailed to {}."), (2, "Nothing was sent again.")],
    )
    def test_says_what_was_done(self, people, shared, sign_in, presses, told):
        client = sign_in(people.liaison)
        for _ in range(presses):
            answer = client.post(reverse("visits:send_summary_again", args=[shared.pk]), follow=True)
        assert told.format(people.head.email) in answer.content.decode()

    def test_says_why_not(self, people, sign_in):
        visit = VisitFactory(school=people.school, status=S.CLOSED)
        VisitSummaryFactory(visit=visit)
        answer = sign_in(people.liaison).post(
            reverse("visits:send_summary_again", args=[visit.pk]), follow=True
        )
        assert "The link goes out while the school can reply." in answer.content.decode()

    def test_says_that_the_e_mail_could_not_be_sent_and_what_to_do(self, people, shared, sign_in):
        OutgoingEmail.objects.update(**FAILED)
        page = page_of(people.liaison, shared, sign_in)
        assert (
            f"The e-mail to {people.head.email} could not be sent. Check the address, then send the link again. "
            "The ten school days to reply count from then."
        ) in page
        assert "A link was e-mailed" not in page
        assert "Nobody was e-mailed" not in page
        assert "Send the link again</button>" in page

    def test_once_it_is_closed_says_when_it_can_be_sent(self, people, shared, sign_in):
        OutgoingEmail.objects.update(**FAILED)
        Visit.objects.update(status=S.CLOSED, closed_at=NOW, closed_by=people.admin)
        page = page_of(people.liaison, shared, sign_in)
        assert "could not be sent. The link can be sent again while the visit is open." in page
        assert "Send the link again</button>" not in page

    def test_promises_no_new_days_where_a_former_link_was_sent(self, people, shared, sign_in):
        again(shared, people)
        OutgoingEmail.objects.filter(status="queued").update(**FAILED)
        page = page_of(people.liaison, shared, sign_in)
        assert "could not be sent. Check the address, then send the link again." in page
        assert "The ten school days" not in page

    def test_says_nothing_of_it_to_the_school(self, people, shared, sign_in):
        OutgoingEmail.objects.update(**FAILED)
        page = page_of(people.head, shared, sign_in)
        assert "could not be sent" not in page
        assert "Send the link again" not in page
