"""Who has the record of a visit open just now, so that two workers on one visit know of each other."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from visits.models.visits import Visit

STAYS_FOR = timedelta(seconds=60)
"""How long somebody counts as there after their page last said so: three of its calls, so that one may get lost."""


class PresenceQuerySet(models.QuerySet["Presence"]):
    """Signs of people at records."""

    def here(self, now: datetime | None = None) -> Self:
        """Those whose page has said so within the last minute."""
        return self.filter(seen_at__gte=(now or timezone.now()) - STAYS_FOR)

    def gone(self, now: datetime | None = None) -> Self:
        """Those whose page has not."""
        return self.filter(seen_at__lt=(now or timezone.now()) - STAYS_FOR)


class Presence(models.Model):
    """When somebody's page last said that they have this record open; it says nothing of what they write."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        ordering = ("user__name", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["visit", "user"],
                name="visits_present_once",
                violation_error_message="A person is at a record once.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.visit}"
