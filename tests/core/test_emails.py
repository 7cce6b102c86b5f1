"""Outgoing mail is sent once, tried again when that may help, and keeps no secret longer than it must."""

from datetime import timedelta
from smtplib import SMTPAuthenticationError, SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from core import emails, jobs
from core.emails import BACK_OFF_MINUTES, SECRET_BACK_OFF_MINUTES
from core.models import OutgoingEmail

pytestmark = pytest.mark.django_db
Status = OutgoingEmail.Status


class FailingBackend(BaseEmailBackend):
    """A mail server that fails as it is told to."""

    error: Exception = OSError("x")

    def send_messages(self, email_messages):
        raise self.error


@pytest.fixture
def server(settings):
    """Tell a mail server how to fail: `server.fails(error)`; `server.works()`."""
    working = settings.EMAIL_BACKEND

    class Server:
        def fails(self, error: Exception) -> None:
            settings.EMAIL_BACKEND = f"{__name__}.FailingBackend"
            FailingBackend.error = error

        def works(self) -> None:
            settings.EMAIL_BACKEND = working

    return Server()


def queue(**fields) -> OutgoingEmail:
    return emails.queue(**{"to": "a@pins.example", "subject": "S", "body": "B", "kind": "K", **fields})


def sent(**fields) -> OutgoingEmail:
    email = queue(**fields)
    emails.send(email.pk)
    email.refresh_from_db()
    return email


def tried_to_the_end(email: OutgoingEmail) -> list[int]:
    """Send it whenever it is due until it is given up; returns the minutes that it waited after each try."""
    waits = []
    while email.status == Status.QUEUED:
        OutgoingEmail.objects.filter(pk=email.pk).update(not_before=timezone.now())
        emails.send(email.pk)
        email.refresh_from_db()
        waits.append(round((email.not_before - timezone.now()).total_seconds() / 60))
    return waits


def refused(code: int, said: bytes = b"no such user") -> SMTPRecipientsRefused:
    return SMTPRecipientsRefused({"a@pins.example": (code, said)})


