"""Local support that families are told of: a list that the forum keeps, and which of it was mentioned at a visit."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from visits.models.visits import Visit

STAYS_TRUE_FOR = timedelta(days=183)
"""Half a year: hours and telephone numbers of small groups change, and a wrong one costs a family its courage."""


class LocalSupport(models.Model):
    """A service or group: what it is for, how to reach it, and when somebody last checked that this is true."""

    name = models.CharField(max_length=120, unique=True)
    what_for = models.CharField(max_length=300)
    how_to_reach = models.CharField(max_length=300)
    website = models.URLField(max_length=300, blank=True)
    checked_on = models.DateField()
    is_shown = models.BooleanField("shown to families", default=True)

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "local support"

    def __str__(self) -> str:
        return self.name

    @property
    def is_stale(self) -> bool:
        """Whether it was last checked over six months ago."""
        return self.checked_on < timezone.localdate() - STAYS_TRUE_FOR


class Signposting(models.Model):
    """That a visit told its parent carers of one of these."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="signpostings")
    support = models.ForeignKey(LocalSupport, on_delete=models.PROTECT, related_name="signpostings")
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+"
    )

    class Meta:
        ordering = ("support__name",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["visit", "support"],
                name="visits_signposted_once",
                violation_error_message="This is on the list of the visit already.",
            ),
            models.CheckConstraint(
                condition=Q(added_at__isnull=False, added_by__isnull=False),
                name="visits_signposting_added_at_by",
                violation_error_message="Who added it is stored with when.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.support} at {self.visit}"
