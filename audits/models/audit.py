"""A school's self-audit in one programme year."""

from datetime import date, datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audits.enums import OPEN_STATUSES, AuditStatus, Round, Standing
from audits.models.framework import FrameworkVersion
from schools.access import visible_schools
from schools.models import Participation, ProgrammeYear, School

USUAL_ORDER = ("-programme_year__starts_on", "school__name", "round")


def is_past(*, wanted_by: date | None, submitted_at: datetime | None, today: date) -> bool:
    """Whether the day of an open audit has passed and it was never submitted: what came back was in once."""
    return wanted_by is not None and submitted_at is None and wanted_by < today


def _overdue() -> Q:
    """As `Audit.is_overdue` has it."""
    past = Q(status__in=OPEN_STATUSES, submitted_at=None, wanted_by__lt=timezone.localdate())
    return past & Q(~_school_withdrew(), programme_year__closed_at=None)


def _school_withdrew() -> Exists:
    parts = Participation.objects.filter(
        school=OuterRef("school"),
        programme_year=OuterRef("programme_year"),
        status=Participation.Status.WITHDRAWN,
    )
    return Exists(parts)


class AuditQuerySet(models.QuerySet["Audit"]):
    """Self-audits, fetched through the person who asks."""

    def visible_to(self, user: User) -> Self:
        """Audits of the schools whose workspace this person may open; what they may read is another verb."""
        return self.filter(school__in=visible_schools(user))

    def to_answer(self) -> Self:
        """Those that a school is asked to answer: open, and the school did not withdraw from their year."""
        return self.filter(~_school_withdrew(), status__in=OPEN_STATUSES)

    def with_withdrawal(self) -> Self:
        """With `school_withdrew`, in the same query."""
        return self.annotate(school_withdrew=_school_withdrew())

    def with_names(self) -> Self:
        """With what nearly every page says about an audit, in the same query."""
        return self.with_withdrawal().select_related("school", "programme_year", "version__framework")

    def with_people(self) -> Self:
        """With who submitted, reviewed and returned it, in the same query."""
        return self.select_related("submitted_by", "reviewed_by", "returned_by")

    def standing(self, standing: Standing) -> Self:
        """Those of which the list says this."""
        match standing:
            case Standing.OVERDUE:
                return self.filter(_overdue())
            case Standing.SENT_BACK | Standing.OPEN_AGAIN:
                return self.filter(status__in=OPEN_STATUSES, returned=standing)
            case Standing.WITH_SCHOOL:
                return self.filter(status__in=OPEN_STATUSES)
            case Standing.IN_PROGRESS:
                return self.filter(status=standing, returned="")
        return self.filter(status=standing)

    def what_waits_first(self) -> Self:
        """Overdue, sent back or opened again, waiting for a review, then the others; each in the usual order."""
        returned = Q(status__in=OPEN_STATUSES) & ~Q(returned="")
        waits = (_overdue(), returned, Q(status=AuditStatus.SUBMITTED))
        turns = (When(which, then=Value(turn)) for turn, which in enumerate(waits))
        return self.order_by(Case(*turns, default=Value(len(waits))), *USUAL_ORDER)


class Audit(models.Model):
    """A school's answers to one framework version, in one round of one programme year."""

    class Returned(models.TextChoices):
        SENT_BACK = "sent_back", "Sent back"
        REOPENED = "reopened", "Reopened"

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="audits")
    programme_year = models.ForeignKey(ProgrammeYear, on_delete=models.PROTECT, related_name="audits")
    round = models.CharField(max_length=10, choices=Round, default=Round.BASELINE)
    version = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="audits")
    status = models.CharField(max_length=20, choices=AuditStatus, default=AuditStatus.NOT_STARTED)
    wanted_by = models.DateField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    returned = models.CharField(max_length=10, choices=Returned, blank=True)
    returned_reason = models.TextField(blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    school_withdrew: bool
    """From the year of the audit; only `with_withdrawal` says so, and asking without it fails."""

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = USUAL_ORDER
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "programme_year", "round"],
                name="audits_one_a_round",
                violation_error_message="This school already has an audit for that round of the year.",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="audits_submitted_at_by",
                violation_error_message="A submission has both its time and its person.",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
                name="audits_reviewed_at_by",
                violation_error_message="A review has both its time and its person.",
            ),
            models.CheckConstraint(
                condition=Q(
                    returned_at__isnull=True, returned_by__isnull=True, returned="", returned_reason=""
                )
                | Q(returned_at__isnull=False, returned_by__isnull=False)
                & ~Q(returned="")
                & ~Q(returned_reason=""),
                name="audits_returned_at_by",
                violation_error_message="Sending back or reopening has its time, its person and its reason.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["not_started", "in_progress"]) | Q(submitted_at__isnull=False),
                name="audits_later_means_submitted",
                violation_error_message="An audit that is past answering was submitted.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["not_started", "in_progress", "submitted"])
                | Q(reviewed_at__isnull=False),
                name="audits_later_means_reviewed",
                violation_error_message="An audit with agreed priorities was reviewed.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_round_display()} self-audit of {self.school}, {self.programme_year}"

    def get_absolute_url(self) -> str:
        return reverse("audits:tasks", args=[self.pk])

    @property
    def standing(self) -> Standing:
        """The status, or how the audit came to be open again."""
        return Standing(self.returned if self.is_open and self.returned else self.status)

    @property
    def is_overdue(self) -> bool:
        """Whether its day has passed, it was never submitted, and it is still wanted: of audits `with_names`."""
        past = is_past(wanted_by=self.wanted_by, submitted_at=self.submitted_at, today=timezone.localdate())
        return past and self.is_answerable and not self.programme_year.is_archive

    @property
    def is_open(self) -> bool:
        """Whether it stands where the school answers."""
        return self.status in OPEN_STATUSES

    @property
    def is_answerable(self) -> bool:
        """Whether the school can answer now: one that withdrew from the year only reads."""
        return self.is_open and not self.school_withdrew
