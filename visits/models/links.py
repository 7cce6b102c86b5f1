"""Links that were e-mailed: each opens one thing, for one person, for a while."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from core.models import OutgoingEmail
from visits.enums import LinkPurpose
from visits.models.visits import Visit


class VisitLinkQuerySet(models.QuerySet["VisitLink"]):
    """Links."""

    def working(self) -> Self:
        """Those that still do what they were sent for."""
        return self.filter(used_at__isnull=True, ended_at__isnull=True, expires_at__gt=timezone.now())

    def not_sent(self) -> Self:
        """Those that would still open something, had their e-mail not failed for good."""
        return self.filter(
            used_at__isnull=True, ended_at__isnull=True, mail__status=OutgoingEmail.Status.FAILED
        )

    def mailed(self) -> Self:
        """All but those whose e-mail failed for good: they were sent, or soon are."""
        return self.exclude(mail__status=OutgoingEmail.Status.FAILED)


class VisitLink(models.Model):
    """A link to one visit for somebody who need not have an account; of its secret only a digest is stored.

    It acts, and a receipt counts, only when a button is pressed: mail scanners open links.
    """

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=20, choices=LinkPurpose)
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=150, blank=True)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    mail = models.ForeignKey(
        OutgoingEmail, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    """By which it goes; None for one that is older than this column, or was never e-mailed."""
    sent_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, editable=False)
    """When its button was pressed: a time was picked, or the receipt was noted."""
    ended_at = models.DateTimeField(null=True, editable=False)
    """When something else made it worthless: other times, another answer, a cancelled visit."""

    objects = VisitLinkQuerySet.as_manager()

    class Meta:
        ordering = ("-sent_at", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("sent_at")),
                name="visits_link_runs_out_later",
                violation_error_message="A link runs out after it was sent.",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="visits_link_email_in_small_letters",
                violation_error_message="An e-mail address is kept in small letters.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, sent to {self.email}"


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    """Calendar feeds."""

    def working(self) -> Self:
        """Those that were not taken back."""
        return self.filter(revoked_at__isnull=True)


class CalendarFeed(models.Model):
    """An address at which a calendar program reads the visits of a worker, or of a school; until it is taken back.

    It is made by one person and dies with their right to it. Of its secret only a digest is stored.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feeds"
    )
    school = models.ForeignKey(
        "schools.School", on_delete=models.CASCADE, null=True, blank=True, related_name="calendar_feeds"
    )
    """Whose visits it has; the owner's own where there is none."""
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return f"Calendar of {self.school or self.owner}"
