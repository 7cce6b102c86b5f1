"""The school picks a time or suggests another: signed in, or by a link."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from core.models import HistoryEntry, OutgoingEmail
from schools.models import Participation, SchoolContact
from tests.factories import MembershipFactory, SchoolContactFactory, UserFactory
from tests.visits.planning import A_TUESDAY, A_WEDNESDAY, LAST_WEEK, TODAY, a_visit, on
from visits.enums import VisitStatus
from visits.links import find_link
from visits.models import ProposedTime, Visit, VisitLink
from visits.services import planning
from visits.services.answering import pick_time, suggest_time
from visits.services.errors import LinkGone, NotASchoolDay, TimeNotPossible

S = VisitStatus
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def liaison():
    return UserFactory(name="Liaison", email="liaison@forum.example", is_liaison=True)


@pytest.fixture
def asked(liaison) -> Visit:
    """A visit of which the school's only contact, Jo Head, was asked for a time."""
    visit = a_visit(workers=[liaison])
    SchoolContactFactory(school=visit.school, name="Jo Head", email="jo@school.example")
    planning.propose_times(visit=visit, times=[on(), on(A_WEDNESDAY)], by=liaison)
    return visit


def mail(kind: str = "Times for a visit") -> str:
    return OutgoingEmail.objects.filter(kind=kind).latest("pk").body


def address_in_mail() -> str:
    return re.search(r"https?://\S+?(/times/\S+)", mail())[1]


def picked(at=None) -> dict[str, str]:
    return {"starts_at": (at or on()).starts_at.isoformat()}


class TestTheMail:
    def test_says_what_is_wanted_how_long_it_takes_and_by_when(self, asked):
        body = mail()
        first, second = "9am to 10am on Tuesday 6 October 2026", "9am to 10am on Wednesday 7 October 2026"
        assert f"- {first} (after drop-off)\n- {second} (after drop-off)\n" in body
        assert "Please pick one by 5 October 2026, or suggest another. It takes about 1 minute" in body
        assert "Hello Jo Head,\n\nPACC would like to meet parent carers" in body

    def test_says_where_and_who_comes_whoever_wrote_it(self, people, liaison):
        visit = a_visit(place="The library", workers=[liaison])
        SchoolContactFactory(school=visit.school)
        planning.propose_times(visit=visit, times=[on()], by=people.admin)
        assert f"Where: The library, {visit.school.name}" in mail()
        assert "\nWho comes: Liaison, PACC\n" in mail()
        assert "Ask Admin" in mail()

    def test_of_one_time_it_asks_whether_it_suits(self, liaison):
        visit = a_visit()
        SchoolContactFactory(school=visit.school)
        planning.propose_times(visit=visit, times=[on()], by=liaison)
        assert "Does this time suit the school?" in mail()

    def test_is_secret(self, asked):
        assert OutgoingEmail.objects.get().is_secret

    def test_asks_by_the_day_on_which_the_link_ends_when_that_comes_first(self, liaison):
        visit = a_visit()
        SchoolContactFactory(school=visit.school)
        planning.propose_times(visit=visit, times=[on(A_TUESDAY + timedelta(days=63))], by=liaison)
        assert "Please accept it by 5 October 2026" in mail()


