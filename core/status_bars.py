"""A picture of how many stand where: one bar for each word, the words on it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LONGEST = 300
"""In the picture's own units."""


STEP = 50
"""From one row of a picture to the next, in the same units."""


class InItsRow:
    """A bar of a picture, below its words."""

    place: int
    """Which row of the picture it is, from 0."""

    @property
    def words_at(self) -> int:
        """How far down the picture the words stand."""
        return 20 + STEP * self.place

    @property
    def bar_at(self) -> int:
        """And the bar below them."""
        return 27 + STEP * self.place


@dataclass(frozen=True)
class StatusBar(InItsRow):
    """How many of all have one status."""

    label: str
    count: int
    of: int
    place: int

    @property
    def words(self) -> str:
        """The bar in words."""
        return f"{self.label}: {self.count} of {self.of}"

    @property
    def width(self) -> int:
        """How long the bar is."""
        return round(LONGEST * self.count / self.of)


@dataclass(frozen=True)
class StatusBars:
    """The whole picture; one status alone is none."""

    each: Sequence[StatusBar]

    @property
    def is_picture(self) -> bool:
        """Whether there is anything to compare."""
        return len(self.each) > 1

    @property
    def height(self) -> int:
        """Of the picture."""
        return STEP * len(self.each)


def status_bars(found: Iterable[str], order: Iterable[str]) -> StatusBars:
    """Bars of how often each word of `order` was found, in that order; those that were not found are left out."""
    counted = Counter(found)
    total = counted.total()
    shown = [label for label in order if counted[label]]
    return StatusBars([StatusBar(label, counted[label], total, place) for place, label in enumerate(shown)])
