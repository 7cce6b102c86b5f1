"""Themes that were taken out of a record: their words go when the record closes, only that they were is kept."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from visits.enums import VisitStatus
from visits.models.visits import Visit


class RemovedThemeQuerySet(models.QuerySet["RemovedTheme"]):
    """Themes that were removed."""

    def with_words(self) -> Self:
        """Those that can be put back."""
        return self.filter(was__isnull=False)

    def of_closed_records(self) -> Self:
        """Those of visits whose record nobody can write any more as they stand."""
        being_written = Q(
            visit__status__in=(VisitStatus.CONFIRMED, VisitStatus.HELD),
            visit__programme_year__closed_at__isnull=True,
        )
        return self.exclude(being_written)

    def forget_words(self) -> int:
        """They cannot be put back any more; says how many could be."""
        return self.with_words().update(was=None)


class RemovedTheme(models.Model):
    """That a theme was removed, so that a phone which sends it late does not bring it back."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="removed_themes")
    key = models.UUIDField(editable=False)
    was = models.JSONField(null=True, editable=False)
    """What it said, by column, for as long as it can be put back: while its record is open, and not where somebody
    wanted its words gone. The forum's alone."""
    removed_at = models.DateTimeField(default=timezone.now, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+"
    )

    objects = RemovedThemeQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["visit", "key"],
                name="visits_a_theme_removed_once",
                violation_error_message="This theme was removed already.",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=False, removed_by__isnull=False),
                name="visits_theme_removed_at_by",
                violation_error_message="What was removed has its time and its person.",
            ),
        ]

    def __str__(self) -> str:
        return f"Theme removed from {self.visit}"
