"""What a school is going to change: one list, whatever an action came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from schools.enums import Need, OwnerRole
from schools.models.areas import Area
from schools.models.programme import ProgrammeYear
from schools.models.schools import School


@dataclass(frozen=True)
class ActionMove:
    """One way from one status of an action to another."""

    before: str
    after: str
    label: str
    """What the button says."""
    owes_reason: bool = False
    owes_change: bool = False
    """Whether it has to be said what changed."""


class ActionQuerySet(models.QuerySet["Action"]):
    """Actions, fetched through the person who asks."""

    def visible_to(self, user: User) -> Self:
        """Actions of the schools whose workspace this person may open; what they may change is another verb."""
        return self.filter(school__in=School.objects.visible_to(user))

    def live(self) -> Self:
        """Those of which something is still to become, in years that are not closed."""
        return self.filter(status__in=LIVE, programme_year__closed_at=None)


class Action(models.Model):
    """One change: what, for which need, by which role, by when, and what became of it.

    What gives rise to an action holds it; the action does not know.
    """

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        IN_PROGRESS = "in_progress", "In progress"
        DONE = "done", "Done"
        NOT_GOING_AHEAD = "not_going_ahead", "Not going ahead"

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="actions")
    programme_year = models.ForeignKey(ProgrammeYear, on_delete=models.PROTECT, related_name="actions")
    what = models.CharField(max_length=300)
    need = models.CharField(max_length=15, choices=Need, default=Need.OTHER)
    is_reasonable_adjustment = models.BooleanField("reasonable adjustment", default=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="actions")
    owner_role = models.CharField("whose it is", max_length=20, choices=OwnerRole)
    due_on = models.DateField("by when")
    status = models.CharField(max_length=15, choices=Status, default=Status.OPEN)
    reason = models.CharField("why it is not going ahead", max_length=500, blank=True)
    what_changed = models.TextField(max_length=1000, blank=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+"
    )

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status="not_going_ahead") & ~Q(reason="")
                | ~Q(status="not_going_ahead") & Q(reason=""),
                name="schools_action_not_going_ahead_has_reason",
                violation_error_message="What does not go ahead has its reason.",
            ),
            models.CheckConstraint(
                condition=~Q(status="done") | ~Q(what_changed=""),
                name="schools_action_done_says_what_changed",
                violation_error_message="What is done says what changed.",
            ),
            models.CheckConstraint(
                condition=Q(added_at__isnull=False, added_by__isnull=False),
                name="schools_action_added_at_by",
                violation_error_message="An action has who added it and when.",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("schools:action", args=[self.school_id, self.pk])

    @property
    def is_overdue(self) -> bool:
        """Whether its day has passed and nothing became of it yet."""
        return self.status in LIVE and self.due_on < timezone.localdate()

    @property
    def status_colour(self) -> str:
        """The colour that goes with the status."""
        return _COLOURS[self.Status(self.status)]

    @property
    def moves(self) -> list[ActionMove]:
        """What can be done with it next; nothing in a closed year."""
        if self.programme_year.is_archive:
            return []
        return [move for move in ACTION_MOVES if move.before == self.status]


LIVE = (Action.Status.OPEN, Action.Status.IN_PROGRESS)
"""While it stands here, something is still to become of it."""

_COLOURS = {
    Action.Status.OPEN: "grey",
    Action.Status.IN_PROGRESS: "teal",
    Action.Status.DONE: "green",
    Action.Status.NOT_GOING_AHEAD: "grey",
}

_S = Action.Status
ACTION_MOVES = (
    ActionMove(_S.OPEN, _S.IN_PROGRESS, "Start it"),
    ActionMove(_S.OPEN, _S.DONE, "Say that it is done", owes_change=True),
    ActionMove(_S.OPEN, _S.NOT_GOING_AHEAD, "Say that it is not going ahead", owes_reason=True),
    ActionMove(_S.IN_PROGRESS, _S.OPEN, "It has not begun after all"),
    ActionMove(_S.IN_PROGRESS, _S.DONE, "Say that it is done", owes_change=True),
    ActionMove(_S.IN_PROGRESS, _S.NOT_GOING_AHEAD, "Say that it is not going ahead", owes_reason=True),
    ActionMove(_S.DONE, _S.IN_PROGRESS, "Open it again"),
    ActionMove(_S.NOT_GOING_AHEAD, _S.OPEN, "Open it again"),
)
"""The only moves that there are. Many a change is made in a day: nobody has to start what is done."""


def action_move(before: str, after: str) -> ActionMove | None:
    """The move of an action from one status to another; None where there is none."""
    return next((move for move in ACTION_MOVES if (move.before, move.after) == (before, after)), None)
