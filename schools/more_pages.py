"""Other public pages about a school, to which its own public page leads; the apps above say which there are."""

from collections.abc import Callable
from typing import NamedTuple


class MorePage(NamedTuple):
    """What the link says, and where it leads."""

    label: str
    path: str


Finder = Callable[[int, str], MorePage | None]
"""Given a school's id and slug, the page there is now; asked on every request, so it costs one query at most."""

_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Name a way to find a page; called once from the app's `ready`."""
    _finders.append(finder)


def more_pages_of(school_pk: int, slug: str) -> tuple[MorePage, ...]:
    """The pages that there are about a school of the public list."""
    found = (finder(school_pk, slug) for finder in _finders)
    return tuple(page for page in found if page is not None)
