"""A visit: a meeting of the forum with the parent carers of a school."""

import uuid
from datetime import timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from schools.access import visible_schools
from schools.models import Participation, ProgrammeYear, School
from visits.enums import AFTER_IT, BEFORE_IT, STATUS_COLOURS, TO_THE_SCHOOL, Slot, VisitStatus

FIRST, LAST = 1, 3
"""The numbers that a visit can have in a programme year."""


class VisitStep(models.Model):
    """What each of the visits of a year is called and for, and how long it takes; an administrator edits them."""

    number = models.PositiveSmallIntegerField(unique=True, editable=False)
    name = models.CharField(max_length=60)
    purpose = models.CharField("what it is for", max_length=300)
    minutes = models.PositiveSmallIntegerField(
        "minutes at the school", default=60, validators=[MinValueValidator(15), MaxValueValidator(480)]
    )
    minutes_around = models.PositiveSmallIntegerField(
        "minutes to prepare, travel and write up", default=90, validators=[MaxValueValidator(960)]
    )

    class Meta:
        ordering = ("number",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(number__gte=FIRST, number__lte=LAST),
                name="visits_step_number_is_one_to_three",
                violation_error_message="A visit has a number from 1 to 3.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def hours(self) -> float:
        """Hours of a worker's time, all told."""
        return (self.minutes + self.minutes_around) / 60


_Year = ProgrammeYear | int | None


def _of_school(parts: models.QuerySet[Participation], year: _Year = None) -> Q | models.Exists:
    """Whether the school's part in the visit's year is among these; for one year they are looked up once for all."""
    if year is not None:
        return Q(school__in=parts.filter(programme_year=year).values("school"))
    same = {"school": models.OuterRef("school"), "programme_year": models.OuterRef("programme_year")}
    return models.Exists(parts.filter(**same))


def _withdrew(year: _Year = None) -> Q | models.Exists:
    return _of_school(Participation.objects.filter(status=Participation.Status.WITHDRAWN), year)


def _owed(year: _Year = None) -> Q | models.Exists:
    return _of_school(Participation.objects.owed_visits(), year)


def _on_request(year: _Year = None) -> Q:
    """Somebody asked for it at a school that takes part and was not owed it."""
    takes_part = Participation.objects.exclude(status=Participation.Status.WITHDRAWN)
    return Q(_of_school(takes_part, year), is_on_request=True)


def whether(condition: Q | models.expressions.Combinable) -> models.Case:
    """The condition as a column."""
    is_so = models.When(condition, then=models.Value(value=True))
    return models.Case(is_so, default=models.Value(value=False), output_field=models.BooleanField())


_TRACES = (
    "proposed_times",
    "links",
    "reminders",
    "attendance",
    "notes",
    "safeguarding",
    "themes",
    "removed_themes",
    "signpostings",
)
"""What hangs on a visit once somebody turned to it."""


class VisitQuerySet(models.QuerySet["Visit"]):
    """Visits, fetched through the person who asks."""

    def visible_to(self, user: User) -> Self:
        """Visits of the schools whose workspace this person may open; what they may read of one is another verb."""
        return self.filter(school__in=visible_schools(user))

    def live(self) -> Self:
        """All but those that were cancelled."""
        return self.exclude(status=VisitStatus.CANCELLED)

    def of_schools_taking_part(self) -> Self:
        """Without those that are still to come at schools that withdrew from their year."""
        return self.exclude(_withdrew(), status__in=BEFORE_IT)

    def with_withdrawn(self, year: _Year = None) -> Self:
        """With `withdrew`: whether the school withdrew from the visit's year. `year`: where all are of one."""
        return self.annotate(withdrew=whether(_withdrew(year)))

    def with_owed(self, year: _Year = None) -> Self:
        """With `owed`: whether it is one of the three that its school is owed, being on the full offer."""
        return self.annotate(owed=whether(_owed(year)))

    def needed(self, year: _Year = None) -> Self:
        """All but those that nobody dated at a school that is not owed them and did not ask for them.

        What was offered, dated or held stays, whatever became of the school's offer; if the school moves back to the
        full offer, the others are needed again.
        """
        dated = ~Q(status=VisitStatus.TO_SCHEDULE)
        return self.filter(dated | Q(_owed(year)) | _on_request(year))

    def overdue(self) -> Self:
        """Past, and nobody has said that it was held."""
        return self.filter(status__in=BEFORE_IT, ends_at__lt=timezone.now())

    def made_ahead(self) -> Self:
        """Those that the product made for a school before anybody turned to it, or took one away: no time was ever
        put forward, nobody was written to, nothing was written down. They go with the school's part in the year.
        """
        nothing = dict.fromkeys(_TRACES, None)
        untouched = Q(status__in=(VisitStatus.TO_SCHEDULE, VisitStatus.CANCELLED), starts_at=None, **nothing)
        return self.filter(untouched, calendar_sequence=0)

    def with_names(self) -> Self:
        """With what nearly every page says about a visit, in the same query."""
        return self.select_related("school", "programme_year", "step")


class Visit(models.Model):
    """One of the visits of a school in a programme year."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="visits")
    programme_year = models.ForeignKey(ProgrammeYear, on_delete=models.PROTECT, related_name="visits")
    step = models.ForeignKey(VisitStep, on_delete=models.PROTECT, related_name="visits", to_field="number")
    status = models.CharField(max_length=15, choices=VisitStatus, default=VisitStatus.TO_SCHEDULE)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    slot = models.CharField(max_length=15, choices=Slot, blank=True)
    is_online = models.BooleanField("online", default=False)
    place = models.CharField("where in the school, or the online address", max_length=200, blank=True)
    workers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="visits", blank=True)
    """Whoever goes for the forum."""
    is_on_request = models.BooleanField("on request", default=False, db_default=False)
    """Whether it was asked for at a school that was not owed it."""
    calendar_uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    calendar_sequence = models.PositiveSmallIntegerField(default=0, editable=False)
    """How often a calendar invitation of it was changed; each one that goes out carries a higher number."""
    held_noted_at = models.DateTimeField(null=True, editable=False)
    held_noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    shared_at = models.DateTimeField(null=True, editable=False)
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, editable=False)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    cancelled_reason = models.CharField(max_length=300, blank=True)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    """When its time, place, people or status last changed."""
    calendar_changed_at = models.DateTimeField(default=timezone.now, db_default=Now(), editable=False)
    """When what calendars tell of it last changed: its time, its place, that it is called off. Feeds show it, so that
    nothing else moves it: not who goes, nor how far its notes are."""

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ("-programme_year__starts_on", "school__name", "step")
        indexes: ClassVar = [
            models.Index(fields=["status", "starts_at"], name="visits_by_status"),
            models.Index(fields=["starts_at"], name="visits_by_start"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "programme_year", "step"],
                condition=~Q(status="cancelled"),
                name="visits_one_live_a_number",
                violation_error_message="The school has this visit already in that year.",
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True)
                | Q(starts_at__isnull=False, ends_at__gt=models.F("starts_at")),
                name="visits_ends_after_start",
                violation_error_message="A visit ends after it starts.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["to_schedule", "proposed", "cancelled"]) | Q(starts_at__isnull=False),
                name="visits_confirmed_has_time",
                violation_error_message="A visit that is confirmed or was held has its date.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["to_schedule", "proposed"]) | Q(starts_at__isnull=True),
                name="visits_unconfirmed_has_no_time",
                violation_error_message="A visit has a date once it is confirmed.",
            ),
            models.CheckConstraint(
                condition=Q(held_noted_at__isnull=True, held_noted_by__isnull=True)
                | Q(held_noted_at__isnull=False, held_noted_by__isnull=False),
                name="visits_held_noted_at_by",
                violation_error_message="Who noted that it was held is stored with when.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["held", "notes_written", "shared", "closed"])
                | Q(held_noted_at__isnull=False),
                name="visits_later_means_held",
                violation_error_message="A visit that is past its notes was held.",
            ),
            models.CheckConstraint(
                condition=Q(shared_at__isnull=True, shared_by__isnull=True)
                | Q(shared_at__isnull=False, shared_by__isnull=False),
                name="visits_shared_at_by",
                violation_error_message="What was shared has its time and its person.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["shared", "closed"]) | Q(shared_at__isnull=False),
                name="visits_later_means_shared",
                violation_error_message="A visit that is shared or closed was shared.",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="visits_closed_at_by",
                violation_error_message="What was closed has its time and its person.",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True, cancelled_reason="")
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False) & ~Q(cancelled_reason=""),
                name="visits_cancelled_at_by",
                violation_error_message="What was cancelled has its time, its person and its reason.",
            ),
            models.CheckConstraint(
                condition=Q(status="cancelled", cancelled_at__isnull=False)
                | ~Q(status="cancelled") & Q(cancelled_at__isnull=True),
                name="visits_cancelled_says_so",
                violation_error_message="A cancelled visit says when it was.",
            ),
        ]

    def __str__(self) -> str:
        return f"Visit {self.step_id} at {self.school}"

    def get_absolute_url(self) -> str:
        return reverse("visits:visit", args=[self.pk])

    @property
    def status_colour(self) -> str:
        """The colour that goes with the status."""
        return STATUS_COLOURS[VisitStatus(self.status)]

    @property
    def is_over(self) -> bool:
        """Whether its time has passed, whatever its status."""
        return self.ends_at is not None and self.ends_at < timezone.now()

    @property
    def is_overdue(self) -> bool:
        """Whether it is past and nobody has said that it was held."""
        return self.status in BEFORE_IT and self.is_over

    @property
    def is_to_cancel(self) -> bool:
        """Whether it has a date to come at a school that withdrew; of visits fetched `with_withdrawn`."""
        to_come = self.status == VisitStatus.CONFIRMED and not self.is_over
        return to_come and getattr(self, "withdrew", False)

    @property
    def was_held(self) -> bool:
        """Whether it has taken place."""
        return self.status in AFTER_IT

    @property
    def is_with_the_school(self) -> bool:
        """Whether the school reads its notes."""
        return self.status in TO_THE_SCHOOL

    @property
    def told_by_calendars(self) -> tuple[object, ...]:
        """What `calendar_changed_at` is about."""
        called_off = self.status == VisitStatus.CANCELLED
        return (self.starts_at, self.ends_at, self.is_online, self.place, called_off)

    @property
    def length(self) -> timedelta:
        """How long it takes at the school; nothing while it has no date."""
        return self.ends_at - self.starts_at if self.starts_at and self.ends_at else timedelta()


class ProposedTime(models.Model):
    """A time for a visit that somebody put forward: up to three of the forum's, or one that the school suggests."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="proposed_times")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    slot = models.CharField(max_length=15, choices=Slot)
    by_the_school = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)
    proposed_at = models.DateTimeField(default=timezone.now, editable=False)
    proposer = models.CharField(max_length=200)
    """Who put it forward, in words: whoever has no account writes by an e-mailed link."""
    proposer_email = models.EmailField(max_length=254, blank=True, default="", db_default="")
    """Whose suggestion it is, in small letters: two colleagues may have one name. Empty for the forum's times."""

    class Meta:
        ordering = ("starts_at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["visit", "starts_at", "by_the_school"],
                name="visits_a_time_once",
                violation_error_message="This time is among them already.",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")),
                name="visits_proposed_ends_after_start",
                violation_error_message="A visit ends after it starts.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} for {self.visit}"
