"""Positions: from longitude and latitude (WGS84) to the British National Grid that the school register uses.

The formulae are those of Ordnance Survey's "A guide to coordinate systems in Great Britain": a Helmert
transformation (within 5 metres of the truth all over Great Britain), then a transverse Mercator projection.
"""

from math import atan2, cos, hypot, radians, sin, sqrt, tan

EAST_END, NORTH_END = 700_000, 1_300_000
"""Metres; no point of Great Britain lies beyond them."""

_WGS84 = (6_378_137.0, 6_356_752.3142)
_AIRY = (6_377_563.396, 6_356_256.909)
_SHIFT = (-446.448, 125.157, -542.060)
_TURN = tuple(radians(seconds / 3600) for seconds in (-0.1502, -0.2470, -0.8421))
_SCALE = 1 + 20.4894e-6

_F0 = 0.9996012717
_LAT0, _LON0 = radians(49), radians(-2)
_E0, _N0 = 400_000, -100_000


def _to_cartesian(lat: float, lon: float) -> tuple[float, float, float]:
    a, b = _WGS84
    e2 = 1 - (b / a) ** 2
    nu = a / sqrt(1 - e2 * sin(lat) ** 2)
    return nu * cos(lat) * cos(lon), nu * cos(lat) * sin(lon), (1 - e2) * nu * sin(lat)


def _to_airy(x: float, y: float, z: float) -> tuple[float, float, float]:
    (tx, ty, tz), (rx, ry, rz) = _SHIFT, _TURN
    return (
        tx + _SCALE * x - rz * y + ry * z,
        ty + rz * x + _SCALE * y - rx * z,
        tz - ry * x + rx * y + _SCALE * z,
    )


def _to_angles(x: float, y: float, z: float) -> tuple[float, float]:
    a, b = _AIRY
    e2 = 1 - (b / a) ** 2
    p = hypot(x, y)
    lat = atan2(z, p * (1 - e2))
    for _ in range(6):
        nu = a / sqrt(1 - e2 * sin(lat) ** 2)
        lat = atan2(z + e2 * nu * sin(lat), p)
    return lat, atan2(y, x)


def _meridian_arc(lat: float) -> float:
    a, b = _AIRY
    n = (a - b) / (a + b)
    d, s = lat - _LAT0, lat + _LAT0
    return (
        b
        * _F0
        * (
            (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * d
            - (3 * n + 3 * n**2 + 21 / 8 * n**3) * sin(d) * cos(s)
            + (15 / 8 * n**2 + 15 / 8 * n**3) * sin(2 * d) * cos(2 * s)
            - 35 / 24 * n**3 * sin(3 * d) * cos(3 * s)
        )
    )


def _project(lat: float, lon: float) -> tuple[float, float]:
    a, b = _AIRY
    e2 = 1 - (b / a) ** 2
    nu = a * _F0 / sqrt(1 - e2 * sin(lat) ** 2)
    rho = a * _F0 * (1 - e2) / (1 - e2 * sin(lat) ** 2) ** 1.5
    eta2 = nu / rho - 1
    c, t, w = cos(lat), tan(lat), lon - _LON0
    northing = (
        _meridian_arc(lat)
        + _N0
        + nu / 2 * sin(lat) * c * w**2
        + nu / 24 * sin(lat) * c**3 * (5 - t**2 + 9 * eta2) * w**4
        + nu / 720 * sin(lat) * c**5 * (61 - 58 * t**2 + t**4) * w**6
    )
    easting = (
        _E0
        + nu * c * w
        + nu / 6 * c**3 * (nu / rho - t**2) * w**3
        + nu / 120 * c**5 * (5 - 18 * t**2 + t**4 + 14 * eta2 - 58 * t**2 * eta2) * w**5
    )
    return easting, northing


def to_grid(longitude: float, latitude: float) -> tuple[float, float]:
    """Easting and northing in metres of a point in degrees; within 5 metres anywhere in Great Britain."""
    return _project(*_to_angles(*_to_airy(*_to_cartesian(radians(latitude), radians(longitude)))))


def lies_inside(point: tuple[float, float], ring: list[tuple[float, float]]) -> bool:
    """Whether the point lies inside a closed ring of points: how often a line to the east crosses it."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside
