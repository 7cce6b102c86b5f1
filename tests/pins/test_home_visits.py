"""What Home says about visits, to those who go and to the schools."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from core.emails import queue
from core.models import OutgoingEmail
from pins.home import home_of
from pins.home_coming import coming_to_own_schools, coming_visits
from pins.home_visits import visit_steps, visits_waiting_for_school
from schools.models import Participation, School
from tests.factories import ParticipationFactory, SchoolFactory
from tests.factories.visits import VisitFactory, VisitSummaryFactory, at
from tests.pins.dashboard.asking import earlier_year
from visits.addresses import page_of
from visits.enums import LinkPurpose, VisitStatus
from visits.links import make_link
from visits.models import ProposedTime, Visit, VisitLink
from visits.models.sharing import Reply

pytestmark = pytest.mark.django_db
S = VisitStatus
TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(datetime(2026, 11, 25, 10, 30, tzinfo=ZoneInfo("Europe/London")), tick=False):
        yield


def steps(person, school=None):
    person.__dict__.pop("_memberships", None)
    return list(visit_steps(person, TODAY, school))


def told(person, school=None) -> list[tuple[str, str, int | None, str]]:
    return [(step.verb, step.school, step.minutes, step.when) for step in steps(person, school)]


def proposed(school, day: date, *, by_the_school: bool = False) -> Visit:
    visit = VisitFactory(school=school, status=S.PROPOSED, number=2)
    for ahead in (0, 2):
        start = at(day + timedelta(days=ahead))
        ProposedTime.objects.create(
            visit=visit,
            starts_at=start,
            ends_at=start + timedelta(hours=1),
            slot="other",
            by_the_school=by_the_school,
            proposer="Somebody",
        )
    return visit


def shared_notes(school, reply_by: date = date(2026, 12, 4)) -> Visit:
    visit = VisitFactory(school=school, status=S.SHARED, shared_at=at(date(2026, 11, 20)))
    return VisitSummaryFactory(visit=visit, reply_by=reply_by).visit


class TestForum:
    @pytest.mark.parametrize("name", ["admin", "liaison"])
    def test_is_led_to_what_waits_for_them(self, people, name):
        school = people.school
        VisitFactory(school=school, status=S.CONFIRMED)
        proposed(school, date(2026, 12, 1), by_the_school=True)
        VisitFactory(school=people.other_school, status=S.HELD, number=1)
        VisitFactory(school=people.other_school, status=S.NOTES_WRITTEN, number=2)
        here, there = school.name, people.other_school.name
        assert told(getattr(people, name)) == [
            ("Log visit 1: its day is past", here, 2, "was wanted by 5 October 2026"),
            (
                "Answer the other time that the school suggested for visit 2",
                *(here, 1, "suggested 25 November 2026"),
            ),
            ("Write the notes of visit 1", there, 3, "held 5 October 2026"),
            ("Share the notes of visit 2 with the school", there, 5, "held 5 October 2026"),
        ]

    def test_the_number_of_the_school_stands_where_a_date_is_to_be_agreed(self, people, sign_in):
        School.objects.filter(pk=people.school.pk).update(telephone="01632 960001")
        proposed(people.school, date(2026, 12, 1), by_the_school=True)
        VisitFactory(school=people.school, status=S.HELD, number=1)
        assert [step.telephone for step in steps(people.liaison)] == ["01632 960001", ""]
        page = sign_in(people.liaison).get("/home/").content.decode()
        assert page.count('href="tel:01632960001"') == 1

    def test_whom_to_ring_on_the_day_stands_beside_todays_visit(self, people, sign_in):
        School.objects.filter(pk=people.school.pk).update(telephone="01632 960001")
        start = at(TODAY, 14)
        VisitFactory(
            school=people.school, status=S.CONFIRMED, starts_at=start, ends_at=start + timedelta(hours=1)
        )
        assert 'href="tel:01632960001"' in sign_in(people.liaison).get("/home/").content.decode()

    def test_many_of_one_kind_are_one_line_that_leads_to_the_planner(self, people):
        for _ in range(3):
            VisitFactory(school=ParticipationFactory(school=SchoolFactory()).school, status=S.HELD)
        (step,) = steps(people.liaison)
        assert (step.verb, step.minutes, step.when, step.url) == (
            "Write the notes of 3 visits",
            9,
            "the first held 5 October 2026",
            "/visits/?group=notes&worker=nobody&year=all",
        )

    def test_own_visits_stand_first_and_those_of_others_carry_their_name(self, people):
        for number, worker in enumerate(([people.admin], [], [people.admin, people.liaison]), start=1):
            VisitFactory(school=people.school, status=S.HELD, number=number, workers=worker)
        assert [(step.verb[-7:], step.who) for step in steps(people.liaison)] == [
            ("visit 3", ""),
            ("visit 2", "nobody named yet"),
            ("visit 1", "with Admin"),
        ]

    def test_those_of_others_stand_last_on_home_however_late_they_are(self, people):
        VisitFactory(school=people.school, status=S.CONFIRMED, workers=[people.admin])
        VisitFactory(school=people.school, number=2, status=S.HELD, workers=[people.liaison])
        found = home_of(people.liaison, today=TODAY).steps
        assert [step.who for step in found] == ["", "with Admin"]

    def test_how_many_nobody_has_dated_is_said_as_the_planner_counts_them(self, people, sign_in):
        for number in (1, 2):
            VisitFactory(school=people.school, number=number)
        (step,) = steps(people.liaison)
        assert (step.verb, step.minutes, step.when) == ("Find dates for 2 visits", 4, "no date yet")
        (pile,) = sign_in(people.liaison).get(step.url).context["piles"]
        assert (pile[0].value, pile[1]) == ("no_date", 2)
        Visit.objects.get(step=2).delete()
        assert [step.verb for step in steps(people.liaison)] == ["Find a date for a visit"]

    def test_what_waits_for_a_school_or_for_its_day_is_not_there(self, people):
        proposed(people.school, date(2026, 12, 1))
        VisitFactory(school=people.other_school, status=S.CONFIRMED, starts_at=at(date(2026, 12, 2)))
        assert steps(people.liaison) == []

    def test_a_visit_of_a_school_that_withdrew_is_to_be_cancelled(self, people):
        visit = VisitFactory(
            school=people.school,
            status=S.CONFIRMED,
            starts_at=at(date(2026, 12, 3)),
            ends_at=at(date(2026, 12, 3), 10),
        )
        assert steps(people.liaison) == []
        part = Participation.objects.filter(school=people.school)
        part.update(status="withdrawn", withdrawn_on=TODAY, withdrawal_reason="Moved")
        assert [(step.verb, step.url) for step in steps(people.liaison)] == [
            ("Cancel visit 1: the school withdrew", page_of("visits:cancel", visit.pk))
        ]

    def test_it_is_narrowed_to_one_school(self, people):
        VisitFactory(school=people.school, status=S.HELD)
        VisitFactory(school=people.other_school, status=S.HELD)
        assert [step.school_pk for step in steps(people.liaison, people.school)] == [people.school.pk]


class TestComing:
    """On a Wednesday."""

    def confirmed(self, people, day: date, **fields) -> Visit:
        times = {"starts_at": at(day, 14), "ends_at": at(day, 15)}
        return VisitFactory(school=people.school, status=S.CONFIRMED, **times, **fields)

    def told(self, person) -> list[tuple[str, int, str]]:
        return [(one.day, one.visit.step_id, one.who) for one in coming_visits(person)]

    def test_the_next_seven_days_are_today_and_the_six_after_it(self, people):
        for number, day in enumerate((25, 26, 30), start=1):
            self.confirmed(people, date(2026, 11, day), number=number, workers=[people.liaison])
        self.confirmed(people, date(2026, 12, 2), programme_year=earlier_year())
        assert self.told(people.liaison) == [
            ("Today", 1, ""),
            ("Tomorrow", 2, ""),
            ("Monday 30 November 2026", 3, ""),
        ]

    def test_on_a_friday_mondays_visit_is_among_them_here_and_in_the_planner(self, people, sign_in):
        self.confirmed(people, date(2026, 11, 30), workers=[people.liaison])
        with time_machine.travel(at(date(2026, 11, 27), 16), tick=False):
            assert self.told(people.liaison) == [("Monday 30 November 2026", 1, "")]
            (pile,) = sign_in(people.liaison).get("/visits/").context["piles"]
        assert str(pile[0].label) == "The next seven days"

    def test_they_stand_by_day_and_ones_own_first_on_each(self, people):
        self.confirmed(people, date(2026, 11, 26), workers=[people.admin])
        self.confirmed(people, date(2026, 11, 26), number=2, workers=[people.liaison])
        self.confirmed(people, date(2026, 11, 25), number=3)
        assert self.told(people.liaison) == [
            ("Today", 3, "nobody named yet"),
            ("Tomorrow", 2, ""),
            ("Tomorrow", 1, "with Admin"),
        ]

    def test_home_leads_from_todays_to_its_record_and_the_way_there(self, people, sign_in):
        School.objects.filter(pk=people.school.pk).update(postcode="TF13 6AA")
        today = self.confirmed(people, date(2026, 11, 25), place="The library", workers=[people.liaison])
        html = " ".join(sign_in(people.liaison).get("/home/").content.decode().split())
        for shown in (
            "Today</strong> 2pm to 3pm",
            "The library",
            f'href="{page_of("visits:record", today.pk)}"',
            "destination=Wenlock+Brook+Primary+School%2C+Much+Wenlock%2C+TF13+6AA",
        ):
            assert shown in html

    def test_there_is_no_way_to_a_visit_online(self, people):
        self.confirmed(people, date(2026, 11, 25), is_online=True)
        assert [one.directions_url for one in coming_visits(people.liaison)] == [""]

    @pytest.mark.parametrize("name", ["head", "programme", "trainer"])
    def test_they_are_for_those_who_visit_alone(self, people, sign_in, name):
        self.confirmed(people, date(2026, 11, 25))
        assert "Visits in the next" not in sign_in(getattr(people, name)).get("/home/").content.decode()


class TestSchool:
    def test_a_lead_picks_a_time_before_the_first_of_them(self, people):
        visit = proposed(people.school, date(2026, 12, 1))
        (step,) = steps(people.head)
        assert told(people.head) == [
            ("Pick a time for visit 2", people.school.name, 1, "by 30 November 2026")
        ]
        assert step.url == page_of("visits:times", visit.pk)

    def test_a_lead_who_suggested_another_time_is_asked_nothing(self, people):
        visit = proposed(people.school, date(2026, 12, 1))
        time = ProposedTime.objects.filter(visit=visit).first()
        time.pk, time.by_the_school, time.starts_at = None, True, time.starts_at + timedelta(days=2)
        time.ends_at += timedelta(days=2)
        time.save()
        assert steps(people.head) == []

    def test_times_that_have_passed_are_not_asked_about(self, people):
        proposed(people.school, date(2026, 11, 20))
        assert steps(people.head) == []

    def test_a_lead_reads_the_notes_and_replies_by_the_day_that_was_named(self, people):
        shared_notes(people.school, reply_by=date(2026, 12, 2))
        assert told(people.head) == [
            ("Read the notes of visit 1, and reply", people.school.name, 5, "by 2 December 2026")
        ]

    @pytest.mark.parametrize(("last", "asked"), [(TODAY, 1), (TODAY - timedelta(days=1), 0)])
    def test_no_reply_is_asked_for_once_that_day_is_past(self, people, last, asked):
        shared_notes(people.school, reply_by=last)
        assert len(steps(people.head)) == asked

    def test_a_reply_is_asked_for_once(self, people):
        visit = shared_notes(people.school)
        assert len(steps(people.head)) == 1
        Reply.objects.create(visit=visit, verdict=Reply.Verdict.ACCURATE, replier="Head")
        assert steps(people.head) == []

    @pytest.mark.parametrize("name", ["colleague", "governor", "other_head", "programme", "trainer"])
    def test_nobody_else_is_asked(self, people, name):
        proposed(people.school, date(2026, 12, 1))
        shared_notes(people.school)
        assert steps(getattr(people, name)) == []


class TestWhatWaitsForTheSchool:
    @pytest.mark.parametrize(("name", "found"), [("liaison", 1), ("admin", 1), ("programme", 0)])
    def test_whoever_may_read_of_visits_sees_what_the_school_has_to_do(self, people, name, found):
        proposed(people.school, date(2026, 12, 1))
        waits = list(visits_waiting_for_school(getattr(people, name), people.school, TODAY))
        assert [(step.verb, step.minutes) for step in waits] == [("Pick a time for visit 2", 1)] * found


@pytest.mark.parametrize("schools", [1, 3])
def test_the_number_of_queries_is_fixed(people, schools, django_assert_num_queries):
    for _ in range(schools):
        VisitFactory(school=ParticipationFactory(school=SchoolFactory()).school, status=S.HELD)
    proposed(people.school, date(2026, 12, 1))
    with django_assert_num_queries(6):  # memberships, visits, who goes, not sent, replies, without a date
        assert steps(people.liaison)
    with django_assert_num_queries(4):  # memberships, visits, terms, days off
        assert steps(people.head)


class TestNotSent:
    """An e-mail with a link that failed for good is named to whoever visits, while the school can still answer."""

    def failed(self, people, visit: Visit, purpose: LinkPurpose) -> None:
        link, _ = make_link(
            visit=visit, purpose=purpose, email="jo@school.example", expires_at=at(date(2026, 12, 3))
        )
        link.mail = queue(to=link.email, subject="S", body="B", kind="K")
        link.save()
        OutgoingEmail.objects.update(status=OutgoingEmail.Status.FAILED)

    def test_the_line_leads_to_where_it_is_sent_again(self, people):
        visit = shared_notes(people.school)
        self.failed(people, visit, LinkPurpose.READ_THE_SUMMARY)
        (step,) = steps(people.liaison)
        assert (step.verb, step.when, step.minutes, step.url, step.who) == (
            "Send the link to the summary of visit 1 again: the e-mail could not be sent",
            "e-mail of 25 November 2026",
            2,
            page_of("visits:summary", visit.pk),
            "nobody named yet",
        )

    def test_so_does_that_of_times(self, people):
        visit = proposed(people.school, date(2026, 12, 1))
        self.failed(people, visit, LinkPurpose.PICK_A_TIME)
        (step,) = steps(people.liaison)
        assert step.verb == "Send the link to pick a time for visit 2 again: the e-mail could not be sent"

    def test_many_are_one_line(self, people):
        for _ in range(3):
            self.failed(people, shared_notes(SchoolFactory()), LinkPurpose.READ_THE_SUMMARY)
        (step,) = steps(people.liaison)
        assert step.verb == "Send the links of 3 visits again: the e-mails could not be sent"
        assert (step.minutes, step.when) == (6, "the first of 25 November 2026")

    def test_it_is_gone_once_the_school_has_replied(self, people):
        visit = shared_notes(people.school)
        self.failed(people, visit, LinkPurpose.READ_THE_SUMMARY)
        Reply.objects.create(visit=visit, verdict="accurate", replier="Head")
        assert steps(people.liaison) == []

    def test_it_is_gone_once_the_link_ended(self, people):
        self.failed(people, shared_notes(people.school), LinkPurpose.READ_THE_SUMMARY)
        VisitLink.objects.update(ended_at=timezone.now())
        assert steps(people.liaison) == []

    @pytest.mark.parametrize("name", ["head", "programme", "governor"])
    def test_nobody_else_is_told(self, people, name):
        self.failed(people, shared_notes(people.school), LinkPurpose.READ_THE_SUMMARY)
        assert not [step for step in steps(getattr(people, name)) if "could not be sent" in step.verb]


class TestNotAccurate:
    """Notes that a school calls not accurate are read by whoever visits, until the visit is closed."""

    def replied(self, people, verdict="not_accurate") -> Visit:
        visit = VisitFactory(school=people.school, status=S.SHARED, workers=[people.liaison])
        VisitSummaryFactory(visit=visit)
        Reply.objects.create(
            visit=visit, verdict=verdict, comment="Lunch is staggered.", replier="Head", replied_at=at(TODAY)
        )
        return visit

    def test_it_is_a_line_on_home(self, people):
        visit = self.replied(people)
        (step,) = steps(people.liaison)
        assert step.verb == "Read why the notes of visit 1 are not accurate, and close the visit"
        assert (step.url, step.when) == (f"/visits/{visit.pk}/", "replied 25 November 2026")

    def test_and_none_of_those_that_are_accurate(self, people):
        self.replied(people, "accurate")
        assert steps(people.liaison) == []

    def test_nor_once_the_visit_is_closed(self, people):
        self.replied(people)
        Visit.objects.update(status=S.CLOSED, closed_at=timezone.now(), closed_by=people.liaison)
        assert steps(people.liaison) == []


class TestComingToASchool:
    def test_a_lead_sees_every_visit_with_a_date_to_come_and_who_comes(self, people, sign_in):
        for number, day in ((2, date(2027, 1, 12)), (1, date(2026, 11, 26))):
            times = {"starts_at": at(day, 14), "ends_at": at(day, 15)}
            VisitFactory(
                school=people.school, status=S.CONFIRMED, number=number, workers=[people.liaison], **times
            )
        found = [(one.day, one.who) for one in coming_to_own_schools(people.head)]
        assert found == [("Tomorrow", "with Liaison"), ("Tuesday 12 January 2027", "with Liaison")]
        html = sign_in(people.head).get(reverse("home")).content.decode()
        assert "Visits to come" in html
        assert "Open the record" not in html

    def test_nobody_is_named_who_was_switched_off(self, people):
        times = {"starts_at": at(date(2026, 11, 26), 14), "ends_at": at(date(2026, 11, 26), 15)}
        VisitFactory(school=people.school, status=S.CONFIRMED, workers=[people.liaison], **times)
        people.liaison.is_active = False
        people.liaison.save()
        assert [one.who for one in coming_to_own_schools(people.head)] == [""]

    def test_and_nobody_else_does(self, people):
        times = {"starts_at": at(date(2026, 11, 26), 14), "ends_at": at(date(2026, 11, 26), 15)}
        VisitFactory(school=people.school, status=S.CONFIRMED, **times)
        assert coming_to_own_schools(people.other_head) == []
        assert coming_to_own_schools(people.trainer) == []