class TestByLink:
    def test_opening_it_changes_nothing(self, asked, client):
        page = client.get(address_in_mail())
        assert page.status_code == 200
        assert "6 October 2026" in page.content.decode()
        assert (Visit.objects.get().status, VisitLink.objects.get().used_at) == (S.PROPOSED, None)

    def test_it_says_by_when_who_comes_and_where(self, asked, client):
        html = client.get(address_in_mail()).content.decode().replace("\xa0", " ")
        assert "please do by 5 October 2026" in html
        assert "comes: Liaison." in html
        assert f"Where: {asked.school.name}" in html

    def test_by_when_does_not_move_when_the_first_time_is_taken(self, asked, client, liaison):
        a_visit(S.CONFIRMED, on(), workers=[liaison])
        html = client.get(address_in_mail()).content.decode().replace("\xa0", " ")
        assert "9am to 10am on Tuesday 6 October 2026" not in html
        assert "please do by 5 October 2026" in html

    def test_the_button_confirms_the_time(self, asked, client):
        answer = client.post(address_in_mail(), picked(on(A_WEDNESDAY)))
        assert (answer.status_code, answer.url) == (302, address_in_mail())
        visit = Visit.objects.get()
        assert (visit.status, visit.starts_at) == (S.CONFIRMED, on(A_WEDNESDAY).starts_at)
        line = HistoryEntry.objects.latest("pk")
        assert (line.actor_label, line.actor_id) == ("Jo Head (by an e-mailed link)", "")
        assert line.summary == f"Jo Head (by an e-mailed link) picked {on(A_WEDNESDAY)} for {asked}."

    def test_the_school_and_who_goes_are_invited(self, asked, client):
        client.post(address_in_mail(), picked())
        told = set(OutgoingEmail.objects.filter(calendar_method="REQUEST").values_list("to", flat=True))
        assert told == {"jo@school.example", "liaison@forum.example"}

    def test_afterwards_it_says_what_was_picked(self, asked, client):
        client.post(address_in_mail(), picked())
        page = client.get(address_in_mail())
        assert page.status_code == 410
        assert "Thank you: you picked a time" in page.content.decode()
        assert "9am to 10am on Tuesday 6 October 2026" in page.content.decode()

    def test_a_second_press_changes_nothing(self, asked, client):
        client.post(address_in_mail(), picked())
        lines = HistoryEntry.objects.count()
        assert client.post(address_in_mail(), picked(on(A_WEDNESDAY))).status_code == 410
        assert (Visit.objects.get().starts_at, HistoryEntry.objects.count()) == (on().starts_at, lines)

    def test_an_altered_one_is_told_nothing_of_the_school(self, asked, client):
        page = client.get(address_in_mail()[:-3] + "xx/")
        assert page.status_code == 404
        assert str(asked.school) not in page.content.decode()
        assert "This link does not work" in page.content.decode()

    @pytest.mark.parametrize(
        ("meanwhile", "words"),
        [
            (lambda visit, by: planning.take_times_back(visit=visit, by=by), "These times were taken back"),
            (
                lambda visit, by: planning.cancel(visit=visit, reason="x", by=by),
                "No other visit takes its place.",
            ),
            (
                lambda visit, by: planning.cancel(visit=visit, reason="x", by=by, another=True),
                "Another visit takes its place, and PACC finds a date for it with the school.",
            ),
            (
                lambda visit, by: planning.confirm(visit=visit, time=on(hour=13), by=by),
                "A time is agreed already",
            ),
            (
                lambda visit, by: planning.propose_times(visit=visit, times=[on(hour=13)], by=by),
                "A newer link was e-mailed",
            ),
        ],
    )
    def test_one_that_was_ended_says_why(self, asked, client, liaison, meanwhile, words):
        address = address_in_mail()
        meanwhile(asked, liaison)
        for page in (client.get(address), client.post(address, picked())):
            assert page.status_code == 410
            assert words in page.content.decode()
            assert "Whom to ask" in page.content.decode()

    @pytest.mark.parametrize(
        ("meanwhile", "words"),
        [
            (
                lambda visit, by: planning.move_visit(visit=visit, time=on(hour=13), reason="x", by=by),
                "The visit of PACC to {school} is now at 1pm to 2pm on Tuesday 6 October 2026.",
            ),
            (
                lambda visit, by: planning.take_date_back(visit=visit, reason="x", by=by),
                "PACC has taken the date of the visit to {school} back, and finds another with the school.",
            ),
            (
                lambda visit, by: planning.cancel(visit=visit, reason="x", by=by),
                "PACC has cancelled Meeting parent carers at {school}. No other visit takes its place.",
            ),
            (
                lambda visit, by: planning.set_workers(visit=visit, workers=[], by=by),
                "The visit of PACC to {school} is at 9am to 10am on Tuesday 6 October 2026.",
            ),
        ],
    )
    def test_one_that_was_used_says_how_the_visit_stands_now(self, asked, client, liaison, meanwhile, words):
        address = address_in_mail()
        client.post(address, picked())
        meanwhile(Visit.objects.get(), liaison)
        html = client.get(address).content.decode()
        assert words.format(school=asked.school) in html.replace("\n", " ")

    def test_of_another_date_it_thanks_nobody(self, asked, client, liaison):
        address = address_in_mail()
        client.post(address, picked())
        planning.take_date_back(visit=asked, reason="x", by=liaison)
        planning.confirm(visit=asked, time=on(hour=13), by=liaison)
        html = client.get(address).content.decode()
        assert "Thank you" not in html
        assert "is now at 1pm to 2pm on Tuesday 6 October 2026." in html

    def test_at_a_school_that_withdrew_it_offers_nothing(self, asked, client):
        address = address_in_mail()
        Participation.objects.update(status="withdrawn", withdrawn_on=TODAY.date(), withdrawal_reason="x")
        page = client.get(address)
        assert page.status_code == 410
        assert "does not take part in the programme year any more" in page.content.decode()

    def test_it_names_the_date_of_the_visit_that_takes_the_place_of_a_cancelled_one(
        self, asked, client, liaison
    ):
        address = address_in_mail()
        planning.cancel(visit=asked, reason="x", by=liaison, another=True)
        planning.confirm(visit=Visit.objects.live().get(), time=on(hour=13), by=liaison)
        html = client.get(address).content.decode()
        assert "Another visit takes its place, at 1pm to 2pm on Tuesday 6 October 2026." in html

    def test_it_says_that_the_visit_has_taken_place(self, asked, client, liaison):
        address = address_in_mail()
        client.post(address, picked())
        with time_machine.travel(on().ends_at, tick=False):
            planning.log_held(visit=Visit.objects.get(), time=on(), by=liaison)
            assert "This visit has taken place" in client.get(address).content.decode()

    def test_it_lasts_to_the_end_of_the_last_day(self, liaison, client):
        visit = a_visit()
        SchoolContactFactory(school=visit.school)
        planning.propose_times(visit=visit, times=[on(A_TUESDAY + timedelta(days=63))], by=liaison)
        assert "Please accept it by 5 October 2026" in mail()
        for moment, status in (("2026-10-05T22:58:00Z", 200), ("2026-10-05T22:59:00Z", 410)):
            with time_machine.travel(moment, tick=False):
                assert client.get(address_in_mail()).status_code == status

    def test_and_across_the_change_of_the_clocks(self, liaison, client):
        with time_machine.travel("2026-10-10T10:00:00Z", tick=False):
            visit = a_visit()
            SchoolContactFactory(school=visit.school)
            planning.propose_times(visit=visit, times=[on(date(2026, 12, 1))], by=liaison)
        assert "The link works until 11:59pm on 31 October 2026." in mail()
        for moment, status in (("2026-10-31T23:58:00Z", 200), ("2026-10-31T23:59:00Z", 410)):
            with time_machine.travel(moment, tick=False):
                assert client.get(address_in_mail()).status_code == status

    def test_it_runs_out(self, asked, client):
        with time_machine.travel(TODAY + timedelta(days=22), tick=False):
            page = client.get(address_in_mail())
        assert page.status_code == 410
        assert "The time to answer has run out" in page.content.decode()

    def test_every_other_link_of_the_visit_ends(self, liaison, client):
        visit = a_visit()
        for number in (1, 2):
            MembershipFactory(school=visit.school, user=UserFactory(email=f"lead{number}@school.example"))
        planning.propose_times(visit=visit, times=[on()], by=liaison)
        client.post(address_in_mail(), picked())
        assert not VisitLink.objects.working().exists()
        assert VisitLink.objects.filter(ended_at__isnull=False).count() == 1

    def test_no_choice_is_a_fault(self, asked, client):
        page = client.post(address_in_mail(), {})
        assert page.status_code == 422
        assert "Choose one of the times, or suggest another" in page.content.decode()

    def test_a_time_at_which_the_worker_is_taken_meanwhile_is_not_there(self, asked, client, liaison):
        other = a_visit(S.CONFIRMED, on(hour=9, minute=30), workers=[liaison])
        page = client.get(address_in_mail()).content.decode()
        assert "6 October 2026" not in page
        answer = client.post(address_in_mail(), picked())
        assert answer.status_code == 422
        assert str(other.school) not in answer.content.decode()

    def test_nor_is_one_that_has_come(self, asked, client):
        with time_machine.travel(on().starts_at - timedelta(minutes=1), tick=False):
            VisitLink.objects.update(expires_at=on(A_WEDNESDAY).starts_at)
            assert "6 October 2026" in client.get(address_in_mail()).content.decode()
        with time_machine.travel(on().starts_at, tick=False):
            page = client.get(address_in_mail()).content.decode()
        assert "Tuesday 6 October 2026" not in page
        assert "Wednesday 7 October 2026" in page


