"""Personal names: by lists where a name is nothing else, by what stands around it where it is a word too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from core.guard import people
from core.guard.lists import known_words, names, ordinary_words
from core.guard.marks import Kind, Mark
from core.guard.tokens import Word

NO_NAME_ENDS_SO = re.compile(r".{3,20}(?:ing|ed|tions?|ments?|ness|ships?|ity|ism)\Z")
"""How words that are no names end; the names that end so are in the list."""

BREAK_OF_LINE = re.compile(r"[\r\n]")
INITIALS = re.compile(r"(?<![\w.])([A-Z])\.[ ]?([A-Z])\.?(?![\w.])")
OWN_INITIALS = re.compile(r"(?<![\w.])[A-Z]{2}['’]s(?= (\w{1,12}))")


def find_names(text: str, words: Sequence[Word], spared: frozenset[int]) -> Iterator[Mark]:
    """Marks of names among the words, but for those whose numbers are spared."""
    reading = Reader(words, spared)
    yield from _marks(words, reading)
    for found in INITIALS.finditer(text):
        if (found[1] + found[2]).lower() not in people.INITIALS_OF_THINGS:
            yield Mark(*found.span(), Kind.NAME, "These look like initials, which readers may know.")
    for found in OWN_INITIALS.finditer(text):
        if found[1].lower() in people.KIN:
            yield Mark(*found.span(), Kind.NAME, "These look like initials, which readers may know.")


def _marks(words: Sequence[Word], reading: Reader) -> Iterator[Mark]:
    place = 0
    while place < len(words):
        why, begin = reading.why(place), place
        place += 1
        if not why:
            continue
        while place < len(words) and reading.goes_on(place):
            place += 1
        yield Mark(words[begin].start, words[place - 1].end, Kind.NAME, why)


class Reader:
    """The words of one text, each asked whether it is a name; looks a few words back and ahead, never further."""

    def __init__(self, words: Sequence[Word], spared: frozenset[int]) -> None:
        self.words = words
        self.spared = spared
        self.plain, self.capital = names()["plain"], names()["capital"]
        self.word, self.place = names()["word"], names()["place"]
        self.surname = names()["surname"]
        self.known = known_words()
        self.ordinary = ordinary_words()

    def near(self, place: int) -> Word | None:
        """The word there, or None beyond either end."""
        return self.words[place] if 0 <= place < len(self.words) else None

    def why(self, place: int) -> str:
        """Why the word is taken for a name; empty when it is not."""
        if place in self.spared:
            return ""
        rules: tuple[tuple[Callable[[int], bool], str], ...] = (
            (self._is_titled, "A title and a surname say who somebody is."),
            (self._is_plain_name, "This is a first name."),
            (self._is_word_and_name, "This word is a first name too, and reads like one here."),
            (self._is_named_by_kin, "What stands beside it makes this read like a name."),
            (self._is_surname, "This is a surname."),
            (self._acts_like_one, "What it is said to do makes this read like a name."),
            (self._is_among_people, "What stands before it makes this read like a name."),
        )
        return next((why for rule, why in rules if rule(place)), "")

    def goes_on(self, place: int) -> bool:
        """Whether the word belongs to the name before it: a surname, a second half, an initial."""
        word, before = self.words[place], self.words[place - 1]
        if place in self.spared or before.is_possessive:
            return False
        if (before.plain in people.TITLES and self._has_surname(place - 1)) or self._is_of_a_couple(place):
            return True
        return word.follows and self._is_more_of_a_name(word)

    def _is_more_of_a_name(self, word: Word) -> bool:
        """A surname, a second half after a hyphen, an initial."""
        if word.gap == "-" and (word.is_capital or word.plain in self.plain):
            return True
        if len(word.text) == 1:
            return word.text.isupper() and word.text not in "AI"
        return word.is_title and not self._is_known(word) and word.plain not in people.PLACES

    def _is_of_a_couple(self, place: int) -> bool:
        """The and, and the Mrs, of Mr and Mrs Jones; the name itself is asked by its own title."""
        near = [word.plain if word else "" for word in map(self.near, range(place - 2, place + 2))]
        first, before, here, after = near
        is_and = here == "and" and before in people.TITLES and after in people.TITLES
        return is_and or (before == "and" and first in people.TITLES and here in people.TITLES)

    # --- one rule each ---

    def _is_titled(self, place: int) -> bool:
        title, after, other = self.words[place], self.near(place + 1), self.near(place + 2)
        if title.plain in people.GRAND:
            return bool(after and after.follows and self._could_be_name(place + 1) and after.is_title)
        if title.plain not in people.TITLES or after is None:
            return False
        if after.plain == "and" and other and other.plain in people.TITLES:
            return self._has_surname(place + 2)
        return self._has_surname(place)

    def _has_surname(self, place: int) -> bool:
        """Whether what follows a title is a surname: a capital, or after Mr and Mrs any word that could be one."""
        title, after, before = self.words[place], self.near(place + 1), self.near(place - 1)
        if (
            after is None
            or after.gap not in {" ", ". ", "."}
            or (title.plain == "miss" and not title.is_capital)
        ):
            return False
        if after.is_capital:
            is_sure = title.plain in people.TITLES_IN_SMALL_LETTERS
            return place + 1 not in self.spared and (is_sure or not self._is_known(after))
        is_milliseconds = bool(before and before.plain.isdecimal())
        could_be = len(after.text) > 2 and after.plain.isalpha() and after.plain not in people.SMALL
        return title.plain in people.TITLES_IN_SMALL_LETTERS and could_be and not is_milliseconds

    def _is_plain_name(self, place: int) -> bool:
        word = self.words[place]
        if word.text.isupper() and len(word.text) <= 3:
            return False
        is_listed = word.plain in self.plain or (word.is_capital and word.plain in self.capital)
        joined = place + 1 < len(self.words) and self.words[place + 1].gap == "-"
        if not is_listed and joined:
            second = self.words[place + 1].plain
            is_listed = word.plain in (self.word | self.place | self.capital) and second in self.plain
        return is_listed and len(word.plain) > 1 and not self._is_of_a_place(place)

    def _is_word_and_name(self, place: int) -> bool:
        word = self.words[place]
        if not word.is_title or word.plain not in (self.word | self.place) or self._is_of_a_place(place):
            return False
        if self._is_owner_of_kin(place):
            return True
        if word.plain in self.place or self._is_known(word):
            return self._does_something(place, people.BEING | people.STRONG) and self._is_he_or_she(place)
        if not word.opens and word.follows:
            before = self.words[place - 1]
            return before.plain not in people.BEFORE_A_THING and not self._is_headline(place)
        return self._does_as_people_do(place)

    def _is_named_by_kin(self, place: int) -> bool:
        word = self.words[place]
        if self._is_of_a_place(place):
            return False
        if self._could_be_name(place) and word.is_title:
            return self._is_owner_of_kin(place) or self._stands_by_kin(place) or self._is_of_a_family(place)
        if word.is_capital:
            return False
        is_listed = (
            word.plain in (self.capital | self.word) and word.plain not in people.NO_NAMES_IN_SMALL_LETTERS
        )
        return is_listed and word.follows and self._is_whose(place - 1)

    def _is_surname(self, place: int) -> bool:
        word = self.words[place]
        return word.is_title and word.plain in self.surname and not self._is_of_a_place(place)

    def _acts_like_one(self, place: int) -> bool:
        """A word that no list knows, with a capital letter, doing or suffering what people do."""
        word, after = self.words[place], self.near(place + 1)
        if not word.is_title or after is None or not after.follows or not self._could_be_name(place):
            return False
        if word.is_possessive or word.plain in (self.word | self.place) or self._is_of_a_place(place):
            return False
        if word.opens and word.plain.endswith("s"):
            return False
        if after.whole in people.PEOPLE_ALONE:
            return True
        if after.whole not in people.BEING | people.STRONG:
            return False
        then = self.near(place + 2)
        suffers = after.whole in people.BEING and then and then.plain in people.STATES_OF_PEOPLE
        needs = after.whole in people.NEEDING and not (then and then.plain in people.OF_NEEDS)
        return bool(suffers) or needs or self._is_he_or_she(place)

    def _is_among_people(self, place: int) -> bool:
        """A word that no list knows, with a capital letter, where a person is spoken of: with X, told X, that X."""
        word, before, earlier = self.words[place], self.near(place - 1), self.near(place - 2)
        if before is None or word.opens or not word.follows or not word.is_title or len(word.text) < 3:
            return False
        if not self._could_be_name(place) or word.plain in (self.word | self.place):
            return False
        if self._is_headline(place) or self._is_of_a_place(place):
            return False
        if before.whole in people.TO_A_PERSON:
            return True
        return before.whole in {"to", "with"} and bool(earlier and earlier.whole in people.TALKS)

    # --- what the rules ask ---

    def _is_known(self, word: Word) -> bool:
        return word.whole in self.known or word.plain in self.known

    def _could_be_name(self, place: int) -> bool:
        word = self.near(place)
        if word is None or place in self.spared or self._is_known(word) or word.plain in self.ordinary:
            return False
        return word.plain.isalpha() and not NO_NAME_ENDS_SO.match(word.plain)

    def _is_of_a_place(self, place: int) -> bool:
        """St Mary’s, Rose Lane, Thomas Adams School."""
        before = self.near(place - 1)
        if before and before.plain in people.SAINTS and self.words[place].gap in {" ", ". ", "."}:
            return True
        for number in range(place, min(place + 3, len(self.words) - 1)):
            after = self.words[number + 1]
            if self.words[number].is_possessive or not after.follows:
                return False
            if after.plain in people.PLACES:
                if self._is_surname_too(place, number + 1):
                    return False
                return after.is_capital or after.plain in {"class", "chain", "room", "day", "lane", "road"}
            if not after.is_title:
                return False
        return False

    def _is_surname_too(self, place: int, last: int) -> bool:
        """Susan Wood and Ann Hill-Smith, who are not places, where nothing before them says "in" or "near"."""
        before, beyond = self.near(place - 1), self.near(last + 1)
        if beyond and beyond.gap == "-":
            return True
        is_both = self.words[last].plain in people.SURNAMES_TOO and self.words[place].plain in self.plain
        return is_both and not (before and before.plain in people.BEFORE_A_PLACE)

    def _is_owner_of_kin(self, place: int) -> bool:
        word, after = self.words[place], self.near(place + 1)
        owned = people.THEIRS if word.plain in (self.word | self.place) else people.KIN
        return bool(word.is_possessive and after and after.follows and after.plain in owned)

    def _is_whose(self, place: int) -> bool:
        """Whether the word is kin of somebody ("my son"), or "called"."""
        word, before = self.near(place), self.near(place - 1)
        if word is None:
            return False
        if word.plain in people.CALLED:
            return True
        if word.plain == "one" and before and before.plain == "little":
            return True
        return word.plain in people.KIN and bool(before and before.plain in people.OURS)

    def _stands_by_kin(self, place: int) -> bool:
        """her son X; her son, X,; mum of X; the parents of X; name is X."""
        word, before, earlier = self.words[place], self.near(place - 1), self.near(place - 2)
        if before is None or word.opens_sentence:
            return False
        if before.plain in {"of", "to"} and earlier:
            return word.follows and earlier.plain in people.KIN
        if before.plain == "name" and earlier and earlier.plain in people.WHOSE_NAME:
            return not BREAK_OF_LINE.search(word.gap)
        if before.plain == "is" and earlier and earlier.plain == "name":
            return True
        if before.plain in people.BODIES and before.is_capital and not before.opens_sentence:
            return False
        is_kin = before.plain in people.KIN | people.CALLED and not before.is_possessive
        return is_kin and (word.follows or word.gap in {", ", " (", ": "})

    def _is_of_a_family(self, place: int) -> bool:
        before, after = self.near(place - 1), self.near(place + 1)
        is_family = after and after.follows and after.plain in {"family", "twins", "household"}
        return bool(is_family and before and before.plain in {"the", "one"})

    def _does_something(self, place: int, verbs: frozenset[str]) -> bool:
        after = self.near(place + 1)
        return bool(after and after.follows and after.whole in verbs)

    def _does_as_people_do(self, place: int) -> bool:
        after, then = self.near(place + 1), self.near(place + 2)
        if after is None:
            return False
        if after.plain == "and" and then and then.plain in (self.plain | self.capital):
            return True
        if not after.follows:
            return self.words[place].opens_sentence and ":" in after.gap and self._is_he_or_she(place)
        if after.whole in people.BEING:
            return bool(then and then.plain in people.STATES) or self._is_he_or_she(place)
        return after.whole in people.STRONG

    def _is_he_or_she(self, place: int) -> bool:
        """Whether somebody is spoken of in the next ten words of the sentence."""
        for word in self.words[place + 1 : place + 11]:
            if word.opens_sentence:
                return False
            if word.plain in people.PERSONAL:
                return True
        return False

    def _is_headline(self, place: int) -> bool:
        """Whether its neighbours are written with capitals too, so that its own says nothing."""
        before, after = self.near(place - 1), self.near(place + 1)
        starts = bool(before and before.is_title and not before.opens and before.plain not in self.plain)
        return starts or bool(after and after.follows and after.is_title and self._is_known(after))
