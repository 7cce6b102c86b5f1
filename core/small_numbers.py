"""The one rule by which counts of parent carers, families and pupils leave the forum.

0 is 0; 1 up to the threshold is "fewer than 5"; from there on, "about" and the nearest 5. A total is made of those
published values and never of exact counts, so that no filter and no subtraction can find one.
"""

from collections.abc import Iterable
from dataclasses import dataclass

ROUND_TO = 5


def _nearest(count: float) -> int:
    return int(ROUND_TO * ((count + ROUND_TO / 2) // ROUND_TO))


@dataclass(frozen=True)
class Published:
    """What anybody outside the forum may know of one count."""

    words: str
    value: int
    """What a total counts it as."""

    def __str__(self) -> str:
        return self.words


def publish(count: int, *, threshold: int = 5) -> Published:
    """The published form of an exact `count`; raises ValueError below nought.

    A threshold that is no multiple of 5 is taken up to the next: "about 7" would stand for 7 alone.
    """
    if count < 0:
        raise ValueError("A count cannot be below nought.")
    threshold = ROUND_TO * -(-threshold // ROUND_TO)
    if count == 0:
        return Published("0", 0)
    if count < threshold:
        return Published(f"fewer than {threshold}", (threshold + 1) // 2)
    rounded = max(_nearest(count), threshold)
    return Published(f"about {rounded}", rounded)


def publish_total(parts: Iterable[Published]) -> Published:
    """The published total of published `parts`: rounded to the nearest 5 and called "about"."""
    total = _nearest(sum(part.value for part in parts))
    return Published("0" if total == 0 else f"about {total}", total)
