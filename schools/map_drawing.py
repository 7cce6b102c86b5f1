"""The map of the public list, as lengths and paths for an SVG: districts from their outlines, schools as points."""

import itertools
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, sin, sqrt

from schools.queries.listing import PublicSchool
from schools.queries.outlines import Outline, outlines

WIDTH = 480
"""Units from edge to edge; on a wide screen the map is about as many pixels wide."""
MARGIN = 6_000
"""Metres around the county that are drawn too. A point beyond is a placeholder, or not the map's business."""
REACH = 12.25
"""Half the width of what a finger or pointer can hit; no two schools' overlap."""
GAP = 14
"""From the middle of a point to its name."""
MOST_SPOTS = 20_000
"""How many places are tried for a point; the spiral has then left the map behind."""
LETTERS_A_LINE, MOST_LINES = 18, 4

Spot = tuple[float, float]


@dataclass(frozen=True)
class Base:
    """What every map has: its size, how metres become units, the districts, whose data it is."""

    height: int
    west: float
    north: float
    metres_a_unit: float
    neighbours: tuple[str, ...]
    own: tuple[str, ...]
    attributions: tuple[str, ...]

    def place(self, easting: int | None, northing: int | None) -> Spot | None:
        """Where a point is in units; None for no point, and for one that is not on the map."""
        if easting is None or northing is None:
            return None
        x, y = (easting - self.west) / self.metres_a_unit, (self.north - northing) / self.metres_a_unit
        return (x, y) if 0 <= x <= WIDTH and 0 <= y <= self.height else None


@dataclass(frozen=True)
class Point:
    """One school: where its point is drawn, where it truly is, and its name in lines short enough for the map."""

    school: PublicSchool
    x: float
    y: float
    true_x: float
    true_y: float
    lines: tuple[str, ...]

    @property
    def is_moved(self) -> bool:
        """Whether a line has to lead to where the school is."""
        return hypot(self.x - self.true_x, self.y - self.true_y) > REACH / 3

    @property
    def anchor(self) -> str:
        """On which side of the point its name has room."""
        return "start" if self.x < WIDTH / 2 else "end"

    @property
    def text_x(self) -> float:
        """Where the name begins, or ends."""
        return round(self.x + (GAP if self.anchor == "start" else -GAP), 1)


@dataclass(frozen=True)
class Drawing:
    """A map with its schools, and how many of the list are not on it."""

    base: Base
    points: tuple[Point, ...]
    missing: int

    @property
    def are_moved(self) -> bool:
        """Whether some point is not where its school is."""
        return any(point.is_moved for point in self.points)


def draw(digest: str, schools: Sequence[PublicSchool]) -> Drawing | None:
    """The map of these schools; None when there is no outline to draw it on."""
    base = base_map(digest) if digest else None
    if base is None:
        return None
    places = [(school, base.place(school.easting, school.northing)) for school in schools]
    placed = [(school, place) for school, place in places if place is not None]
    spots = _apart(tuple(place for _, place in placed), base.height)
    points = tuple(
        Point(school, round(x, 1), round(y, 1), round(place[0], 1), round(place[1], 1), _lines(school.name))
        for (school, place), (x, y) in zip(placed, spots, strict=True)
    )
    return Drawing(base, points, len(schools) - len(points))


@lru_cache(maxsize=4)
def base_map(digest: str) -> Base | None:
    """The districts that were loaded under this digest, drawn once; one query the first time."""
    rows = outlines(digest)
    own = [point for is_own, rings, _ in rows if is_own for ring in rings for point in ring]
    if not own:
        return None
    west, east = min(x for x, _ in own) - MARGIN, max(x for x, _ in own) + MARGIN
    south, north = min(y for _, y in own) - MARGIN, max(y for _, y in own) + MARGIN
    scale = (east - west) / WIDTH

    def paths(rows: Iterable[Outline]) -> tuple[str, ...]:
        return tuple(_path(rings, west, north, scale) for _, rings, _ in rows)

    return Base(
        height=round((north - south) / scale),
        west=west,
        north=north,
        metres_a_unit=scale,
        neighbours=paths(row for row in rows if not row[0]),
        own=paths(row for row in rows if row[0]),
        attributions=tuple(dict.fromkeys(attribution for *_, attribution in rows)),
    )


def _path(rings: Iterable[Iterable[Sequence[int]]], west: float, north: float, scale: float) -> str:
    """The rings as the data of one SVG path, each step from the last point, in tenths of a unit."""
    parts = []
    for ring in rings:
        points = [(round((x - west) / scale, 1), round((north - y) / scale, 1)) for x, y in ring]
        steps = [
            f"{round(x2 - x1, 1):g} {round(y2 - y1, 1):g}"
            for (x1, y1), (x2, y2) in itertools.pairwise(points)
        ]
        parts.append(f"M{points[0][0]:g} {points[0][1]:g}l{' '.join(steps[:-1])}z")
    return "".join(parts)


@lru_cache(maxsize=64)
def _apart(places: tuple[Spot, ...], height: int) -> tuple[Spot, ...]:
    """The places, those that would cover an earlier one moved to the nearest free spot; the same for the same places.

    The first of a group stays where it is, and the others settle around it.
    """
    taken: list[Spot] = []
    for place in places:
        taken.append(next((spot for spot in _spots_around(place, height) if _is_free(spot, taken)), place))
    return tuple(taken)


def _spots_around(place: Spot, height: int) -> Iterator[Spot]:
    """The place itself, then spots on a spiral around it (that of sunflowers: evenly dense), as far as the map goes."""
    x, y = place
    for number in range(MOST_SPOTS):
        far, turn = REACH / 2 * sqrt(number), number * 2.399963
        spot = x + far * cos(turn), y + far * sin(turn)
        if REACH <= spot[0] <= WIDTH - REACH and REACH <= spot[1] <= height - REACH:
            yield spot


def _is_free(spot: Spot, taken: Iterable[Spot]) -> bool:
    x, y = spot
    return all(hypot(x - other_x, y - other_y) >= 2 * REACH for other_x, other_y in taken)


def _lines(name: str) -> tuple[str, ...]:
    return tuple(textwrap.wrap(name, LETTERS_A_LINE, max_lines=MOST_LINES, placeholder=" …"))
