"""Points that cannot be right: far from every other establishment of their local authority.

The register holds placeholders: some establishments in the Marches plot in London.
"""

from array import array
from collections import defaultdict
from math import hypot
from statistics import median

from schools.register.rows import RegisterRow

FAR = 100_000
"""Metres from the middle of a local authority's establishments; none of England's is so large."""

ENOUGH = 5
"""Fewer points than this have no middle to speak of."""


class Whereabouts:
    """The points of each local authority, gathered as a file is read, and which of them cannot be right."""

    def __init__(self) -> None:
        self._points: dict[str, tuple[array[int], ...]] = defaultdict(
            lambda: (array("l"), array("l"), array("l"))
        )
        self._middles: dict[str, tuple[float, float] | None] = {}

    def add(self, row: RegisterRow) -> None:
        """Count the row's point, if it has one."""
        values = row.values
        if values.get("easting") is not None and values["la_code"]:
            eastings, northings, lines = self._points[values["la_code"]]
            eastings.append(values["easting"])
            northings.append(values["northing"])
            lines.append(row.line)

    def is_far(self, row: RegisterRow) -> bool:
        """Whether the row's point cannot be right. Ask once all rows are added."""
        if row.point is None or not row.la_code:
            return False
        return self._is_far(row.la_code, *row.point)

    def far(self) -> list[tuple[int, tuple[int, int]]]:
        """The lines with points that cannot be right, in their order."""
        found = [
            (line, (easting, northing))
            for code, points in self._points.items()
            for easting, northing, line in zip(*points, strict=True)
            if self._is_far(code, easting, northing)
        ]
        return sorted(found)

    def _is_far(self, code: str, easting: int, northing: int) -> bool:
        middle = self._middle(code)
        return middle is not None and hypot(easting - middle[0], northing - middle[1]) > FAR

    def _middle(self, code: str) -> tuple[float, float] | None:
        if code not in self._middles:
            eastings, northings, _ = self._points[code]
            self._middles[code] = (median(eastings), median(northings)) if len(eastings) >= ENOUGH else None
        return self._middles[code]
