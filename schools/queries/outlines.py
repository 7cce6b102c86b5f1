"""The outlines that the map is drawn from."""

from core.prepared import Prepared
from schools.models import MapOutline

Outline = tuple[bool, list[list[list[int]]], str]
"""Whether it is the programme's own, its rings in metres, and the attribution that has to be shown."""


def outline_digest() -> str:
    """What the outlines are known by, blank when none were loaded; one query."""
    return _digest.first() or ""


def outlines(digest: str) -> list[Outline]:
    """All of them, neighbours first; none when others have been loaded meanwhile. One query."""
    rows = MapOutline.objects.filter(digest=digest).order_by("is_own", "name")
    return list(rows.values_list("is_own", "rings", "attribution"))


_digest: Prepared[str] = Prepared(
    lambda: MapOutline.objects.order_by("pk").values_list("digest", flat=True)[:1]
)
