"""What Home says about visits, to those who go and to the schools."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from pins.home_visits import visit_steps, visits_waiting_for_school
from schools.models import Participation
from tests.factories import ParticipationFactory, SchoolFactory
from tests.factories.visits import VisitFactory, VisitSummaryFactory, at
from visits.addresses import page_of
from visits.enums import VisitStatus
from visits.models import ProposedTime, Visit
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
            ("Answer the other time that the school suggested for visit 2", here, 1, ""),
            ("Write the notes of visit 1", there, 10, ""),
            ("Share the notes of visit 2 with the school", there, 5, ""),
        ]

    def test_many_of_one_kind_are_one_line_that_leads_to_the_planner(self, people):
        for _ in range(3):
            VisitFactory(school=ParticipationFactory(school=SchoolFactory()).school, status=S.HELD)
        (step,) = steps(people.liaison)
        assert (step.verb, step.minutes, step.url) == (
            "Write the notes of 3 visits",
            30,
            "/visits/?group=notes",
        )

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
    with django_assert_num_queries(2):  # memberships, visits
        assert steps(people.liaison)
    with django_assert_num_queries(4):  # memberships, visits, terms, days off
        assert steps(people.head)
