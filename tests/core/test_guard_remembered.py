"""A text that is read again has the same marks, from a memory that holds no words."""

import pytest

from core.guard import read, remembered


@pytest.fixture(autouse=True)
def _nothing_yet(monkeypatch):
    monkeypatch.setattr(remembered, "_found", {})


def test_it_has_the_same_marks_again():
    first = read("Oliver hates the bell.")
    assert len(remembered._found) == 1
    assert read("Oliver hates the bell.") == first


def test_what_is_allowed_makes_another_text_of_it():
    assert read("Oliver hates the bell.").marks
    assert not read("Oliver hates the bell.", allowed=["Oliver"]).marks


def test_no_words_stay_behind():
    read("Oliver hates the bell.", allowed=["Wenlock"])
    assert "Oliver" not in repr(remembered._found)
    assert "Wenlock" not in repr(remembered._found)


def test_the_oldest_goes_where_there_are_too_many(monkeypatch):
    monkeypatch.setattr(remembered, "MOST_TEXTS", 2)
    for text in ("Oliver came.", "Ruby came.", "Jayden came."):
        read(text)
    assert len(remembered._found) == 2


def test_a_text_with_many_marks_is_not_kept():
    assert read("Oliver came. " * 20).marks
    assert remembered._found == {}
