"""What goes into calendars when a visit is confirmed, changed or called off, and to whom."""

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import time_machine
import vobject

from accounts.permissions import Role
from core.models import OutgoingEmail, ProgrammeSettings
from schools.models import Membership, SchoolContact
from tests.factories import MembershipFactory, SchoolContactFactory, UserFactory
from tests.factories.visits import AttendanceFactory, ThemeFactory, VisitFactory, VisitNotesFactory, at
from visits import emails
from visits.calendar import event_of, when, where
from visits.enums import AFTER_IT, VisitStatus
from visits.services.answering import LinkHolder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_september")]
S = VisitStatus


@pytest.fixture
def in_september():
    with time_machine.travel(datetime(2026, 9, 1, 12, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def visit(people):
    """A confirmed visit of the liaison to the school, at 9am on 5 October 2026."""
    made = VisitFactory(school=people.school, status=S.CONFIRMED, place="The hall", workers=[people.liaison])
    made.school.postcode = "TF13 6AA"
    made.school.save()
    return made


def sent() -> list[OutgoingEmail]:
    return list(OutgoingEmail.objects.order_by("pk"))


def read(email: OutgoingEmail) -> icalendar.Event:
    """The event of the mail's calendar file, once both libraries read the same of it."""
    calendar = icalendar.Calendar.from_ical(email.calendar)
    (one,) = calendar.walk("VEVENT")
    whole = vobject.readOne(email.calendar)
    two = whole.vevent
    assert calendar["METHOD"] == whole.method.value == email.calendar_method
    assert (one["UID"], str(one["SEQUENCE"])) == (two.uid.value, two.sequence.value)
    assert (one.start, one.end) == (two.dtstart.value, two.dtend.value)
    return one


class TestWhoIsWrittenTo:
    def test_no_contact_left_over_from_the_demonstration(self, visit, people):
        Membership.objects.filter(user=people.head).delete()
        SchoolContactFactory(school=people.school, email="jo@pins.example")
        emails.invited(visit, by=people.liaison)
        assert [email.to for email in sent()] == [people.liaison.email]

    def test_the_workers_and_the_leads_of_the_school(self, visit, people):
        MembershipFactory(
            school=people.school, role=Role.SCHOOL_LEAD, user=UserFactory(email="second@school.example")
        )
        emails.invited(visit, by=people.liaison)
        assert {email.to for email in sent()} == {
            people.liaison.email,
            people.head.email,
            "second@school.example",
        }

    def test_everybody_stands_in_the_invitation_by_name(self, visit, people):
        emails.invited(visit, by=people.liaison)
        attendees = read(sent()[0])["ATTENDEE"]
        assert {(one.params["CN"], str(one)) for one in attendees} == {
            ("Liaison", "mailto:liaison@school.example"),
            ("Head", "mailto:head@school.example"),
        }

    def test_where_nobody_leads_the_contacts_once_each(self, visit, people):
        Membership.objects.filter(user=people.head).update(ended_at=datetime(2026, 8, 1, tzinfo=UTC))
        for role in (SchoolContact.Role.HEAD_TEACHER, SchoolContact.Role.SENCO):
            SchoolContactFactory(school=people.school, role=role, name="Jo", email="jo@school.example")
        emails.invited(visit, by=people.liaison)
        assert sorted(email.to for email in sent()) == ["jo@school.example", people.liaison.email]

    @pytest.mark.parametrize("who", ["liaison", "head"])
    def test_nobody_who_is_switched_off(self, visit, people, who):
        gone = getattr(people, who)
        gone.is_active = False
        gone.save()
        emails.invited(visit, by=people.admin)
        assert gone.email not in {email.to for email in sent()}

    def test_a_worker_who_leads_the_school_gets_one(self, visit, people):
        visit.workers.add(people.head)
        emails.invited(visit, by=people.liaison)
        assert sorted(email.to for email in sent()) == [people.head.email, people.liaison.email]

    def test_nobody_at_another_school(self, visit, people):
        emails.invited(visit, by=people.liaison)
        assert people.other_head.email not in {email.to for email in sent()}

    def test_a_visit_that_concerns_nobody_is_confirmed_all_the_same(self, visit, people):
        visit.workers.clear()
        Membership.objects.all().delete()
        emails.invited(visit, by=people.admin)
        assert sent() == []


class TestInviting:
    def test_it_says_what_when_where_and_how_long_it_takes(self, visit, people):
        emails.invited(visit, by=people.liaison)
        mail = next(email for email in sent() if email.to == people.head.email)
        assert mail.subject == "Visit to Wenlock Brook Primary School at 9am on Monday 5 October 2026"
        assert (
            "Hello Head,\n\nLiaison has confirmed a PINS visit to Wenlock Brook Primary School:" in mail.body
        )
        assert (
            "What: Meeting parent carers (visit 1 of the year)\n"
            "When: 9am to 10am on Monday 5 October 2026\n"
            "Where: The hall, Wenlock Brook Primary School, Much Wenlock, TF13 6AA\n"
            "Who comes: Liaison (liaison@school.example), PACC\n"
        ) in mail.body
        assert "less than 1 minute" in mail.body
        assert f"for whoever signs in: http://127.0.0.1:8000/visits/{visit.pk}/\n" in mail.body
        assert "about 2 minutes: http://127.0.0.1:8000/calendars/\n" in mail.body
        assert (mail.kind, mail.is_secret, mail.calendar_method) == ("Visit", False, "REQUEST")

    def test_the_invitation_says_the_same(self, visit, people):
        emails.invited(visit, by=people.liaison)
        event = read(sent()[0])
        assert event["SUMMARY"] == "PINS: Meeting parent carers, Wenlock Brook Primary School"
        assert event["LOCATION"] == "The hall, Wenlock Brook Primary School, Much Wenlock, TF13 6AA"
        assert (event.start, event.end) == (at(date(2026, 10, 5)), at(date(2026, 10, 5), 10))
        assert str(event["UID"]) == str(visit.calendar_uid)
        assert event["URL"] == f"http://127.0.0.1:8000/visits/{visit.pk}/"
        assert event["ORGANIZER"] == f"mailto:{ProgrammeSettings.load().contact_email}"

    def test_names_in_mail_are_no_markup_and_no_entities(self, visit, people):
        people.school.name = "St Mary’s & <b>All</b>"
        people.school.save()
        visit.school.refresh_from_db()
        emails.invited(visit, by=people.liaison)
        assert "PINS visit to St Mary’s & <b>All</b>:" in sent()[0].body

    @pytest.mark.parametrize(
        ("day", "words"),
        [
            ("2026-10-03T12:00:00Z", "please say so by the day before."),
            ("2026-10-04T12:00:00Z", "please say so at once."),
            ("2026-10-05T06:00:00Z", "please say so at once."),
        ],
    )
    def test_by_when_to_say_that_the_time_does_not_suit(self, visit, people, day, words):
        with time_machine.travel(day, tick=False):
            emails.invited(visit, by=people.liaison)
        assert words in sent()[0].body

    def test_whoever_confirmed_it_reads_that_they_did(self, visit, people):
        emails.invited(visit, by=LinkHolder(people.head.name, people.head.email))
        bodies = {email.to: email.body for email in sent()}
        assert "You have confirmed a PINS visit" in bodies[people.head.email]
        assert "Head (by an e-mailed link) has confirmed a PINS visit" in bodies[people.liaison.email]

    def test_by_whoever_picked_a_time_without_an_account(self, visit):
        emails.invited(visit, by="The school office")
        assert "The school office has confirmed" in sent()[0].body


class TestSequence:
    def test_each_that_goes_out_has_the_same_uid_and_a_higher_number(self, visit, people):
        emails.invited(visit, by=people.liaison)
        before = visit.starts_at
        visit.starts_at, visit.ends_at = at(date(2026, 10, 26)), at(date(2026, 10, 26), 10)
        visit.save()
        emails.moved(visit, before=before, reason="The hall is let.", by=people.liaison)
        emails.called_off(visit, reason="Flu.", by=people.liaison)
        emails.invited(visit, by=people.liaison)
        events = [read(email) for email in sent() if email.to == people.head.email]
        assert [int(event["SEQUENCE"]) for event in events] == [1, 2, 3, 4]
        assert {str(event["UID"]) for event in events} == {str(visit.calendar_uid)}
        visit.refresh_from_db()
        assert visit.calendar_sequence == 4

    def test_across_the_clock_change_it_stays_nine_in_the_morning(self, visit, people):
        before = visit.starts_at
        visit.starts_at, visit.ends_at = at(date(2026, 10, 26)), at(date(2026, 10, 26), 10)
        visit.save()
        emails.moved(visit, before=before, reason="", by=people.liaison)
        event = read(sent()[0])
        assert before.astimezone(UTC).hour == 8
        assert (event.start.hour, event.start.astimezone(UTC).hour) == (9, 9)


class TestChanging:
    def test_moving_says_what_was_and_why(self, visit, people):
        before = visit.starts_at
        visit.starts_at, visit.ends_at = at(date(2026, 10, 6), 14), at(date(2026, 10, 6), 15)
        visit.save()
        emails.moved(visit, before=before, reason="The hall is let.", by=people.liaison)
        mail = sent()[0]
        assert "which was to be at 9am on 5 October 2026. Now it is:" in mail.body
        assert "When: 2pm to 3pm on Tuesday 6 October 2026" in mail.body
        assert "Why: The hall is let." in mail.body
        assert mail.subject.endswith("now at 2pm on Tuesday 6 October 2026")

    def test_another_place_at_the_same_time_names_no_earlier_time(self, visit, people):
        emails.moved(visit, before=visit.starts_at, reason="", by=people.liaison)
        assert "which was to be" not in sent()[0].body
        assert (
            sent()[0].subject
            == "Changed: visit to Wenlock Brook Primary School at 9am on Monday 5 October 2026"
        )
        assert "Why:" not in sent()[0].body

    def test_calling_off_takes_it_out_of_calendars_and_says_why(self, visit, people):
        emails.called_off(visit, reason="Flu at the school.", by=people.head)
        mail = next(email for email in sent() if email.to == people.liaison.email)
        assert mail.subject == "Called off: visit to Wenlock Brook Primary School on Monday 5 October 2026"
        assert "Head has called it off" in mail.body
        assert "Why: Flu at the school." in mail.body
        assert (mail.calendar_method, read(mail)["STATUS"]) == ("CANCEL", "CANCELLED")

    @pytest.mark.parametrize(
        ("then", "words"),
        [
            (emails.Then.ANOTHER, "What comes next: PACC will find another date with the school."),
            (emails.Then.NO_OTHER, "What comes next: no other visit takes its place."),
        ],
    )
    def test_calling_off_says_whether_another_date_comes(self, visit, people, then, words):
        emails.called_off(visit, reason="Flu.", by=people.head, then=then)
        assert words in sent()[0].body

    def test_and_nothing_of_it_where_the_visit_was_held_already(self, visit, people):
        emails.called_off(visit, reason="It was held already.", by=people.head)
        assert "What comes next" not in sent()[0].body

    def test_what_had_no_date_is_called_off_in_silence(self, people):
        emails.called_off(VisitFactory(school=people.school), reason="Why", by=people.liaison)
        assert sent() == []

    def test_a_worker_who_goes_no_more_is_told_and_the_others_see_who_comes(self, visit, people):
        new = UserFactory(name="New Worker", email="new@forum.example", is_liaison=True)
        visit.workers.set([new])
        emails.workers_changed(visit, gone=[people.liaison], by=people.admin)
        methods = {email.to: email.calendar_method for email in sent()}
        assert methods == {
            people.head.email: "REQUEST",
            new.email: "REQUEST",
            people.liaison.email: "CANCEL",
        }
        told = next(email for email in sent() if email.to == people.liaison.email)
        assert "You no longer go" in told.body
        assert [str(one) for one in [read(told)["ATTENDEE"]]] == [f"mailto:{people.liaison.email}"]
        assert "Who comes: New Worker (new@forum.example), PACC" in sent()[0].body

    def test_one_who_comes_as_the_schools_lead_anyway_is_not_told_to_stay_away(self, visit, people):
        emails.workers_changed(visit, gone=[people.head], by=people.admin)
        assert {email.calendar_method for email in sent()} == {"REQUEST"}

    @pytest.mark.parametrize("write", ["invited", "moved", "called_off", "workers_changed"])
    def test_nothing_is_written_about_what_is_past(self, visit, people, write):
        more = {
            "invited": {},
            "moved": {"before": visit.starts_at, "reason": "Why"},
            "called_off": {"reason": "Why"},
            "workers_changed": {"gone": [people.liaison]},
        }
        with time_machine.travel(visit.ends_at + timedelta(minutes=1), tick=False):
            getattr(emails, write)(visit, by=people.liaison, **more[write])
        assert sent() == []
        visit.refresh_from_db()
        assert visit.calendar_sequence == 0


class TestWhatAnEventHolds:
    def test_nothing_of_what_was_said_who_came_or_how_many(self, people):
        visit = VisitFactory(school=people.school, status=S.SHARED)
        before = event_of(visit, ProgrammeSettings.load())
        AttendanceFactory(visit=visit, parent_carers=37)
        VisitNotesFactory(visit=visit, told_leaders="The gate was praised.")
        ThemeFactory(visit=visit, text="The dining hall is loud.")
        visit.refresh_from_db()
        assert event_of(visit, ProgrammeSettings.load()) == before

    @pytest.mark.parametrize("status", [S.CONFIRMED, *AFTER_IT])
    def test_one_that_stands_or_stood_is_not_cancelled(self, people, status):
        assert not event_of(
            VisitFactory(school=people.school, status=status), ProgrammeSettings.load()
        ).is_cancelled

    def test_one_without_a_date_is_in_no_calendar(self, people):
        with pytest.raises(ValueError, match="without a date"):
            event_of(VisitFactory(school=people.school), ProgrammeSettings.load())

    @pytest.mark.parametrize(
        ("is_online", "place", "words"),
        [
            (True, "https://meet.example/1", "Online: https://meet.example/1"),
            (True, "", "Online"),
            (False, "", "Wenlock Brook Primary School, Much Wenlock"),
            (False, "Room 4", "Room 4, Wenlock Brook Primary School, Much Wenlock"),
        ],
    )
    def test_where(self, people, is_online, place, words):
        visit = VisitFactory(school=people.school, status=S.CONFIRMED, is_online=is_online, place=place)
        assert where(visit) == words

    def test_when(self):
        assert when(at(date(2027, 3, 3), 8, 45), at(date(2027, 3, 3), 12)) == (
            "8:45am to midday on Wednesday 3 March 2027"
        )
