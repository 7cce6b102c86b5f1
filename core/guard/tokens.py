"""A text as the guard reads it: its words, each folded so that accents, capitals and apostrophes make no difference."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
SENTENCE_ENDS = frozenset(".!?\n\r…•")
BREAKS = SENTENCE_ENDS | frozenset(':;"“”\u2018()[]–—|/')
LONGEST_PHRASE = 6
LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "\u0131": "i", "æ": "ae", "œ": "oe", "ß": "ss", "’": "'"}
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word: where it stands, as it is written, folded (`plain` without its 's), and what stands before it."""

    start: int
    end: int
    text: str
    whole: str
    plain: str
    gap: str

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def is_title(self) -> bool:
        """Written as a name is: Kelly, O’Brien, McDonald; not SENCo or PTA."""
        return self.is_capital and len(self.text) > 1 and not self.text[:2].isupper() and self.text[1] != "."

    @property
    def is_possessive(self) -> bool:
        """Whether something is said to be its own: Kelly’s."""
        return self.plain != self.whole

    @property
    def opens(self) -> bool:
        """Whether a sentence or a part of one begins with it, so that its capital letter says nothing."""
        return not self.gap or not BREAKS.isdisjoint(self.gap)

    @property
    def opens_sentence(self) -> bool:
        """Whether a sentence begins with it."""
        return not self.gap or not SENTENCE_ENDS.isdisjoint(self.gap)

    @property
    def follows(self) -> bool:
        """Whether nothing but a space or a hyphen stands between it and the word before."""
        return self.gap in {" ", "-", "\u2011", "  ", "\xa0"}


def fold(text: str) -> str:
    """Small letters without accents."""
    lowered = text.translate(LETTERS).casefold().translate(LETTERS)
    if lowered.isascii():
        return lowered
    parts = unicodedata.normalize("NFKD", lowered)
    return "".join(part for part in parts if not unicodedata.combining(part))


def words_of(text: str) -> list[Word]:
    """The words of a text in their order."""
    found: list[Word] = []
    end = 0
    for match in WORD.finditer(text):
        folded = fold(match[0])
        owner = folded.removesuffix("'s")
        whole = folded.replace("'", "")
        gap = text[end : match.start()]
        # Of a long gap the first and last characters say as much as all of them.
        gap = gap if len(gap) <= 8 else gap[:4] + gap[-4:]
        found.append(
            Word(match.start(), match.end(), match[0], whole, owner.replace("'", ""), gap if found else "")
        )
        end = match.end()
    return found


class Phrases:
    """A list of phrases, found among words in time that does not depend on how many there are."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._first: dict[str, set[tuple[str, ...]]] = {}
        for phrase in phrases:
            folded = tuple(word.whole for word in words_of(phrase))[:LONGEST_PHRASE]
            if folded:
                self._first.setdefault(folded[0], set()).add(folded)

    def length_at(self, words: Sequence[Word], place: int) -> int:
        """How many words the longest phrase has that begins at this word; 0 where none does."""
        longest = 0
        word = words[place]
        for form in {word.whole, word.plain}:
            for phrase in self._first.get(form, ()):
                if len(phrase) > longest and self._fits(phrase, words[place : place + len(phrase)]):
                    longest = len(phrase)
        return longest

    @staticmethod
    def _fits(phrase: tuple[str, ...], words: Sequence[Word]) -> bool:
        if len(words) < len(phrase) or any(word.opens_sentence for word in words[2:]):
            return False
        return all(part in {word.whole, word.plain} for part, word in zip(phrase, words, strict=True))

    def places(self, words: Sequence[Word], *, least: int = 1) -> Iterator[int]:
        """The numbers of all words that stand in a phrase of `least` words or more."""
        for place in range(len(words)):
            length = self.length_at(words, place)
            if length >= least:
                yield from range(place, place + length)
