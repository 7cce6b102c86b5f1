"""A link to pick a time that was lost is sent once more."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db.models import F
from django.urls import reverse

from core.models import HistoryEntry, OutgoingEmail
from schools.models import SchoolContact
from tests.factories import SchoolContactFactory, UserFactory
from tests.visits.planning import A_WEDNESDAY, TODAY, a_visit, offer, on
from visits.enums import LinkPurpose, VisitStatus
from visits.links import Standing, find_link, standing_of
from visits.models import ProposedTime, Visit, VisitLink
from visits.services import planning
from visits.services.errors import MoveNotAllowed, NobodyToAsk, TimeNotPossible
from visits.services.sending_again import send_link_again

pytestmark = pytest.mark.django_db
AN_HOUR, LONG = timedelta(hours=1), timedelta(days=60)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TODAY, tick=False) as clock:
        yield clock


@pytest.fixture
def liaison():
    return UserFactory(name="Liaison", email="liaison@forum.example", is_liaison=True)


@pytest.fixture
def asked(liaison, clock) -> Visit:
    """A visit of which the school's only contact was asked for a time an hour ago."""
    visit = a_visit(workers=[liaison])
    SchoolContactFactory(school=visit.school, name="Jo Head", email="jo@school.example")
    planning.propose_times(visit=visit, times=[on(), on(A_WEDNESDAY)], by=liaison)
    OutgoingEmail.objects.update(status="sent", sent_at=TODAY)
    clock.shift(AN_HOUR)
    return visit


def tokens() -> list[str]:
    mails = OutgoingEmail.objects.filter(kind="Times for a visit").order_by("pk")
    return [re.search(r"/times/(\S+?)/", mail.body)[1] for mail in mails]


def standings() -> list[Standing]:
    return [standing_of(find_link(token, LinkPurpose.PICK_A_TIME)) for token in tokens()]


class TestTheNewLink:
    def test_works_and_the_former_one_has_ended(self, asked, liaison, client):
        assert send_link_again(visit=asked, by=liaison)
        assert standings() == [Standing.ENDED, Standing.WORKS]
        old, new = (client.get(reverse("visits:times_by_link", args=[token])) for token in tokens())
        assert "The link in the newest e-mail is the one that works" in old.content.decode()
        assert "7 October 2026" in new.content.decode()

    def test_is_kept_as_a_secret_and_in_the_history(self, asked, liaison):
        send_link_again(visit=asked, by=liaison)
        assert OutgoingEmail.objects.latest("pk").is_secret
        line = HistoryEntry.objects.get(kind="visit.link_sent_again")
        assert line.summary == f"Liaison sent the link to pick a time for {asked} again."

    def test_lasts_longer_than_the_former_one_and_no_longer_than_the_last_time(self, asked, liaison, clock):
        clock.shift(timedelta(days=7))
        send_link_again(visit=asked, by=liaison)
        assert VisitLink.objects.working().get().expires_at == on(A_WEDNESDAY).starts_at

    def test_offers_only_what_can_still_be_picked(self, asked, liaison):
        a_visit(VisitStatus.CONFIRMED, on(), workers=[liaison])
        send_link_again(visit=asked, by=liaison)
        body = OutgoingEmail.objects.latest("pk").body
        assert "6 October 2026" not in body.split("Please pick")[0]
        assert "7 October 2026" in body

    def test_goes_to_whoever_is_a_contact_now(self, asked, liaison):
        SchoolContact.objects.update(email="new@school.example")
        send_link_again(visit=asked, by=liaison)
        assert OutgoingEmail.objects.latest("pk").to == "new@school.example"


class TestPressedTwice:
    def test_it_is_sent_once(self, asked, liaison):
        assert [send_link_again(visit=asked, by=liaison) for _ in range(2)] == [True, False]
        assert standings() == [Standing.ENDED, Standing.WORKS]
        assert HistoryEntry.objects.filter(kind="visit.link_sent_again").count() == 1

    def test_minutes_later_it_is_sent_again(self, asked, liaison, clock):
        send_link_again(visit=asked, by=liaison)
        clock.shift(timedelta(minutes=6))
        assert send_link_again(visit=asked, by=liaison)

    def test_a_contact_who_was_sent_none_gets_one_at_once(self, asked, liaison):
        send_link_again(visit=asked, by=liaison)
        SchoolContactFactory(school=asked.school, email="second@school.example")
        assert send_link_again(visit=asked, by=liaison)
        assert VisitLink.objects.working().count() == 2


