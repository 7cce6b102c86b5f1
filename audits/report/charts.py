"""The profile of the areas as a picture: our own SVG, drawn without a library.

Each statement is a square that carries its level as a number, so the picture needs no legend and survives a
photocopier; the dot stands at the average. Colours are attributes, since the pages allow no inline style.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from audits.enums import Level

INK, HUSH, LINE, HAIR, PAPER = "#1c2430", "#505b66", "#8a949b", "#cdd3d6", "#ffffff"
FILLS = {"1": "#cfe3e3", "2": "#86b9bb", "3": "#3d878c", "4": "#0a4349"}
DIGITS = {"1": INK, "2": INK, "3": "#000000", "4": PAPER}
"""Contrast 4.9 or better on each fill."""


@dataclass(frozen=True)
class Row:
    """One area. Its marks are "1" to "4" for a rating, "?" without one, a dash where it does not apply."""

    name: str
    rated: str
    marks: tuple[str, ...]
    mean: float | None


@dataclass(frozen=True)
class Layout:
    """Where the parts of a row stand, in units of the drawing."""

    width: int
    row: int
    head: int
    name: tuple[int, int]
    rated: tuple[int, int]
    squares: tuple[int, int, int]
    """Left, top and the width that there is for them."""
    side: int
    scale: tuple[int, int, int]
    """Left (level 1), right (level 4) and how far down the row."""
    font: int
    small: int
    scale_words: bool
    """Whether the words of the scale stand over it, or else under the line of the first area."""
    foot: int = 0
    """What the words under the first line need."""


WIDE = Layout(
    width=680,
    row=38,
    head=28,
    name=(0, 16),
    rated=(0, 31),
    squares=(236, 7, 178),
    side=22,
    scale=(452, 640, 18),
    font=13,
    small=11,
    scale_words=True,
)
"""For paper: one line an area."""

NARROW = Layout(
    width=340,
    row=126,
    head=0,
    name=(0, 22),
    rated=(0, 43),
    squares=(0, 53, 340),
    side=30,
    scale=(12, 300, 111),
    font=18,
    small=17,
    scale_words=False,
    foot=46,
)
"""For the page: three lines an area, readable on a screen 320 pixels wide."""


def profile(rows: Sequence[Row], layout: Layout, *, title: str, description: str, font: str) -> SafeString:
    """The areas under one another as an SVG element with a title and a description."""
    height = layout.head + layout.row * len(rows) + layout.foot + 4
    body = [_scale_head(layout, height)] if layout.scale_words else []
    for index, row in enumerate(rows):
        body.extend(_row(row, layout, layout.head + layout.row * index + (layout.foot if index else 0)))
    if rows and not layout.scale_words:
        body.append(_scale_foot(layout))
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="report-chart" role="img" viewBox="0 0 {w} {h}" '
        'width="{w}" height="{h}" font-family="{font}" fill="{ink}">'
        "<title>{title}</title><desc>{description}</desc>{body}</svg>",
        w=layout.width,
        h=height,
        font=font,
        ink=INK,
        title=title,
        description=description,
        body=format_html_join("", "{}", ((part,) for part in body)),
    )


def _at(layout: Layout, level: float) -> float:
    left, right, _ = layout.scale
    return round(left + (right - left) * (level - 1) / 3, 1)


def _scale_head(layout: Layout, height: int) -> SafeString:
    """The four words over the scale, and a thin line down from each."""
    return format_html_join(
        "",
        '<text x="{0}" y="10" font-size="10" fill="{3}" text-anchor="middle">{1}</text>'
        '<text x="{0}" y="21" font-size="10" font-weight="bold" text-anchor="middle">{2}</text>'
        '<line x1="{0}" y1="26" x2="{0}" y2="{4}" stroke="{5}"/>',
        ((_at(layout, level), level.label, int(level), HUSH, height - 4, HAIR) for level in Level),
    )


def _scale_foot(layout: Layout) -> SafeString:
    """The four numbers under the first area's line; under them the words of the two ends, where no number is near."""
    y = layout.head + layout.scale[2] + 24
    numbers = [(_at(layout, level), y, "middle", int(level)) for level in Level]
    ends = [
        (_at(layout, 1) - 5, y + 20, "start", Level.EMERGING.label),
        (_at(layout, 4) + 5, y + 20, "end", Level.ENHANCED.label),
    ]
    return format_html_join(
        "",
        f'<text x="{{}}" y="{{}}" font-size="{layout.small}" fill="{HUSH}" text-anchor="{{}}">{{}}</text>',
        [*numbers, *ends],
    )


