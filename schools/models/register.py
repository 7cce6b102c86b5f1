"""Refreshing the schools from the national register: the runs, what each changes, what a person decides."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils import timezone

from core.jobs import JobStates, LeasedJob, LeasedQuerySet
from schools.models.programme import Participation
from schools.models.schools import SchoolUrn


class RegisterEdition(models.Model):
    """Counts the times that the register was written; one row.

    Whoever writes moves it on by one from the number that they compared at, so that of two at once one wins.
    """

    number = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)


class RegisterRunQuerySet(LeasedQuerySet["RegisterRun"]):
    """Runs of the register."""

    def to_do(self) -> Self:
        """Runs that wait for a person: checked, and neither applied nor thrown away."""
        return self.filter(status=RegisterRun.Status.DONE, outcome=RegisterRun.Outcome.CHECKED)

    def with_people(self) -> Self:
        """With who asked, approved and threw away."""
        return self.select_related("asked_by", "approved_by", "discarded_by")


class RegisterRun(LeasedJob):
    """One refresh from a register file: first it is checked, then, once a person has read it, written."""

    class Status(models.TextChoices):
        QUEUED = "queued", "Queued"
        WORKING = "working", "Working"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    class Step(models.TextChoices):
        CHECK = "check", "Check"
        APPLY = "apply", "Apply"

    class Outcome(models.TextChoices):
        NONE = "", "Not yet"
        CHECKED = "checked", "To review"
        REFUSED = "refused", "Refused"
        STALE = "stale", "To check again"
        APPLIED = "applied", "Applied"
        DISCARDED = "discarded", "Thrown away"
        EXPIRED = "expired", "Not applied in time"

    states = JobStates(Status.QUEUED, Status.WORKING, Status.DONE, Status.FAILED)

    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    step = models.CharField(max_length=10, choices=Step, default=Step.CHECK)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.NONE, blank=True)
    begun_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    file_name = models.CharField(max_length=120)
    links_name = models.CharField(max_length=120, blank=True)
    file = models.FileField(upload_to="register/", max_length=200, blank=True)
    links = models.FileField(upload_to="register/", max_length=200, blank=True)
    rows_read = models.PositiveIntegerField(default=0)
    rows_in_all = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    remarks = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    check_token = models.CharField(max_length=32, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    discarded_at = models.DateTimeField(null=True, blank=True)
    discarded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    written_at = models.DateTimeField(null=True, blank=True)

    objects = RegisterRunQuerySet.as_manager()

    class Meta:
        ordering = ("-begun_at", "-pk")
        indexes: ClassVar = [models.Index(fields=["status", "not_before"], name="schools_run_due")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="schools_run_approved_by_one",
                violation_error_message="What was approved has the person and the time.",
            ),
            models.CheckConstraint(
                condition=Q(discarded_at__isnull=True, discarded_by__isnull=True) & ~Q(outcome="discarded")
                | Q(discarded_at__isnull=False, discarded_by__isnull=False, outcome="discarded"),
                name="schools_run_discarded_by_one",
                violation_error_message="What was thrown away has the person and the time.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="applied", written_at__isnull=False)
                | ~Q(outcome="applied") & Q(written_at__isnull=True),
                name="schools_run_applied_has_time",
                violation_error_message="What was applied has its time.",
            ),
        ]

    def __str__(self) -> str:
        return f"Register file {self.file_name}"

    def get_absolute_url(self) -> str:
        return reverse("schools:register_run", args=[self.pk])

    @property
    def is_to_review(self) -> bool:
        """Whether it was checked and a person may apply it or throw it away."""
        return self.status == self.Status.DONE and self.outcome == self.Outcome.CHECKED

    @property
    def may_be_checked_again(self) -> bool:
        """Whether its files are there and nothing is under way or settled."""
        stands = self.status == self.Status.FAILED or (
            self.status == self.Status.DONE and self.outcome in (self.Outcome.CHECKED, self.Outcome.STALE)
        )
        return stands and bool(self.file)

    @property
    def who(self) -> str:
        """Who asked for it; a command when no person did."""
        return str(self.asked_by) if self.asked_by else "the command import_schools"

    @property
    def standing(self) -> str:
        """How it stands, in one or two words."""
        if self.status == self.Status.FAILED:
            return "Failed"
        if self.is_waiting:
            return "Being applied" if self.step == self.Step.APPLY else "Being checked"
        return str(self.get_outcome_display())

    @property
    def colour(self) -> str:
        """Of its tag: what waits for a person is amber, what went wrong is red."""
        if self.status == self.Status.FAILED or self.outcome == self.Outcome.REFUSED:
            return "red"
        waits = (self.Outcome.CHECKED, self.Outcome.STALE)
        if self.outcome in waits and not self.is_waiting:
            return "amber"
        return "green" if self.outcome == self.Outcome.APPLIED else "grey"


class RegisterDifferenceQuerySet(models.QuerySet["RegisterDifference"]):
    """What runs change."""

    def of_run(self, run: RegisterRun) -> Self:
        """What the run's last whole check found; one that was killed half-way has left others."""
        return self.filter(run=run, check_token=run.check_token)

    def of_kind(self, kind: str) -> Self:
        """One kind only; all when none is asked for."""
        return self.filter(kind=kind) if kind else self

    def renames_in_programme(self) -> Self:
        """New names of schools that are in the programme."""
        return self.filter(is_in_programme=True, fields__has_key="name").exclude(
            kind=RegisterDifference.Kind.NEW
        )


