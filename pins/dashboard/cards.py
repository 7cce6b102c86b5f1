"""A card for each cohort of a year, counted from the rows of the board: no figure has a query of its own."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from pins.dashboard.board import OUTSIDE, PLACES, TAKING_PART, Row
from pins.dashboard.column import DONE, Column
from pins.dashboard.columns import COLUMNS
from pins.dashboard.filters import board_url
from pins.dashboard.pictures import Share, bar
from pins.dashboard.visits import VISIT_COLUMNS
from schools.models import Participation, ProgrammeYear


@dataclass(frozen=True)
class Figure:
    """How many schools, of what, and where they are read."""

    number: int
    word: str
    url: str
    colour: str = "grey"


@dataclass(frozen=True)
class Line:
    """One line of a card's table: a stage, its figures, and their picture."""

    head: str
    figures: list[Figure]
    picture: Markup


@dataclass(frozen=True)
class HeldVisits:
    """The visits that were held of those that the schools on the full offer are owed."""

    held: int
    owed: int
    schools: Figure
    """The schools that are owed them."""
    by_number: list[Figure]
    """At how many of them each visit was held."""
    outside: int
    """Visits that were held besides: on request, or at schools that left the full offer."""
    outside_by_number: list[Figure]
    """At how many schools each of those was held; none that is nought."""


@dataclass(frozen=True)
class Card:
    """One cohort in the year."""

    name: str
    slug: str
    schools: Figure
    overdue: Figure
    visits: HeldVisits
    lines: list[Line]
    """Their status in the year, then the stages through which any of them is to come."""


def cards_of(rows: Iterable[Row], cohorts: Iterable[tuple[int, str, str]], year: ProgrammeYear) -> list[Card]:
    """A card for each of the cohorts (id, name, part of an address) with schools in the year, in that order."""
    by_cohort: dict[int, list[Row]] = {}
    for row in rows:
        by_cohort.setdefault(row.part.cohort_pk, []).append(row)
    return [_card(name, slug, by_cohort[pk], year) for pk, name, slug in cohorts if pk in by_cohort]


def _card(name: str, slug: str, rows: list[Row], year: ProgrammeYear) -> Card:
    statuses = _statuses(slug, rows, year)
    status = Line("Status in the year", statuses, _picture(f"Schools of {name} by status", statuses))
    stages = [column for column in COLUMNS if _is_wanted_of_any(column, rows)]
    return Card(
        name=name,
        slug=slug,
        schools=Figure(len(rows), "schools", board_url(year, cohort=slug)),
        overdue=Figure(
            sum(row.is_overdue for row in rows), "overdue", board_url(year, cohort=slug, overdue="yes"), "red"
        ),
        visits=_visits(slug, rows, year),
        lines=[status, *(_line(column, name, slug, rows, year) for column in stages)],
    )


def _statuses(slug: str, rows: list[Row], year: ProgrammeYear) -> list[Figure]:
    counts = Counter(row.part.status for row in rows)
    return [
        Figure(
            counts[status],
            str(status.label),
            board_url(year, cohort=slug, status=status),
            Participation(status=status).status_colour,
        )
        for status in Participation.Status
        if counts[status]
    ]


def _is_wanted_of_any(column: Column, rows: list[Row]) -> bool:
    place = PLACES[column.key]
    return any(row.stands[place].state.is_wanted for row in rows)


def _line(column: Column, name: str, slug: str, rows: list[Row], year: ProgrammeYear) -> Line:
    place = PLACES[column.key]
    counts = Counter(row.stands[place].state.key for row in rows)
    figures = [
        Figure(
            counts[state.key],
            state.word,
            board_url(year, cohort=slug, stands=f"{column.key}.{state.key}"),
            state.colour,
        )
        for state in column.states
        if counts[state.key]
    ]
    return Line(column.head, figures, _picture(f"{column.head}: schools of {name}", figures))


def _picture(title: str, figures: Iterable[Figure]) -> Markup:
    return bar(title, [Share(figure.word, figure.number, figure.colour) for figure in figures])


def _visits(slug: str, rows: list[Row], year: ProgrammeYear) -> HeldVisits:
    owed = [row for row in rows if row.part.is_owed_visits]
    others = [row for row in rows if not row.part.is_owed_visits]
    asked = {"cohort": slug, "status": TAKING_PART, "offer": Participation.Offer.FULL.value}
    by_number = _held_of(owed, year, **asked)
    outside = [one for one in _held_of(others, year, cohort=slug, offer=OUTSIDE) if one.number]
    return HeldVisits(
        held=sum(figure.number for figure in by_number),
        owed=len(VISIT_COLUMNS) * len(owed),
        schools=Figure(len(owed), "schools", board_url(year, **asked)),
        by_number=by_number,
        outside=sum(figure.number for figure in outside),
        outside_by_number=outside,
    )


def _held_of(rows: list[Row], year: ProgrammeYear, **asked: str) -> list[Figure]:
    """At how many of these schools each visit was held."""
    return [
        Figure(
            sum(row.stands[PLACES[column.key]].state.is_done for row in rows),
            column.head,
            board_url(year, **asked, stands=f"{column.key}.{DONE}"),
        )
        for column in VISIT_COLUMNS
    ]


def figures_of(card: Card) -> Iterator[tuple[str, Figure]]:
    """Every figure of a card with what it is a figure of: its file, and whoever wants to add them up."""
    yield "Schools", card.schools
    yield "Overdue", card.overdue
    yield from (
        (f"Visits held, of {card.visits.schools.number} schools", figure) for figure in card.visits.by_number
    )
    yield from (("Visits held, outside the full offer", figure) for figure in card.visits.outside_by_number)
    yield from ((line.head, figure) for line in card.lines for figure in line.figures)
