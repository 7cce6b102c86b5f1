"""Which tests run in one process, one after the other, when the suite runs in several.

pytest-xdist's own `loadgroup` writes the group into the test's id, which pytest 9.2 does not let it do: the mark is
read and nothing comes of it. So what belongs together is told by where it stands.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

TOGETHER = (
    "tests/browser/",
    "tests/core/test_look_browser.py",
    "tests/house/test_commands.py",
    "tests/workers/",
)
"""A folder or a file whose tests share something dear: a browser, a data folder that one start fills for the rest."""

FIRST = ("tests/browser/", "tests/house/test_commands.py", "tests/workers/")
"""Those that take longest and use no database of the suite's: begun first, they run while the others do."""

MOST = 100
"""So many tests of another file run in one process, one after the other: what they share is made once for them."""


def place_of(nodeid: str) -> str:
    """Where a test stands: the place that it shares, or its file."""
    path = nodeid.partition("::")[0]
    return next((place for place in TOGETHER if path.startswith(place)), path)


def groups_of(nodeids: Iterable[str]) -> dict[str, str]:
    """The group that each test runs with. Their order stays: what a file has among the last is a group of its own."""
    groups: dict[str, str] = {}
    for number, (place, run) in enumerate(groupby(nodeids, key=place_of)):
        for nth, nodeid in enumerate(run):
            part = 0 if place in TOGETHER else nth // MOST
            groups[nodeid] = f"{place} {number}.{part}"
    return groups


class ByPlace(LoadScopeScheduling):
    """Hands groups to processes as they become free, in the order in which they were collected.

    The order matters: tests that empty the database come last.
    """

    def schedule(self) -> None:
        if self.collection is None:
            self._groups = groups_of(next(iter(self.registered_collections.values())))
        super().schedule()

    def _split_scope(self, nodeid: str) -> str:
        return self._groups[nodeid]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByPlace | None:
    """Takes the place of `--dist loadgroup`; any other way of handing out stays as it is."""
    if config.getvalue("dist") != "loadgroup":
        return None
    config.option.loadscopereorder = False
    return ByPlace(config, log)


def empties_the_database(item: pytest.Item) -> bool:
    """Whether the test leaves a database without even what migrations wrote, as those with real transactions do."""
    marked = item.get_closest_marker("django_db")
    fixtures = set(getattr(item, "fixturenames", []))
    return bool(marked and marked.kwargs.get("transaction")) or bool(
        fixtures & {"live_server", "transactional_db"}
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Brings forward what is to begin first, and puts last what empties the database.

    pytest-django sees to the second, and pytest then moves the tests of one browser together.
    """
    items.sort(key=lambda item: (not item.nodeid.startswith(FIRST), empties_the_database(item)))
