"""The list of themes as its page has it: area by area, with links that narrow it to one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from django.http import QueryDict

from visits.queries.themes import HeardOfArea, RawTheme


@dataclass(frozen=True)
class AreaLink:
    """An area at the top of the list: how many themes it has, and where they alone are listed."""

    label: str
    count: int
    url: str
    is_current: bool


class ShownTheme(NamedTuple):
    """A row of the list, and whether it is the first of its visit that says what the school wrote."""

    row: RawTheme
    says_comment: bool


@dataclass(frozen=True)
class ShownArea:
    """The themes of one area that stand on this page, and how many it has all told."""

    name: str
    count: int
    rows: list[ShownTheme]


def area_links(query: QueryDict, counts: Iterable[HeardOfArea]) -> list[AreaLink]:
    """All areas together, then each that has something; they keep what else was asked for."""
    sizes = _sizes(counts)
    everything = _link(query, "", "All areas", sum(sizes.values()))
    return [everything, *(_link(query, *area, count) for area, count in sizes.items())]


def _sizes(counts: Iterable[HeardOfArea]) -> dict[tuple[str, str], int]:
    """How many themes each area has, by its key and name, in their order."""
    sizes: dict[tuple[str, str], int] = {}
    for one in counts:
        sizes[one.key, one.name] = sizes.get((one.key, one.name), 0) + one.themes
    return sizes


def _link(query: QueryDict, key: str, label: str, count: int) -> AreaLink:
    here = query.get("area", "") == key
    query = query.copy()
    query.pop("page", None)
    query.pop("area", None)
    if key:
        query["area"] = key
    return AreaLink(label, count, f"?{query.urlencode()}", here)


def in_areas(rows: Iterable[RawTheme], counts: Iterable[HeardOfArea]) -> list[ShownArea]:
    """Rows of a page, which stand area by area, each area with its name and count."""
    sizes = _sizes(counts)
    found = groupby(_shown(rows), lambda one: (one.row.theme.area.key, one.row.theme.area.name))
    return [ShownArea(area[1], sizes[area], list(some)) for area, some in found]


def _shown(rows: Iterable[RawTheme]) -> Iterator[ShownTheme]:
    told: set[int] = set()
    for row in rows:
        visit = row.theme.visit_id
        yield ShownTheme(row, bool(row.reply.comment) and visit not in told)
        told.add(visit)
