"""What is stored of the schools that a register file names, without a model instance for each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar, cast

from django.db.models import Model

from schools.models import School, SchoolUrn
from schools.register.plan import Held

CHUNK = 500
FIELDS = (
    *("name", "status", "phase", "type_name", "la_code", "laestab", "town", "postcode"),
    *("opened_on", "closed_on", "website", "telephone", "pupils", "trust", "easting", "northing"),
)
"""The fields of a School that a register may give."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class StoredUrn:
    """A URN that we hold, and whose it is."""

    urn: int
    valid_to: date | None
    school: Held


class Stored:
    """Asks for schools by URN; their values come in the order of `names`, as the rows of the file have them."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = (*names, *(name for name in FIELDS if name not in names))
        self._width = len(names)

    def rows(self, urns: Iterable[int]) -> dict[int, tuple[Any, ...]]:
        """By URN: the URN, its last day, the school's id, then its values."""
        found = SchoolUrn.objects.filter(urn__in=list(urns)).order_by()
        columns = ("urn", "valid_to", "school_id", *(f"school__{name}" for name in self.names))
        return {row[0]: row for row in found.values_list(*columns)}

    def is_same(self, row: tuple[Any, ...], values: dict[str, Any]) -> bool:
        """Whether a stored row says exactly what the file says."""
        return row[3 : 3 + self._width] == tuple(values.values())

    def held(self, row: tuple[Any, ...]) -> Held:
        """The school of a stored row."""
        return Held(row[2], dict(zip(self.names, row[3:], strict=True)))

    def by_urn(self, urns: Iterable[int]) -> dict[int, StoredUrn]:
        """The URNs that we hold, with their schools."""
        found: dict[int, StoredUrn] = {}
        for some in chunks(list(urns)):
            for urn, row in self.rows(some).items():
                found[urn] = StoredUrn(urn, row[1], self.held(row))
        return found


def slugs_taken(slugs: Iterable[str]) -> set[str]:
    """Those of these slugs that schools have."""
    return set(School.objects.filter(slug__in=list(slugs)).values_list("slug", flat=True))


def depended_on() -> set[int]:
    """The schools on which anything but URNs hangs, in whichever app: one query for each kind of thing."""
    found: set[int] = set()
    for model, column in _dependents():
        things = model._default_manager.order_by()
        found.update(things.values_list(column, flat=True).distinct())
    return found


def is_depended_on(school_pk: int) -> bool:
    """Whether anything but URNs hangs on this school."""
    return any(
        model._default_manager.filter(**{column: school_pk}).exists() for model, column in _dependents()
    )


def _dependents() -> Iterator[tuple[type[Model], str]]:
    for relation in School._meta.related_objects:
        if relation.related_model is not SchoolUrn:
            yield relation.related_model, relation.field.attname
    for field in School._meta.many_to_many:
        yield cast(type[Model], field.remote_field.through), field.m2m_column_name()


def chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """The items, so many at a time as one query takes."""
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]
