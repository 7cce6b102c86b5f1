"""Reminders of visits: a week and a day before, once each."""

from typing import ClassVar

from django.db import models

from core.jobs import JobStates, LeasedJob, LeasedQuerySet
from visits.models.visits import Visit


class VisitReminder(LeasedJob):
    """That people are to be reminded of a visit at `not_before`; it is about the time that the visit had then."""

    class Kind(models.TextChoices):
        WEEK = "week", "A week before"
        DAY = "day", "A day before"

    class Status(models.TextChoices):
        QUEUED = "queued", "Waiting"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"

    states = JobStates(Status.QUEUED, Status.SENDING, Status.SENT, Status.FAILED)

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=5, choices=Kind)
    starts_at = models.DateTimeField()
    """The time of the visit of which it reminds."""
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)

    objects = LeasedQuerySet["VisitReminder"].as_manager()

    class Meta:
        ordering = ("not_before", "pk")
        indexes: ClassVar = [models.Index(fields=["status", "not_before"], name="visits_reminder_due")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["visit", "kind", "starts_at"],
                name="visits_one_reminder_a_kind",
                violation_error_message="This reminder is there already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.visit}"
