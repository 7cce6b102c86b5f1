"""The sentences by which the guard is measured: frozen where they must be, and shaped as their README says."""

import hashlib
import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[1] / "data" / "guard"
FROZEN = "e122717e3aeefb6e38531b894ddf5cfbfedeaa9ae81fbe50dbed193679cf9eef"
"""Of the hold-out half, committed before the first rule. A rule is never made to fit it, and it never to fit a rule."""

KINDS = {"name", "one", "email", "phone", "postcode", "birth"}
BRACKETS = re.compile(r"\[\[(\w+)\|[^\[\]|]+\]\]")


def rows(half: str) -> list[list[str]]:
    return [line.split("\t") for line in (FOLDER / f"{half}.tsv").read_text().splitlines()[1:]]


def test_the_holdout_is_frozen():
    assert hashlib.sha256((FOLDER / "holdout.tsv").read_bytes()).hexdigest() == FROZEN


@pytest.mark.parametrize("half", ["tuning", "holdout"])
def test_half_of_each_half_is_innocent(half):
    kinds = [row[1] for row in rows(half)]
    assert len(kinds) >= 140
    assert abs(kinds.count("innocent") * 2 - len(kinds)) <= 1


@pytest.mark.parametrize("half", ["tuning", "holdout"])
def test_the_kinds_of_each_sentence_are_those_in_its_brackets(half):
    said = {ident: kinds for ident, kinds, _ in rows(half)}
    found = {
        ident: ",".join(dict.fromkeys(BRACKETS.findall(text))) or "innocent" for ident, _, text in rows(half)
    }
    assert said == found


def test_every_kind_stands_in_both_halves():
    held = {
        half: {kind for row in rows(half) for kind in row[1].split(",")} for half in ("tuning", "holdout")
    }
    assert held == {"tuning": KINDS | {"innocent"}, "holdout": KINDS | {"innocent"}}


def test_no_sentence_stands_in_both_halves():
    assert {row[2] for row in rows("tuning")} & {row[2] for row in rows("holdout")} == set()
