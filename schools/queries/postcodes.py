"""Where a postcode is, as far as the register of schools tells: the middle of the schools around it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import hypot
from statistics import fmean, median
from typing import Any

from core.prepared import Prepared
from schools.models import School
from schools.models.schools import District

METRES_A_MILE = 1609.344

STRAY = 50_000
"""Metres from the middle of a district's schools; a point beyond is a placeholder, as the register has some."""

_FULL = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9])[A-Z]{2}")
_OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")
_SECTOR = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9])[A-Z]?")

Place = tuple[str, int, int]
"""A postcode with its easting and northing."""


@dataclass(frozen=True)
class Reading:
    """One way to read what was typed: "SY1 2" is district "SY1" and the digit "2"; without a digit all of it."""

    district: str
    digit: str = ""
    is_guess: bool = False
    """Whether the digit may as well belong to the district ("SY12"): then only schools of the sector count."""

    @property
    def sector(self) -> str:
        """The postcode's sector, "SY1 2"."""
        return f"{self.district} {self.digit}"


@dataclass(frozen=True)
class Middle:
    """The mean point of the open schools of a sector, or of a district where the sector has none."""

    label: str
    easting: float
    northing: float

    def miles_to(self, easting: int, northing: int) -> float:
        """In a straight line."""
        return hypot(easting - self.easting, northing - self.northing) / METRES_A_MILE


def read_postcode(text: str) -> list[Reading]:
    """How the text may be read as a postcode, a sector or a district, likeliest first; empty when it is none."""
    words = text.upper().split()
    typed = "".join(words)
    if full := _FULL.fullmatch(typed):
        return [Reading(full[1], full[2])]
    readings = [Reading(typed)] if _OUTWARD.fullmatch(typed) else []
    if sector := _SECTOR.fullmatch(typed):
        is_apart = len(words) > 1 and words[-1][0].isdigit() and len(words[-1]) <= 2
        as_sector = Reading(sector[1], sector[2], is_guess=bool(readings) and not is_apart)
        readings = [as_sector, *readings] if is_apart else [*readings, as_sector]
    return readings


def middle_of(readings: Iterable[Reading]) -> Middle | None:
    """The middle of the first reading that the register has an open school in; one query for most."""
    for reading in readings:
        places = _places(f"{reading.district} ")
        sector = reading.sector if reading.digit else "no sector"
        near = [place for place in places if place[0].startswith(sector)]
        if near:
            return _middle(reading.sector, near)
        if places and not reading.is_guess:
            return _middle(reading.district, places)
    return None


def _middle(label: str, places: list[Place]) -> Middle:
    easting, northing = median(place[1] for place in places), median(place[2] for place in places)
    close = [place for place in places if hypot(place[1] - easting, place[2] - northing) <= STRAY] or places
    return Middle(label, fmean(place[1] for place in close), fmean(place[2] for place in close))


_places: Prepared[Any] = Prepared(
    lambda district: (
        School.objects.alias(district=District("postcode"))
        .filter(
            district=district,
            status__in=(School.Status.OPEN, School.Status.CLOSING),
            easting__isnull=False,
        )
        .order_by()
        .values_list("postcode", "easting", "northing")
    ),
    str,
)
