"""You said, we are doing, done: each thing that was said at a school, and what becomes of it.

How many raised it is exact for the forum alone; for everybody else it is what was published when it was shared.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, TextChoices
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Verb
from core.spreadsheets import Cell, Table
from core.status_bars import StatusBars, status_bars
from schools.access import may
from schools.models import Action, School
from visits.enums import AFTER_IT, TO_THE_SCHOOL, Kind, Outcome
from visits.models import Theme, Visit
from visits.queries.sharing import ReplyShown, reply_shown
from visits.queries.told import NOT_TOLD, told


class Stage(TextChoices):
    """How far a theme has come, in the order in which the page has them."""

    TO_DECIDE = "to_decide", "To decide"
    OVERDUE = "overdue", "Overdue"
    OPEN = "open", "Open"
    IN_PROGRESS = "in_progress", "In progress"
    WIDER = "wider_system", "Needs the wider system"
    NOT_GOING_AHEAD = "not_going_ahead", "Not going ahead"
    DONE = "done", "Done"
    NOTED = "noted", "Noted"
    WORKING_WELL = "working_well", "Working well"


_ORDER = list(Stage)
_COLOURS = {
    Stage.TO_DECIDE: "amber",
    Stage.OVERDUE: "red",
    Stage.OPEN: "grey",
    Stage.IN_PROGRESS: "teal",
    Stage.WIDER: "plum",
    Stage.NOT_GOING_AHEAD: "grey",
    Stage.DONE: "green",
    Stage.NOTED: "grey",
    Stage.WORKING_WELL: "green",
}
_UNDECIDED = {Kind.COULD_BE_BETTER: Stage.TO_DECIDE, Kind.WORKING_WELL: Stage.WORKING_WELL}
HEADER = (
    *("Visit", "Programme year", "Kind", "About", "Area of practice", "What was said", "Raised by"),
    *("Where it stands", "Action", "Whose", "By when", "What changed, or why"),
    *("What the school says of the notes", "Its comment"),
)


@dataclass(frozen=True)
class LoopRow:
    """One theme as the reader may know it, where it stands, and what the school says of the notes."""

    theme: Theme
    raised: str
    stage: Stage
    reply: ReplyShown

    @property
    def colour(self) -> str:
        """The colour that goes with where it stands."""
        return _COLOURS[self.stage]

    @property
    def became(self) -> str:
        """What changed, or why nothing does; blank while neither is known."""
        action = self.theme.action
        if action is None:
            return self.theme.outcome_reason
        return action.what_changed if self.stage is Stage.DONE else action.reason

    @property
    def is_shared(self) -> bool:
        """Whether the school reads it."""
        return self.theme.visit.is_with_the_school


@dataclass(frozen=True)
class Loop:
    """The whole page of a school, narrowed or not."""

    rows: list[LoopRow]
    bars: StatusBars

    @property
    def notes(self) -> list[tuple[Visit, ReplyShown]]:
        """The visits whose notes the school has, each with what it says of them, by year and number."""
        found = {row.theme.visit: row.reply for row in self.rows if row.is_shared}
        return sorted(found.items(), key=lambda one: (one[0].programme_year.starts_on, one[0].step_id))

    @property
    def undecided(self) -> int:
        """How many wait for somebody to say what becomes of them."""
        return sum(row.stage is Stage.TO_DECIDE for row in self.rows)


def loop_of(school: School, user: User, *, asked: dict[str, Any], stage: str = "") -> Loop:
    """The themes of a school that this person reads, what nobody decided about first; four queries.

    The forum reads those of every visit that was held, the school those of visits that were shared with it.
    """
    of_the_forum = may(user, Verb.RECORD_VISITS, school)
    statuses = AFTER_IT if of_the_forum else TO_THE_SCHOOL
    themes = Theme.objects.visible_to(user).filter(visit__school=school, visit__status__in=statuses, **asked)
    rows = [row for row in rows_of(themes, exact=of_the_forum) if not stage or row.stage == stage]
    return Loop(rows, status_bars((row.stage.label for row in rows), Stage.labels))


def rows_of(themes: QuerySet[Theme], *, exact: bool) -> list[LoopRow]:
    """The themes with where each stands; `exact` is for the forum alone."""
    today, counts = timezone.localdate(), {} if exact else told(themes)
    of_visit = ("visit__programme_year", "visit__school", "visit__summary", "visit__reply")
    fetched = themes.select_related("area", "action__programme_year", *of_visit)
    rows = [
        LoopRow(
            theme,
            str(theme.raised_by if exact else counts.get((theme.visit_id, theme.key), NOT_TOLD)),
            stage_of(theme),
            reply_shown(theme.visit, today=today),
        )
        for theme in fetched.defer("visit__summary__snapshot")
    ]
    return sorted(rows, key=lambda row: (_ORDER.index(row.stage), row.theme.pk))


def stage_of(theme: Theme) -> Stage:
    """Where a theme stands: what could be better owes a decision; a question or an idea may have one."""
    if theme.action is not None:
        return _stage_of_action(theme.action)
    if theme.outcome == Outcome.NOT_GOING_AHEAD:
        return Stage.NOT_GOING_AHEAD
    if theme.outcome == Outcome.WIDER_SYSTEM:
        return Stage.WIDER
    return _UNDECIDED.get(Kind(theme.kind), Stage.NOTED)


def _stage_of_action(action: Action) -> Stage:
    return Stage.OVERDUE if action.is_overdue else Stage(action.status)


def loop_table(school: School, rows: Iterable[LoopRow]) -> Table:
    """The page as a file, with the same counts."""
    return Table(f"What became of it at {school}", HEADER, [_cells(row) for row in rows])


def _cells(row: LoopRow) -> list[Cell]:
    theme, action = row.theme, row.theme.action
    return [
        f"Visit {theme.visit.step_id}",
        theme.visit.programme_year.name,
        theme.get_kind_display(),
        theme.get_scope_display(),
        theme.area.name,
        theme.text,
        row.raised,
        row.stage.label,
        action.what if action else "",
        action.get_owner_role_display() if action else "",
        action.due_on if action else None,
        row.became,
        row.reply.words,
        row.reply.comment,
    ]
