"""Links that are e-mailed to people without an account: made, found again, and what became of one.

The secret in an address is signed for its purpose, so that an altered one, or one of another purpose, opens nothing
before the database is asked. Of the secret only a digest is stored.
"""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from enum import Enum

from django.core.signing import BadSignature, Signer
from django.db.models import Q
from django.utils import timezone

from core import emails
from core.models import OutgoingEmail
from schools.models.invitations import digest_of
from visits.enums import LinkPurpose
from visits.models import Visit, VisitLink
from visits.models.links import VisitLinkQuerySet

AGAIN_AFTER = timedelta(minutes=5)
"""So long after a link the same address is sent none: whoever presses twice means once."""


class Standing(Enum):
    """What a link does when its button is pressed."""

    WORKS = "works"
    USED = "used"
    ENDED = "ended"
    EXPIRED = "expired"


def make_link(
    *, visit: Visit, purpose: LinkPurpose, email: str, expires_at: datetime, name: str = ""
) -> tuple[VisitLink, str]:
    """A new link for this address, and its secret for the e-mail, which is nowhere else. Part of a transaction."""
    secret = secrets.token_urlsafe(32)
    link = VisitLink.objects.create(
        visit=visit,
        purpose=purpose,
        email=email.lower(),
        name=name,
        token_digest=digest_of(secret),
        expires_at=expires_at,
    )
    return link, _signer(purpose).sign(secret)


def find_link(token: str, purpose: LinkPurpose) -> VisitLink | None:
    """The link with this secret, whatever became of it; None for one that is altered or of another purpose."""
    try:
        secret = _signer(purpose).unsign(token)
    except BadSignature:
        return None
    found = VisitLink.objects.filter(token_digest=digest_of(secret), purpose=purpose)
    return found.select_related("visit__school", "visit__programme_year", "visit__step").first()


def standing_of(link: VisitLink) -> Standing:
    """What became of it by now."""
    if link.used_at is not None:
        return Standing.USED
    if link.ended_at is not None:
        return Standing.ENDED
    return Standing.WORKS if link.expires_at > timezone.now() else Standing.EXPIRED


def end_links(visit: Visit, purpose: LinkPurpose, *, but: VisitLink | None = None) -> None:
    """Whatever was sent for this purpose and was not used opens nothing any more. Part of a transaction."""
    open_ones = VisitLink.objects.filter(
        visit=visit, purpose=purpose, used_at__isnull=True, ended_at__isnull=True
    )
    others = open_ones.exclude(pk=but.pk) if but else open_ones
    others.update(ended_at=timezone.now())


def sent_just_now(visit: Visit, purpose: LinkPurpose) -> set[str]:
    """The addresses to which one went in the last minutes; where its e-mail failed for good, another may go at once."""
    recent = links_that_may_open(visit, purpose).filter(sent_at__gt=timezone.now() - AGAIN_AFTER)
    return set(recent.mailed().values_list("email", flat=True))


def replace_links_of(visit: Visit, purpose: LinkPurpose, addresses: Collection[str]) -> None:
    """End those of these addresses, in small letters, before others go, and those that reached nobody.

    What still waits to be sent of them is not sent any more: it would come after the newer one. Part of a transaction.
    """
    ended = links_that_may_open(visit, purpose).filter(
        Q(email__in=addresses) | Q(mail__status=OutgoingEmail.Status.FAILED)
    )
    mails = [pk for pk in ended.values_list("mail", flat=True) if pk is not None]
    ended.update(ended_at=timezone.now())
    emails.take_back(mails)


def links_that_may_open(visit: Visit, purpose: LinkPurpose) -> VisitLinkQuerySet:
    """Those that nothing has ended; a summary is read as often as wanted, a time is picked once."""
    links = VisitLink.objects.filter(visit=visit, purpose=purpose, ended_at__isnull=True)
    return links if purpose == LinkPurpose.READ_THE_SUMMARY else links.filter(used_at__isnull=True)


def _signer(purpose: LinkPurpose) -> Signer:
    return Signer(salt=f"visits.links.{purpose}", sep=".")