class TestSuggesting:
    typed = {
        "suggest": "1",
        "day-day": "8",
        "day-month": "10",
        "day-year": "2026",
        "slot": "before_pick_up",
        "note": "The hall is free then.",
    }

    def test_puts_the_time_forward_for_the_school(self, asked, client, liaison):
        assert client.post(address_in_mail(), self.typed).status_code == 302
        suggested = ProposedTime.objects.get(by_the_school=True)
        assert suggested.starts_at == on(A_TUESDAY.replace(day=8), 14, 15).starts_at
        assert (suggested.note, suggested.proposer) == (
            "The hall is free then.",
            "Jo Head (by an e-mailed link)",
        )
        assert "The hall is free then." in mail("Another time for a visit")

    def test_says_that_it_came(self, asked, client):
        client.post(address_in_mail(), self.typed)
        page = client.get(address_in_mail()).content.decode()
        assert "Your suggestion is with PACC" in page
        assert "2:15pm to 3:15pm on Thursday 8 October 2026" in page

    @pytest.mark.parametrize(
        ("more", "told"),
        [
            ({"day-day": "10"}, "On 10 October 2026 schools are closed: it is a weekend."),
            ({"slot": "other", "clock": "03:00"}, "3am to 4am is early or late for a school."),
        ],
    )
    def test_an_odd_time_is_asked_about_once_and_said_to_who_goes(
        self, asked, client, sign_in, liaison, more, told
    ):
        answer = client.post(address_in_mail(), {**self.typed, **more})
        assert (answer.status_code, told in answer.content.decode()) == (422, True)
        assert not ProposedTime.objects.filter(by_the_school=True).exists()
        client.post(address_in_mail(), {**self.typed, **more, "is_meant": "on"})
        assert f"Please look twice: {told}" in mail("Another time for a visit")
        assert told in sign_in(liaison).get(Visit.objects.get().get_absolute_url()).content.decode()

    def test_leaves_the_proposed_times_to_pick(self, asked, client):
        client.post(address_in_mail(), self.typed)
        client.post(address_in_mail(), picked())
        assert Visit.objects.get().status == S.CONFIRMED

    def test_twice_the_same_is_once(self, asked, client):
        for _ in range(2):
            client.post(address_in_mail(), self.typed)
        assert ProposedTime.objects.filter(by_the_school=True).count() == 1
        assert HistoryEntry.objects.filter(kind="visit.time_suggested").count() == 1

    def test_another_replaces_the_former(self, asked, client):
        client.post(address_in_mail(), self.typed)
        client.post(address_in_mail(), {**self.typed, "day-day": "9"})
        assert (
            ProposedTime.objects.get(by_the_school=True).starts_at
            == on(A_TUESDAY.replace(day=9), 14, 15).starts_at
        )

    @pytest.mark.parametrize(
        ("time", "words"),
        [(on(LAST_WEEK), "is past"), (on(A_TUESDAY.replace(year=2027)), "outside the programme year")],
    )
    def test_a_time_that_cannot_be_is_refused(self, asked, time, words):
        with pytest.raises(TimeNotPossible, match=words):
            suggest_time(visit=asked, time=time, note="", by=UserFactory())

    @pytest.mark.parametrize("time", [on(date(2026, 10, 10)), on(hour=3)])
    def test_an_odd_time_is_taken_only_when_it_is_meant(self, asked, time):
        with pytest.raises(NotASchoolDay):
            suggest_time(visit=asked, time=time, note="", by=UserFactory())
        assert suggest_time(visit=asked, time=time, note="", by=UserFactory(), is_meant=True)

    def test_there_is_an_end_to_it(self, asked, client):
        for minute in range(10):
            client.post(address_in_mail(), {**self.typed, "clock": f"14:{minute + 10}"})
        answer = client.post(address_in_mail(), {**self.typed, "clock": "14:40"})
        assert answer.status_code == 422
        assert "Please ring or write instead." in answer.content.decode()
        assert HistoryEntry.objects.filter(kind="visit.time_suggested").count() == 10

    def test_what_was_typed_comes_back(self, asked, client):
        page = client.post(address_in_mail(), {**self.typed, "slot": "other"})
        assert page.status_code == 422
        assert "The hall is free then." in page.content.decode()
        assert "Enter the start" in page.content.decode()


