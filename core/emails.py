"""Outgoing mail: a row in the same transaction as its cause, sent by a worker, tried again with back-off.

An e-mail is sent at least once: a worker that dies between sending and writing that down leaves it to be sent
again, with the same Message-ID, by which mail programs show it once.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from smtplib import SMTPAuthenticationError, SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from core import jobs
from core.demonstration import DOMAIN, is_made_up
from core.models import LONGEST_ADDRESS, OutgoingEmail, ProgrammeSettings
from core.secret_paths import holds_secret

BACK_OFF_MINUTES = (1, 5, 15, 60, 240)
"""Minutes to wait after the first, second … failure; after the last the e-mail counts as failed."""
SECRET_BACK_OFF_MINUTES = (1, 3, 5)
"""The same for a code or a link that signs somebody in, which is soon worth nothing."""
SECRETS_KEPT_FOR = timedelta(hours=24)
"""The same: one that says until when it is useful waits until then."""
TOO_LATE = "It could not be sent in time, and what it held is worth nothing now."
ERASED: dict[str, str | bool] = {"body": "", "calendar": "", "calendar_method": "", "is_erased": True}


class AddressTooLong(ValueError):  # noqa: N818 - it reads as what it says
    """The address has more characters than mail allows and its column holds; forms refuse it before."""


def queue(
    *,
    to: str,
    subject: str,
    body: str,
    kind: str,
    secret: bool | datetime = False,
    calendar: bytes | str = b"",
    method: str = "",
) -> OutgoingEmail:
    """Queue one plain-text e-mail and wake a worker on commit.

    `kind` says what it is for, in words. A `secret` body (a sign-in code, a reset link) is never shown
    outside the demonstration and is erased once it is sent, or can no longer be of use; one with an address of
    ours that acts for whoever has it is secret, whatever the caller says. Of a secret that lasts, `secret` is the
    end of its link: it is tried as long as other mail, and never after that. Line ends in the subject become
    blanks. A `calendar` file of core.calendar_files goes with its `method`, REQUEST or CANCEL. Raises AddressTooLong.
    """
    if len(to) > LONGEST_ADDRESS:
        raise AddressTooLong
    email = OutgoingEmail.objects.create(
        to=to,
        subject=" ".join(subject.split())[:200],
        body=body,
        kind=kind[:60],
        is_secret=bool(secret) or holds_secret(body),
        useful_until=secret if isinstance(secret, datetime) else None,
        calendar=calendar.decode() if isinstance(calendar, bytes) else calendar,
        calendar_method=method,
    )
    jobs.hand_over(email)
    return email


def write(
    to: str,
    subject: str,
    template: str,
    kind: str,
    *,
    useful_until: datetime | None = None,
    context: dict[str, Any],
) -> OutgoingEmail:
    """Queue what a template of emails/ says, which knows the programme too; raises as `queue` does.

    `useful_until` is for one with a link that acts, and its end: it is kept as a secret.
    """
    body = render_to_string(f"emails/{template}.txt", {"programme": ProgrammeSettings.load(), **context})
    return queue(to=to, subject=subject, body=body, kind=kind, secret=useful_until or False)


def may_be_read(email: OutgoingEmail) -> bool:
    """Whether a page may show the body: never that of sign-in mail, but to the demonstration's own people."""
    return not email.is_erased and (not email.is_secret or is_made_up(email.to))


def to_made_up_people() -> QuerySet[OutgoingEmail]:
    """Mail that anybody may read in the demonstration: never any to a real address."""
    return OutgoingEmail.objects.filter(to__iendswith=f"@{DOMAIN}")


def send(pk: int) -> None:
    """Send the e-mail if it can be claimed; a failure is written down and tried again later."""
    claim = OutgoingEmail.objects.claim(pk)
    email = OutgoingEmail.objects.filter(pk=pk).first() if claim else None
    if claim is None or email is None:
        return
    if email.useful_until and email.useful_until <= timezone.now():
        _give_up(email, claim, TOO_LATE)
        return
    try:
        with jobs.keep_lease(OutgoingEmail.objects.all(), claim):
            _message(email).send()
    except (SMTPException, OSError, ValueError) as error:
        _note_failure(email, claim, error)
        return
    OutgoingEmail.objects.finish(claim, sent_at=timezone.now(), **_erasure(email))


