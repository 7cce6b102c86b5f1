"""A text with its marks, as a page shows it and as an answer to it is remembered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from core.guard.finding import find
from core.guard.marks import Mark
from core.guard.remembered import remembered

DIGEST_LENGTH = 32
HINT = "Write no names, and nothing that shows which child or family it is."
"""What every box about people says."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the text; without marks it is plain, and marks that overlap share one piece."""

    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Words that are marked, once for all places where they stand alike, and why, in sentences."""

    words: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the guard makes of a text. `digest` is what an answer is bound to: these words with these marks."""

    text: str
    marks: tuple[Mark, ...]
    digest: str

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The whole text in pieces, marked and plain in turn; a template escapes each."""
        return tuple(_segments(self.text, self.marks))

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The marked words in their order, each with its reasons."""
        found: dict[str, list[str]] = {}
        for mark in self.marks:
            why = found.setdefault(self.text[mark.start : mark.end], [])
            why += [mark.why] if mark.why not in why else []
        return tuple(Reason(words, tuple(why)) for words, why in found.items())


def read(text: str, *, allowed: Iterable[str] = ()) -> Reading:
    """The text as the guard reads it; `allowed` as `core.guard.find` has it. Line ends count alike, however sent."""
    plain = text.replace("\r\n", "\n")
    if not plain.strip():
        return Reading(plain, (), _digest(plain, ()))
    spared = tuple(allowed)
    marks = remembered(plain, spared, lambda: tuple(find(plain, allowed=spared)))
    return Reading(plain, marks, _digest(plain, marks))


def unanswered(readings: Iterable[Reading], accepted: Collection[str]) -> list[Reading]:
    """Those with marks of which nobody has said yet that they name nobody: to be looked at before a text goes out."""
    return [reading for reading in readings if reading.marks and reading.digest not in accepted]


def _digest(text: str, marks: Sequence[Mark]) -> str:
    said = json.dumps([text, [(mark.start, mark.end, mark.kind) for mark in marks]])
    return hashlib.sha256(said.encode()).hexdigest()[:DIGEST_LENGTH]


def _segments(text: str, marks: Sequence[Mark]) -> Iterator[Segment]:
    end = 0
    for group in _groups(marks):
        start, past = group[0].start, max(mark.end for mark in group)
        if start > end:
            yield Segment(text[end:start])
        yield Segment(text[start:past], tuple(group))
        end = past
    if end < len(text):
        yield Segment(text[end:])


def _groups(marks: Sequence[Mark]) -> Iterator[list[Mark]]:
    """Marks that overlap, together."""
    group: list[Mark] = []
    end = 0
    for mark in sorted(marks):
        if group and mark.start >= end:
            yield group
            group = []
        group.append(mark)
        end = max(end, mark.end) if len(group) > 1 else mark.end
    if group:
        yield group
