"""All rules on one text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from core.guard import shapes
from core.guard.ages import find_ages
from core.guard.children import Seen, find_children
from core.guard.few import find_few
from core.guard.lists import known_phrases
from core.guard.marks import Kind, Mark, joined
from core.guard.names import find_names
from core.guard.people import TITLES
from core.guard.tokens import Phrases, Word, words_of


def find(text: str, *, allowed: Iterable[str] = ()) -> list[Mark]:
    """What in the text could identify a child or a family, in its order; the same text always gives the same marks.

    `allowed` are words that the caller knows to be innocent: the names of the school, of places, of organisations. What
    stands in one of them is not marked. Takes time in proportion to the length of the text.
    """
    words = words_of(text)
    ours = _characters(words, Phrases(allowed).places(words))
    shaped = [*shapes.emails(text), *shapes.phones(text), *shapes.postcodes(text), *shapes.births(text)]
    links = [(start, end) for start, end, _ in shapes.addresses(text)]
    no_names = _within(words, [*links, *shapes.webs(text), *((mark.start, mark.end) for mark in shaped)])
    spared = no_names.union(known_phrases().places(words, least=2), _within(words, ours))
    seen = Seen(words)
    names = list(find_names(text, words, frozenset(spared)))
    named = _within(words, [(mark.start, mark.end) for mark in names])
    few = find_few(seen, _children_of(words, named))
    return joined(_but([*shaped, *names, *find_children(seen), *few, *find_ages(seen)], ours))


def _children_of(words: Sequence[Word], named: set[int]) -> set[int]:
    """Of the words that are names those before which no title stands: whoever has one is no child."""
    return {place for place in named if words[place].plain not in TITLES and not _is_titled(words, place)}


def _is_titled(words: Sequence[Word], place: int) -> bool:
    return any(words[place - back].plain in TITLES for back in (1, 2) if place >= back)


def _characters(words: Sequence[Word], places: Iterable[int]) -> list[tuple[int, int]]:
    """Where the words of these numbers stand, neighbours together, in their order."""
    spans: list[tuple[int, int]] = []
    last = -2
    for place in sorted(set(places)):
        if place == last + 1:
            spans[-1] = (spans[-1][0], words[place].end)
        else:
            spans.append((words[place].start, words[place].end))
        last = place
    return spans


def _within(words: Sequence[Word], spans: Iterable[tuple[int, int]]) -> set[int]:
    """The numbers of the words that stand in one of the spans."""
    inside: set[int] = set()
    place = 0
    for start, end in sorted(spans):
        while place and words[place - 1].end > start:
            place -= 1
        while place < len(words) and words[place].start < end:
            if words[place].end > start:
                inside.add(place)
            place += 1
    return inside


def _but(marks: Sequence[Mark], allowed: Sequence[tuple[int, int]]) -> Iterator[Mark]:
    """The marks without those of which every word is allowed; a child is pointed to by more than its words."""
    place = 0
    for mark in sorted(marks):
        while place < len(allowed) and allowed[place][1] <= mark.start:
            place += 1
        is_allowed = (
            place < len(allowed) and allowed[place][0] <= mark.start and mark.end <= allowed[place][1]
        )
        if mark.kind is Kind.ONE or not is_allowed:
            yield mark
