"""The dashboard as files."""

from collections.abc import Iterable, Iterator

from core.spreadsheets import Cell, Table
from core.words import local
from pins.dashboard.board import Row, days_of
from pins.dashboard.cards import Card, figures_of
from pins.dashboard.column import Reader
from pins.dashboard.columns import COLUMNS
from pins.dashboard.enums import Waits

OF_SCHOOL = ("School", "Town", "Programme year", "Joined with", "Status", "Offer", "Overdue")
OF_COLUMN = ("", ", days", ", waits for", ", date")


def board_table(rows: Iterable[Row], reader: Reader | None, forum: str) -> Table:
    """The board, narrowed and in order like the page; without a year it is empty."""
    heads = [f"{column.head}{what}" for column in COLUMNS for what in OF_COLUMN]
    return Table("Schools by stage", [*OF_SCHOOL, *heads], _rows(rows, reader, forum) if reader else ())


def _rows(rows: Iterable[Row], reader: Reader, forum: str) -> Iterator[list[Cell]]:
    names = {Waits.FORUM: forum, Waits.SCHOOL: "The school", Waits.NOBODY: ""}
    for row in rows:
        part = row.part
        line: list[Cell] = [part.school, part.town, reader.year.name, part.cohort]
        line += [part.status_label, part.offer_label, row.is_overdue]
        for stand in row.stands:
            day = local(stand.day).date() if stand.day else None
            line += [stand.state.word, days_of(stand, reader.today), names[stand.state.waits_for], day]
        yield line


def cards_table(cards: Iterable[Card], year: str) -> Table:
    """Every figure of the cards."""
    rows: Iterable[list[Cell]] = (
        [year, card.name, *line] for card in cards for line in (*_of_schools(card), *_of_visits(card))
    )
    return Table("Cohorts", ["Programme year", "Cohort", "What", "Stands", "How many"], rows)


def _of_schools(card: Card) -> Iterator[tuple[str, str, int]]:
    yield from ((what, figure.word, figure.number) for what, figure in figures_of(card))


def _of_visits(card: Card) -> Iterator[tuple[str, str, int]]:
    """In visits and not in schools, as the planner and the hours by worker have them."""
    yield "Visits, full offer", "Owed", card.visits.owed
    yield "Visits, full offer", "Held", card.visits.held
    yield "Visits, outside the full offer", "Held", card.visits.outside
