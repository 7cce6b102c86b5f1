"""Tests that share a browser or a data folder run in one process."""

import pytest

from tests.house.scheduling import FIRST, TOGETHER, empties_the_database, group_of


@pytest.mark.parametrize(
    ("nodeid", "group"),
    [
        ("tests/browser/test_self_audit.py::test_a_head_submits[390]", "tests/browser/"),
        ("tests/house/test_commands.py::test_nothing_is_left", "tests/house/test_commands.py"),
        ("tests/core/test_words.py::test_midday", "tests/core/test_words.py::test_midday"),
        (
            "tests/core/test_words.py::test_path[tests/browser/]",
            "tests/core/test_words.py::test_path[tests/browser/]",
        ),
    ],
)
def test_a_group_is_told_by_where_a_test_stands(nodeid: str, group: str):
    assert group_of(nodeid) == group


def test_what_takes_longest_comes_first(request):
    places = [item.nodeid.startswith(FIRST) for item in request.session.items]
    assert places == sorted(places, reverse=True)


def test_what_empties_the_database_comes_last(request):
    rest = [item for item in request.session.items if not item.nodeid.startswith(FIRST)]
    emptying = [empties_the_database(item) for item in rest]
    assert emptying == sorted(emptying)


@pytest.mark.parametrize("place", [*TOGETHER, *FIRST])
def test_every_place_exists(place: str, pytestconfig):
    assert (pytestconfig.rootpath / place).exists()
