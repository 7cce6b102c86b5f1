"""The age of one child, said of a child: a 7 year old, he is seven, my daughter, 8, hates it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.guard.children import AGE_IN_ONE, ANY, CHILD, CHILDREN, NUMBERS, Seen
from core.guard.lists import word_set
from core.guard.marks import Kind, Mark

AGE_WHY = "An age may point to one child, in a school where few have it."
HE_OR_SHE = frozenset({"he", "she"})
TWINS = frozenset({"twins", "triplets"})
IS, ARE = frozenset({"is", "was", "turned", "turns"}), frozenset({"are", "were"})
ONLY = word_set("only just now nearly almost about still already barely")
YEARS_OLD = word_set("year years yr yrs")
ITS_OWN = word_set("a an one the this that her his my our their your another")
GOES_ON = word_set(
    "and but or so when now then because who since next already while if i we they he she in on today tomorrow"
)
"""What may follow where an age ends: anything else is counted by the number (he is seven minutes late)."""
DOES = word_set(
    "who whose with without in at on from and or but to for about because so then again alone too not never"
    " always often that which when while if as after before by under near is was has had can could cannot can't cant"
    " will would won't wont wouldn't wouldnt did didn't didnt does doesn't doesnt isn't isnt wasn't wasnt hasn't hasnt"
    " may might must should said ran hid sat went came left fell got told hit bit felt kept lost made spent stood took"
    " wet wrote broke threw"
)
"""What may follow a 7 year old who is a child, besides what he or she does; a 7 year old minibus is none."""
THIRD_PERSON = re.compile(r"(?:ed|[^us]s)\Z")


def find_ages(seen: Seen) -> Iterator[Mark]:
    """Marks of ages that are one child's, or those of twins."""
    words = seen.words
    for place in range(len(words)):
        if words[place].plain in NUMBERS or AGE_IN_ONE.match(words[place].plain):
            span = _Age(seen, place).span()
            if span:
                yield Mark(words[span[0]].start, words[span[1]].end, Kind.ONE, AGE_WHY)


class _Age:
    """A number that may be the age of one child: the words around it say so, or it is none."""

    def __init__(self, seen: Seen, place: int) -> None:
        self.seen, self.place = seen, place
        self.end = self._end()

    def span(self) -> tuple[int, int] | None:
        """From the first to the last word of it."""
        return self._old() or self._is() or self._aged() or self._of() or self._between_commas()

    def _plain(self, place: int) -> str:
        words = self.seen.words
        return words[place].plain if 0 <= place < len(words) else ""

    def _gap(self, place: int) -> str:
        """What stands before a word; nothing behind the last."""
        words = self.seen.words
        return words[place].gap if place < len(words) else ""

    def _end(self) -> int:
        """The last word of the age: 7, or 7 years old."""
        end = self.place
        end += self._plain(end + 1) in YEARS_OLD and self._plain(end + 2) == "old"
        return end + (self._plain(end + 1) == "old")

    def _stops(self) -> bool:
        """Whether nothing is counted by the number: the part of the sentence ends, or goes on with other words."""
        after = self._plain(self.end + 1)
        return not after or self._gap(self.end + 1) != " " or after in GOES_ON

    def _old(self) -> tuple[int, int] | None:
        """A 7 year old cried; the six-year-old; her 9yo."""
        is_whole = self._plain(self.end) == "old" or self._plain(self.place).endswith("yo")
        first = self._plain(self.place - 1)
        if not is_whole or not (first in ITS_OWN or self.seen.words[self.place].opens):
            return None
        after = self._plain(self.end + 1)
        is_child = not after or self._gap(self.end + 1) not in {" ", "-"} or after in CHILD | DOES
        if not is_child and not THIRD_PERSON.search(after):
            return None
        around = {self._plain(self.place - back) for back in range(2, 5)}
        start = self.place - (first in ITS_OWN)
        return (start, self.end) if ANY.isdisjoint({first, *around}) else None

    def _is(self) -> tuple[int, int] | None:
        """He is seven; she's only 6 years old; my son turned 7; the twins are 5."""
        if not self._stops():
            return None
        verb = self.place - 1 - (self._plain(self.place - 1) in ONLY)
        who = self._plain(verb - 1)
        if self._is_one(verb) and self.seen.words[verb].is_possessive:
            return verb, self.end
        said = self._plain(verb)
        if (said in IS and self._is_one(verb - 1)) or (said in ARE and who in TWINS):
            return verb - 1, self.end
        if said in IS and who in {"who", "just"} and self._is_one(verb - 2):
            return verb - 2, self.end
        return None

    def _is_one(self, place: int) -> bool:
        """Whether the word is he, she or one child."""
        if place < 0 or self.seen.sentence[place] != self.seen.sentence[self.place]:
            return False
        return self._plain(place) in HE_OR_SHE or self._is_single(place)

    def _is_single(self, place: int) -> bool:
        return self._plain(place) not in CHILDREN and self.seen.single(place)

    def _aged(self) -> tuple[int, int] | None:
        """Her daughter, aged 6; a boy age 9; not those aged 5 to 7."""
        if self._plain(self.place - 1) not in {"aged", "age"} or self._plain(self.end + 1) in {
            "to",
            "and",
            "or",
        }:
            return None
        near = (self.place - back for back in range(2, 5))
        start = next((place for place in near if self._is_one(place)), None)
        return None if start is None else (start, self.end)

    def _of(self) -> tuple[int, int] | None:
        """A boy of eight; one pupil of ten is a share."""
        start = self.place - 2
        if (
            self._plain(self.place - 1) != "of"
            or not self._is_single(start)
            or self._plain(start) not in CHILD
        ):
            return None
        ends = self._stops() or self._plain(self.end + 1) in DOES
        return (start, self.end) if ends and self._plain(start - 1) not in {"one", "1"} else None

    def _between_commas(self) -> tuple[int, int] | None:
        """My daughter, 8, hates it; his sister (9) copies him."""
        start = self.place - 1
        opened, closed = self._gap(self.place), self._gap(self.end + 1)
        is_set_off = (opened == ", " and (closed.startswith(",") or not self._plain(self.end + 1))) or (
            opened == " (" and closed.startswith(")")
        )
        is_age = is_set_off and self._is_single(start) and self._plain(start) in CHILD
        return (start, self.end) if is_age else None
