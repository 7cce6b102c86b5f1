"""What people do with outgoing mail, and with the logo."""

from django.db import transaction
from django.utils import timezone

from core import emails, history, jobs
from core.history import Person
from core.logos import Picture
from core.models import Logo, OutgoingEmail, ProgrammeSettings

TEST_BODY = """Hello,

this is a test. It was sent from {site} by {by}, to see whether e-mail reaches you.

You need do nothing.

{site}, for {forum}
"""


class NotToBeRetried(Exception):  # noqa: N818 - it reads as what it says
    """The e-mail has not failed, or what it held is erased."""


def send_test_email(*, to: str, by: Person) -> OutgoingEmail:
    """Queue a test e-mail, with its history line; its page shows what becomes of it. Raises AddressTooLong."""
    programme = ProgrammeSettings.load()
    with transaction.atomic():
        email = emails.queue(
            to=to,
            subject=f"A test from {programme.site_name}",
            body=TEST_BODY.format(by=by, site=programme.site_name, forum=programme.forum_name),
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


def save_logo(*, picture: Picture, by: Person) -> bool:
    """Show this logo in place of the one before, with its history line; says whether it is another one."""
    with transaction.atomic():
        settings = _lock_settings()
        if settings.logo_digest == picture.digest:
            return False
        Logo.objects.all().delete()
        Logo.objects.create(digest=picture.digest, content=picture.content)
        _name_logo(settings, picture.digest, picture.width, picture.height)
        history.record("logo.changed", f"{by} changed the logo.", by=by, target=settings)
    return True


def remove_logo(*, by: Person) -> bool:
    """Show the product's own sign again, with a history line; says whether there was a logo."""
    with transaction.atomic():
        settings = _lock_settings()
        if not settings.logo_digest:
            return False
        Logo.objects.all().delete()
        _name_logo(settings, "", 0, 0)
        history.record("logo.removed", f"{by} removed the logo.", by=by, target=settings)
    return True


def _lock_settings() -> ProgrammeSettings:
    return ProgrammeSettings.objects.select_for_update().get(pk=1)


def _name_logo(settings: ProgrammeSettings, digest: str, width: int, height: int) -> None:
    settings.logo_digest, settings.logo_width, settings.logo_height = digest, width, height
    settings.save(update_fields=["logo_digest", "logo_width", "logo_height"])
