"""The pictures above the board: at each stage, how many of the schools that are listed stand where."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from pins.dashboard.board import PLACES, Row
from pins.dashboard.column import Column
from pins.dashboard.columns import COLUMNS
from pins.dashboard.pictures import Share, bar, told


@dataclass(frozen=True)
class Stage:
    """One column of the board over all its rows."""

    head: str
    picture: SafeString
    words: str
    """The same in words, beside it."""


def stages_of(rows: Sequence[Row]) -> list[Stage]:
    """A picture for each column, of all rows that were asked for and not of one page of them; no query."""
    return [_stage(column, rows) for column in COLUMNS] if rows else []


def _stage(column: Column, rows: Sequence[Row]) -> Stage:
    place = PLACES[column.key]
    counts = Counter(row.stands[place].state.key for row in rows)
    shares = [Share(state.word, counts[state.key], state.colour) for state in column.states]
    return Stage(column.head, bar(f"{column.head}: schools by how they stand", shares), told(shares))
