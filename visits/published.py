"""What may leave the forum of the counts that its visits have: nothing here holds an exact one.

Pages, files, mail and snapshots for anybody outside the forum are made of these and of nothing else, so that they
can only differ where a published value does.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from core.small_numbers import Published, publish, publish_total

FEWEST_SCHOOLS = 3
"""Of fewer schools together nothing is said: it would be told of one of them."""


def parent_carers(count: Published) -> str:
    """A published count in words: "about 10 parent carers"."""
    return "no parent carers" if count.value == 0 else f"{count} parent carers"


@dataclass(frozen=True)
class PublishedTheme:
    """One thing that parent carers said, as the school reads it."""

    area: str
    scope: str
    kind: str
    text: str
    raised: Published

    @classmethod
    def of(cls, *, area: str, scope: str, kind: str, text: str, raised_by: int, threshold: int) -> Self:
        """From what the forum recorded."""
        return cls(area, scope, kind, text, publish(raised_by, threshold=threshold))

    @property
    def raised_words(self) -> str:
        """Who raised it; nothing where nobody was counted."""
        return f"raised by {parent_carers(self.raised)}" if self.raised.value else ""


@dataclass(frozen=True)
class OverSchools:
    """What may be said of themes of several schools together; neither number where the schools are too few."""

    schools: int | None
    raised: Published | None

    @classmethod
    def of(cls, heard: Collection[tuple[int, Published]]) -> Self:
        """From the school and the published count of each theme; the total is one of published values."""
        schools = {school for school, _ in heard}
        if len(schools) < FEWEST_SCHOOLS:
            return cls(None, None)
        return cls(len(schools), publish_total(raised for _, raised in heard))

    @property
    def is_shown(self) -> bool:
        """Whether there are schools enough."""
        return self.schools is not None

    @property
    def schools_words(self) -> str:
        """How many schools, or that they are too few."""
        return "too few schools" if self.schools is None else f"{self.schools} schools"

    @property
    def raised_words(self) -> str:
        """How many parent carers, taken together."""
        return "not shown" if self.raised is None else parent_carers(self.raised)
