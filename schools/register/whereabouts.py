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
    """The middle of each local authority's points, gathered on a first reading of the file."""

    def __init__(self) -> None:
        self._points: dict[str, tuple[array[int], array[int]]] = defaultdict(lambda: (array("l"), array("l")))
        self._middles: dict[str, tuple[float, float] | None] = {}

    def add(self, row: RegisterRow) -> None:
        """Count the row's point, if it has one."""
        if row.point and row.la_code:
            eastings, northings = self._points[row.la_code]
            eastings.append(row.point[0])
            northings.append(row.point[1])

    def is_far(self, row: RegisterRow) -> bool:
        """Whether the row's point cannot be right."""
        if row.point is None or not row.la_code:
            return False
        middle = self._middle(row.la_code)
        return middle is not None and hypot(row.point[0] - middle[0], row.point[1] - middle[1]) > FAR

    def _middle(self, code: str) -> tuple[float, float] | None:
        if code not in self._middles:
            eastings, northings = self._points[code]
            self._middles[code] = (median(eastings), median(northings)) if len(eastings) >= ENOUGH else None
        return self._middles[code]
