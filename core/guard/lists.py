"""The lists of words that the rules look up; they stand in words/, to be read and mended without reading rules."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from core.guard.tokens import Phrases, words_of

FOLDER = Path(__file__).resolve().parent / "words"


def word_set(words: str) -> frozenset[str]:
    """The words of a string, to look up."""
    return frozenset(words.split())


def _lines(file: str) -> list[str]:
    lines = (FOLDER / file).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@cache
def names() -> dict[str, frozenset[str]]:
    """Names by section: plain, capital, word, place, surname; words/names.txt says what each means."""
    sections: dict[str, set[str]] = {}
    section = ""
    for line in _lines("names.txt"):
        if line.startswith("["):
            section = line.strip("[]")
        else:
            sections.setdefault(section, set()).update(line.split())
    return {name: frozenset(words) for name, words in sections.items()}


def entries(file: str) -> list[str]:
    """The entries of a list that has several on a line."""
    return [entry.strip() for line in _lines(file) for entry in line.split(";") if entry.strip()]


@cache
def known_phrases() -> Phrases:
    """Names of stories, places and bodies that are more than one word."""
    return Phrases(entry for entry in entries("known.txt") if len(words_of(entry)) > 1)


@cache
def known_words() -> frozenset[str]:
    """Words with a capital letter that name no person."""
    return frozenset(word[0].whole for word in map(words_of, entries("known.txt")) if len(word) == 1)


@cache
def ordinary_words() -> frozenset[str]:
    """Words of everyday English; a capital letter makes no name of them."""
    return frozenset(word for line in _lines("ordinary.txt") for word in line.split())


@cache
def needs() -> Phrases:
    """What marks a child out beside a year group or an age."""
    return Phrases(entries("needs.txt"))


@cache
def origins() -> frozenset[str]:
    """What tells where somebody is from, to which people they belong, or what they speak."""
    return frozenset(entries("origins.txt"))


@cache
def countries() -> Phrases:
    """Where somebody may have come from."""
    return Phrases(entries("countries.txt"))


@cache
def needs_in_capitals() -> frozenset[str]:
    """Those of them that are another word in small letters."""
    return frozenset(entry.lower() for entry in entries("needs.txt") if entry.isupper())
