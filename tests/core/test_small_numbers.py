"""How counts of parent carers, families and pupils leave the forum."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.small_numbers import publish, publish_total

counts = st.integers(min_value=0, max_value=5000)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0"),
        (1, "fewer than 5"),
        (4, "fewer than 5"),
        (5, "about 5"),
        (7, "about 5"),
        (8, "about 10"),
        (12, "about 10"),
        (13, "about 15"),
    ],
)
def test_a_count_in_its_published_words(count, words):
    assert str(publish(count)) == words


def test_below_nought_is_no_count():
    with pytest.raises(ValueError, match="below nought"):
        publish(-1)


def test_fewer_than_five_counts_as_three_in_a_total():
    assert str(publish_total([publish(2), publish(2), publish(10)])) == "about 15"


def test_a_total_of_nothing_is_nought():
    assert str(publish_total([publish(0), publish(0)])) == "0"


def test_another_threshold_has_its_own_words():
    assert str(publish(8, threshold=10)) == "fewer than 10"
    assert str(publish(11, threshold=10)) == "about 10"


@pytest.mark.parametrize("threshold", range(5, 21))
def test_every_value_stands_for_several_counts(threshold):
    told = Counter(str(publish(count, threshold=threshold)) for count in range(1, 200))
    told.pop(str(publish(199, threshold=threshold)))  # the range ends within it
    assert min(told.values()) >= 3


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # machines are shared
@given(st.lists(counts, max_size=20), st.data())
def test_a_total_is_a_function_of_the_published_values_alone(exact, data):
    others = [data.draw(st.integers(1, 4)) if 1 <= count <= 4 else publish(count).value for count in exact]
    assert publish_total(map(publish, exact)) == publish_total(map(publish, others))


@given(counts)
def test_no_exact_count_from_one_to_four_can_be_told_from_another(count):
    published = publish(count)
    assert published.value % 5 == 0 or published == publish(1)
