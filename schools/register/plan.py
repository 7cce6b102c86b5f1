"""Comparing the register with what is stored: what is new, what differs, which schools have a new URN."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import islice
from typing import Any

from django.utils.text import slugify

from schools.models import School, SchoolUrn
from schools.register.rows import KEPT_WHEN_BLANK, RegisterRow
from schools.register.succession import Link, Successions, Waiting

CHUNK = 500


@dataclass(frozen=True)
class DatedUrn:
    """A URN that a school had or has."""

    urn: int
    valid_from: date | None
    valid_to: date | None = None


@dataclass(slots=True)
class NewSchool:
    """A school that is to be made, with all the URNs that it has had."""

    values: dict[str, Any]
    urns: list[DatedUrn]
    slug: str = ""


@dataclass(slots=True)
class Change:
    """The fields of a stored school that the register gives differently."""

    school: School
    values: dict[str, Any]


@dataclass(slots=True)
class Move:
    """A stored school with a new URN; `absorbs` is the bare school that an earlier run made of the new one."""

    school: School
    old: int
    ended_on: date
    new: DatedUrn
    absorbs: int | None = None


@dataclass
class Plan:
    """All that is to be written, and what a person should know."""

    new: list[NewSchool] = field(default_factory=list)
    changes: dict[int, Change] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    same: set[int] = field(default_factory=set)
    former: int = 0
    apart: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.new or self.changes or self.moves)


class Planner:
    """Builds a plan from the rows of a file; reads the database and writes nothing."""

    def __init__(self, successions: Successions) -> None:
        self.successions = successions
        self.plan = Plan(waiting=list(successions.others))
        self._made: dict[int, NewSchool] = {}
        self._heirs: dict[int, RegisterRow] = {}
        self._statuses: dict[int, str] = {}
        self._slugs: set[str] = set()

    def build(self, rows: Iterable[RegisterRow]) -> Plan:
        """The plan for all rows; holds differences in memory, and of the rows one chunk at a time."""
        linked = self.successions.urns
        iterator = iter(rows)
        while chunk := list(islice(iterator, CHUNK)):
            stored = _stored(row.urn for row in chunk)
            for row in chunk:
                if row.urn in linked:
                    self._statuses[row.urn] = row.values["status"]
                self._place(row, stored.get(row.urn))
        self._settle()
        for some in _chunks(self.plan.new):
            self._name(some)
        return self.plan

    def _place(self, row: RegisterRow, stored: SchoolUrn | None) -> None:
        if stored is None and row.urn in self.successions.plain:
            self._heirs[row.urn] = row
        elif stored is None:
            self._make(row)
        elif stored.valid_to is not None:
            self.plan.former += 1
        else:
            if row.urn in self.successions.plain:
                self._heirs[row.urn] = row
            self._compare(stored.school, row)

    def _make(self, row: RegisterRow) -> NewSchool:
        school = NewSchool(row.values, [DatedUrn(row.urn, row.values["opened_on"])])
        self._made[row.urn] = school
        self.plan.new.append(school)
        return school

    def _compare(self, school: School, row: RegisterRow) -> None:
        differing = _differences(school, row.values)
        if differing:
            self.plan.changes[school.pk] = Change(school, differing)
        else:
            self.plan.same.add(school.pk)

    def _settle(self) -> None:
        """Give each heir to the school that it continues, the oldest successions first."""
        heirs = sorted(self._heirs.values(), key=lambda row: (row.values["opened_on"] or date.min, row.urn))
        pending = {row.urn: row for row in heirs}
        stored = _stored_map({self.successions.plain[urn].old for urn in pending} | set(pending))
        while pending:
            ready = [urn for urn in pending if self.successions.plain[urn].old not in pending]
            if not ready:  # a circle: each waits for the other
                ready = list(pending)
            for urn in ready:
                row = pending.pop(urn)
                self._continue(row, self.successions.plain[urn], stored)

    def _continue(self, row: RegisterRow, link: Link, stored: dict[int, SchoolUrn]) -> None:
        if row.urn in stored:
            self._continue_stored(row, link, stored)
            return
        theirs = stored.get(link.old)
        why = self._why_wait(row, link)
        if why:
            self.plan.waiting.append(Waiting(link.old, link.new, why))
        elif link.old in self._made:
            self._extend(self._made[link.old], row, link)
            return
        elif theirs is not None and theirs.valid_to is None:
            self._move(theirs.school, row, link, stored)
            return
        elif theirs is not None:
            why = f"{link.old} was followed by another school before"
            self.plan.waiting.append(Waiting(link.old, link.new, why))
        self._make(row)

    def _continue_stored(self, row: RegisterRow, link: Link, stored: dict[int, SchoolUrn]) -> None:
        """Both URNs are stored: join what an import without links left apart, if anybody depends on it."""
        mine, theirs = stored[row.urn], stored.get(link.old)
        if theirs is None or theirs.school_id == mine.school_id or theirs.valid_to is not None:
            return
        if theirs.school_id not in self._depended_on:
            self.plan.apart += 1
        elif mine.school_id in self._depended_on:
            why = "both are schools here, and there is work recorded at both"
            self.plan.waiting.append(Waiting(link.old, link.new, why))
        elif why := self._why_wait(row, link):
            self.plan.waiting.append(Waiting(link.old, link.new, why))
        else:
            self.plan.changes.pop(mine.school_id, None)
            self.plan.same.discard(mine.school_id)
            self._move(theirs.school, row, link, stored, absorbs=mine.school_id)

    def _why_wait(self, row: RegisterRow, link: Link) -> str:
        if row.values["status"] == School.Status.PROPOSED:
            return f"{link.new} has not opened yet"
        if self._statuses.get(link.old, School.Status.CLOSED) != School.Status.CLOSED:
            return f"the register still calls {link.old} open"
        if _dates(row, link) is None:
            return "the register gives no date"
        return ""

    def _extend(self, school: NewSchool, row: RegisterRow, link: Link) -> None:
        ended_on, began_on = _dates(row, link) or (None, None)
        latest = school.urns[-1]
        school.urns[-1] = DatedUrn(latest.urn, latest.valid_from, ended_on)
        school.urns.append(DatedUrn(row.urn, began_on))
        school.values = row.values
        self._made[row.urn] = school

    def _move(
        self,
        school: School,
        row: RegisterRow,
        link: Link,
        stored: dict[int, SchoolUrn],
        absorbs: int | None = None,
    ) -> None:
        ended_on, began_on = _dates(row, link) or (date.min, date.min)
        self.plan.moves.append(Move(school, link.old, ended_on, DatedUrn(row.urn, began_on), absorbs))
        self.plan.changes.pop(school.pk, None)  # what its old number's row said
        self._compare(school, row)
        stored[row.urn] = SchoolUrn(school=school, urn=row.urn)

    @cached_property
    def _depended_on(self) -> set[int]:
        """The schools on which anything but URNs hangs, in whichever app: one query for each kind of thing."""
        found: set[int] = set()
        for relation in School._meta.related_objects:
            if relation.related_model is not SchoolUrn:
                things = relation.related_model._default_manager.order_by()
                found.update(things.values_list(relation.field.attname, flat=True).distinct())
        return found

    def _name(self, schools: list[NewSchool]) -> None:
        """Give each its slug: its name, with the town if that is taken, with the URN if both are."""
        choices = {id(school): _slugs(school) for school in schools}
        wanted = {slug for slugs in choices.values() for slug in slugs}
        self._slugs |= set(School.objects.filter(slug__in=wanted).values_list("slug", flat=True))
        for school in schools:
            school.slug = next(
                (slug for slug in choices[id(school)] if slug not in self._slugs), choices[id(school)][-1]
            )
            self._slugs.add(school.slug)


def _slugs(school: NewSchool) -> list[str]:
    name = slugify(school.values["name"])[:160] or "school"
    town = slugify(school.values["town"])[:40]
    return [name, f"{name}-{town}" if town else name, f"{name}-{school.urns[0].urn}"]


def _dates(row: RegisterRow, link: Link) -> tuple[date, date] | None:
    """The last day of the old URN and the first of the new; None when the register has neither."""
    began = link.began_on or row.values["opened_on"]
    ended = link.ended_on
    if began is None and ended is None:
        return None
    day = timedelta(days=1)
    if began is None or ended is None:
        return (ended, ended + day) if ended else (began - day, began)
    return (ended, began) if ended < began else (began - day, began)


def _differences(school: School, values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in values.items()
        if getattr(school, name) != value and not (name in KEPT_WHEN_BLANK and value in ("", None))
    }


def _stored(urns: Iterable[int]) -> dict[int, SchoolUrn]:
    return {
        found.urn: found for found in SchoolUrn.objects.filter(urn__in=list(urns)).select_related("school")
    }


def _stored_map(urns: Iterable[int]) -> dict[int, SchoolUrn]:
    found: dict[int, SchoolUrn] = {}
    for some in _chunks(list(urns)):
        found |= _stored(some)
    return found


def _chunks(items: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]
