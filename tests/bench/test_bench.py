"""Every bench runs and yields what its readers rely on; how fast anything is, is not tested here."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.measure import Pace, Side, side_by_side
from tests.house.project import ROOT

KEYS = {"name", "ratio", "aim", "ours", "other", "unit"}
LINES = {
    *("report/weasyprint", "section/by-hand", "section/own-widgets", "save-answer/upsert"),
    *("task-list/growth", "public-list/growth", "public-words/growth", "public-postcode/growth"),
    *("public-list/growth-350", "public-words/growth-350", "public-postcode/growth-350"),
    "list-matching/names",
    *(f"guard/{what}-{half}" for what in ("missed", "false") for half in ("tuning", "holdout")),
    "guard/length",
    *(f"workspaces{what}/growth{size}" for what in ("", "-words") for size in ("", "-350")),
    *(f"dashboard{what}/growth{size}" for what in ("", "-board", "-afresh") for size in ("", "-350")),
    *(f"dashboard{what}/{of}" for what in ("", "-board") for of in ("bare", "queries")),
    *("dashboard-again/bare", "dashboard-board-again/bare"),
    *(f"planner-{page}/growth" for page in ("first", "last", "week", "afresh")),
    *("planner/bare", "planner-again/bare", "planner/queries"),
    *("register/first-load", "register/no-change", "register/memory"),
    *("public-list/bare", "section/bare", "task-list/bare", "save-answer/bare"),
    *("public-list/queries", "section/queries", "task-list/queries", "save-answer/queries"),
}


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error::RuntimeWarning", "-m", "bench", *arguments]
    surroundings = {**os.environ, "DATABASE_URL": "sqlite:////nowhere/at/all.sqlite3"}
    return subprocess.run(
        command, cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=300, check=False
    )


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """All benches once, over programmes of three and four schools, in a data folder of their own."""
    file: Path = tmp_path_factory.mktemp("bench") / "results.json"
    done = run("--quick", "--json", str(file))
    assert done.returncode == 0, done.stderr
    return json.loads(file.read_text())


def test_every_bench_gives_its_lines(results):
    assert {result["name"] for result in results} == LINES


def test_each_line_has_the_keys_of_the_contract(results):
    assert [result for result in results if set(result) != KEYS] == []


def test_each_ratio_is_that_of_its_two_numbers(results):
    timed = [result for result in results if result["unit"] == "ms"]
    assert [r["name"] for r in timed if r["ratio"] != pytest.approx(r["ours"] / r["other"])] == []


def test_queries_are_counted_for_us_and_a_bare_view_has_none(results):
    counted = {result["name"]: result for result in results if result["unit"] == "queries"}
    assert all(result["ratio"] == result["ours"] > 0 for result in counted.values())
    assert {result["other"] for result in counted.values()} == {0}


def test_a_bench_that_is_not_known_is_refused_with_those_that_are():
    done = run("no-such-bench")
    assert (done.returncode, done.stdout) == (1, "")
    assert "No bench is called no-such-bench. There are: " in done.stderr
    assert "section-rendering" in done.stderr


def test_sides_take_turns_and_what_makes_ready_is_not_measured():
    calls: list[str] = []
    ours = Side(lambda: calls.append("ours"), before=lambda: calls.append("ready"))
    other = Side(lambda: calls.append("other"))
    side_by_side("turns", ours, other, aim=None, pace=Pace(rounds=2, seconds_a_round=0))
    measured = calls[calls.index("other") + 2 :]
    assert measured == ["ready", "ours", "other", "other", "ready", "ours"]


def test_the_ratio_is_of_processor_time_and_not_of_waiting():
    import time

    sums = Side(lambda: sum(range(200_000)))
    waits = Side(lambda: (sum(range(200_000)), time.sleep(0.02)))
    result = side_by_side("waiting", waits, sums, aim=None, pace=Pace(rounds=5, seconds_a_round=0.01))
    assert 0.5 < result.ratio < 2
