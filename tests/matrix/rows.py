"""How a row of the permission matrix is written."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from schools.models import School
from tests.people import People

COLUMNS = [
    "signed_out",
    "admin",
    "liaison",
    "programme",
    "trainer",
    "head",
    "colleague",
    "governor",
    "other_head",
]

Maker = Callable[[People, School], dict[str, Any]]


def nothing(people: People, school: School) -> dict[str, Any]:
    """An address without arguments."""
    return {}


@dataclass(frozen=True)
class Row:
    """What everybody gets, in the order of COLUMNS; how to make the arguments; what is posted."""

    codes: str
    arguments: Maker = nothing
    data: dict[str, Any] = field(default_factory=dict)
    is_a_persons: bool = False
    """Whether its object belongs to one person, not to a school."""

    @property
    def expected(self) -> dict[str, str]:
        return dict(zip(COLUMNS, self.codes.split(), strict=True))
