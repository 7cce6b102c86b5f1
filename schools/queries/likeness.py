"""What a misspelt search may have meant, in a short list of schools."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from schools.queries.public import plain_words

NEAR_ENOUGH = 0.75
"""From this likeness on (1 is the same) a misspelt word may be another: "wenlok" and "wenlock" have 0.92."""
MOST_GUESSES, MOST_WORDS_TO_GUESS = 3, 8
"""Schools that are suggested, and words of a search beyond which none is."""


def likely(q: str, texts: Sequence[str]) -> list[int]:
    """The places in `texts` of at most three that `q` may have meant, the likeliest first, then in their order.

    Each text is a name and a town as `plain_words` makes them. Every word of `q` has to be near to a word of the
    text, so that "Primary School" alone suggests nobody.
    """
    wanted = plain_words(q).split()
    if not wanted or len(wanted) > MOST_WORDS_TO_GUESS:
        return []
    words = [text.split() for text in texts]
    known = {word for each in words for word in each}
    near = [_near(word, known) for word in wanted]
    found = []
    for number, each in enumerate(words):
        best = [max((likeness.get(word, 0) for word in each), default=0) for likeness in near]
        if all(best):
            found.append((-sum(best), number))
    return [number for _, number in sorted(found)[:MOST_GUESSES]]


def _near(wanted: str, known: set[str]) -> dict[str, float]:
    """How near those of the known words are that might be meant, from NEAR_ENOUGH to 1 for the word itself."""
    likeness = SequenceMatcher(b=wanted, autojunk=False)
    found = {}
    for word in known:
        likeness.set_seq1(word)
        if likeness.real_quick_ratio() >= NEAR_ENOUGH and likeness.quick_ratio() >= NEAR_ENOUGH:
            found[word] = likeness.ratio()
        if word.startswith(wanted):
            found[word] = 1.0
    return {word: ratio for word, ratio in found.items() if ratio >= NEAR_ENOUGH}
