"""The one page that leaders of a school read of a visit: strengths first, the school apart from the wider system."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from django.utils import timezone

from core.words import date_words
from schools.models import Action
from visits.enums import Kind, Outcome, Scope
from visits.models import Attendance, Theme, Visit
from visits.published import PublishedTheme, parent_carers
from visits.queries.loop import Stage, stage_of
from visits.queries.sharing import summary_of
from visits.snapshot import (
    NextOfSummary,
    Snapshot,
    next_visit,
    published,
    read_snapshot,
    take_snapshot,
    themes_of,
)

HEADINGS: dict[Kind, str] = {
    Kind.WORKING_WELL: "What works well",
    Kind.COULD_BE_BETTER: "What could be better",
    Kind.QUESTION: "Questions",
    Kind.IDEA: "Ideas",
}
"""In this order: strengths first."""

NOT_WRITTEN = "How many parent carers came is not written down yet."
"""In the preview alone: notes are not shared without it."""

SCOPES: dict[Scope, str] = {
    Scope.SCHOOL: "At this school",
    Scope.WIDER: "In the wider SEND system, beyond this school",
}


@dataclass(frozen=True)
class AreaShown:
    """What was said of one area."""

    name: str
    themes: list[PublishedTheme]


@dataclass(frozen=True)
class KindShown:
    """What was said of one kind, area by area."""

    heading: str
    kind: str
    areas: list[AreaShown]


@dataclass(frozen=True)
class ScopeShown:
    """What is about the school, or about the wider system."""

    heading: str
    kinds: list[KindShown]


@dataclass(frozen=True)
class NextShown:
    """What becomes of something that was said, as it stands today."""

    what: str
    who: str
    state: str
    why: str
    """What changed, or why nothing does; blank while neither is known."""


@dataclass(frozen=True)
class SummaryShown:
    """The summary as its page prints it: what was said as it was shared, what becomes of it as it stands today."""

    snapshot: Snapshot
    held_on: date
    came: str
    """How many came, as a sentence."""
    scopes: list[ScopeShown]
    becomes: list[NextShown]
    undecided: int
    """How many things that could be better nobody has decided about."""
    visits: list[NextOfSummary]
    """The visit that follows, where one is confirmed."""
    as_of: date


def summary_shown(visit: Visit) -> SummaryShown:
    """What the school reads, or would read if the notes were shared now."""
    stored = summary_of(visit)
    snapshot = take_snapshot(visit) if stored is None else read_snapshot(stored.snapshot)
    words = parent_carers(published(snapshot["came"]))
    themes = list(
        Theme.objects.filter(visit=visit).select_related("area", "action").order_by("area__position", "pk")
    )
    shown = SummaryShown(
        snapshot=snapshot,
        held_on=date.fromisoformat(snapshot["held_on"]),
        came=f"{words[:1].upper()}{words[1:]} came.",
        scopes=list(_scopes(themes_of(snapshot))),
        becomes=list(_becomes(themes)),
        undecided=sum(one.kind == Kind.COULD_BE_BETTER and not one.outcome for one in themes),
        visits=list(next_visit(visit)),
        as_of=timezone.localdate(),
    )
    is_written = stored is not None or Attendance.objects.filter(visit=visit).exists()
    return shown if is_written else replace(shown, came=NOT_WRITTEN)


def _becomes(themes: list[Theme]) -> Iterator[NextShown]:
    """Each action once, whatever number of themes it answers."""
    told = set()
    for theme in themes:
        if theme.action is not None:
            if theme.action.pk not in told:
                told.add(theme.action.pk)
                yield _of_action(theme.action, stage_of(theme))
        elif theme.outcome == Outcome.NOT_GOING_AHEAD:
            yield NextShown(theme.text, "", "Not going ahead", theme.outcome_reason)
        elif theme.outcome == Outcome.WIDER_SYSTEM:
            yield NextShown(theme.text, "", "Needs the wider system", theme.outcome_reason)


def _of_action(action: Action, stage: Stage) -> NextShown:
    due = date_words(action.due_on)
    states = {
        Stage.DONE: ("Done", action.what_changed),
        Stage.NOT_GOING_AHEAD: ("Not going ahead", action.reason),
        Stage.OVERDUE: (f"Overdue since {due}", ""),
    }
    state, why = states.get(stage, (f"To do by {due}", ""))
    return NextShown(action.what, action.get_owner_role_display(), state, why)


def _scopes(themes: list[PublishedTheme]) -> Iterator[ScopeShown]:
    for scope, heading in SCOPES.items():
        kinds = list(_kinds([theme for theme in themes if theme.scope == scope]))
        if kinds:
            yield ScopeShown(heading, kinds)


def _kinds(themes: list[PublishedTheme]) -> Iterator[KindShown]:
    for kind, heading in HEADINGS.items():
        areas = list(_areas(theme for theme in themes if theme.kind == kind))
        if areas:
            yield KindShown(heading, kind.value, areas)


def _areas(themes: Iterable[PublishedTheme]) -> Iterator[AreaShown]:
    """They come in the order of the areas."""
    for name, found in groupby(themes, key=lambda theme: theme.area):
        yield AreaShown(name, list(found))
