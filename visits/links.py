"""Links that are e-mailed to people without an account: made, found again, and what became of one.

The secret in an address is signed for its purpose, so that an altered one, or one of another purpose, opens nothing
before the database is asked. Of the secret only a digest is stored.
"""

import secrets
from collections.abc import Collection
from datetime import datetime
from enum import Enum

from django.core.signing import BadSignature, Signer
from django.utils import timezone

from schools.models.invitations import digest_of
from visits.enums import LinkPurpose
from visits.models import Visit, VisitLink


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


def end_links_of(visit: Visit, purpose: LinkPurpose, emails: Collection[str]) -> None:
    """The same for what was sent to these addresses, in small letters. Part of a transaction."""
    VisitLink.objects.filter(
        visit=visit, purpose=purpose, email__in=emails, used_at__isnull=True, ended_at__isnull=True
    ).update(ended_at=timezone.now())


def _signer(purpose: LinkPurpose) -> Signer:
    return Signer(salt=f"visits.links.{purpose}", sep=".")
