"""What people do with outgoing mail."""

from django.db import transaction
from django.utils import timezone

from core import emails, history, jobs
from core.history import Person
from core.models import OutgoingEmail, ProgrammeSettings

TEST_BODY = """Hello,

this is a test. It was sent from PINS Hub by {by}, to see whether e-mail reaches you.

You need do nothing.

PINS Hub, for {forum}
"""


class NotToBeRetried(Exception):  # noqa: N818 - it reads as what it says
    """The e-mail has not failed, or what it held is erased."""


def send_test_email(*, to: str, by: Person) -> OutgoingEmail:
    """Queue a test e-mail, with its history line; its page shows what becomes of it. Raises AddressTooLong."""
    with transaction.atomic():
        email = emails.queue(
            to=to,
            subject="A test from PINS Hub",
            body=TEST_BODY.format(by=by, forum=ProgrammeSettings.load().forum_name),
            kind="Test",
        )
        history.record("mail.test_sent", f"{by} sent a test e-mail to {to}.", by=by, target=email)
    return email


def try_email_again(*, email: OutgoingEmail, by: Person) -> None:
    """Queue a failed e-mail afresh, with its history line; raises NotToBeRetried when it is not failed."""
    with transaction.atomic():
        queued = OutgoingEmail.objects.filter(
            pk=email.pk, status=OutgoingEmail.Status.FAILED, is_erased=False
        ).update(status=OutgoingEmail.Status.QUEUED, attempts=0, not_before=timezone.now(), failure="")
        if not queued:
            raise NotToBeRetried
        history.record("mail.retried", f"{by} had an e-mail to {email.to} tried again.", by=by, target=email)
        jobs.hand_over(email)