class TestSignedIn:
    def test_a_lead_picks_a_time(self, asked, sign_in):
        lead = MembershipFactory(school=asked.school).user
        answer = sign_in(lead).post(reverse("visits:times", args=[asked.pk]), picked())
        assert (answer.status_code, answer.url) == (302, asked.get_absolute_url())
        assert Visit.objects.get().status == S.CONFIRMED
        assert HistoryEntry.objects.latest("pk").actor_id == str(lead.pk)
        assert not VisitLink.objects.working().exists()

    def test_a_second_press_leads_to_how_it_stands(self, asked, sign_in):
        client = sign_in(MembershipFactory(school=asked.school).user)
        for _ in range(2):
            answer = client.post(reverse("visits:times", args=[asked.pk]), picked())
        assert answer.url == asked.get_absolute_url()
        assert HistoryEntry.objects.filter(kind="visit.time_picked").count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_ends_with_the_part_that_its_holder_had_at_the_school(asked, client, method):
    SchoolContact.objects.all().delete()
    page = getattr(client, method)(address_in_mail(), picked())
    assert page.status_code == 410
    assert "is not among those who answer for" in page.content.decode()
    assert Visit.objects.get().status == S.PROPOSED


def test_so_does_one_of_an_account_that_was_switched_off(asked, client):
    UserFactory(email="jo@school.example", is_active=False)
    page = client.get(address_in_mail())
    assert page.status_code == 410
    assert "is not among those who answer for" in page.content.decode()


