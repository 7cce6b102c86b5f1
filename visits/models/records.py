"""What a visit was like: who came, what was said, what leaders were told. Raw notes: the forum's alone until shared."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from core.page_marks import LONGEST_MARK
from core.words import datetime_words
from schools.access import visible_schools
from schools.models import Action, Area
from visits.enums import KIND_COLOURS, Kind, Outcome, RolePresent, Scope
from visits.models.groups import ThemeGroup
from visits.models.visits import Visit

MOST_PARENT_CARERS = 500
"""More came to no meeting; a larger number is a slip of the finger."""


def validate_roles(value: object) -> None:
    """Raises ValidationError for anything but a list of roles."""
    if not isinstance(value, list) or not set(value) <= set(RolePresent.values):
        raise ValidationError("Choose from the roles on the list.")


class Written(models.Model):
    """Something that two workers may write at once: which version it is, from which page, by whom and when."""

    revision = models.PositiveIntegerField(default=1, editable=False)
    page_mark = models.CharField(max_length=LONGEST_MARK, blank=True, editable=False)
    saved_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+"
    )

    WRITTEN: ClassVar[tuple[str, ...]] = ()
    """The columns that people write; what is compared when two do at once."""

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(saved_at__isnull=False, saved_by__isnull=False),
                name="%(app_label)s_%(class)s_saved_at_by",
                violation_error_message="What was saved has its time and its person.",
            )
        ]

    @property
    def written(self) -> dict[str, Any]:
        """What people wrote, by column; of a new row, what it says while nobody has written."""
        return {name: getattr(self, name) for name in self.WRITTEN}


class Attendance(Written):
    """How many parent carers came, 0 being a true answer, and which roles of the school."""

    visit = models.OneToOneField(Visit, on_delete=models.CASCADE, related_name="attendance")
    parent_carers = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(MOST_PARENT_CARERS)]
    )
    roles_present = models.JSONField(default=list, blank=True, validators=[validate_roles])

    WRITTEN = ("parent_carers", "roles_present")

    def __str__(self) -> str:
        return f"Who came to {self.visit}"

    @property
    def roles_in_words(self) -> list[str]:
        """Which roles of the school came, in the order of the list."""
        return [str(role.label) for role in RolePresent if role.value in self.roles_present]


class VisitNotes(Written):
    """What the leaders of the school were told, and what is to follow."""

    visit = models.OneToOneField(Visit, on_delete=models.CASCADE, related_name="notes")
    told_leaders = models.TextField(max_length=2000, blank=True)
    follow_ups = models.TextField(max_length=2000, blank=True)
    left_as_read = models.JSONField(default=dict, blank=True)
    """Digests, by field, of texts in which the guard marked something that a worker left as it is."""

    WRITTEN = ("told_leaders", "follow_ups", "left_as_read")

    class Meta(Written.Meta):
        verbose_name_plural = "visit notes"

    def __str__(self) -> str:
        return f"Notes of {self.visit}"


class SafeguardingAnswer(Written):
    """Whether anything had to be passed on, and when it was. The forum's alone: in no history, export or report.

    This is not the safeguarding record: it has no text.
    """

    visit = models.OneToOneField(Visit, on_delete=models.CASCADE, related_name="safeguarding")
    was_passed_on = models.BooleanField()
    passed_on_at = models.DateTimeField(null=True, blank=True)
    """When it was passed to the designated safeguarding lead."""

    WRITTEN = ("was_passed_on", "passed_on_at")

    class Meta(Written.Meta):
        constraints: ClassVar = [
            *Written.Meta.constraints,
            models.CheckConstraint(
                condition=Q(was_passed_on=True, passed_on_at__isnull=False)
                | Q(was_passed_on=False, passed_on_at__isnull=True),
                name="visits_passed_on_has_time",
                violation_error_message="What was passed on has the time at which it was.",
            ),
        ]

    def __str__(self) -> str:
        return f"Answer about {self.visit}"

    @property
    def words(self) -> str:
        """ "No", or when it was passed on; for the page of the record alone."""
        return (
            "No"
            if self.passed_on_at is None
            else f"Yes, passed to the lead at {datetime_words(self.passed_on_at)}"
        )


class ThemeQuerySet(models.QuerySet["Theme"]):
    """Themes, fetched through the person who asks."""

    def visible_to(self, user: User) -> Self:
        """Themes of the schools whose workspace this person may open; the notes themselves are another verb."""
        return self.filter(visit__school__in=visible_schools(user))


class Theme(Written):
    """One thing that parent carers said, in the worker's words, and what becomes of it."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="themes")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    """Made on the page, so that a theme which is sent twice from a poor line is one."""
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="themes")
    scope = models.CharField("whom it is about", max_length=10, choices=Scope, default=Scope.SCHOOL)
    kind = models.CharField(max_length=20, choices=Kind)
    text = models.CharField(max_length=500)
    raised_by = models.PositiveSmallIntegerField(
        "how many raised it", default=1, validators=[MaxValueValidator(MOST_PARENT_CARERS)]
    )
    left_as_read = models.CharField(max_length=64, blank=True)
    """Digest of the text in which the guard marked something that a worker left as it is."""
    outcome = models.CharField("what becomes of it", max_length=20, choices=Outcome, blank=True)
    outcome_reason = models.CharField(max_length=500, blank=True)
    action = models.ForeignKey(Action, on_delete=models.PROTECT, null=True, blank=True, related_name="themes")
    group = models.ForeignKey(
        ThemeGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="themes"
    )
    """With what else it was gathered; nothing while nobody has."""

    WRITTEN = ("area_id", "scope", "kind", "text", "raised_by", "left_as_read")

    objects = ThemeQuerySet.as_manager()

    class Meta(Written.Meta):
        ordering = ("pk",)
        constraints: ClassVar = [
            *Written.Meta.constraints,
            models.UniqueConstraint(
                fields=["visit", "key"],
                name="visits_a_theme_once",
                violation_error_message="This theme is there already.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="visits_theme_says_something",
                violation_error_message="A theme has words.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="action", action__isnull=False)
                | ~Q(outcome="action") & Q(action__isnull=True),
                name="visits_outcome_has_its_action",
                violation_error_message="A theme that became an action holds it.",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="not_going_ahead") | ~Q(outcome_reason=""),
                name="visits_not_going_ahead_has_reason",
                violation_error_message="What does not go ahead has its reason.",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def kind_colour(self) -> str:
        """The colour that goes with the kind."""
        return KIND_COLOURS[Kind(self.kind)]

    def is_raised_by_more_than(self, came: int | None) -> bool:
        """Whether more raised it than came: it may be a slip, or somebody spoke for others. No while nobody counted."""
        return came is not None and self.raised_by > came
