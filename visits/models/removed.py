"""Themes that were taken out of a record: their words are gone, only that they were is kept."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from visits.models.visits import Visit


class RemovedTheme(models.Model):
    """That a theme was removed, so that a phone which sends it late does not bring it back."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="removed_themes")
    key = models.UUIDField(editable=False)
    removed_at = models.DateTimeField(default=timezone.now, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+"
    )

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
