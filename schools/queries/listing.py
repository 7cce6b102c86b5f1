"""The public list as it was asked for: searched, narrowed, in order, page by page.

What fits on a page is read whole on every request, and all the rest is done with the rows. A longer list is held
for a moment to find and to order in; what is shown of it is read anew, so that nobody is named who no longer agrees.
"""

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import QuerySet

from core.prepared import Prepared
from schools.models import School
from schools.queries.likeness import likely
from schools.queries.postcodes import Middle, middle_of, read_postcode
from schools.queries.public import PublicCohort, public_rows, public_schools, words_of

PAGE = 50
"""Schools on one page of the public list."""

MOST_ON_MAP = 100
"""Schools of a list that are drawn together; of a longer list the map shows those of the page."""

MOST_ANSWERS = 128
"""Searches whose answers stand as long as such a list does."""

HELD_FOR = 30
"""Seconds for which a list of several pages stands."""

NOWHERE = complex("inf")


class PublicSchool(NamedTuple):
    """All that the public may know of a school; blank where nothing is known."""

    pk: int
    name: str
    town: str
    phase: str
    website: str
    slug: str
    easting: int | None
    northing: int | None
    cohort: str
    words: str
    """Name and town as people search for them."""
    place: complex
    """The point in the plane, to reckon with; nowhere, infinitely far, for a school without one."""


_FIELDS = ("pk", "name", "town", "phase", "website", "slug", "easting", "northing")


class Asked(NamedTuple):
    """What the list is narrowed to; blank where it is not. `cohort` is a cohort's slug."""

    q: str = ""
    cohort: str = ""
    phase: str = ""


@dataclass(frozen=True)
class Found:
    """The schools that were asked for, in their order."""

    schools: Sequence[PublicSchool]
    by_cohort: Mapping[str, int]
    middle: Middle | None = None
    """From where distances are measured, when a postcode was asked for."""
    is_unknown_postcode: bool = False

    def counts(self, cohorts: Iterable[PublicCohort]) -> tuple[tuple[str, int], ...]:
        """How many of them joined in which years, in order of joining."""
        by_cohort = self.by_cohort
        return tuple((each.label, by_cohort[each.name]) for each in cohorts if by_cohort.get(each.name))


@dataclass(frozen=True)
class Whole:
    """The whole public list, by name."""

    schools: tuple[PublicSchool, ...]
    phases: tuple[str, ...]
    by_cohort: Mapping[str, int]
    """How many are of each cohort, by its name."""
    just_read: frozenset[int]
    """Ids of the schools that were read for this request; those of a list that is held are a moment old."""
    answers: dict[Asked, Found] = field(default_factory=dict)
    """What was found in a list that is held, for as long as it is."""

    @property
    def is_held(self) -> bool:
        """Whether some of it is a moment old."""
        return len(self.just_read) < len(self.schools)


def whole_list() -> Whole:
    """The public list as the pages need it; one query, for a list of several pages one more in each moment."""
    first = _first_rows()
    if len(first) <= PAGE:
        return _whole(first)
    return _long_list(int(time.monotonic() / HELD_FOR), tuple(first))


def whole_list_now() -> Whole:
    """The same for files, which hold all of it: read from the database whatever its length; one query."""
    return _whole(_every_row())


@lru_cache(maxsize=8)
def _long_list(moment: int, first_rows: tuple[tuple[Any, ...], ...]) -> Whole:  # noqa: ARG001
    """A list of several pages, read once a moment for the same first page."""
    return _whole(_every_row(), just_read=(row[0] for row in first_rows))


def _whole(rows: Iterable[tuple[Any, ...]], *, just_read: Iterable[int] | None = None) -> Whole:
    schools = tuple(_school(row) for row in rows)
    phases = {school.phase for school in schools if school.phase}
    by_cohort = Counter(school.cohort for school in schools)
    read = (school.pk for school in schools) if just_read is None else just_read
    return Whole(schools, tuple(sorted(phases)), by_cohort, frozenset(read))


def _school(row: tuple[Any, ...]) -> PublicSchool:
    place = NOWHERE if row[6] is None or row[7] is None else complex(row[6], row[7])
    return PublicSchool._make((*row, words_of(row[1]) + words_of(row[2]), place))


