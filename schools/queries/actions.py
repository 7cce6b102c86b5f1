"""The actions of a school as a list: what is overdue first, then what is next, then what is settled."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, Value, When

from core.spreadsheets import Cell, Table
from core.status_bars import StatusBars, status_bars
from schools.models import Action, ActionQuerySet, ProgrammeYear, School
from schools.models.actions import LIVE

SOON = timedelta(days=14)
"""How long before an action is due its owner is asked what changed."""

OVERDUE = "Overdue"
HEADER = (
    *("Action", "Area of practice", "Need", "Reasonable adjustment", "Whose", "By when", "Status"),
    *("What changed", "Why it is not going ahead", "Programme year"),
)


def actions_of(school: School, *, today: date, asked: dict[str, Any]) -> ActionQuerySet:
    """The actions of a school that were asked for, overdue ones first; one query."""
    order = Case(
        When(status__in=LIVE, due_on__lt=today, then=Value(0)),
        When(status__in=LIVE, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    actions = Action.objects.filter(school=school, **asked)
    actions = actions.select_related("school", "programme_year", "area")
    return actions.annotate(urgency=order).order_by("urgency", "due_on", "pk")


def bars_of(actions: list[Action]) -> StatusBars:
    """How many stand where, the overdue ones apart from those that are on their way."""
    return status_bars(map(_label, actions), [OVERDUE, *(str(status.label) for status in Action.Status)])


def _label(action: Action) -> str:
    return OVERDUE if action.is_overdue else str(action.get_status_display())


def table_of(school: School, actions: list[Action]) -> Table:
    """The list as a file."""
    return Table(f"Actions of {school}", HEADER, [_cells(action) for action in actions])


def _cells(action: Action) -> list[Cell]:
    return [
        action.what,
        action.area.name,
        action.get_need_display(),
        action.is_reasonable_adjustment,
        action.get_owner_role_display(),
        action.due_on,
        _label(action),
        action.what_changed,
        action.reason,
        action.programme_year.name,
    ]


def year_to_add_to(school: School, *, today: date) -> ProgrammeYear | None:
    """The open year of the school in which a new action falls: the running one, else the last that it is in."""
    years = ProgrammeYear.objects.filter(participations__school=school, closed_at=None)
    running = Q(starts_on__lte=today, ends_on__gte=today)
    order = Case(When(running, then=Value(0)), default=Value(1), output_field=IntegerField())
    return years.annotate(place=order).order_by("place", F("starts_on").desc()).first()


@dataclass(frozen=True)
class ActionCounts:
    """How many actions of a school stand where."""

    overdue: int
    coming: int
    done: int
    settled: int

    @property
    def is_empty(self) -> bool:
        """Whether there is no action at all."""
        return not self.overdue + self.coming + self.done + self.settled

    @property
    def words(self) -> str:
        """In one line, what is overdue first."""
        parts = [
            (self.overdue, "overdue"),
            (self.coming, "on the way"),
            (self.done, "done"),
            (self.settled, "not going ahead"),
        ]
        return f"Actions: {', '.join(f'{count} {word}' for count, word in parts if count)}."


def counts_of(school: School, *, today: date) -> ActionCounts:
    """How many actions of a school stand where; one query."""
    is_late = Q(status__in=LIVE, due_on__lt=today)
    counted = Action.objects.filter(school=school).aggregate(
        overdue=Count("pk", filter=is_late),
        coming=Count("pk", filter=Q(status__in=LIVE, due_on__gte=today)),
        done=Count("pk", filter=Q(status=Action.Status.DONE)),
        settled=Count("pk", filter=Q(status=Action.Status.NOT_GOING_AHEAD)),
    )
    return ActionCounts(**counted)


def due_soon(schools: frozenset[int], *, today: date) -> ActionQuerySet:
    """Actions of these schools that are overdue or due within two weeks, those of closed years left out."""
    live = Action.objects.live().filter(school_id__in=schools, due_on__lte=today + SOON)
    return live.select_related("school").order_by("due_on", "pk")
