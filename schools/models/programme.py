"""The years of the programme, the cohorts that joined in them, and each school's part in a year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.permissions import Verb


class ProgrammeYear(models.Model):
    """A year of the programme with its own start and end: neither school year nor financial year."""

    class Standing(models.TextChoices):
        COMING = "coming", "Not begun"
        RUNNING = "running", "Running"
        OVER = "over", "Over, not yet closed"
        CLOSED = "closed", "Closed"

    name = models.CharField(max_length=40, unique=True)
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day")
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ("starts_on", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=models.F("starts_on")),
                name="schools_year_ends_after_start",
                violation_error_message="A programme year ends after it starts.",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="schools_year_closed_at_by",
                violation_error_message="A closed year has the day on which it was closed, and by whom.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_archive(self) -> bool:
        """Whether nothing about the year is changed any more."""
        return self.closed_at is not None

    @property
    def standing(self) -> Standing:
        """Where the year stands today."""
        today = timezone.localdate()
        if self.is_archive:
            return self.Standing.CLOSED
        if today < self.starts_on:
            return self.Standing.COMING
        return self.Standing.RUNNING if today <= self.ends_on else self.Standing.OVER


class Cohort(models.Model):
    """The schools that joined together, named after the year in which they did."""

    name = models.CharField(max_length=40, unique=True)
    slug = models.SlugField(max_length=40, unique=True)
    joined_in = models.ForeignKey(
        ProgrammeYear, on_delete=models.PROTECT, related_name="cohorts", verbose_name="joined in"
    )

    class Meta:
        ordering = ("joined_in__starts_on", "name")

    def __str__(self) -> str:
        return self.name


class PartnerBody(models.Model):
    """An organisation that runs, pays for or supports the programme here: a council, a board, a forum."""

    name = models.CharField(max_length=120, unique=True)
    part = models.CharField("what it does for the programme", max_length=200)
    website = models.URLField(max_length=300, blank=True)

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "partner bodies"

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Move:
    """One way from one status of a participation to another."""

    before: str
    after: str
    label: str
    """What the button says."""
    owes_reason: bool = False
    verb: Verb = Verb.MANAGE_PROGRAMME
    """Whose it is to do."""


def owing_visits(prefix: str = "") -> Q:
    """Of parts in a year, those whose school is to have its three visits: on the full offer, while it takes part, or
    did to the end of the year. `prefix`: how a query gets to the part.
    """
    statuses = Participation.PUBLIC_STATUSES
    return Q(**{f"{prefix}offer": Participation.Offer.FULL, f"{prefix}status__in": statuses})


class ParticipationQuerySet(models.QuerySet["Participation"]):
    """Parts that schools have in programme years."""

    def owed_visits(self) -> Self:
        """Those whose school is to have its three visits."""
        return self.filter(owing_visits())


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

    objects = ParticipationQuerySet.as_manager()

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

    @classmethod
    def owes_visits(cls, *, offer: str, status: str) -> bool:
        """Whether a school that stands so is to have its three visits, by the same rule as the query set's."""
        return offer == cls.Offer.FULL and status in cls.PUBLIC_STATUSES

    @property
    def is_owed_visits(self) -> bool:
        """Whether the school is to have its three visits in the year."""
        return self.owes_visits(offer=self.offer, status=self.status)

    @property
    def status_colour(self) -> str:
        """The colour that goes with the status."""
        return _COLOURS[self.Status(self.status)]

    @property
    def moves(self) -> list[Move]:
        """What can be done with it next; nothing in a closed year."""
        if self.programme_year.is_archive:
            return []
        return [move for move in MOVES if move.before == self.status]


_COLOURS = {
    Participation.Status.INVITED: "amber",
    Participation.Status.CONFIRMED: "teal",
    Participation.Status.ACTIVE: "teal",
    Participation.Status.COMPLETED: "green",
    Participation.Status.WITHDRAWN: "grey",
}

_S = Participation.Status
MOVES = (
    Move(_S.INVITED, _S.CONFIRMED, "Confirm that it takes part"),
    Move(_S.INVITED, _S.WITHDRAWN, "Note that it does not take part", owes_reason=True),
    Move(_S.CONFIRMED, _S.ACTIVE, "Note that it has begun"),
    Move(_S.CONFIRMED, _S.WITHDRAWN, "Note that it withdrew", owes_reason=True),
    Move(_S.ACTIVE, _S.COMPLETED, "Note that it completed the year"),
    Move(_S.ACTIVE, _S.WITHDRAWN, "Note that it withdrew", owes_reason=True),
    Move(_S.COMPLETED, _S.ACTIVE, "It is active after all", owes_reason=True),
    Move(_S.WITHDRAWN, _S.CONFIRMED, "It takes part after all", owes_reason=True),
)
"""The only moves that there are."""


def move_between(before: str, after: str) -> Move | None:
    """The move from one status to another; None where there is none."""
    return next((move for move in MOVES if (move.before, move.after) == (before, after)), None)
