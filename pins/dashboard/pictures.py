"""Bars beside the figures of a table: our own SVG, drawn without a library, its numbers written in the bars."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 300, 28
FILLS = {
    "grey": ("#cdd3d6", "#1c2430"),
    "amber": ("#fdf1dc", "#1c2430"),
    "red": ("#b3261e", "#ffffff"),
    "teal": ("#86b9bb", "#1c2430"),
    "green": ("#226b3a", "#ffffff"),
}
"""Fill and digits by the colour of the tag; contrast 5.7 or better."""
LINE, PAPER = "#505b66", "#ffffff"
ROOM_FOR_A_DIGIT = 11


class Share(NamedTuple):
    """One part of a bar."""

    word: str
    number: int
    colour: str


def told(shares: Sequence[Share]) -> str:
    """The shares in words."""
    return ", ".join(f"{share.word}: {share.number}" for share in shares if share.number)


def bar(title: str, shares: Sequence[Share]) -> SafeString:
    """Shares beside one another, each with its number where there is room; the description has all of them."""
    total = sum(share.number for share in shares)
    return format_html(
        '<svg class="pins-bar-of-shares" viewBox="0 0 {w} {h}" role="img" xmlns="http://www.w3.org/2000/svg">'
        "<title>{title}</title><desc>{description}</desc>"
        '<rect x="0.5" y="0.5" width="{inner_w}" height="{inner_h}" fill="{paper}" stroke="{line}"/>{parts}</svg>',
        w=WIDTH,
        h=HEIGHT,
        inner_w=WIDTH - 1,
        inner_h=HEIGHT - 1,
        paper=PAPER,
        line=LINE,
        title=title,
        description=told(shares) or "none",
        parts=_parts(shares, total) if total else "",
    )


def _parts(shares: Sequence[Share], total: int) -> SafeString:
    drawn, left = [], 0.0
    for share in shares:
        width = (WIDTH - 1) * share.number / total
        if share.number:
            fill, digits = FILLS[share.colour]
            has_room = width >= ROOM_FOR_A_DIGIT * len(str(share.number))
            drawn.append(
                {
                    "x": round(left + 0.5, 1),
                    "width": round(width, 1),
                    "fill": fill,
                    "digits": digits,
                    "middle": round(left + 0.5 + width / 2, 1),
                    "number": share.number if has_room else "",
                }
            )
        left += width
    return format_html_join(
        "",
        '<rect x="{x}" y="0.5" width="{width}" height="27" fill="{fill}" stroke="#505b66"/>'
        '<text x="{middle}" y="20" font-size="16" font-weight="bold" text-anchor="middle" '
        'fill="{digits}">{number}</text>',
        drawn,
    )
