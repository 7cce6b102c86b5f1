"""Districts of a file become the outlines of the map, all of them or none."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from core import history
from core.history import Person
from core.models import ProgrammeSettings
from schools.models import MapOutline
from schools.outlines.reading import District, OutlineRefusedError, read_outline

ONS = (
    "Source: Office for National Statistics licensed under the Open Government Licence v3.0. "
    "Contains OS data © Crown copyright and database right 2024"
)
"""What has to stand beside districts of the ONS, May 2024."""

LONGEST_ATTRIBUTION = 300


@dataclass(frozen=True)
class Loaded:
    """What a file brought: the names of the programme's own districts and of their neighbours."""

    own: tuple[str, ...]
    neighbours: tuple[str, ...]
    points: int
    changed: bool


def load_outline(path: Path, *, name: str = "", attribution: str = ONS, by: Person | None = None) -> Loaded:
    """Replace the outlines of the map with the districts of this GeoJSON file, with one history line.

    Those called `name`, or of the county of that name, are the programme's own; it is the county of the
    programme's settings where nothing is said. Raises OutlineRefusedError, and then nothing has changed. The same
    file again changes nothing.
    """
    wanted = name or ProgrammeSettings.load().county
    districts = read_outline(path)
    own = {district.name for district in districts if wanted.casefold() in _names(district)}
    if not own:
        there = ", ".join(sorted({district.county or district.name for district in districts}))
        raise OutlineRefusedError([f"No district is called “{wanted}”. There are: {there}."])
    if not attribution.strip() or len(attribution) > LONGEST_ATTRIBUTION:
        raise OutlineRefusedError([f"The attribution has 1 to {LONGEST_ATTRIBUTION} characters."])
    return Loaded(
        own=tuple(sorted(own)),
        neighbours=tuple(sorted(district.name for district in districts if district.name not in own)),
        points=sum(len(ring) for district in districts for ring in district.rings),
        changed=_store(districts, own, attribution.strip(), by),
    )


def _names(district: District) -> set[str]:
    return {district.name.casefold(), district.county.casefold()} - {""}


def _store(districts: Sequence[District], own: set[str], attribution: str, by: Person | None) -> bool:
    """Whether anything had to be written."""
    what = [(district.name, district.name in own, district.rings) for district in districts]
    digest = hashlib.sha256(json.dumps([what, attribution]).encode()).hexdigest()
    with transaction.atomic():
        if set(MapOutline.objects.values_list("digest", flat=True)) == {digest}:
            return False
        MapOutline.objects.all().delete()
        MapOutline.objects.bulk_create(
            MapOutline(name=name, is_own=is_own, rings=rings, attribution=attribution, digest=digest)
            for name, is_own, rings in what
        )
        names = ", ".join(sorted(own))
        history.record(
            "outline.loaded",
            f"The outline of {names} was loaded for the map.",
            by=by,
            details={"districts": len(what), "digest": digest},
        )
    return True
