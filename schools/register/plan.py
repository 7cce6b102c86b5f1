"""What an import is to write, as plain data: `planning` makes it, `differences` tells it, `apply` writes it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from schools.register.succession import Waiting


@dataclass(frozen=True, slots=True)
class DatedUrn:
    """A URN that a school had or has."""

    urn: int
    valid_from: date | None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A stored school as it was when it was compared; `values` are its fields that a register gives."""

    pk: int
    values: dict[str, Any]

    def __str__(self) -> str:
        return str(self.values["name"])


@dataclass(slots=True)
class NewSchool:
    """A school that is to be made, with all the URNs that it has had."""

    values: dict[str, Any]
    urns: list[DatedUrn]
    slug: str = ""


@dataclass(slots=True)
class Change:
    """The fields of a stored school that the register gives differently, under its number there."""

    school: Held
    urn: int
    values: dict[str, Any]


@dataclass(slots=True)
class Move:
    """A stored school with a new URN; `absorbs` is the bare school that an earlier run made of the new one."""

    school: Held
    old: int
    ended_on: date
    new: DatedUrn
    absorbs: int | None = None


@dataclass
class Plan:
    """All that is to be written, and what a person should know."""

    new: list[NewSchool] = field(default_factory=list)
    changes: dict[int, Change] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    """Successions that nobody has decided about."""
    unheard: list[Waiting] = field(default_factory=list)
    """Those of them that are not on the list for a person yet."""
    same: set[int] = field(default_factory=set)
    former: int = 0
    apart: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.new or self.changes or self.moves or self.unheard)

    @property
    def changed(self) -> int:
        """Schools with other differences than a new URN."""
        return len(set(self.changes) - {move.school.pk for move in self.moves})
