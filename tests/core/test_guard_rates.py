"""How often the guard is right, on both halves of the corpus. The rates are printed: run with -s to read them."""

import pytest

from bench.guarded import HALVES, Rates, rates, sentence
from core.guard import Kind

LEAST_FOUND, MOST_FALSE = 0.95, 0.05


@pytest.fixture(scope="module", params=HALVES)
def half(request) -> tuple[str, Rates]:
    made = rates(request.param)
    print(f"\n{request.param}: {made.hits:.1%} found, {made.false_alarms:.1%} false alarms")  # noqa: T201 - the figures are what one wants to read
    return request.param, made


def test_at_least_95_in_100_are_found(half):
    name, made = half
    assert (name, made.hits >= LEAST_FOUND) == (name, True), made


def test_at_most_5_in_100_innocent_sentences_are_marked(half):
    name, made = half
    assert (name, made.false_alarms <= MOST_FALSE) == (name, True), made


def test_no_kind_is_far_behind_the_others(half):
    name, made = half
    behind = {kind.value for kind in Kind if made.found[kind] < 0.8 * made.wanted[kind]}
    assert (name, behind) == (name, set())


def test_a_line_of_the_corpus_is_read_without_its_brackets():
    one = sentence("X1", "Ask [[name|Mr Vane]], [[postcode|SY1 9ZZ]].")
    assert (one.text, one.wanted) == (
        "Ask Mr Vane, SY1 9ZZ.",
        [(4, 11, Kind.NAME), (13, 20, Kind.POSTCODE)],
    )
