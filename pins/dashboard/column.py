"""What a column of the board is made of. How one is added: docs/decisions/0034-how-the-dashboard-grows.md.

A column names the states in which a school can stand there and says in which one each does. Cells, filters, order,
cards and files all ask that one function, so that a figure cannot differ from the rows behind it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from pins.dashboard.enums import Waits
from schools.models import Participation, ProgrammeYear

DONE = "done"
"""In an address: any state of a column in which the school has left it behind."""

BySchool = Mapping[int, Any]
"""What an organ knows of the schools of a year, by the id of the school."""


@dataclass(frozen=True)
class Reader:
    """Who looks, at which year and when."""

    year: ProgrammeYear
    now: datetime
    today: date
    reads_open_audits: bool
    """Whether what a school has not submitted may be told apart, or is only said to be with the school."""
    opens_visits: bool


class Part(NamedTuple):
    """A school's part in the year."""

    pk: int
    school_pk: int
    school: str
    town: str
    cohort_pk: int
    cohort: str
    status: str
    offer: str

    @property
    def withdrew(self) -> bool:
        """Whether nothing more is wanted of the school."""
        return self.status == Participation.Status.WITHDRAWN

    @property
    def is_owed_visits(self) -> bool:
        """Whether the school is to have its three visits in the year: on the full offer, while it takes part."""
        return Participation.owes_visits(offer=self.offer, status=self.status)

    @property
    def status_label(self) -> str:
        """The status in words."""
        return str(Participation.Status(self.status).label)

    @property
    def offer_label(self) -> str:
        """The offer in words."""
        return str(Participation.Offer(self.offer).label)


@dataclass(frozen=True)
class State:
    """One way in which a school can stand in a column."""

    key: str
    """In addresses."""
    word: str
    colour: str = "grey"
    waits_for: Waits = Waits.NOBODY
    is_overdue: bool = False
    is_done: bool = False
    is_wanted: bool = True
    """Whether the school is to come through this column at all."""
    ends_by_itself: bool = False
    """Whether it ends without anybody's doing, so that no line of history says when."""

    @property
    def waits(self) -> bool:
        """Whether somebody has to do something."""
        return self.waits_for is not Waits.NOBODY


class Stand(NamedTuple):
    """How one school stands in one column."""

    state: State
    since: datetime | None = None
    row: int | None = None
    """Id of the row behind it."""
    day: datetime | None = None
    """The day that it is for, where it has one."""
    is_wanted_by: bool = False
    """Whether that is the day by which it is wanted."""
    counted_from: str = ""
    """From what its days are counted, where the usual record is missing."""


@dataclass(frozen=True)
class Column:
    """One stage of the year, as the board has it."""

    key: str
    head: str
    states: tuple[State, ...]
    source: Callable[[ProgrammeYear], BySchool]
    """What the organ knows of all schools of a year, in a fixed number of queries; columns with one source share it."""
    stands: Callable[[Part, Any, Reader], Stand]
    """How a school stands, from what the source has of it: None where that is nothing."""
    link: Callable[[int], str]
    """Where the row behind a cell is read."""
    is_opened_by: Callable[[Reader], bool] = lambda reader: True  # noqa: ARG005 - called by its name

    def keys(self, standing: str) -> set[str]:
        """The states that a word of an address means: one of them, or all that are done."""
        if standing == DONE:
            return {state.key for state in self.states if state.is_done}
        return {state.key for state in self.states} & {standing}
