"""Invitations to belong to a school: by e-mail, for a while, and only until they are accepted or taken back."""

import hashlib
from datetime import timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.utils import timezone

from accounts.permissions import SCHOOL_ROLES
from schools.models.memberships import Membership

GOOD_FOR = timedelta(days=14)
"""How long a link works: two weeks outlast a half term and a week of illness, and nobody finds a link of last year."""


def digest_of(token: str) -> str:
    """What is stored of a link's secret. The secret is 256 random bits, so that a plain digest cannot be guessed."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations."""

    def waiting(self) -> Self:
        """Neither accepted nor taken back, whether or not their time has run out."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)

    def acceptable(self) -> Self:
        """Those whose link still works."""
        return self.waiting().filter(expires_at__gt=timezone.now())


class Invitation(models.Model):
    """Somebody with this address may come to this school in this role, until `expires_at`.

    The link that was e-mailed holds a secret, of which only a digest is stored; sending it anew makes a new secret.
    """

    class Standing(models.TextChoices):
        WAITING = "waiting", "Waiting"
        EXPIRED = "expired", "Run out"
        ACCEPTED = "accepted", "Accepted"
        REVOKED = "revoked", "Taken back"

    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField("work e-mail address", max_length=254)
    name = models.CharField(max_length=150, blank=True)
    role = models.CharField(max_length=20, choices=Membership.ROLES)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_at = models.DateTimeField(default=timezone.now, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+"
    )
    sent_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    replaces = models.ForeignKey(
        Membership, on_delete=models.RESTRICT, null=True, blank=True, related_name="+"
    )
    """Of a school lead who hands over: that role ends, or becomes a contributor's, once this is accepted."""
    predecessor_stays = models.BooleanField(default=False)
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ("-invited_at", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "email"],
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="schools_one_invitation_waits",
                violation_error_message="This person is invited to this school already.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in SCHOOL_ROLES]),
                name="schools_invitation_role_is_known",
                violation_error_message="Choose school lead, contributor or governor.",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="schools_invitation_email_in_small_letters",
                violation_error_message="An e-mail address is kept in small letters.",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, revoked_at__isnull=True),
                name="schools_invitation_accepted_by_one",
                violation_error_message="What was accepted has the person and the time, and was not taken back.",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="schools_invitation_revoked_by_one",
                violation_error_message="What was taken back has the person and the time.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.get_role_display().lower()} at {self.school}"

    @property
    def standing(self) -> Standing:
        """Where it stands now."""
        if self.accepted_at is not None:
            return self.Standing.ACCEPTED
        if self.revoked_at is not None:
            return self.Standing.REVOKED
        return self.Standing.WAITING if self.expires_at > timezone.now() else self.Standing.EXPIRED

    @property
    def has_lost_its_lead(self) -> bool:
        """Whether it would pass on a lead that the one who hands over does not have any more."""
        before = self.replaces
        return before is not None and (before.ended_at is not None or not before.is_lead)


class FormerLink(models.Model):
    """A link that was e-mailed before the invitation was sent again: it opens nothing and says so."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="former_links")
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField(default=timezone.now, db_default=Now(), editable=False)

    def __str__(self) -> str:
        return f"A former link of {self.invitation}"
