"""The public list of participating schools: who is on it, when they joined, what people call them.

Finding and narrowing are in schools.queries.listing.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Now, Upper

from core.prepared import Prepared
from schools.models import Cohort, Participation, School, SchoolQuerySet

_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_SAME_WORDS = {
    "saint": "st",
    "and": "",
    "ce": "cofe",
    "the": "",
    "rc": "catholic",
    "jnr": "junior",
    "jun": "junior",
    "inf": "infant",
    "infants": "infant",
    "prim": "primary",
    "sch": "school",
}
_SAME_PHRASES = (
    (" church of england ", " cofe "),
    (" c of e ", " cofe "),
    (" c e ", " cofe "),
    (" r c ", " catholic "),
)
_APOSTROPHES = dict.fromkeys(map(ord, "'`\u00b4\u02bc\u2018\u2019\u201b\u2032"))


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
    return plain_words(text)


def plain_words(text: str) -> str:
    """The same, without keeping the answer: for the many thousands of a whole register."""
    plain = text.casefold().translate(_APOSTROPHES)
    if not plain.isascii():
        letters = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    spaced = f" {_NOT_A_WORD.sub(' ', plain).strip()} "
    for phrase, short in _SAME_PHRASES:
        spaced = spaced.replace(phrase, short)
    words = (_SAME_WORDS.get(word, word) for word in spaced.split())
    return f" {' '.join(word for word in words if word)} "


def spellings_of(word: str) -> set[str]:
    """What may stand in a text where `plain_words` gives this word or one that begins with it."""
    spelt = {before for before, after in _SAME_WORDS.items() if after and after.startswith(word)}
    phrases = {before.strip() for before, after in _SAME_PHRASES if after.strip().startswith(word)}
    return {word, *spelt, *phrases, *(phrase.replace(" ", ".") for phrase in phrases)}


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


def public_schools() -> SchoolQuerySet:
    """The schools on the public list, by name."""
    return School.objects.on_public_list().order_by(Upper("name"), "pk")


def public_rows(schools: SchoolQuerySet, *fields: str) -> QuerySet[School, tuple[Any, ...]]:
    """These fields of these schools and, last, the name of each one's cohort: the first that it joined."""
    return schools.annotate(cohort_name=_first_cohort("name")).values_list(*fields, "cohort_name")


def public_counts() -> list[tuple[str, int]]:
    """How many schools on the public list joined in which years, in order of joining; two queries."""
    counts = dict(_counts())
    return [(cohort.label, counts[cohort.slug]) for cohort in public_cohorts() if cohort.slug in counts]


def _first_cohort(field: str) -> Subquery:
    parts = Participation.objects.filter(school=OuterRef("pk"), status__in=Participation.PUBLIC_STATUSES)
    parts = parts.filter(programme_year__starts_on__lte=Now())
    return Subquery(
        parts.order_by("cohort__joined_in__starts_on", "cohort__name").values(f"cohort__{field}")[:1]
    )


_cohorts = Prepared(
    lambda: Cohort.objects.order_by("joined_in__starts_on", "name").values_list(
        "slug", "name", "joined_in__starts_on", "joined_in__ends_on"
    )
)
_counts = Prepared(
    lambda: (
        School.objects.on_public_list()
        .annotate(cohort_slug=_first_cohort("slug"))
        .order_by()
        .values_list("cohort_slug")
        .annotate(Count("pk"))
    )
)
