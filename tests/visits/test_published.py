"""What leaves the forum of exact counts: only what has a published value."""

import pytest

from core.small_numbers import publish
from visits.published import OverSchools, PublishedTheme


def theme(raised_by: int, threshold: int = 5) -> PublishedTheme:
    return PublishedTheme.of(
        area="Environment",
        scope="school",
        kind="idea",
        text="A lamp.",
        raised_by=raised_by,
        threshold=threshold,
    )


@pytest.mark.parametrize(
    ("raised_by", "threshold", "words"),
    [
        (0, 5, ""),
        (1, 5, "raised by fewer than 5 parent carers"),
        (4, 5, "raised by fewer than 5 parent carers"),
        (5, 5, "raised by about 5 parent carers"),
        (8, 5, "raised by about 10 parent carers"),
        (9, 10, "raised by fewer than 10 parent carers"),
        (10, 10, "raised by about 10 parent carers"),
    ],
)
def test_a_theme_says_how_many_by_the_rule(raised_by, threshold, words):
    assert theme(raised_by, threshold).raised_words == words


@pytest.mark.parametrize(("one", "other"), [(1, 4), (5, 7), (8, 12)])
def test_exact_counts_of_one_published_value_make_equal_themes(one, other):
    assert theme(one) == theme(other)


def told(*heard: tuple[int, int], threshold: int = 5) -> OverSchools:
    """Of the school and the exact count of each theme."""
    return OverSchools.of([(school, publish(count, threshold=threshold)) for school, count in heard])


def test_nothing_is_said_of_two_schools():
    two = told((1, 40), (2, 50), (2, 60))
    assert two == OverSchools(None, None)
    assert (two.schools_words, two.raised_words) == ("too few schools", "not shown")


def test_a_total_is_one_of_published_values():
    three = told((1, 1), (2, 1), (3, 1), (3, 7))
    assert (three.schools_words, three.raised_words) == ("3 schools", "about 15 parent carers")


def test_exact_counts_of_one_published_value_make_equal_totals():
    assert told((1, 1), (2, 5), (3, 8)) == told((1, 4), (2, 7), (3, 12))
