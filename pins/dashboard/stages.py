"""The pictures above the board: at each stage, how many of the schools that are listed stand where."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from pins.dashboard.board import PLACES, Row
from pins.dashboard.column import Column
from pins.dashboard.columns import COLUMNS
from pins.dashboard.pictures import Share, bar

Address = Callable[[str], str]
"""Where the rows are listed that stand at a word such as "visit_1.held"."""


class Count(NamedTuple):
    """How many of the rows stand there, and where they are listed; no address where another standing is chosen."""

    number: int
    word: str
    url: str


@dataclass(frozen=True)
class Stage:
    """One column of the board over all its rows."""

    head: str
    picture: Markup
    counts: list[Count]
    """The same beside it, without what is nought."""

    @property
    def words(self) -> str:
        """The counts in words."""
        return ", ".join(f"{count.word}: {count.number}" for count in self.counts)


def stages_of(rows: Sequence[Row], address: Address | None) -> list[Stage]:
    """A picture for each column, of all rows that were asked for and not of one page of them; no query."""
    return [_stage(column, rows, address) for column in COLUMNS] if rows else []


def _stage(column: Column, rows: Sequence[Row], address: Address | None) -> Stage:
    place = PLACES[column.key]
    found = Counter(row.stands[place].state.key for row in rows)
    shares = [Share(state.word, found[state.key], state.colour) for state in column.states]
    counts = [
        Count(found[state.key], state.word, address(f"{column.key}.{state.key}") if address else "")
        for state in column.states
        if found[state.key]
    ]
    return Stage(column.head, bar(f"{column.head}: schools by how they stand", shares), counts)