def find(whole: Whole, asked: Asked, cohorts: Iterable[PublicCohort]) -> Found:
    """Those of the list that were asked for: by name, or nearest first for a postcode, which takes a query more.

    In a list that is held the same is looked for once.
    """
    if not whole.is_held:
        return _find(whole, asked, cohorts)
    if asked not in whole.answers:
        if len(whole.answers) >= MOST_ANSWERS:
            whole.answers.clear()
        whole.answers[asked] = _find(whole, asked, cohorts)
    return whole.answers[asked]


def _find(whole: Whole, asked: Asked, cohorts: Iterable[PublicCohort]) -> Found:
    schools: Sequence[PublicSchool] = whole.schools
    if asked.cohort:
        name = next((cohort.name for cohort in cohorts if cohort.slug == asked.cohort), None)
        schools = [school for school in schools if school.cohort == name]
    if asked.phase:
        schools = [school for school in schools if school.phase == asked.phase]
    middle = None
    if readings := read_postcode(asked.q):
        middle = middle_of(readings)
        schools = _nearest_first(schools, middle) if middle else ()
    elif asked.q:
        schools = _of_words(schools, asked.q)
    is_all = len(schools) == len(whole.schools)
    by_cohort = whole.by_cohort if is_all else Counter(school.cohort for school in schools)
    return Found(schools, by_cohort, middle, is_unknown_postcode=bool(readings and not middle))


def _of_words(schools: Sequence[PublicSchool], q: str) -> Sequence[PublicSchool]:
    """Those in whose name and town a word begins with each of these."""
    wanted = words_of(q).split()
    for word in wanted:
        beginning = f" {word}"
        schools = [school for school in schools if beginning in school.words]
    return schools if wanted else ()


def _nearest_first(schools: Sequence[PublicSchool], middle: Middle) -> list[PublicSchool]:
    """By distance; those whose place is not known come last, by name."""
    here = complex(middle.easting, middle.northing)
    far = [abs(school.place - here) for school in schools]
    return [schools[number] for number in sorted(range(len(far)), key=far.__getitem__)]


def as_now(whole: Whole, schools: Sequence[PublicSchool]) -> Sequence[PublicSchool]:
    """These schools (at most MOST_ON_MAP) as they stand, without those that are no longer listed.

    One query where the list was held, none where it was read just now.
    """
    if all(school.pk in whole.just_read for school in schools):
        return schools
    held = {school.pk: school for school in schools[:MOST_ON_MAP]}
    rows = {row[0]: row for row in _stored(list(held))}
    # Who stands as before stays the same object: comparing the page with one made earlier is then quick.
    return [
        school if school[: len(rows[pk])] == rows[pk] else _school(rows[pk])
        for pk, school in held.items()
        if pk in rows
    ]


def _stored(pks: list[int]) -> list[tuple[Any, ...]]:
    """The rows with these ids (at most MOST_ON_MAP) that are on the public list; one query."""
    length, these = (PAGE, _page_of_these) if len(pks) <= PAGE else (MOST_ON_MAP, _these)
    return these(*pks, *pks[:1] * (length - len(pks)))


def public_school(slug: str) -> PublicSchool | None:
    """The school of the public list with this slug; None for every other, whatever the reason. One query."""
    row = _by_slug.first(slug)
    return None if row is None else _school(row)


def guesses(whole: Whole, q: str) -> list[PublicSchool]:
    """At most three schools on the public list that `q` may have meant, the likeliest first.

    Only what is public is compared: whether another school exists shows in nothing.
    """
    return [whole.schools[number] for number in likely(q, [school.words for school in whole.schools])]


_first_rows = Prepared(lambda: public_rows(public_schools(), *_FIELDS)[: PAGE + 1])
_every_row = Prepared(lambda: public_rows(public_schools(), *_FIELDS))


def _rows_of(*pks: int) -> QuerySet[School, tuple[Any, ...]]:
    return public_rows(School.objects.on_public_list().filter(pk__in=pks), *_FIELDS).order_by()


_page_of_these = Prepared(_rows_of, *[int] * PAGE)
_these = Prepared(_rows_of, *[int] * MOST_ON_MAP)
_by_slug = Prepared(
    lambda slug: public_rows(School.objects.on_public_list().filter(slug=slug), *_FIELDS).order_by(), str
)
