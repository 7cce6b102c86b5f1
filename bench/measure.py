"""Two things measured side by side: short rounds in turn, processor time, medians."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Pace:
    """How long to measure: so many rounds, each of about so many seconds a side."""

    rounds: int = 40
    seconds_a_round: float = 0.03

    def fewer(self, rounds: int) -> Pace:
        """For what takes long each time; never more rounds than were asked for."""
        return Pace(min(rounds, self.rounds), self.seconds_a_round)


@dataclass(frozen=True)
class Scale:
    """What a run works with: its pace, and how many schools a small, a middling and a large programme have."""

    pace: Pace = Pace()
    few: int = 35
    some: int = 350
    many: int = 3500

    @property
    def is_quick(self) -> bool:
        """Whether all that is wanted is to see that it runs."""
        return self.pace.seconds_a_round == 0


@dataclass(frozen=True)
class Result:
    """One line of the table. `aim` is None for what is only named beside another line."""

    name: str
    ratio: float
    aim: float | None
    ours: float
    other: float
    unit: str

    @property
    def is_over(self) -> bool:
        """Whether an aim was missed."""
        return self.aim is not None and self.ratio > self.aim

    def as_json(self) -> dict[str, Any]:
        """As the file of results has it."""
        return asdict(self)


@dataclass(frozen=True)
class Side:
    """What is measured; `before` makes ready for a round (a database, a first call) and is not counted."""

    call: Callable[[], object]
    before: Callable[[], object] = lambda: None


def side_by_side(name: str, ours: Side, other: Side, *, aim: float | None, pace: Pace) -> Result:
    """The ratio of the median processor times of one call each, over rounds taken in turn.

    Processor time is that of the whole process, all threads, user and system: waiting counts for nothing.
    Each round calls both sides often enough to fill its time, and the side that begins changes every round.
    """
    sides = (ours, other)
    calls = [_calls_a_round(side, pace) for side in sides]
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(pace.rounds):
        for index in (1, 0) if number % 2 else (0, 1):
            times[index].append(_one_round(sides[index], calls[index]))
    first, second = (median(each) * 1000 for each in times)
    return Result(name, first / second, aim, first, second, "ms")


def _calls_a_round(side: Side, pace: Pace) -> int:
    side.before()
    side.call()
    return max(1, round(pace.seconds_a_round / max(_one_round(side, 1), 1e-6)))


def _one_round(side: Side, calls: int) -> float:
    side.before()
    gc.collect()
    started = time.process_time()
    for _ in range(calls):
        side.call()
    return (time.process_time() - started) / calls