class RegisterDifference(models.Model):
    """What one run changes of one school: its fields before and after. No link to the school: it outlives it."""

    class Kind(models.TextChoices):
        RENUMBERED = "renumbered", "New URN"
        CLOSED = "closed", "Closed"
        CHANGED = "changed", "Changed"
        NEW = "new", "New here"

    run = models.ForeignKey(RegisterRun, on_delete=models.CASCADE, related_name="differences")
    check_token = models.CharField(max_length=32, blank=True)
    kind = models.CharField(max_length=10, choices=Kind)
    is_in_programme = models.BooleanField(default=False)
    urn = models.PositiveIntegerField("URN")
    name = models.CharField(max_length=200)
    fields = models.JSONField(default=dict)

    objects = RegisterDifferenceQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes: ClassVar = [models.Index(fields=["run", "kind"], name="schools_difference_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"


class SuccessionToReviewQuerySet(models.QuerySet["SuccessionToReview"]):
    """Successions that the register leaves to a person."""

    def undecided(self) -> Self:
        """Those that wait."""
        return self.filter(decided_at__isnull=True)

    def programme_first(self) -> Self:
        """Those that touch a school of the programme first, each marked with `touches_programme`."""
        taking_part = Participation.objects.order_by().values("school_id")
        ours = SchoolUrn.objects.filter(school_id__in=taking_part)
        touches = Exists(ours.filter(urn=OuterRef("old_urn"))) | Exists(ours.filter(urn=OuterRef("new_urn")))
        marked = self.annotate(touches_programme=Case(When(touches, then=Value(1)), default=Value(0)))
        return marked.order_by("-touches_programme", "old_urn", "new_urn")

    def of_programme(self) -> Self:
        """Those that touch a school of the programme."""
        return self.programme_first().filter(touches_programme=1)


class SuccessionToReview(models.Model):
    """One school followed another in a way that the register does not make plain."""

    class Decision(models.TextChoices):
        WAITING = "", "Waiting"
        CONTINUES = "continues", "Goes on under the new number"
        SEPARATE = "separate", "Stay separate"

    old_urn = models.PositiveIntegerField("older URN")
    new_urn = models.PositiveIntegerField("newer URN")
    why = models.CharField(max_length=200)
    found_at = models.DateTimeField(default=timezone.now)
    run = models.ForeignKey(
        RegisterRun, on_delete=models.SET_NULL, null=True, blank=True, related_name="successions"
    )
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.WAITING, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = SuccessionToReviewQuerySet.as_manager()

    class Meta:
        ordering = ("old_urn", "new_urn")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["old_urn", "new_urn"],
                name="schools_succession_once",
                violation_error_message="These two numbers are on the list already.",
            ),
            models.CheckConstraint(
                condition=Q(decision="", reason="", decided_at__isnull=True, decided_by__isnull=True)
                | ~Q(decision="") & ~Q(reason="") & Q(decided_at__isnull=False, decided_by__isnull=False),
                name="schools_succession_decided_by_one",
                violation_error_message="A decision has its person, its time and its reason.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_urn} to {self.new_urn}"

    def get_absolute_url(self) -> str:
        return reverse("schools:succession", args=[self.pk])
