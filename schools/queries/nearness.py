"""Names that come near to each other: what a misspelt or shortened name of a school may have meant."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from difflib import SequenceMatcher

MOST_FOUND = 5
_NEAR_WORD = 0.8
_NEAR_NAME = 0.5
_COMMON = 400
"""A word of more names than this tells little: it counts, and finds nothing by itself."""

_SAY_NOTHING = frozenset(
    {
        *("school", "schools", "primary", "cofe", "catholic", "infant", "junior", "nursery", "academy"),
        *("community", "voluntary", "controlled", "aided", "first", "middle", "special", "secondary", "year"),
        *("name", "urn", "town", "postcode", "of", "a", "list", "participating", "pins"),
    }
)


def core_of(key: str) -> list[str]:
    """The words of a name that tell it from others: "wem st peters" of "wem st peters cofe primary"."""
    return [word for word in key.split() if word not in _SAY_NOTHING and not word.isdigit()]


class NearNames:
    """Finds among many names, by id, those that come near."""

    def __init__(self, keys: Mapping[int, str]) -> None:
        self._core = {pk: core_of(key) for pk, key in keys.items()}
        self._keys = keys
        self._with: dict[str, list[int]] = defaultdict(list)
        for pk, words in self._core.items():
            for word in words:
                self._with[word].append(pk)
        self._begins: dict[str, list[str]] = defaultdict(list)
        for word in self._with:
            self._begins[word[:2]].append(word)

    def find(self, key: str) -> list[int]:
        """At most five ids, the nearest first; none where no word of the name is like one of another."""
        likes = {word: self._like(word) for word in core_of(key)}
        often: Counter[int] = Counter()
        for like in likes.values():
            for known in like:
                if len(self._with[known]) <= _COMMON:
                    often.update(self._with[known])
        scored = [(-self._score(likes, key, pk), pk) for pk, _ in often.most_common(_COMMON)]
        return [pk for score, pk in sorted(scored)[:MOST_FOUND] if -score >= _NEAR_NAME]

    def _like(self, word: str) -> dict[str, float]:
        if word in self._with or len(word) < 4:
            return {word: 1.0} if word in self._with else {}
        matcher = SequenceMatcher(b=word, autojunk=False)
        found = {}
        for known in self._begins[word[:2]]:
            matcher.set_seq1(known)
            if matcher.real_quick_ratio() >= _NEAR_WORD and (ratio := matcher.ratio()) >= _NEAR_WORD:
                found[known] = ratio
        return found

    def _score(self, likes: Mapping[str, Mapping[str, float]], key: str, pk: int) -> float:
        """How much of the two names is alike, 1 for all; words that tell nothing break ties."""
        core = self._core[pk]
        found = sum(max((like.get(word, 0.0) for word in core), default=0.0) for like in likes.values())
        shared = found / min(len(likes), len(set(core)))
        like = SequenceMatcher(a=" ".join(likes), b=" ".join(core), autojunk=False).ratio()
        same = len(set(key.split()) & set(self._keys[pk].split()))
        return 0.6 * min(shared, 1.0) + 0.4 * like + 0.001 * same
