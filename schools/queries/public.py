"""The public list of participating schools, each question answered in a fixed number of queries."""

import re
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Upper

from core.prepared import Prepared
from schools.models import Cohort, Participation, School

PAGE = 50
"""Schools on one page of the public list."""

COUNTED_FOR = 30
"""Seconds for which the length of a list of several pages stands, since counting costs more than the page."""

NEAR_ENOUGH = 0.75
"""From this likeness on (1 is the same) a misspelt word may be another: "wenlok" and "wenlock" have 0.92."""
MOST_GUESSES, MOST_WORDS_TO_GUESS = 3, 8
"""Schools that are suggested, and words of a search beyond which none is."""

_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_SAME_WORDS = {
    "saint": "st",
    "and": "",
    "ce": "cofe",
    "the": "",
}
_SAME_PHRASES = ((" church of england ", " cofe "), (" c of e ", " cofe "))


PublicRow = tuple[str, str, str, str, str]
"""All that the public may know of a school, in the order of PUBLIC_COLUMNS; blank where nothing is known."""

FileRow = tuple[str, str, str, str, str, str]
"""The same and, last, the years in which the school's cohort joined; in the order of FILE_COLUMNS."""

PUBLIC_COLUMNS = {
    "name": "School",
    "town": "Town",
    "phase": "Phase",
    "cohort": "Cohort",
    "website": "Website",
}
"""What is read of each school for the public list and its files, with the heads of the columns."""
FILE_COLUMNS = PUBLIC_COLUMNS | {"joined_in": "Joined in"}
"""What the files hold: beside the cohort's name the years in which it joined, as the page has them."""


@dataclass(frozen=True)
class PublicCohort:
    """A cohort that the public list can be narrowed to."""

    slug: str
    name: str
    years: str
    """Of the programme year in which it joined: "2025 to 2026". A parent reads "Year 1" as a class of the school."""
    label: str
    """The years; with the name where two cohorts joined in the same."""


@lru_cache(maxsize=8192)
def words_of(text: str) -> str:
    """The text as people search for it: no case, accents or punctuation, one spelling of "St" and "CofE".

    Each word stands between blanks, so that a search can ask for the beginnings of words.
    """
    letters = unicodedata.normalize(
        "NFKD", text.casefold().replace("'", "").replace("’", "").replace("&", " and ")
    )
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    spaced = f" {_NOT_A_WORD.sub(' ', plain).strip()} "
    for phrase, short in _SAME_PHRASES:
        spaced = spaced.replace(phrase, short)
    words = (_SAME_WORDS.get(word, word) for word in spaced.split())
    return f" {' '.join(word for word in words if word)} "


def public_cohorts() -> tuple[PublicCohort, ...]:
    """The cohorts in the order in which they joined, in one query."""
    found = [(slug, name, _years(starts, ends)) for slug, name, starts, ends in _cohorts()]
    often = Counter(years for _, _, years in found)
    return tuple(
        PublicCohort(slug, name, years, f"{years} ({name})" if often[years] > 1 else years)
        for slug, name, years in found
    )


def _years(starts: date, ends: date) -> str:
    return f"{starts.year}" if starts.year == ends.year else f"{starts.year} to {ends.year}"


def with_years(rows: Iterable[PublicRow], cohorts: Iterable[PublicCohort]) -> Iterator[FileRow]:
    """The rows, each with the years in which its cohort joined."""
    years = {cohort.name: cohort.years for cohort in cohorts}
    return ((*row, years.get(row[3], "")) for row in rows)


def public_schools(*, q: str = "", cohort: str = "") -> QuerySet[School]:
    """The schools on the public list, by name; `q` finds them by name or town, `cohort` is a cohort's slug.

    Looks for `q` in one query. A school's cohort is the first that it joined.
    """
    schools = School.objects.on_public_list()
    if cohort:
        schools = schools.alias(cohort_slug=_first_cohort("slug")).filter(cohort_slug=cohort)
    if words_of(q).strip():
        schools = schools.filter(pk__in=_found(schools, q))
    elif q:
        schools = schools.none()
    return schools.order_by(Upper("name"), "pk")


def public_rows(schools: QuerySet[School]) -> QuerySet[School, PublicRow]:
    """These schools as the list shows them."""
    rows = schools.annotate(cohort=_first_cohort("name")).values_list(*PUBLIC_COLUMNS)
    return cast("QuerySet[School, PublicRow]", rows)