def test_so_does_one_that_is_used_at_the_same_moment(asked):
    link = find_link(address_in_mail().split("/")[2], "pick_a_time")
    SchoolContact.objects.all().delete()
    with pytest.raises(LinkGone):
        pick_time(visit=asked, starts_at=on().starts_at, by=link)


def test_a_lead_who_is_no_contact_picks_by_a_link(liaison, client):
    visit = a_visit()
    MembershipFactory(school=visit.school, user=UserFactory(email="lead@school.example"))
    planning.propose_times(visit=visit, times=[on()], by=liaison)
    assert client.get(address_in_mail()).status_code == 200


def test_a_colleagues_suggestion_is_not_shown_as_ones_own(asked, client):
    SchoolContactFactory(school=asked.school, name="Jo Headley", email="headley@school.example")
    time = on(A_WEDNESDAY, 13)
    ProposedTime.objects.create(
        visit=asked,
        starts_at=time.starts_at,
        ends_at=time.ends_at,
        slot=time.slot,
        by_the_school=True,
        proposer="Jo Headley (by an e-mailed link)",
        proposer_email="headley@school.example",
    )
    assert client.get(address_in_mail()).context["suggested"] == ""


def test_two_contacts_of_one_name_keep_a_suggestion_each(asked, liaison, sign_in):
    SchoolContactFactory(school=asked.school, name="Jo Head", email="another.jo@school.example")
    planning.propose_times(visit=asked, times=[on(hour=11)], by=liaison)
    links = VisitLink.objects.working().order_by("email")
    for hour, link in enumerate(links, start=13):
        suggest_time(visit=asked, time=on(A_WEDNESDAY, hour), note="", by=link)
    suggested = ProposedTime.objects.filter(by_the_school=True)
    emails = ["another.jo@school.example", "jo@school.example"]
    assert [one.proposer_email for one in suggested] == emails
    html = sign_in(liaison).get(asked.get_absolute_url()).content.decode()
    assert all(f"suggested by Jo Head (by an e-mailed link), {email}" in html for email in emails)


def test_who_signs_in_after_a_link_replaces_their_own_suggestion(asked):
    lead = UserFactory(name="J. Head", email="jo@school.example")
    MembershipFactory(school=asked.school, user=lead)
    suggest_time(visit=asked, time=on(A_WEDNESDAY, 13), note="", by=VisitLink.objects.get())
    suggest_time(visit=asked, time=on(A_WEDNESDAY, 14), note="", by=lead)
    assert ProposedTime.objects.get(by_the_school=True).starts_at == on(A_WEDNESDAY, 14).starts_at


def test_a_link_that_has_ended_meanwhile_does_nothing(asked, liaison):
    token = address_in_mail().split("/")[2]
    link = find_link(token, "pick_a_time")
    VisitLink.objects.update(ended_at=TODAY)
    with pytest.raises(LinkGone):
        pick_time(visit=asked, starts_at=on().starts_at, by=link)
    assert Visit.objects.get().status == S.PROPOSED


def test_a_link_of_another_visit_does_nothing(asked):
    other = a_visit(S.PROPOSED)
    with pytest.raises(LinkGone):
        pick_time(visit=other, starts_at=on().starts_at, by=VisitLink.objects.get())


def test_the_page_is_drawn_from_one_reading_of_the_times(asked, client):
    """They can be taken back while it is drawn: before any further reading of them."""
    path, read = address_in_mail(), []

    def taking_back(execute, sql, params, many, context):
        if 'FROM "visits_proposedtime"' in sql and sql.startswith("SELECT"):
            read.append(sql)
            if len(read) == 2:
                ProposedTime.objects.all().delete()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(taking_back):
        page = client.get(path)
    assert page.status_code == 200
    assert "please do by 5 October 2026" in page.content.decode().replace("\xa0", " ")
    assert ProposedTime.objects.count() == 0
