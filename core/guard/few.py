"""A family or child of whom there are few: where one family is from, twins of a year, a named child's year and need."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from core.guard.children import (
    ABOUT_NEEDS,
    ANY,
    CHILD,
    FEW,
    OTHERS,
    THINGS,
    WHO_IT_IS,
    YEAR_WHY,
    YEARS,
    YEARS_OF,
    Seen,
)
from core.guard.lists import countries, origins, word_set
from core.guard.marks import Kind, Mark

ORIGIN_WHY = "Where one family is from may point to it, in a school where few are."
TWINS_WHY = "Twins of one year group are few."

ONE = CHILD | WHO_IT_IS | word_set("family household twins triplets")
MANY = word_set("families households mums dads mothers fathers parents carers couples boys girls children")
ITS_OWN = word_set("a an one the this that her his my our their your another")
BACK = 4
"""How many words before a person may say that it is one: the new Polish family."""
CAME = word_set(
    "who that which came come comes moved moving arrived fled fleeing escaped originally here just recently has have"
    " had newly is are was were all over us to"
)
SPEAK = frozenset({"speaks", "speak", "spoke", "speaking"})
SPEAKS = SPEAK | word_set("who that only at home")
IN_A_CLASS = word_set("in from of are were who both start started starting now and our the all")
AT_THE_DOOR = word_set("staff desk area office team teacher teachers door")
"""What makes a reception none of a school's classes."""
TELLS = word_set(
    "in who is was has had have with and a an the of from our my her his their also now just been being diagnosed"
    " needs he she s"
)
"""What may stand between a name, a year group and a need that are told of one child."""
FAR = 12


def find_few(seen: Seen, named: Collection[int]) -> Iterator[Mark]:
    """Marks of few among the words; `named` are the numbers of those that are somebody's name."""
    words, few = seen.words, _Few(seen)
    for place in range(len(words)):
        for span, why in (
            (few.from_elsewhere(place), ORIGIN_WHY),
            (few.twins(place), TWINS_WHY),
            (few.named(place) if place in named and place + 1 not in named else None, YEAR_WHY),
        ):
            if span:
                yield Mark(words[span[0]].start, words[span[1]].end, Kind.ONE, why)


class _Few:
    """The words around one word, asked whether they tell of few."""

    def __init__(self, seen: Seen) -> None:
        self.seen, self.words = seen, seen.words

    def _plain(self, place: int) -> str:
        return self.words[place].plain if 0 <= place < len(self.words) else ""

    def _goes_on(self, place: int) -> bool:
        """Whether the word stands behind the one before it with nothing but a space between."""
        return 0 < place < len(self.words) and self.words[place].follows

    def _in_sentence(self, place: int, first: int) -> bool:
        return place < len(self.words) and self.seen.sentence[place] == self.seen.sentence[first]

    def _begins(self, place: int, first: int) -> int | None:
        """Where one family, or a counted few, begins: at its "the", or where the sentence does. None for any and all.

        `place` is the person, `first` the first word that is told of it.
        """
        wanted = FEW if self._plain(place) in MANY else ITS_OWN
        for start in range(first, max(first - BACK, -1), -1):
            word = self._plain(start)
            if word in wanted:
                is_any = word == "one" and self._plain(start + 1) == "of"
                return None if is_any or self._plain(start - 1) in ANY else start
            if word in ANY:
                return None
            if self.words[start].opens:
                return start if start == first and wanted is ITS_OWN else None
            if not self._goes_on(start):
                return None
        return None

    def from_elsewhere(self, place: int) -> tuple[int, int] | None:
        """The Polish family; a mum from Syria; two families from Ukraine; the dad who speaks Urdu."""
        if self._plain(place) not in ONE | MANY or self._is_of_a_thing(place + 1):
            return None
        people = place - 1 - (self._plain(place - 1) == "speaking")
        if self._plain(people) in origins() and all(
            self._goes_on(one) for one in range(people + 1, place + 1)
        ):
            start = self._begins(place, people)
            return None if start is None else (start, place)
        end = self._country(place + 1) or self._language(place + 1)
        start = self._begins(place, place) if end else None
        return None if start is None or end is None else (start, end)

    def _is_of_a_thing(self, place: int) -> bool:
        """The Polish family day, a Polish parent group: what the word before only belongs to."""
        if place >= len(self.words):
            return False
        return self.words[place].gap == "-" or (
            self._goes_on(place) and self._plain(place) in THINGS | OTHERS
        )

    def _country(self, place: int) -> int | None:
        """The last word of "who came from Hong Kong", which begins here."""
        for at in range(place, place + 6):
            if not self._in_sentence(at, place - 1):
                return None
            if self._plain(at) == "from":
                first = at + 1 + (self._plain(at + 1) == "the")
                length = (
                    countries().length_at(self.words, first) if self._in_sentence(first, place - 1) else 0
                )
                is_street = self._goes_on(first + length) and self.words[first + length].is_title
                return first + length - 1 if length and not is_street else None
            if self._plain(at) not in CAME:
                return None
        return None

    def _language(self, place: int) -> int | None:
        """The last word of "who only speaks Urdu", which begins here."""
        if self._plain(place) not in {"who", "that"}:
            return None
        for at in range(place, place + 6):
            if not self._in_sentence(at, place - 1):
                return None
            if self._plain(at) in origins():
                return at if any(self._plain(one) in SPEAK for one in range(place, at)) else None
            if self._plain(at) not in SPEAKS:
                return None
        return None

    def twins(self, place: int) -> tuple[int, int] | None:
        """The twins in Reception; her twins who started in Year 1; the Y4 twins."""
        if self._plain(place) not in {"twins", "triplets", "twin"}:
            return None
        before = self._year_before(place)
        if before is not None:
            around = {self._plain(before - back) for back in range(1, 3)}
            return (before, place) if ANY.isdisjoint(around) else None
        for at in range(place + 1, place + 6):
            if not self._in_sentence(at, place):
                return None
            if at in self.seen.stages:
                is_class = self._plain(at + 1) not in AT_THE_DOOR
                start = self._begins(place, place)
                return (start, self._end_of_stage(at)) if is_class and start is not None else None
            if self._plain(at) not in IN_A_CLASS:
                return None
        return None

    def _year_before(self, place: int) -> int | None:
        if not self._goes_on(place):
            return None
        if place - 1 in self.seen.stages:
            return place - 1
        is_year = place - 2 in self.seen.stages and self._end_of_stage(place - 2) == place - 1
        return place - 2 if is_year else None

    def _end_of_stage(self, place: int) -> int:
        is_two = self._plain(place) in YEARS_OF and self._plain(place + 1) in YEARS
        return place + is_two

    def named(self, place: int) -> tuple[int, int] | None:
        """In Jack in Year 3 with autism: from the year to the need, whichever is first; also: deaf Jack in Year 3."""
        needs, stages = self.seen.needs, self.seen.stages
        need = place - 1 if place - 1 in needs and self._goes_on(place) else None
        stage, end, at = None, place, place + 1
        while at <= place + FAR and self._in_sentence(at, place) and (need is None or stage is None):
            if at in stages:
                stage, end = at, self._end_of_stage(at)
                at = end
            elif at in needs:
                need, end = at, self._end_of_need(at)
                at = end
            elif self._plain(at) not in TELLS | CHILD:
                return None
            at += 1
        if need is None or stage is None or self._plain(end + 1) in ABOUT_NEEDS | AT_THE_DOOR:
            return None
        return min(need, stage), max(end, stage, need)

    def _end_of_need(self, place: int) -> int:
        while place + 1 in self.seen.needs and self.words[place + 1].follows:
            place += 1
        return place