def _row(row: Row, layout: Layout, top: int) -> Iterator[SafeString]:
    yield _text(layout.name, top, layout.font, row.name, bold=True)
    yield _text(layout.rated, top, layout.small, row.rated)
    yield _squares(row.marks, layout, top)
    yield _scale(row, layout, top)


def _text(place: tuple[int, int], top: int, size: int, words: str, *, bold: bool = False) -> SafeString:
    weight = mark_safe(' font-weight="bold"') if bold else ""
    return format_html(
        '<text x="{}" y="{}" font-size="{}"{}>{}</text>', place[0], top + place[1], size, weight, words
    )


def _squares(marks: Sequence[str], layout: Layout, top: int) -> SafeString:
    left, down, space = layout.squares
    step = min(layout.side + 4, space / max(len(marks), 1))
    side = round(step - min(4, step / 6), 1)
    return format_html_join(
        "",
        '<rect x="{x}" y="{y}" width="{side}" height="{side}" rx="2" fill="{fill}" stroke="{line}"{dash}/>'
        '<text x="{middle}" y="{foot}" font-size="{size}" font-weight="bold" text-anchor="middle" '
        'fill="{digit}">{mark}</text>',
        (
            {
                "x": round(left + 0.5 + index * step, 1),
                "y": top + down,
                "side": side,
                "fill": FILLS.get(mark, PAPER),
                "line": INK if mark in FILLS else LINE,
                "dash": "" if mark in FILLS else mark_safe(' stroke-dasharray="2 2"'),
                "middle": round(left + 0.5 + index * step + side / 2, 1),
                "foot": round(top + down + side * 0.71, 1),
                "size": round(side * 0.6, 1),
                "digit": DIGITS.get(mark, HUSH),
                "mark": mark,
            }
            for index, mark in enumerate(marks)
        ),
    )


def _scale(row: Row, layout: Layout, top: int) -> SafeString:
    """The line from 1 to 4 with the average upon it, and the average as a number."""
    left, right, down = layout.scale
    y = top + down
    line = format_html(
        '<line x1="{}" y1="{y}" x2="{}" y2="{y}" stroke="{}" stroke-width="2"/>', left, right, LINE, y=y
    )
    ends = "" if layout.scale_words else _ticks(layout, y)
    if row.mean is None:
        return format_html("{}{}", line, ends)
    x = _at(layout, row.mean)
    before = x > right - 30  # beside the end of the line the number would stand on it
    return format_html(
        '{}{}<circle cx="{}" cy="{}" r="6" fill="{}" stroke="{}" stroke-width="1.5"/>'
        '<text x="{}" y="{}" font-size="{}" font-weight="bold" text-anchor="{}">{}</text>',
        line,
        ends,
        x,
        y,
        FILLS["4"],
        PAPER,
        x - 10 if before else x + 10,
        y - 5,
        layout.small,
        "end" if before else "start",
        f"{row.mean:.1f}",
    )


def _ticks(layout: Layout, y: int) -> SafeString:
    return format_html_join(
        "",
        '<line x1="{0}" y1="{1}" x2="{0}" y2="{2}" stroke="{3}" stroke-width="2"/>',
        ((_at(layout, level), y - 5, y + 5, LINE) for level in Level),
    )
