"""The board: schools by stage, what is overdue first, then what has waited longest; never by how good a school is."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.db.models.functions import Upper

from accounts.models import User
from core.prepared import Prepared
from core.words import date_words, local
from pins.dashboard.column import BySchool, Part, Reader, Stand, State
from pins.dashboard.columns import BY_KEY, COLUMNS
from pins.dashboard.enums import Waits
from pins.navigation import address
from schools.access import visible_schools
from schools.models import Participation, ProgrammeYear, sees_every_school
from schools.queries.finding import pks_found
from schools.queries.links import programme_schools

TAKING_PART, OUTSIDE = "taking_part", "outside"
"""Of the statuses in an address: those in which a school takes part in the year, or did to its end."""
PLACES = {column.key: place for place, column in enumerate(COLUMNS)}
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""Later than anything that waits."""


class Row(NamedTuple):
    """One school in the year, and how it stands in each column."""

    part: Part
    stands: tuple[Stand, ...]
    is_overdue: bool
    waits_since: datetime
    """Since when the oldest of what waits has waited; NEVER where nothing does, or nobody knows."""


Test = Callable[[Row], bool]


def rows_of(user: User, reader: Reader) -> list[Row]:
    """Every school of the year that this person may see, in the board's order.

    One query for the schools, and what the sources of the columns take.
    """
    answers: dict[Callable[[ProgrammeYear], BySchool], BySchool] = {}
    for column in COLUMNS:
        if column.source not in answers:
            answers[column.source] = column.source(reader.year)
    asked = [(column.stands, answers[column.source]) for column in COLUMNS]
    rows = [
        row_of(
            part, tuple(stands(part, known.get(part.school_pk), reader) for stands, known in asked), reader
        )
        for part in _parts(user, reader.year)
    ]
    rows.sort(key=lambda row: (not row.is_overdue, row.waits_since))
    return rows


def _parts(user: User, year: ProgrammeYear) -> Iterable[Part]:
    if sees_every_school(user):
        return map(Part._make, _PARTS(year.pk))
    return map(Part._make, _parts_of(year.pk).filter(school__in=visible_schools(user)))


def _parts_of(year: int) -> QuerySet[Participation, Any]:
    parts = Participation.objects.filter(programme_year=year).order_by(Upper("school__name"), "school_id")
    return parts.values_list(
        *("pk", "school_id", "school__name", "school__town"),
        *("cohort_id", "cohort__name", "status", "offer"),
    )


_PARTS = Prepared(_parts_of, int)


def row_of(part: Part, stands: tuple[Stand, ...], reader: Reader) -> Row:
    """In a year that is closed nothing waits and nothing is overdue any more."""
    if reader.year.is_archive:
        return Row(part, tuple(stand._replace(state=_at_rest(stand.state)) for stand in stands), False, NEVER)  # noqa: FBT003 - a row in its order
    is_overdue, oldest = False, NEVER
    for stand in stands:
        if stand.state.waits and stand.since is not None:
            is_overdue |= stand.state.is_overdue
            oldest = min(oldest, stand.since)
    return Row(part, stands, is_overdue, oldest)


@cache
def _at_rest(state: State) -> State:
    return replace(
        state, waits_for=Waits.NOBODY, is_overdue=False, colour="green" if state.is_done else "grey"
    )


def narrowed(rows: Iterable[Row], asked: dict[str, Any], user: User) -> list[Row]:
    """The rows that were asked for, by the cleaned values of the filter, in the same order."""
    found = list(rows)
    for test in _tests(asked, user):
        found = [row for row in found if test(row)]
    return found


def _tests(asked: dict[str, Any], user: User) -> Iterator[Test]:
    if q := asked.get("q"):
        found = frozenset(pks_found(programme_schools(user), str(q)))
        yield lambda row: row.part.school_pk in found
    if cohort := asked.get("cohort"):
        yield lambda row: row.part.cohort_pk == cohort.pk
    if status := asked.get("status"):
        statuses = Participation.PUBLIC_STATUSES if status == TAKING_PART else (status,)
        yield lambda row: row.part.status in statuses
    if offer := asked.get("offer"):
        yield lambda row: not row.part.is_owed_visits if offer == OUTSIDE else row.part.offer == offer
    if stands := asked.get("stands"):
        yield _stands(stands)
    stage, waits_for, overdue = (asked.get(name, "") for name in ("stage", "waits_for", "overdue"))
    if stage or waits_for or overdue:
        yield _waits(stage, waits_for, only_overdue=bool(overdue))


def _stands(word: str) -> Test:
    key, _, standing = word.partition(".")
    place, keys = PLACES[key], BY_KEY[key].keys(standing)
    return lambda row: row.stands[place].state.key in keys


def _waits(stage: str, waits_for: str, *, only_overdue: bool) -> Test:
    """Stage, whom it waits for and whether it is overdue are asked of one and the same cell.

    A school that waits for nobody is one in which no cell does.
    """
    places = [PLACES[stage]] if stage else list(PLACES.values())
    if waits_for == Waits.NOBODY:
        return lambda row: not any(row.stands[place].state.waits for place in places)

    def fits(row: Row) -> bool:
        states = (row.stands[place].state for place in places)
        return any(
            state.waits and waits_for in ("", state.waits_for) and (state.is_overdue or not only_overdue)
            for state in states
        )

    return fits


class Cell(NamedTuple):
    """How a school stands in one column, as the page has it."""

    head: str
    state: State
    url: str
    words: str
    """The day that it is for, and how many days it has stood there."""
    waits_for: str


class ShownRow(NamedTuple):
    """One school, as the page has it."""

    part: Part
    url: str
    cells: list[Cell]

    @property
    def late(self) -> list[Cell]:
        """The cells in which something is overdue."""
        return [cell for cell in self.cells if cell.state.is_overdue]


def opened_by(reader: Reader) -> tuple[bool, ...]:
    """Of each column whether this person may open its rows."""
    return tuple(column.is_opened_by(reader) for column in COLUMNS)


def shown(rows: Iterable[Row], reader: Reader, forum: str) -> list[ShownRow]:
    """These rows for the page; `forum` is what the forum is called there."""
    workspace = address("workspace", args=(0,))
    names = {Waits.FORUM: forum, Waits.SCHOOL: "the school", Waits.NOBODY: ""}
    opened = opened_by(reader)
    return [
        ShownRow(
            row.part,
            workspace.replace("/0/", f"/{row.part.school_pk}/"),
            [
                Cell(
                    column.head,
                    stand.state,
                    column.link(stand.row) if stand.row is not None and may_open else "",
                    _words(stand, reader.today),
                    names[stand.state.waits_for],
                )
                for column, stand, may_open in zip(COLUMNS, row.stands, opened, strict=True)
            ],
        )
        for row in rows
    ]


def days_of(stand: Stand, today: date) -> int | None:
    """Whole days that it has stood there; None where nobody knows, or where it is done and stands there for ever."""
    if stand.since is None or (stand.state.is_done and not stand.state.waits):
        return None
    return max(0, (today - local(stand.since).date()).days)


def _words(stand: Stand, today: date) -> str:
    parts = []
    if stand.day:
        parts.append(f"{'wanted by ' if stand.is_wanted_by else ''}{date_words(stand.day)}")
    if (days := days_of(stand, today)) is not None:
        words = f"{days} day{'' if days == 1 else 's'}" if days else "since today"
        parts.append(f"{words} {stand.counted_from}".strip() if days else words)
    return ", ".join(parts)
