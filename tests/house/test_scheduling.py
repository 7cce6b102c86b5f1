"""Tests that share something run in one process, one after the other."""

from collections import Counter

import pytest

from tests.house.scheduling import FIRST, MOST, TOGETHER, empties_the_database, groups_of

FILE = "tests/core/test_words.py"


def test_what_shares_a_browser_is_one_group_whatever_its_file():
    nodeids = [f"tests/browser/test_{name}.py::test_{n}" for name in "ab" for n in range(MOST)]
    assert set(groups_of(nodeids).values()) == {"tests/browser/ 0.0"}


@pytest.mark.parametrize("place", ["tests/browser/", "tests/house/test_commands.py"])
def test_a_group_is_told_by_where_a_test_stands_not_by_its_name(place: str):
    assert groups_of([f"{FILE}::test_path[{place}]"]) == {f"{FILE}::test_path[{place}]": f"{FILE} 0.0"}


def test_a_file_is_a_group_up_to_its_most():
    nodeids = [f"{FILE}::test_{n}" for n in range(2 * MOST + 1)]
    sizes = Counter(groups_of(nodeids).values())
    assert sizes == {f"{FILE} 0.0": MOST, f"{FILE} 0.1": MOST, f"{FILE} 0.2": 1}


def test_what_a_file_has_among_the_last_waits_for_its_turn():
    nodeids = [f"{FILE}::test_early", "tests/core/test_heart.py::test_one", f"{FILE}::test_late"]
    assert list(groups_of(nodeids).values()) == [
        f"{FILE} 0.0",
        "tests/core/test_heart.py 1.0",
        f"{FILE} 2.0",
    ]


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
