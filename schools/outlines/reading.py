"""Reading a GeoJSON file of districts: all of it is checked before anything is made of it."""

import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from schools.grid import to_grid

LARGEST_FILE = 5_000_000
"""Bytes. Ten districts generalised to 500 m have 20,000."""
MOST_DISTRICTS = 100
MOST_POINTS = 20_000
"""Of all districts together: each is sent with every page that has the map."""
LONGEST_NAME = 120
SMALLEST = 10_000
"""Square metres that a ring encloses; what is as good as a line has none."""
MOST_PROBLEMS = 20

WEST, EAST, SOUTH, NORTH = -9.0, 2.5, 49.5, 61.5
"""Degrees that hold Great Britain, for which alone the National Grid is made."""

Ring = list[tuple[int, int]]


class OutlineRefusedError(Exception):
    """The file cannot be used; nothing was changed. Carries every problem found, up to a limit."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(self.problems))


@dataclass(frozen=True)
class District:
    """One district of the file: what it is called, of which county it is part, its rings in metres."""

    name: str
    county: str
    rings: tuple[Ring, ...]


def read_outline(path: Path) -> list[District]:
    """Every district of the file, projected to the National Grid; raises OutlineRefusedError."""
    features = _features(_loaded(path))
    problems: list[str] = []
    districts = []
    for number, feature in enumerate(features, start=1):
        try:
            districts.append(_district(feature))
        except OutlineRefusedError as refusal:
            problems += [f"District {number}: {problem}" for problem in refusal.problems]
    names = [district.name for district in districts]
    problems += [f"“{name}” is there twice." for name in sorted({n for n in names if names.count(n) > 1})]
    points = sum(len(ring) for district in districts for ring in district.rings)
    if points > MOST_POINTS:
        problems.append(f"There are {points} points, at most {MOST_POINTS}. Choose a more generalised file.")
    if problems:
        more = [f"and {len(problems) - MOST_PROBLEMS} more"] if len(problems) > MOST_PROBLEMS else []
        raise OutlineRefusedError(problems[:MOST_PROBLEMS] + more)
    return districts


def _refuse(problem: str) -> NoReturn:
    raise OutlineRefusedError([problem])


def _loaded(path: Path) -> Any:
    try:
        if path.stat().st_size > LARGEST_FILE:
            _refuse(f"The file has more than {LARGEST_FILE // 1_000_000} MB. Choose a more generalised one.")
        return json.loads(path.read_text(encoding="utf-8-sig"), parse_constant=_no_number)
    except OSError as error:
        _refuse(f"The file cannot be read ({error.strerror}). Check its name.")
    except (ValueError, RecursionError):
        _refuse("This is not a GeoJSON file, or it was cut short. Download it again.")


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def _features(loaded: Any) -> list[Any]:
    if not isinstance(loaded, dict) or loaded.get("type") != "FeatureCollection":
        _refuse("This is not a GeoJSON FeatureCollection.")
    features = loaded.get("features")
    if not isinstance(features, list) or not features:
        _refuse("There is no district in the file.")
    if len(features) > MOST_DISTRICTS:
        _refuse(
            f"There are {len(features)} districts, at most {MOST_DISTRICTS}. Leave out those that are far away."
        )
    return features


def _district(feature: Any) -> District:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        _refuse("This is not a GeoJSON Feature.")
    properties = feature.get("properties")
    properties = properties if isinstance(properties, dict) else {}
    name = _text(properties.get("name"))
    if not name:
        _refuse(f"It has no “name”, or one of more than {LONGEST_NAME} characters.")
    try:
        rings = tuple(_ring(ring) for ring in _rings(feature.get("geometry")))
    except OutlineRefusedError as refusal:
        _refuse(f"“{name}”: {refusal}")
    return District(name, _text(properties.get("education_la")), rings)


def _text(value: Any) -> str:
    """The words of it on one line; blank for what is no text or too long."""
    words = " ".join(value.split()) if isinstance(value, str) else ""
    return words if words.isprintable() and len(words) <= LONGEST_NAME else ""


def _rings(geometry: Any) -> list[Any]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    coordinates = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(coordinates, list):
        _refuse("The geometry is no Polygon or MultiPolygon.")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not all(isinstance(polygon, list) and polygon for polygon in polygons) or not polygons:
        _refuse("A polygon has no rings.")
    return [ring for polygon in polygons for ring in polygon]


def _ring(ring: Any) -> Ring:
    if not isinstance(ring, list) or len(ring) < 4:
        _refuse("A ring has fewer than four points.")
    if len(ring) > MOST_POINTS:
        _refuse(f"A ring has {len(ring)} points, at most {MOST_POINTS}. Choose a more generalised file.")
    degrees = [_position(position) for position in ring]
    if degrees[0] != degrees[-1]:
        _refuse("A ring does not end where it begins.")
    metres = [(round(east), round(north)) for east, north in (to_grid(*position) for position in degrees)]
    if abs(_area(metres)) < SMALLEST:
        _refuse("A ring has no area.")
    return metres


def _position(position: Any) -> tuple[float, float]:
    if not isinstance(position, list) or not 2 <= len(position) <= 4:
        _refuse("A point is no pair of longitude and latitude.")
    longitude, latitude = position[:2]
    if not (_is_number(longitude) and _is_number(latitude)):
        _refuse("A longitude or latitude is no number.")
    if not (WEST <= longitude <= EAST and SOUTH <= latitude <= NORTH):
        _refuse(
            "A point is not in Great Britain. Choose the file in WGS84 (degrees), longitude before latitude."
        )
    return float(longitude), float(latitude)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _area(ring: Ring) -> float:
    pairs = itertools.pairwise(ring)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs) / 2
