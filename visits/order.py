"""Visits of one school in the order of their numbers: which days contradict each other."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from core.words import date_words

IS_ON, MAY_BE_ON = "is on", "may be on"


@dataclass(frozen=True)
class Dated:
    """A visit with its number, and a day on which it is or may be."""

    visit: int
    number: int
    day: date
    stands: str = IS_ON
    where: str = ""
    """Where that is written, if the reader would look for it in vain."""


def out_of_order(number: int, day: date, others: Iterable[Dated]) -> Iterator[str]:
    """A sentence for each other visit of the school and year with a lower number and a later day, or the reverse.

    Two on one day contradict nothing. Of several days on which one may be the farthest is told.
    """
    told: dict[int, Dated] = {}
    for one in sorted(others, key=lambda one: abs(one.day - day)):
        if (one.number < number and one.day > day) or (one.number > number and one.day < day):
            told[one.visit] = one
    for one in sorted(told.values(), key=lambda one: one.number):
        which = "before" if one.day > day else "after"
        stands = f"{one.stands} {date_words(one.day)}{one.where}"
        yield f"Visit {number} would be on {date_words(day)}, {which} visit {one.number}, which {stands}."
