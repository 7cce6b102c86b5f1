"""The one page that leaders of a school read of a visit: strengths first, the school apart from the wider system."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from visits.enums import Kind, Scope
from visits.models import Attendance, Visit
from visits.published import PublishedTheme, parent_carers
from visits.queries.sharing import summary_of
from visits.snapshot import Snapshot, published, read_snapshot, take_snapshot, themes_of

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
class SummaryShown:
    """The summary as its page prints it."""

    snapshot: Snapshot
    held_on: date
    came: str
    """How many came, as a sentence."""
    scopes: list[ScopeShown]


def summary_shown(visit: Visit) -> SummaryShown:
    """What the school reads, or would read if the notes were shared now."""
    stored = summary_of(visit)
    if stored is not None:
        return shown_of(read_snapshot(stored.snapshot))
    shown = shown_of(take_snapshot(visit))
    return shown if Attendance.objects.filter(visit=visit).exists() else replace(shown, came=NOT_WRITTEN)


def shown_of(snapshot: Snapshot) -> SummaryShown:
    """A snapshot in the order of the page."""
    words = parent_carers(published(snapshot["came"]))
    return SummaryShown(
        snapshot=snapshot,
        held_on=date.fromisoformat(snapshot["held_on"]),
        came=f"{words[:1].upper()}{words[1:]} came.",
        scopes=list(_scopes(themes_of(snapshot))),
    )


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