class TestWhatWasNotSent:
    def test_takes_its_place_at_once_and_is_never_sent_itself(self, asked, liaison):
        OutgoingEmail.objects.update(status="queued", sent_at=None)
        send_link_again(visit=asked, by=liaison)
        assert OutgoingEmail.objects.get() == VisitLink.objects.working().get().mail

    def test_may_be_sent_again_at_once_after_it_failed(self, asked, liaison):
        send_link_again(visit=asked, by=liaison)
        OutgoingEmail.objects.update(status="failed", sent_at=None)
        assert send_link_again(visit=asked, by=liaison)

    def test_ends_although_its_address_is_a_contact_no_more(self, asked, liaison):
        OutgoingEmail.objects.update(status="failed", sent_at=None)
        SchoolContact.objects.update(email="new@school.example")
        send_link_again(visit=asked, by=liaison)
        assert not VisitLink.objects.not_sent().exists()

    def test_is_said_with_the_way_out(self, asked, liaison, sign_in):
        OutgoingEmail.objects.update(status="failed", sent_at=None)
        page = " ".join(sign_in(liaison).get(asked.get_absolute_url()).content.decode().split())
        assert "The e-mail to jo@school.example could not be sent. Check the address, then send the" in page
        assert "E-mailed to" not in page
        assert "Send the link again</button>" in page


class TestRefused:
    def test_where_no_time_waits(self, liaison):
        with pytest.raises(MoveNotAllowed):
            send_link_again(visit=a_visit(), by=liaison)

    def test_where_none_can_be_picked_any_more(self, liaison, clock):
        visit = a_visit(VisitStatus.PROPOSED)
        clock.shift(timedelta(days=60))
        with pytest.raises(TimeNotPossible):
            send_link_again(visit=visit, by=liaison)

    def test_where_nobody_could_be_written_to(self, liaison):
        with pytest.raises(NobodyToAsk):
            send_link_again(visit=a_visit(VisitStatus.PROPOSED), by=liaison)


class TestThePage:
    def test_has_the_button_while_a_time_can_be_picked(self, asked, liaison, sign_in, clock):
        client = sign_in(liaison)
        assert "Send the link again" in client.get(asked.get_absolute_url()).content.decode()
        clock.shift(timedelta(days=60))
        client = sign_in(liaison)
        assert "Send the link again" not in client.get(asked.get_absolute_url()).content.decode()

    def test_says_one_thing_of_the_link(self, asked, liaison, sign_in):
        def said() -> str:
            return " ".join(sign_in(liaison).get(asked.get_absolute_url()).content.decode().split())

        assert "Not agreed yet, see the times below" in said()
        assert "; the link works until" in said()
        VisitLink.objects.update(sent_at=F("sent_at") - LONG, expires_at=F("expires_at") - LONG)
        page = said()
        assert "The e-mailed links do not work any more: send the school a new one" in page
        assert "Send a new link" in page
        assert "Send the link again</button>" not in page
        ProposedTime.objects.update(starts_at=F("starts_at") - LONG, ends_at=F("ends_at") - LONG)
        page = said()
        assert "No e-mailed link works now: ask the school by telephone, or propose other times." in page
        assert "Send a new link" not in page

    @pytest.mark.parametrize(
        ("presses", "told"),
        [(1, "e-mailed to Jo Head. The link that they had before"), (2, "Nothing was sent again")],
    )
    def test_says_what_was_done(self, asked, liaison, sign_in, presses, told):
        client = sign_in(liaison)
        for _ in range(presses):
            answer = client.post(reverse("visits:send_link_again", args=[asked.pk]), follow=True)
        assert told in answer.content.decode()

    def test_says_why_not(self, liaison, sign_in):
        visit = a_visit()
        offer(visit, on())
        answer = sign_in(liaison).post(reverse("visits:send_link_again", args=[visit.pk]), follow=True)
        assert "No times wait for an answer any more" in answer.content.decode()
