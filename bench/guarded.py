"""How often the guard finds what it should and marks what it should not, over the corpus in tests/data/guard."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from core.guard import Kind, find

CORPUS = Path(__file__).resolve().parent.parent / "tests" / "data" / "guard"
HALVES = ("tuning", "holdout")
BRACKETS = re.compile(r"\[\[(\w+)\|([^\[\]|]+)\]\]")


@dataclass(frozen=True)
class Sentence:
    """One of the corpus: its id, its text as the guard reads it, and what identifies in it, with its kind."""

    id: str
    text: str
    wanted: list[tuple[int, int, Kind]]


@dataclass
class Rates:
    """What came of one half."""

    wanted: Counter[Kind] = field(default_factory=Counter)
    found: Counter[Kind] = field(default_factory=Counter)
    innocent: int = 0
    alarmed: int = 0
    beside: int = 0
    """Marks in identifying sentences on words that identify nobody."""

    @property
    def hits(self) -> float:
        """Of what identifies, how much is marked, and as what it is."""
        return self.found.total() / self.wanted.total()

    @property
    def false_alarms(self) -> float:
        """Of the innocent sentences, how many have a mark."""
        return self.alarmed / self.innocent


def sentence(ident: str, bracketed: str) -> Sentence:
    """A line of the corpus without its brackets."""
    text, wanted, end = "", [], 0
    for found in BRACKETS.finditer(bracketed):
        text += bracketed[end : found.start()]
        wanted.append((len(text), len(text) + len(found[2]), Kind(found[1])))
        text += found[2]
        end = found.end()
    return Sentence(ident, text + bracketed[end:], wanted)


def sentences(half: str) -> Iterator[Sentence]:
    """All of one half."""
    for line in (CORPUS / f"{half}.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        ident, _, bracketed = line.split("\t")
        yield sentence(ident, bracketed)


def rates(half: str) -> Rates:
    """What the guard makes of one half. Something is found when a mark of its kind touches it."""
    made = Rates()
    for one in sentences(half):
        marks = find(one.text)
        if not one.wanted:
            made.innocent += 1
            made.alarmed += bool(marks)
        made.wanted.update(kind for _, _, kind in one.wanted)
        made.found.update(
            kind
            for start, end, kind in one.wanted
            if any(mark.kind is kind and mark.start < end and start < mark.end for mark in marks)
        )
        made.beside += bool(one.wanted) * sum(
            not any(mark.start < end and start < mark.end for start, end, _ in one.wanted) for mark in marks
        )
    return made
