"""What the guard marks: kinds, each with its sentence, and marks, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a mark is of."""

    NAME = "name"
    ONE = "one"
    EMAIL = "email"
    PHONE = "phone"
    POSTCODE = "postcode"
    BIRTH = "birth"

    @property
    def words(self) -> str:
        """A sentence for the person who wrote the text."""
        return SENTENCES[self]


SENTENCES = {
    Kind.NAME: "This may be somebody’s name.",
    Kind.ONE: "This may be one child or family whom a reader could pick out.",
    Kind.EMAIL: "This looks like somebody’s e-mail address.",
    Kind.PHONE: "This looks like somebody’s telephone number.",
    Kind.POSTCODE: "This looks like a postcode.",
    Kind.BIRTH: "This looks like a date of birth or a birthday.",
}


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """Characters `start` to `end` of a text, what they may be, and why they are marked, in words."""

    start: int
    end: int
    kind: Kind
    why: str


def joined(marks: Iterable[Mark]) -> list[Mark]:
    """The marks in their order; those of one kind that overlap become one, with the first one's reason."""
    kept: list[Mark] = []
    last: dict[Kind, int] = {}
    for mark in sorted(marks):
        place = last.get(mark.kind)
        if place is not None and mark.start < kept[place].end:
            before = kept[place]
            kept[place] = Mark(before.start, max(before.end, mark.end), before.kind, before.why)
            continue
        last[mark.kind] = len(kept)
        kept.append(mark)
    return kept