class TestQueueing:
    def test_nothing_is_sent_before_the_transaction_is_committed(self, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks() as woken:
            queue()
            assert mail.outbox == []
        assert len(woken) == 1

    def test_a_worker_sends_it_after_the_commit(self, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            queue()
        assert [message.to for message in mail.outbox] == [["a@pins.example"]]

    def test_a_subject_cannot_hold_another_header(self):
        assert queue(subject="Hello\r\nBcc: b@evil.example\n").subject == "Hello Bcc: b@evil.example"

    def test_a_subject_that_is_too_long_is_cut(self):
        assert len(queue(subject="x" * 300).subject) == 200

    @pytest.mark.parametrize(
        ("path", "is_secret"),
        [("/times/kUW9aYd8/", True), ("/calendars/kUW9aYd8.ics", True), ("/visits/7/", False)],
    )
    def test_what_holds_a_link_that_acts_is_secret_although_nobody_said_so(self, settings, path, is_secret):
        assert queue(body=f"Here: {settings.SITE_URL}{path}").is_secret is is_secret

    def test_the_same_path_at_another_site_is_no_secret(self):
        assert not queue(body="Join us: https://meet.example.org/times/kUW9aYd8/").is_secret


class TestSending:
    def test_it_is_plain_text_with_an_id_of_our_own_address(self, settings):
        settings.DEFAULT_FROM_EMAIL = "PINS Hub <no-reply@hub.example>"
        sent(body="Grüße & <b>")
        (message,) = mail.outbox
        assert (message.body, message.content_subtype) == ("Grüße & <b>", "plain")
        assert message.extra_headers["Message-ID"].endswith("@hub.example>")
        assert message.extra_headers["Auto-Submitted"] == "auto-generated"

    def test_it_is_marked_sent_with_its_time(self):
        email = sent()
        assert (email.status, email.body, email.failure) == (Status.SENT, "B", "")
        assert email.sent_at is not None

    def test_handed_over_twice_it_is_sent_once(self):
        email = sent()
        emails.send(email.pk)
        assert len(mail.outbox) == 1

    def test_a_row_that_is_gone_does_no_harm(self):
        emails.send(0)
        assert mail.outbox == []

    def test_while_one_worker_has_it_another_leaves_it(self):
        email = queue()
        OutgoingEmail.objects.claim(email.pk)
        emails.send(email.pk)
        assert mail.outbox == []

    def test_after_a_crash_the_sweep_sends_it(self, clock_past_lease, django_capture_on_commit_callbacks):
        email = queue()
        OutgoingEmail.objects.claim(email.pk)  # and then the worker dies
        clock_past_lease()
        jobs.sweep()
        email.refresh_from_db()
        assert (email.status, len(mail.outbox)) == (Status.SENT, 1)

    def test_after_a_crash_it_keeps_its_message_id(self):
        email = queue()
        before = email.message_id
        email.refresh_from_db()
        assert email.message_id == before

    def test_one_that_kills_every_worker_is_given_up(self, clock_past_lease):
        email = queue()
        for _ in range(jobs.MOST_ATTEMPTS):
            OutgoingEmail.objects.claim(email.pk)
            clock_past_lease()
        jobs.sweep()
        email.refresh_from_db()
        assert (email.status, mail.outbox) == (Status.FAILED, [])


@pytest.fixture
def clock_past_lease(settings):
    """Let the lease of every claimed e-mail run out."""

    def run_out() -> None:
        past = timezone.now() - timedelta(seconds=1)
        OutgoingEmail.objects.filter(status=Status.SENDING).update(lease_until=past)

    return run_out


class TestFailing:
    def test_it_waits_before_the_next_try_and_says_why(self, server):
        server.fails(ConnectionRefusedError(111, "Connection refused"))
        before = timezone.now()
        email = sent()
        assert email.status == Status.QUEUED
        assert email.failure == "The mail server could not be reached: [Errno 111] Connection refused"
        assert timedelta(0) <= email.tried_next - before - timedelta(minutes=1) < timedelta(seconds=10)

    def test_it_is_not_tried_before_its_time(self, server):
        server.fails(OSError())
        email = sent()
        server.works()
        emails.send(email.pk)
        assert mail.outbox == []

    def test_the_waits_grow_and_then_it_has_failed(self, server):
        server.fails(SMTPServerDisconnected("gone"))
        email = queue()
        assert tried_to_the_end(email) == [*BACK_OFF_MINUTES, 0]
        assert email.status == Status.FAILED

    def test_a_refused_address_is_not_tried_again(self, server):
        server.fails(refused(550))
        email = sent()
        assert email.status == Status.FAILED
        assert email.failure == "The mail server did not take the address: 550 no such user"

    def test_one_refused_for_now_is(self, server):
        server.fails(refused(451, b"greylisted, come back in 5 minutes"))
        assert sent().status == Status.QUEUED

    @pytest.mark.parametrize(
        ("error", "words"),
        [
            (SMTPAuthenticationError(535, b"bad"), "The mail server did not accept our own sign-in: 535 bad"),
            (SMTPDataError(554, b"spam"), "The mail server refused the message: 554 spam"),
            (SMTPServerDisconnected("gone"), "The mail server broke off: gone"),
            (TimeoutError("timed out"), "The mail server could not be reached: timed out"),
        ],
    )
    def test_the_reason_is_in_words(self, server, error, words):
        server.fails(error)
        assert sent().failure == words

    def test_a_message_that_cannot_be_put_together_fails_at_once(self):
        email = sent(to="a@pins.example\nBcc: b@evil.example")
        assert email.status == Status.FAILED
        assert email.failure.startswith("The message could not be put together:")

    def test_a_long_answer_of_the_server_is_cut(self, server):
        server.fails(refused(550, b"x" * 1000 + b"\x00\xff"))
        assert len(sent().failure) == 500


class TestSecrets:
    def test_the_body_is_erased_once_sent(self):
        email = sent(secret=True)
        assert (email.status, email.body, email.is_erased) == (Status.SENT, "", True)
        assert mail.outbox[0].body == "B"

    def test_but_kept_in_the_demonstration(self, settings):
        settings.DEMO = True
        assert sent(secret=True).body == "B"

    def test_never_that_to_a_real_address(self, settings):
        settings.DEMO = True
        assert sent(secret=True, to="a@school.org.uk").body == ""

    def test_after_a_day_the_demonstration_forgets_only_what_was_for_real_addresses(self, settings):
        settings.DEMO = True
        made_up, real = queue(secret=True), queue(secret=True, to="a@pins.example.org")
        OutgoingEmail.objects.update(queued_at=timezone.now() - timedelta(hours=25))
        assert emails.forget_old_secrets() == 1
        assert dict(OutgoingEmail.objects.values_list("pk", "body")) == {made_up.pk: "B", real.pk: ""}

    def test_it_is_kept_for_the_next_try(self, server):
        server.fails(OSError())
        assert sent(secret=True).body == "B"

    def test_it_is_given_up_soon_and_erased(self, server):
        server.fails(OSError())
        email = queue(secret=True)
        assert tried_to_the_end(email) == [*SECRET_BACK_OFF_MINUTES, 0]
        assert (email.status, email.body, email.is_erased) == (Status.FAILED, "", True)

    def test_one_whose_link_lasts_is_tried_as_long_as_any_other_and_then_erased(self, server):
        server.fails(OSError())
        email = queue(secret=timezone.now() + timedelta(days=60))
        waits = tried_to_the_end(email)
        assert waits == [*BACK_OFF_MINUTES, 0]
        assert (email.is_secret, email.status, email.body) == (True, Status.FAILED, "")

    def test_but_not_when_its_link_would_have_run_out(self, server):
        server.fails(OSError())
        email = queue(secret=timezone.now() + timedelta(minutes=10))
        assert tried_to_the_end(email) == [*BACK_OFF_MINUTES[:2], 0]
        assert (email.status, email.is_erased) == (Status.FAILED, True)

    def test_one_whose_link_has_run_out_is_not_sent(self):
        email = sent(secret=timezone.now() - timedelta(minutes=1))
        assert (email.status, email.body, email.failure) == (Status.FAILED, "", emails.TOO_LATE)
        assert mail.outbox == []

    def test_after_days_without_a_worker_a_link_that_works_is_still_sent(self):
        works, over, failed = (queue(secret=timezone.now() + timedelta(days=days)) for days in (5, -1, 5))
        OutgoingEmail.objects.update(queued_at=timezone.now() - timedelta(days=3))
        OutgoingEmail.objects.filter(pk=failed.pk).update(status=Status.FAILED)
        assert emails.forget_old_secrets() == 2
        assert dict(OutgoingEmail.objects.values_list("pk", "body")) == {
            works.pk: "B",
            over.pk: "",
            failed.pk: "",
        }
        emails.send(works.pk)
        assert len(mail.outbox) == 1

    def test_after_a_day_it_is_erased_whatever_became_of_it(self):
        old = timezone.now() - timedelta(hours=25)
        waiting, crashed, new, plain = queue(secret=True), queue(secret=True), queue(secret=True), queue()
        OutgoingEmail.objects.exclude(pk=new.pk).update(queued_at=old)
        OutgoingEmail.objects.filter(pk=crashed.pk).update(status=Status.FAILED)
        assert emails.forget_old_secrets() == 2
        rows = {email.pk: (email.body, email.status) for email in OutgoingEmail.objects.all()}
        assert rows == {
            waiting.pk: ("", Status.FAILED),
            crashed.pk: ("", Status.FAILED),
            new.pk: ("B", Status.QUEUED),
            plain.pk: ("B", Status.QUEUED),
        }

    @pytest.mark.parametrize(
        ("secret", "demo", "to", "readable"),
        [
            (True, False, "head@pins.example", False),
            (True, True, "head@pins.example", True),
            (True, True, "Head@Pins.Example", True),
            (True, True, "head@school.org.uk", False),
            (False, False, "head@school.org.uk", True),
        ],
    )
    def test_who_may_read_it(self, settings, secret, demo, to, readable):
        settings.DEMO = demo
        assert emails.may_be_read(queue(secret=secret, to=to)) is readable