def public_page(*, q: str = "", cohort: str = "", number: str = "") -> Page[PublicRow]:
    """One page of the list, the nearest there is to `number`.

    One query for a list that fits on one page, two for a longer one, and one more with `q`.
    """
    schools = public_schools(q=q, cohort=cohort)
    if number not in ("", "1"):
        return Paginator(public_rows(schools), PAGE).get_page(number)
    rows = list(public_rows(schools)[: PAGE + 1]) if q or cohort else _first_page()
    paginator: Paginator[Any] = Paginator(rows, PAGE)
    if len(rows) > PAGE:
        moment = int(time.monotonic() / COUNTED_FOR)
        paginator.count = _count_of_long_list(moment, tuple(rows), q, cohort)
    return Page(rows[:PAGE], 1, paginator)


@lru_cache(maxsize=64)
def _count_of_long_list(moment: int, first_rows: tuple[PublicRow, ...], q: str, cohort: str) -> int:  # noqa: ARG001
    """How many schools a list of several pages has: counted once a moment for the same first page."""
    return public_schools(q=q, cohort=cohort).count()


def nearest_schools(q: str) -> list[tuple[str, str]]:
    """Name and town of at most three schools on the public list that `q` may have meant; in one query.

    Every word of `q` has to be near to a word of the name or town, so that "Primary School" alone suggests
    nobody. Only what is public is compared: whether another school exists shows in nothing.
    """
    wanted = words_of(q).split()
    if not wanted or len(wanted) > MOST_WORDS_TO_GUESS:
        return []
    public = School.objects.on_public_list().order_by(Upper("name"), "pk").values_list("name", "town")
    schools = [(name, town, (words_of(name) + words_of(town)).split()) for name, town in public]
    known = {word for _, _, words in schools for word in words}
    near = [_near(word, known) for word in wanted]
    guesses = []
    for name, town, words in schools:
        best = [max((found.get(word, 0) for word in words), default=0) for found in near]
        if all(best):
            guesses.append((-sum(best), name, town))
    return [(name, town) for _, name, town in sorted(guesses)[:MOST_GUESSES]]


def _near(wanted: str, known: set[str]) -> dict[str, float]:
    """How near those of the known words are that might be meant, from NEAR_ENOUGH to 1 for the word itself."""
    likeness = SequenceMatcher(b=wanted, autojunk=False)
    found = {}
    for word in known:
        likeness.set_seq1(word)
        if likeness.real_quick_ratio() >= NEAR_ENOUGH and likeness.quick_ratio() >= NEAR_ENOUGH:
            found[word] = likeness.ratio()
        if word.startswith(wanted):
            found[word] = 1.0
    return {word: ratio for word, ratio in found.items() if ratio >= NEAR_ENOUGH}


def public_counts() -> list[tuple[str, int]]:
    """How many schools on the public list joined in which years, in order of joining; two queries."""
    counts = dict(_counts())
    return [(cohort.label, counts[cohort.slug]) for cohort in public_cohorts() if cohort.slug in counts]


def _first_cohort(field: str) -> Subquery:
    parts = Participation.objects.filter(school=OuterRef("pk"), status__in=Participation.PUBLIC_STATUSES)
    return Subquery(
        parts.order_by("cohort__joined_in__starts_on", "cohort__name").values(f"cohort__{field}")[:1]
    )


def _found(schools: QuerySet[School], q: str) -> list[int]:
    wanted = [f" {word}" for word in words_of(q).split()]
    return [
        pk
        for pk, name, town in schools.values_list("pk", "name", "town")
        if _holds(words_of(name) + words_of(town), wanted)
    ]


def _holds(text: str, wanted: list[str]) -> bool:
    return all(beginning in text for beginning in wanted)


_cohorts = Prepared(
    lambda: Cohort.objects.order_by("joined_in__starts_on", "name").values_list(
        "slug", "name", "joined_in__starts_on", "joined_in__ends_on"
    )
)
_first_page = Prepared(lambda: public_rows(public_schools())[: PAGE + 1])
_counts = Prepared(
    lambda: (
        School.objects.on_public_list()
        .annotate(cohort_slug=_first_cohort("slug"))
        .order_by()
        .values_list("cohort_slug")
        .annotate(Count("pk"))
    )
)
