"""People are reminded of a visit a week and a day before, once each, and of none that does not take place so."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import OperationalError, connection
from django.utils import timezone

from core import jobs
from core.models import OutgoingEmail
from schools.models import Participation
from tests.factories.visits import VisitFactory, at
from visits.enums import VisitStatus
from visits.models import Visit, VisitReminder
from visits.reminding import drop_reminders, plan_reminders, remind

pytestmark = pytest.mark.django_db
S, Kind = VisitStatus, VisitReminder.Kind
NINE = at(date(2026, 10, 26))
"""The Monday after the clocks went back: the reminder of a week before is in summer time."""


@pytest.fixture
def clock():
    """Stands still until it is moved; a month before the visit at first."""
    with time_machine.travel(datetime(2026, 9, 26, 12, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def visit(people, clock) -> Visit:
    part = Participation.objects.get(school=people.school)
    return VisitFactory(
        school=people.school,
        programme_year=part.programme_year,
        status=S.CONFIRMED,
        starts_at=NINE,
        workers=[people.liaison],
    )


@pytest.fixture
def planned(visit) -> Visit:
    plan_reminders(visit)
    return visit


def waiting() -> dict[str, datetime]:
    return {one.kind: one.not_before for one in VisitReminder.objects.all()}


def mails() -> int:
    return OutgoingEmail.objects.count()


def reminder(kind: str) -> VisitReminder:
    return VisitReminder.objects.get(kind=kind)


class TestPlanning:
    def test_a_week_and_a_day_before_at_the_same_time_on_the_clock(self, planned):
        assert waiting() == {Kind.WEEK: at(date(2026, 10, 19)), Kind.DAY: at(date(2026, 10, 25))}
        assert NINE - reminder(Kind.WEEK).not_before.astimezone(NINE.tzinfo) == timedelta(days=7)
        assert NINE.astimezone(UTC) - reminder(Kind.WEEK).not_before == timedelta(days=7, hours=1)

    def test_twice_is_once(self, planned):
        plan_reminders(planned)
        assert set(waiting()) == {Kind.WEEK, Kind.DAY}

    @pytest.mark.parametrize(
        ("ahead", "kinds"),
        [
            (timedelta(days=8), {"week", "day"}),
            (timedelta(days=7), {"day"}),
            (timedelta(days=3), {"day"}),
            (timedelta(hours=23), set()),
            (timedelta(hours=-1), set()),
        ],
    )
    def test_what_would_have_been_due_already_is_left_out(self, visit, clock, ahead, kinds):
        clock.move_to(NINE - ahead)
        plan_reminders(visit)
        assert set(waiting()) == kinds

    def test_moving_it_takes_the_place_of_what_waited(self, planned):
        planned.starts_at = at(date(2026, 11, 9), 14)
        plan_reminders(planned)
        assert waiting() == {Kind.WEEK: at(date(2026, 11, 2), 14), Kind.DAY: at(date(2026, 11, 8), 14)}

    def test_moving_it_away_and_back_reminds_of_no_time_twice(self, planned, clock):
        clock.move_to(at(date(2026, 10, 20)))
        remind(reminder(Kind.WEEK).pk)
        planned.starts_at = at(date(2026, 11, 9))
        plan_reminders(planned)
        planned.starts_at = NINE
        plan_reminders(planned)
        assert [(one.kind, one.status) for one in VisitReminder.objects.all()] == [
            ("week", "sent"),
            ("day", "queued"),
        ]

    def test_calling_it_off_drops_them(self, planned):
        drop_reminders(planned)
        assert waiting() == {}

    def test_only_its_own(self, planned, people):
        plan_reminders(VisitFactory(school=people.other_school, status=S.CONFIRMED, starts_at=NINE))
        drop_reminders(planned)
        assert VisitReminder.objects.count() == 2

    def test_without_a_date_there_is_none(self, people):
        plan_reminders(VisitFactory(school=people.school))
        assert waiting() == {}


class TestReminding:
    def test_when_it_is_due_the_sweep_sends_it_to_everybody_concerned(self, planned, people, clock):
        clock.move_to(at(date(2026, 10, 19), 9, 1))
        jobs.sweep()
        assert {email.to for email in OutgoingEmail.objects.all()} == {
            people.liaison.email,
            people.head.email,
        }
        assert (reminder(Kind.WEEK).status, reminder(Kind.DAY).status) == ("sent", "queued")

    def test_it_says_when_and_where_and_brings_no_second_invitation(self, planned, clock, people):
        clock.move_to(at(date(2026, 10, 25), 9, 1))
        remind(reminder(Kind.DAY).pk)
        mail = OutgoingEmail.objects.get(to=people.head.email)
        assert (
            mail.subject == "Reminder: visit to Wenlock Brook Primary School at 9am on Monday 26 October 2026"
        )
        assert "When: 9am to 10am on Monday 26 October 2026" in mail.body
        assert (mail.calendar, mail.kind) == ("", "Visit")

    def test_not_before_its_time(self, planned):
        jobs.sweep()
        remind(reminder(Kind.WEEK).pk)
        assert (mails(), reminder(Kind.WEEK).status) == (0, "queued")

    def test_run_twice_it_is_one_mail_each(self, planned, clock):
        clock.move_to(at(date(2026, 10, 25), 9, 1))
        pk = reminder(Kind.DAY).pk
        remind(pk)
        once = mails()
        remind(pk)
        jobs.sweep()
        assert mails() == once == 2

    def test_while_one_worker_has_it_another_leaves_it(self, planned, clock):
        clock.move_to(at(date(2026, 10, 25), 9, 1))
        VisitReminder.objects.claim(reminder(Kind.DAY).pk)
        remind(reminder(Kind.DAY).pk)
        assert mails() == 0

    def test_a_worker_that_died_is_followed_by_another(self, planned, clock, settings):
        clock.move_to(at(date(2026, 10, 25), 9, 1))
        VisitReminder.objects.claim(reminder(Kind.DAY).pk)
        clock.shift(timedelta(seconds=settings.JOB_LEASE_SECONDS + 1))
        remind(reminder(Kind.DAY).pk)
        assert (mails(), reminder(Kind.DAY).status) == (2, "sent")

    def test_one_that_is_gone_does_no_harm(self):
        remind(0)
        assert mails() == 0

    @pytest.mark.parametrize(
        "changes",
        [
            {"status": "to_schedule", "starts_at": None, "ends_at": None},
            {"starts_at": NINE + timedelta(hours=1), "ends_at": NINE + timedelta(hours=2)},
        ],
        ids=["date_taken_back", "moved"],
    )
    def test_a_visit_that_does_not_stand_so_any_more_is_not_reminded_of(self, planned, clock, changes):
        Visit.objects.filter(pk=planned.pk).update(**changes)
        clock.move_to(at(date(2026, 10, 25), 9, 1))
        remind(reminder(Kind.DAY).pk)
        assert (mails(), VisitReminder.objects.filter(kind=Kind.DAY).exists()) == (0, False)

    def test_nor_one_at_a_school_that_withdrew(self, planned, clock, people):
        part = Participation.objects.filter(school=people.school)
        part.update(status="withdrawn", withdrawn_on=date(2026, 10, 1), withdrawal_reason="Staff")
        clock.move_to(at(date(2026, 10, 25), 9, 1))
        remind(reminder(Kind.DAY).pk)
        assert mails() == 0

    def test_nor_one_that_has_begun(self, planned, clock):
        clock.move_to(NINE)
        jobs.sweep()
        assert (mails(), waiting()) == (0, {})

    def test_after_days_without_a_worker_the_one_of_a_day_before_is_enough(self, planned, clock):
        clock.move_to(NINE - timedelta(hours=3))
        jobs.sweep()
        assert mails() == 2
        assert [(one.kind, one.status) for one in VisitReminder.objects.all()] == [("day", "sent")]

    def test_the_mail_is_queued_with_the_note_that_it_was_or_not_at_all(self, planned, clock):
        def second_mail_fails(execute, sql, params, many, context):
            if 'INSERT INTO "core_outgoingemail"' in sql and mails():
                raise OperationalError
            return execute(sql, params, many, context)

        clock.move_to(at(date(2026, 10, 25), 9, 1))
        with connection.execute_wrapper(second_mail_fails), pytest.raises(OperationalError):
            remind(reminder(Kind.DAY).pk)
        assert (mails(), reminder(Kind.DAY).status) == (0, "sending")
        assert reminder(Kind.DAY).lease_until > timezone.now()
