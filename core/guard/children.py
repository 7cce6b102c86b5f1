"""One child or family who could be picked out: a year group or an age beside a need, or "the only …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from core.guard.lists import needs, needs_in_capitals, word_set
from core.guard.marks import Kind, Mark
from core.guard.tokens import Word

NEAR = 10
"""How many words apart a child, a year group and a need may stand."""

CHILD = word_set(
    "boy girl child pupil lad lass kid student son daughter toddler twin brother sister grandson"
    " granddaughter stepson stepdaughter nephew niece youngster learner newcomer refugee sibling user"
)
ONLY = frozenset({"only", "one"})
CHILDREN = word_set("boys girls children pupils lads kids students sons daughters brothers sisters siblings")
FAMILY = frozenset({"family", "household", "families", "twins", "triplets", *CHILD})
FEW = frozenset({"two", "three", "four", "2", "3", "4", "both", "couple"})
ANY = frozenset({"every", "each", "any", "no", "per", "all", "many", "most", "some", "whole", "nobody"})
NUMBERS = word_set("two three four five six seven eight nine ten eleven twelve 2 3 4 5 6 7 8 9 10 11 12")
YEARS = word_set("one two three four five six 1 2 3 4 5 6")
YEAR_IN_ONE = re.compile(r"(?:y|yr|year)[1-6r]\Z|ks[12]\Z")
AGE_IN_ONE = re.compile(r"\d{1,2}(?:yrs?|yo|year)\Z")
CLASSES = frozenset({"reception", "nursery", "preschool", "eyfs", "infants"})
OTHERS = frozenset(
    {"friendly", "centred", "led", "minder", "care", "protection", "voice", "family", "parent", "benefit"}
)
THINGS = word_set(
    "room rooms group groups support worker workers event events evening governor governors restaurant learning day"
    " days meal meals recipe recipes night club toilet toilets ticket tickets space area council hub forum association"
    " liaison link corner shop car farm seat sized only meeting meetings helper helpers volunteer volunteers"
)
"""What a word for a person stands before without being one: the family room, the parent governor."""
WHO_IT_IS = word_set(
    "mum mums mam mother mummy dad father daddy parent carer couple grandparent gran nan nana grandma grandad aunt"
    " uncle woman man lady"
)
ABOUT_NEEDS = word_set(
    "lead leads training champion support group team talk talks course policy awareness trained specialist base hub"
    " unit workshop leaflet"
)
TELLS_WHICH = frozenset({"who", "with", "without", "in", "from", "whose"})
YEARS_OF = frozenset({"year", "yr", "y", "stage"})
YEAR_WHY = "A year group or an age beside a need may point to one child."
ONLY_WHY = "Whoever is the only one can be picked out."


def find_children(seen: Seen) -> Iterator[Mark]:
    """Marks of one child or family among the words."""
    words = seen.words
    for place in range(len(words)):
        span = (
            seen.by_year(place) or seen.by_only(place) or seen.by_note(place) or seen.by_note_of_need(place)
        )
        if span:
            why = ONLY_WHY if words[place].plain in ONLY else YEAR_WHY
            yield Mark(words[span[0]].start, words[span[1]].end, Kind.ONE, why)


class Seen:
    """The words of one text, each looked at once for years, ages and needs."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self.sentence = self._sentences()
        self.stages = {place for place in range(len(words)) if self._is_stage(place)}
        self.needs = self._needs()

    def _sentences(self) -> list[int]:
        number, numbers = 0, []
        for word in self.words:
            number += word.opens_sentence
            numbers.append(number)
        return numbers

    def _needs(self) -> set[int]:
        phrases, capitals = needs(), needs_in_capitals()
        found: set[int] = set()
        for place, word in enumerate(self.words):
            length = phrases.length_at(self.words, place)
            if length and not (length == 1 and word.plain in capitals and not word.text.isupper()):
                found.update(range(place, place + length))
        return found

    def _plain(self, place: int) -> str:
        return self.words[place].plain if 0 <= place < len(self.words) else ""

    def _is_stage(self, place: int) -> bool:
        """A year group, a class that is one, or an age."""
        word, before, after = self._plain(place), self._plain(place - 1), self._plain(place + 1)
        if YEAR_IN_ONE.match(word) or AGE_IN_ONE.match(word) or word in CLASSES:
            return True
        if word in {"year", "yr", "y"} and after in YEARS:
            return self._plain(place + 2) not in {"old", "olds", "years"}
        if word == "stage" and before in {"key", "foundation"}:
            return True
        if word not in NUMBERS:
            return False
        if after in {"year", "yr", "years", "yrs"}:
            return self._plain(place + 2) in {"old", "olds", "of"}
        return self._is_age(place, before)

    def _is_age(self, place: int, before: str) -> bool:
        """aged 6; a boy of eight; who is 10; my son is 4."""
        if before in {"aged", "age", "turned"}:
            return self._plain(place + 1) != "to"
        earlier = self._plain(place - 2)
        ends = (
            place + 1 == len(self.words)
            or self.words[place + 1].gap != " "
            or self._plain(place + 1) == "and"
        )
        if before in {"of", "is", "was"}:
            return earlier in CHILD | {"who", "he", "she"} and (ends or before == "of")
        return False

    def single(self, place: int) -> bool:
        """Whether the word is one child, or a few who are counted."""
        word = self._plain(place)
        after, gap = self._plain(place + 1), self.words[place + 1].gap if place + 1 < len(self.words) else ""
        if after in OTHERS and (gap == "-" or after in {"benefit", "protection", "voice", "care", "minder"}):
            return False
        around = {self._plain(place - back) for back in range(1, 5)}
        if word in CHILDREN:
            return any(self._counts(place - back) for back in range(1, 5))
        if word == "old":
            is_age = self._plain(place - 1) in {"year", "yr", "years"} or AGE_IN_ONE.match(
                self._plain(place - 1)
            )
            return bool(is_age) and ANY.isdisjoint(around)
        is_child = (
            word in CHILD
            or word in {"twins", "triplets"}
            or (word == "one" and self._plain(place - 1) == "little")
        )
        return is_child and ANY.isdisjoint(around)

    def _counts(self, place: int) -> bool:
        """Whether the word says that there are a few; the 3 of Year 3 does not."""
        return self._plain(place) in FEW and self._plain(place - 1) not in {"year", "yr", "y", "stage"}

    def _near(self, place: int, places: set[int]) -> int | None:
        """The nearest of the places in the same sentence, or None."""
        for far in range(NEAR + 1):
            for other in (place + far, place - far):
                if other in places and self.sentence[other] == self.sentence[place]:
                    return other
        return None

    def by_year(self, place: int) -> tuple[int, int] | None:
        """From the first to the last word of a child, its year or age, and its need."""
        if not self.single(place):
            return None
        stage, need = self._near(place, self.stages), self._near(place, self.needs)
        if stage is None or need is None:
            return None
        return min(place, stage, need), max(place, stage, need)

    def by_note(self, place: int) -> tuple[int, int] | None:
        """As one jots it down, between commas: Year 4, ADHD. What goes on (Year 4, ADHD training) is about no child."""
        if place not in self.stages:
            return None
        start = place - (self._plain(place - 1) in {"key", "foundation", "aged", "age"})
        need = place + (2 if self._plain(place) in {"year", "yr", "y", "stage"} else 1)
        if self.words[start].gap != ", " and not self.words[start].opens:
            return None
        if need not in self.needs or self.words[need].gap != ", ":
            return None
        end = need
        while end + 1 in self.needs and self.words[end + 1].follows:
            end += 1
        after = self.words[end + 1].gap if end + 1 < len(self.words) else ""
        return None if after.isspace() or after == "-" else (start, end)

    def by_note_of_need(self, place: int) -> tuple[int, int] | None:
        """The same the other way round: Ella, ADHD, Year 4. Of several needs the first begins it: autism, ADHD, Year 4.

        What goes on (ADHD, Year 4 training), or began before the commas (about ADHD, Year 4), is about no child.
        """
        if place not in self.needs or (self.words[place].gap != ", " and not self.words[place].opens):
            return None
        stage, last = place + 1, place + NEAR
        while stage < last and (
            stage in self.needs or (self._plain(stage) == "and" and stage + 1 in self.needs)
        ):
            stage += 1
        leads = self._plain(stage) in {"key", "foundation", "aged", "age"}
        if stage + leads not in self.stages or self.words[stage].gap != ", ":
            return None
        end = stage + leads
        end += self._plain(end) in {"year", "yr", "y", "stage"} and self._plain(end + 1) in YEARS
        after = self.words[end + 1].gap if end + 1 < len(self.words) else ""
        return None if after.isspace() or after == "-" else (place, end)

    def by_only(self, place: int) -> tuple[int, int] | None:
        """The only deaf girl; the only Traveller family; the only girl in Reception; the one dad who came."""
        only = self._plain(place)
        if only not in ONLY or self._plain(place - 1) not in {"the", "our", "my"}:
            return None
        for end in range(place + 1, min(place + 6, len(self.words))):
            if self.words[end].gap not in {" ", "-", ", "}:
                return None
            if self._is_only_one(place, end) and self._plain(end + 1) not in OTHERS | THINGS:
                if self._plain(end) == "one":
                    return self._by_only_one(place, end)
                need, stage = self._near(end, self.needs), self._near(end, self.stages)
                tells = need is not None or stage is not None or self._plain(end + 1) in TELLS_WHICH
                tells |= only == "only" and end > place + 1
                return (place - 1, max(end, need or 0, stage or 0)) if tells else None
        return None

    def _by_only_one(self, place: int, end: int) -> tuple[int, int] | None:
        """The only one in a wheelchair; the only one of the county with a SEND hub is a school."""
        need = next((one for one in range(end + 2, end + 5) if one in self.needs), None)
        if (
            need is None
            or self.sentence[need] != self.sentence[end]
            or self._plain(end + 1) not in TELLS_WHICH
        ):
            return None
        return None if self._plain(need + 1) in ABOUT_NEEDS else (place - 1, need)

    def _is_only_one(self, place: int, end: int) -> bool:
        """Whether the word is whom "only" is said of; "the only one" stands together."""
        word = self._plain(end)
        return word in FAMILY | WHO_IT_IS or (word == "one" and end == place + 1)