def forget_old_secrets() -> int:
    """Erase the bodies of sign-in mail of yesterday, whatever became of it; returns how many.

    A link that lasts longer is kept while it works and its e-mail waits for a worker.
    """
    now = timezone.now()
    is_over = ~Q(status__in=(OutgoingEmail.Status.QUEUED, OutgoingEmail.Status.SENDING))
    of_yesterday = Q(queued_at__lt=now - SECRETS_KEPT_FOR) & (Q(useful_until=None) | is_over)
    secrets = OutgoingEmail.objects.filter(is_secret=True, is_erased=False)
    old = secrets.filter(of_yesterday | Q(useful_until__lt=now))
    if settings.DEMO:
        old = old.exclude(pk__in=to_made_up_people().values("pk"))
    never_sent = old.exclude(status=OutgoingEmail.Status.SENT).update(
        status=OutgoingEmail.Status.FAILED,
        lease_token=None,
        lease_until=None,
        failure=TOO_LATE,
        **ERASED,
    )
    return never_sent + old.update(**ERASED)


def take_back(pks: Collection[int]) -> None:
    """Remove those of these e-mails that wait to be sent: something newer goes in their place."""
    OutgoingEmail.objects.filter(pk__in=pks, status=OutgoingEmail.Status.QUEUED).delete()


def _message(email: OutgoingEmail) -> EmailMessage:
    message = EmailMultiAlternatives(
        subject=email.subject,
        body=email.body,
        to=[email.to],
        headers={"Message-ID": email.message_id, "Auto-Submitted": "auto-generated"},
    )
    if email.calendar:
        # Twice, as large calendars do it: Outlook and Gmail act on the part, others open the attachment.
        message.attach_alternative(email.calendar, f"text/calendar; method={email.calendar_method}")
        message.attach("invite.ics", email.calendar.encode(), "application/ics")
    return message


def _erasure(email: OutgoingEmail) -> dict[str, str | bool]:
    return ERASED if email.is_secret and not is_made_up(email.to) else {}


def _note_failure(email: OutgoingEmail, claim: jobs.Claim, error: Exception) -> None:
    retry_at = None if _is_hopeless(error) else _next_try(email)
    if retry_at is None:
        _give_up(email, claim, _in_words(error))
    else:
        OutgoingEmail.objects.fail(claim, _in_words(error), retry_at=retry_at)


def _give_up(email: OutgoingEmail, claim: jobs.Claim, reason: str) -> None:
    # Erased before it is given up: afterwards it is no longer ours to change.
    OutgoingEmail.objects.held_by(claim).update(**_erasure(email))
    OutgoingEmail.objects.fail(claim, reason)


def _next_try(email: OutgoingEmail) -> datetime | None:
    """When it is tried again; None once it was tried often enough, or would come too late."""
    is_short = email.is_secret and email.useful_until is None
    waits = SECRET_BACK_OFF_MINUTES if is_short else BACK_OFF_MINUTES
    if email.attempts > len(waits):
        return None
    at = timezone.now() + timedelta(minutes=waits[email.attempts - 1])
    return None if email.useful_until and at >= email.useful_until else at


def _is_hopeless(error: Exception) -> bool:
    """Whether another try would end the same way; a refusal with 4xx is a "not now" (greylisting)."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, ValueError)


def _in_words(error: Exception) -> str:
    """Why it failed, for an administrator; what the server said stands at the end."""
    match error:
        case SMTPRecipientsRefused():
            code, said = next(iter(error.recipients.values()), (0, b""))
            words = f"The mail server did not take the address: {code} {_text(said)}"
        case SMTPAuthenticationError():
            words = (
                f"The mail server did not accept our own sign-in: {error.smtp_code} {_text(error.smtp_error)}"
            )
        case SMTPResponseException():
            words = f"The mail server refused the message: {error.smtp_code} {_text(error.smtp_error)}"
        case OSError() if not isinstance(error, SMTPException):
            words = f"The mail server could not be reached: {error}"
        case SMTPException():
            words = f"The mail server broke off: {error}"
        case _:
            words = f"The message could not be put together: {error}"
    return words.replace("\x00", "")[:500]


def _text(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else said
