"""The years of the programme, the cohorts that joined in them, and each school's part in a year."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class ProgrammeYear(models.Model):
    """A year of the programme with its own start and end: neither school year nor financial year."""

    name = models.CharField(max_length=40, unique=True)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ("starts_on",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=models.F("starts_on")),
                name="schools_year_ends_after_start",
                violation_error_message="A programme year ends after it starts.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Cohort(models.Model):
    """The schools that joined together, named after the year in which they did."""

    name = models.CharField(max_length=40, unique=True)
    slug = models.SlugField(max_length=40, unique=True)
    joined_in = models.ForeignKey(ProgrammeYear, on_delete=models.PROTECT, related_name="cohorts")

    class Meta:
        ordering = ("joined_in__starts_on", "name")

    def __str__(self) -> str:
        return self.name


class Participation(models.Model):
    """A school's part in one programme year: its cohort says when it joined, its offer what it gets now."""

    class Offer(models.TextChoices):
        FULL = "full", "Full offer"
        EMBEDDING = "embedding", "Embedding"
        TRAINING_ONLY = "training_only", "Training only"

    class Status(models.TextChoices):
        INVITED = "invited", "Invited"
        CONFIRMED = "confirmed", "Confirmed"
        ACTIVE = "active", "Active"
        COMPLETED = "completed", "Completed"
        WITHDRAWN = "withdrawn", "Withdrawn"

    PUBLIC_STATUSES = (Status.CONFIRMED, Status.ACTIVE, Status.COMPLETED)

    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="participations")
    programme_year = models.ForeignKey(ProgrammeYear, on_delete=models.PROTECT, related_name="participations")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="participations")
    offer = models.CharField(max_length=15, choices=Offer, default=Offer.FULL)
    status = models.CharField(max_length=10, choices=Status, default=Status.INVITED)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawal_reason = models.CharField(max_length=300, blank=True)
    support_hours = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("programme_year", "school")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "programme_year"],
                name="schools_one_part_a_year",
                violation_error_message="This school already takes part in this year.",
            ),
            models.CheckConstraint(
                condition=Q(status="withdrawn", withdrawn_on__isnull=False) & ~Q(withdrawal_reason="")
                | ~Q(status="withdrawn") & Q(withdrawn_on__isnull=True, withdrawal_reason=""),
                name="schools_withdrawal_has_reason",
                violation_error_message="A withdrawal needs its date and its reason.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school} in {self.programme_year}"
