"""Bars beside the figures of a table: our own SVG, drawn without a library, its numbers written in the bars."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from core.parts import part

WIDTH = 300
"""Of a bar, its border included."""
FILLS = {
    "grey": ("#cdd3d6", "#1c2430"),
    "amber": ("#fdf1dc", "#1c2430"),
    "red": ("#b3261e", "#ffffff"),
    "teal": ("#86b9bb", "#1c2430"),
    "green": ("#226b3a", "#ffffff"),
}
"""Fill and digits by the colour of the tag; contrast 5.7 or better."""
ROOM_FOR_A_DIGIT = 11


class Share(NamedTuple):
    """One part of a bar."""

    word: str
    number: int
    colour: str


def told(shares: Sequence[Share]) -> str:
    """The shares in words."""
    return ", ".join(f"{share.word}: {share.number}" for share in shares if share.number)


def bar(title: str, shares: Sequence[Share]) -> Markup:
    """Shares beside one another, each with its number where there is room; the description has all of them."""
    total = sum(share.number for share in shares)
    return part(
        "pins/dashboard/bar.jinja",
        title=title,
        description=told(shares) or "none",
        drawn=list(_drawn(shares, total)) if total else (),
    )


def _drawn(shares: Sequence[Share], total: int) -> Iterator[tuple[float, float, str, float, str, int | str]]:
    """Of each share that there is: where it begins, how wide it is, its fill, its middle, its digits."""
    left = 0.0
    for share in shares:
        width = (WIDTH - 1) * share.number / total
        if share.number:
            fill, digits = FILLS[share.colour]
            has_room = width >= ROOM_FOR_A_DIGIT * len(str(share.number))
            middle = round(left + 0.5 + width / 2, 1)
            number = share.number if has_room else ""
            yield round(left + 0.5, 1), round(width, 1), fill, middle, digits, number
        left += width
