"""What the leaders of a school read of a visit, as JSON: taken when it is shared, and never changed.

Counts of parent carers are in it in their published form alone; follow-ups, the safeguarding answer and names of
people are not in it at all.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, TypedDict, cast
from uuid import UUID

from django.utils import timezone

from core.models import ProgrammeSettings
from core.small_numbers import Published, publish
from core.words import date_words, datetime_words
from visits.enums import Outcome, RolePresent, VisitStatus
from visits.models import Attendance, Signposting, Theme, Visit, VisitNotes
from visits.published import PublishedTheme

FORMAT = 1
"""Raised when the shape below changes in a way that an older reader would trip over."""


class Count(TypedDict):
    """A published count."""

    words: str
    value: int


class ThemeOfSummary(TypedDict):
    """One thing that parent carers said; by its key it is found again among the themes as they stand."""

    key: str
    area: str
    scope: str
    kind: str
    text: str
    raised: Count


class NextOfSummary(TypedDict):
    """One thing that happens next: what, whose it is and by when, in words."""

    what: str
    who: str
    when: str


class SupportOfSummary(TypedDict):
    """Local support that parent carers were told of."""

    name: str
    what_for: str
    how_to_reach: str


class Snapshot(TypedDict):
    """The whole of it."""

    format: int
    forum: str
    school: str
    number: int
    name: str
    programme_year: str
    held_on: str
    came: Count
    roles: list[str]
    themes: list[ThemeOfSummary]
    told_leaders: str
    next: list[NextOfSummary]
    support: list[SupportOfSummary]


class UnreadableSnapshotError(ValueError):
    """What was stored is not a snapshot that this version can read."""


def read_snapshot(stored: Any) -> Snapshot:
    """A stored snapshot, typed; raises UnreadableSnapshotError when it is not one of the known format."""
    if not isinstance(stored, dict) or stored.get("format") != FORMAT:
        raise UnreadableSnapshotError("The summary of this visit is not in a form that can be read.")
    return cast("Snapshot", stored)


def themes_of(snapshot: Snapshot) -> list[PublishedTheme]:
    """The themes of a snapshot."""
    return [
        PublishedTheme(one["area"], one["scope"], one["kind"], one["text"], published(one["raised"]))
        for one in snapshot["themes"]
    ]


def counts_of(snapshot: Snapshot) -> dict[UUID, Published]:
    """How many raised each theme of a snapshot, by the key of the theme.

    One that a process of an older release took during an upgrade has no keys: of its themes no count is told.
    """
    return {UUID(one["key"]): published(one["raised"]) for one in snapshot["themes"] if "key" in one}


def published(count: Count) -> Published:
    """A count of a snapshot."""
    return Published(count["words"], count["value"])


def take_snapshot(visit: Visit) -> Snapshot:
    """What the school would read of the visit as it stands, ready for JSON; a fixed number of queries."""
    programme = ProgrammeSettings.load()
    threshold = programme.small_number_threshold
    attendance = Attendance.objects.filter(visit=visit).first()
    came = (attendance.parent_carers if attendance else None) or 0
    notes = VisitNotes.objects.filter(visit=visit).first()
    themes = list(
        Theme.objects.filter(visit=visit).select_related("area", "action").order_by("area__position", "pk")
    )
    return {
        "format": FORMAT,
        "forum": programme.forum_short_name,
        "school": visit.school.name,
        "number": visit.step_id,
        "name": visit.step.name,
        "programme_year": visit.programme_year.name,
        "held_on": _day(visit.starts_at).isoformat(),
        "came": _count(publish(came, threshold=threshold)),
        "roles": _roles(attendance),
        "themes": [_theme(theme, threshold) for theme in themes],
        "told_leaders": notes.told_leaders if notes else "",
        "next": [*_outcomes(themes), *next_visit(visit)],
        "support": _support(visit),
    }


def _day(moment: datetime | None) -> date:
    return timezone.localdate(moment)


def _count(count: Published) -> Count:
    return {"words": count.words, "value": count.value}


def _roles(attendance: Attendance | None) -> list[str]:
    """In the order of the roles, whatever order they were ticked in."""
    present = set(attendance.roles_present) if attendance else set()
    return [role.label for role in RolePresent if role.value in present]


def _theme(theme: Theme, threshold: int) -> ThemeOfSummary:
    told = PublishedTheme.of(
        area=theme.area.name,
        scope=theme.scope,
        kind=theme.kind,
        text=theme.text,
        raised_by=theme.raised_by,
        threshold=threshold,
    )
    return {
        "key": str(theme.key),
        "area": told.area,
        "scope": told.scope,
        "kind": told.kind,
        "text": told.text,
        "raised": _count(told.raised),
    }


def _outcomes(themes: list[Theme]) -> Iterator[NextOfSummary]:
    """What was decided by the day of sharing; each action once, whatever number of themes it answers."""
    told = set()
    for theme in themes:
        action = theme.action
        if action is not None and action.pk not in told:
            told.add(action.pk)
            who, when = action.get_owner_role_display(), f"by {date_words(action.due_on)}"
            yield {"what": action.what, "who": who, "when": when}
        if theme.outcome == Outcome.NOT_GOING_AHEAD:
            why = f"{theme.text} Not going ahead: {theme.outcome_reason}"
            yield {"what": why, "who": "", "when": ""}
        if theme.outcome == Outcome.WIDER_SYSTEM:
            yield {"what": f"{theme.text} This needs the wider system.", "who": "", "when": ""}


def next_visit(visit: Visit) -> Iterator[NextOfSummary]:
    """The visit that follows this one in its year, where a time is confirmed."""
    later = Visit.objects.filter(
        school=visit.school_id,
        programme_year=visit.programme_year_id,
        step__gt=visit.step_id,
        status=VisitStatus.CONFIRMED,
    )
    found = later.select_related("step").order_by("starts_at").first()
    if found is not None and found.starts_at is not None:
        what = f"Visit {found.step_id}: {found.step}"
        yield {"what": what, "who": "", "when": datetime_words(found.starts_at)}


def _support(visit: Visit) -> list[SupportOfSummary]:
    told = Signposting.objects.filter(visit=visit).select_related("support").order_by("support__name")
    return [
        {
            "name": one.support.name,
            "what_for": one.support.what_for,
            "how_to_reach": one.support.how_to_reach,
        }
        for one in told
    ]
