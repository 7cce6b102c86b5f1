"""A picture of what was spoken of, by area and kind: bars under their words, so that it needs no legend."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

LONGEST, LEAST = 300, 4
"""How long a bar is, in the picture's own units."""
HEAD, STEP = 30, 38


@dataclass(frozen=True)
class Heard:
    """One area and kind: how many, in words too; no number where none may be shown."""

    area: str
    kind: str
    value: int | None
    words: str


@dataclass(frozen=True)
class Bar:
    """One bar and the words above it."""

    words: str
    width: int
    is_hidden: bool
    words_at: int

    @property
    def bar_at(self) -> int:
        """How far down it begins."""
        return self.words_at + 6


@dataclass(frozen=True)
class AreaOfBars:
    """An area with its bars."""

    name: str
    name_at: int
    bars: list[Bar]


@dataclass(frozen=True)
class Bars:
    """The whole picture."""

    title: str
    description: str
    areas: list[AreaOfBars]
    height: int


def bars_of(heard: Iterable[Heard], *, title: str) -> Bars | None:
    """The picture of these, which come in the order of their areas; None where there is nothing to draw."""
    rows = list(heard)
    most = max((row.value or 0 for row in rows), default=0) or 1
    areas, down = [], 0
    for name, found in groupby(rows, key=lambda row: row.area):
        name_at, down = down + 20, down + HEAD
        bars = []
        for row in found:
            bars.append(
                Bar(f"{row.kind}: {row.words}", _width(row.value, most), row.value is None, down + 14)
            )
            down += STEP
        areas.append(AreaOfBars(name, name_at, bars))
    told = ". ".join(f"{row.area}, {row.kind[:1].lower()}{row.kind[1:]}: {row.words}" for row in rows)
    return Bars(title, f"{told}.", areas, down + 4) if rows else None


def _width(value: int | None, most: int) -> int:
    return LONGEST if value is None else max(LEAST, round(LONGEST * value / most))
