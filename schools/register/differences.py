"""A plan as a person reads it: school by school, field by field, before and after; and its digest."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from schools.models import Participation, RegisterDifference, School
from schools.register.plan import Change, Move, NewSchool, Plan

Kind = RegisterDifference.Kind
_ORDER = {kind: number for number, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Difference:
    """What the plan does to one school; `fields` holds [before, after] by field, in plain JSON values."""

    kind: Kind
    is_in_programme: bool
    urn: int
    name: str
    fields: dict[str, list[Any]]

    @property
    def is_rename_in_programme(self) -> bool:
        """Whether a school of the programme gets another name."""
        return self.is_in_programme and self.kind != Kind.NEW and "name" in self.fields


def schools_of_the_programme() -> set[int]:
    """Ids of the schools that take part or took part."""
    return set(Participation.objects.order_by().values_list("school_id", flat=True))


def differences(plan: Plan) -> Iterator[Difference]:
    """Everything that the plan changes: schools of the programme first, then what weighs most."""
    yield from of_known_schools(plan)
    for school in sorted(plan.new, key=lambda one: (one.values["name"], one.urns[-1].urn)):
        yield _new(school)


def of_known_schools(plan: Plan) -> list[Difference]:
    """The same without new schools."""
    ours = schools_of_the_programme()
    return sorted(
        [*_moved(plan, ours), *_changed(plan, ours)],
        key=lambda one: (not one.is_in_programme, _ORDER[one.kind], one.name, one.urn),
    )


class Digest:
    """A number for exactly one plan: the same file beside the same schools gives the same."""

    def __init__(self, plan: Plan) -> None:
        self._hash = hashlib.sha256()
        for waiting in sorted(plan.unheard, key=lambda one: (one.old, one.new)):
            self._add([waiting.old, waiting.new, waiting.why])

    def over(self, told: Iterable[Difference]) -> Iterator[Difference]:
        """The same differences, counted in as they go by."""
        for one in told:
            self._add([one.kind.value, one.is_in_programme, one.urn, one.name, one.fields])
            yield one

    def _add(self, line: list[Any]) -> None:
        self._hash.update(json.dumps(line, sort_keys=True).encode())

    def __str__(self) -> str:
        return self._hash.hexdigest()


def plain(value: Any) -> Any:
    """A value as JSON holds it."""
    return value.isoformat() if isinstance(value, date) else value


def _moved(plan: Plan, ours: set[int]) -> Iterator[Difference]:
    for move in plan.moves:
        change = plan.changes.get(move.school.pk)
        fields = {"urn": [move.old, move.new.urn], **(_fields(change) if change else {})}
        fields["valid_from"] = [None, plain(move.new.valid_from)]
        yield Difference(Kind.RENUMBERED, move.school.pk in ours, move.new.urn, _name(move, change), fields)


def _name(move: Move, change: Change | None) -> str:
    return str(change.values["name"]) if change and "name" in change.values else str(move.school)


def _changed(plan: Plan, ours: set[int]) -> Iterator[Difference]:
    moved = {move.school.pk for move in plan.moves}
    for pk, change in plan.changes.items():
        if pk not in moved:
            closes = change.values.get("status") == School.Status.CLOSED
            kind = Kind.CLOSED if closes else Kind.CHANGED
            yield Difference(kind, pk in ours, change.urn, str(change.school), _fields(change))


def _fields(change: Change) -> dict[str, list[Any]]:
    before = change.school.values
    return {name: [plain(before[name]), plain(value)] for name, value in change.values.items()}


def _new(school: NewSchool) -> Difference:
    fields = {name: [None, plain(value)] for name, value in school.values.items() if value not in ("", None)}
    if len(school.urns) > 1:
        fields["urns"] = [None, ", ".join(str(dated.urn) for dated in school.urns)]
    return Difference(
        kind=Kind.NEW,
        is_in_programme=False,
        urn=school.urns[-1].urn,
        name=str(school.values["name"]),
        fields=fields,
    )
