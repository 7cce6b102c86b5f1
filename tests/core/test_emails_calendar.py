"""Mail that brings a calendar file, as mail programs look for it."""

import email
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP

import icalendar
import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core import emails
from core.calendar_files import Event, Person, cancel, request
from core.models import OutgoingEmail

pytestmark = pytest.mark.django_db
NINE = datetime(2027, 3, 3, 9, tzinfo=UTC)
EVENT = Event(
    uid="visit-1@pins.example",
    sequence=0,
    starts_at=NINE,
    ends_at=NINE + timedelta(hours=1),
    last_modified=NINE,
    summary="Meeting parent carers – " + "Ysgol Gymraeg y Tŷ Gwyn " * 5,
    organizer=Person("PACC", "pins@pacc.example"),
    attendees=(Person("Jo O’Brien", "a@pins.example"),),
    description="Bring nothing.\nIt takes an hour.",
)
INVITATION, CANCELLATION = request(EVENT), cancel(EVENT)
OUTBOX = reverse("outbox")


def queue(**fields) -> OutgoingEmail:
    given = {"to": "a@pins.example", "subject": "S", "body": "Grüße", "kind": "Visit"}
    return emails.queue(**{**given, "calendar": INVITATION, "method": "REQUEST", **fields})


def parsed(**fields) -> EmailMessage:
    """What arrives, read from the bytes that go over the wire."""
    emails.send(queue(**fields).pk)
    (sent,) = mail.outbox
    return email.message_from_bytes(sent.message().as_bytes(linesep="\r\n"), policy=SMTP)


class TestTheMessage:
    def test_it_offers_words_and_calendar_as_two_ways_and_brings_the_file_too(self):
        message = parsed()
        assert [part.get_content_type() for part in message.walk()] == [
            "multipart/mixed",
            "multipart/alternative",
            "text/plain",
            "text/calendar",
            "application/ics",
        ]
        assert message.get_body(("plain",)).get_content().strip() == "Grüße"

    @pytest.mark.parametrize(
        ("method", "calendar"),
        [("REQUEST", INVITATION), ("CANCEL", CANCELLATION)],
        ids=["invites", "calls_off"],
    )
    def test_part_and_attachment_hold_the_very_file_and_the_part_its_method(self, method, calendar):
        message = parsed(method=method, calendar=calendar)
        *_, part, attached = message.walk()
        assert dict(part["Content-Type"].params) == {"method": method, "charset": "utf-8"}
        assert part.get_payload(decode=True) == calendar
        assert (attached.get_filename(), attached.get_content_disposition()) == ("invite.ics", "attachment")
        assert attached.get_payload(decode=True) == calendar
        assert icalendar.Calendar.from_ical(part.get_content())["METHOD"] == method

    def test_it_keeps_the_headers_of_all_our_mail(self):
        message = parsed()
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["Message-ID"] == OutgoingEmail.objects.get().message_id

    def test_without_a_calendar_it_stays_one_plain_text(self):
        message = parsed(calendar=b"", method="")
        assert [part.get_content_type() for part in message.walk()] == ["text/plain"]

    def test_text_does_as_well_as_bytes(self):
        assert queue(calendar=INVITATION.decode()).calendar == queue().calendar == INVITATION.decode()


class TestWhatIsStored:
    @pytest.mark.parametrize(
        ("calendar", "method"), [(INVITATION, ""), (b"", "REQUEST"), (INVITATION, "PUBLISH")]
    )
    def test_a_calendar_without_what_it_does_cannot_be(self, calendar, method):
        with pytest.raises(IntegrityError), transaction.atomic():
            queue(calendar=calendar, method=method)

    def test_with_sign_in_mail_the_calendar_is_erased_too(self):
        secret = queue(secret=True)
        emails.send(secret.pk)
        secret.refresh_from_db()
        assert (secret.body, secret.calendar, secret.calendar_method, secret.is_erased) == ("", "", "", True)

    @pytest.mark.parametrize("status", ["queued", "failed"])
    def test_and_after_a_day(self, status):
        secret = queue(secret=True)
        OutgoingEmail.objects.update(queued_at=timezone.now() - timedelta(hours=25), status=status)
        assert emails.forget_old_secrets() == 1
        secret.refresh_from_db()
        assert (secret.body, secret.calendar, secret.calendar_method) == ("", "", "")

    def test_other_mail_keeps_it(self):
        plain = queue()
        emails.send(plain.pk)
        plain.refresh_from_db()
        assert plain.calendar == INVITATION.decode()


class TestThePages:
    @pytest.mark.parametrize(
        ("method", "calendar", "says"),
        [
            ("REQUEST", INVITATION, "with a calendar invitation"),
            ("CANCEL", CANCELLATION, "with a cancellation for the calendar"),
        ],
    )
    def test_the_outbox_says_and_shows_it(self, client, settings, method, calendar, says):
        settings.DEMO = True
        queue(method=method, calendar=calendar)
        page = client.get(OUTBOX).content.decode()
        assert says in page
        assert f"METHOD:{method}" in page

    def test_so_does_the_page_of_one(self, people, sign_in):
        page = sign_in(people.admin).get(reverse("mail_one", args=[queue().pk])).content.decode()
        assert "with a calendar invitation" in page
        assert "METHOD:REQUEST" in page

    def test_not_that_of_sign_in_mail(self, people, sign_in):
        page = sign_in(people.admin).get(reverse("mail_one", args=[queue(secret=True).pk])).content.decode()
        assert "METHOD:REQUEST" not in page

    def test_nor_that_of_mail_without_one(self, client, settings):
        settings.DEMO = True
        queue(calendar=b"", method="")
        assert "calendar" not in client.get(OUTBOX).content.decode()

    def test_the_list_and_its_files_do_not_load_it(self, people, sign_in, django_assert_num_queries):
        queue()
        client = sign_in(people.admin)
        with django_assert_num_queries(5) as asked:
            client.get(reverse("mail"))
        assert not any('"core_outgoingemail"."calendar"' in query["sql"] for query in asked.captured_queries)
