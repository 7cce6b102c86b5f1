"""Comparing the register with what is stored: what is new, what differs, which schools have a new URN."""

from collections.abc import Container, Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.utils.text import slugify

from schools.models import School, SuccessionToReview
from schools.register.plan import Change, DatedUrn, Held, Move, NewSchool, Plan
from schools.register.rows import KEPT_WHEN_BLANK, RegisterRow
from schools.register.stored import Stored, StoredUrn, chunks, depended_on, slugs_taken
from schools.register.succession import Link, Successions, Waiting
from schools.register.whereabouts import Whereabouts


class Planner:
    """Builds a plan from the rows of a file; reads the database and writes nothing.

    Rows that say what is stored are forgotten at once, so that memory holds the differences alone.
    """

    def __init__(self, successions: Successions, names: Sequence[str]) -> None:
        """`names` are the fields of each row's values, in their order."""
        self._reviewed = dict(_reviewed())
        separate = {pair for pair, decision in self._reviewed.items() if decision == _SEPARATE}
        self.successions = successions.without(separate)
        self.plan = Plan()
        self._stored = Stored(names)
        self._linked = self.successions.urns
        self._new: list[RegisterRow] = []
        self._differing: list[tuple[Held, RegisterRow]] = []
        self._made: dict[int, NewSchool] = {}
        self._heirs: dict[int, RegisterRow] = {}
        self._statuses: dict[int, str] = {}
        self._slugs: set[str] = set()

    def take(self, rows: Sequence[RegisterRow]) -> None:
        """Look at the next rows of the file, so many as one query takes."""
        stored = self._stored.rows(row.urn for row in rows)
        for row in rows:
            if row.urn in self._linked:
                self._statuses[row.urn] = row.values["status"]
            self._place(row, stored.get(row.urn))

    def finish(self, whereabouts: Whereabouts, known: Container[int]) -> Plan:
        """The plan, once all rows were taken; `known` are the URNs of the file."""
        for row in self._kept_rows():
            if whereabouts.is_far(row):
                row.forget_point()
        for row in self._new:
            self._make(row)
        for school, row in self._differing:
            self._compare(school, row)
        self.plan.waiting = self.successions.others_of(known)
        self._settle()
        for some in chunks(self.plan.new):
            self._name(some)
        self._leave_out_what_was_decided()
        return self.plan

    def _kept_rows(self) -> Iterator[RegisterRow]:
        yield from self._new
        yield from (row for _, row in self._differing)
        yield from self._heirs.values()

    def _place(self, row: RegisterRow, stored: tuple[Any, ...] | None) -> None:
        if stored is None and row.urn in self.successions.plain:
            self._heirs[row.urn] = row
        elif stored is None:
            self._new.append(row)
        elif stored[1] is not None:
            self.plan.former += 1
        else:
            if row.urn in self.successions.plain:
                self._heirs[row.urn] = row
            if self._stored.is_same(stored, row.values):
                self.plan.same.add(stored[2])
            else:
                self._differing.append((self._stored.held(stored), row))

    def _make(self, row: RegisterRow) -> None:
        school = NewSchool(row.values, [DatedUrn(row.urn, row.values["opened_on"])])
        self._made[row.urn] = school
        self.plan.new.append(school)

    def _compare(self, school: Held, row: RegisterRow) -> None:
        differing = _differences(school, row.values)
        if differing:
            self.plan.changes[school.pk] = Change(school, row.urn, differing)
        else:
            self.plan.same.add(school.pk)

    def _settle(self) -> None:
        """Give each heir to the school that it continues, the oldest successions first."""
        heirs = sorted(self._heirs.values(), key=lambda row: (row.values["opened_on"] or date.min, row.urn))
        pending = {row.urn: row for row in heirs}
        wanted = {self.successions.plain[urn].old for urn in pending} | set(pending)
        stored = self._stored.by_urn(wanted)
        while pending:
            ready = [urn for urn in pending if self.successions.plain[urn].old not in pending]
            if not ready:  # a circle: each waits for the other
                ready = list(pending)
            for urn in ready:
                row = pending.pop(urn)
                self._continue(row, self.successions.plain[urn], stored)

    def _continue(self, row: RegisterRow, link: Link, stored: dict[int, StoredUrn]) -> None:
        if row.urn in stored:
            self._continue_stored(row, link, stored)
            return
        theirs = stored.get(link.old)
        why = self._why_wait(row, link)
        if why:
            self._wait(link, why)
        elif link.old in self._made:
            self._extend(self._made[link.old], row, link)
            return
        elif theirs is not None and theirs.valid_to is None:
            self._move(theirs.school, row, link, stored)
            return
        elif theirs is not None:
            self._wait(link, f"{link.old} was followed by another school before")
        self._make(row)

    def _continue_stored(self, row: RegisterRow, link: Link, stored: dict[int, StoredUrn]) -> None:
        """Both URNs are stored: join what an import without links left apart, if anybody depends on it."""
        mine, theirs = stored[row.urn], stored.get(link.old)
        if theirs is None or theirs.school.pk == mine.school.pk or theirs.valid_to is not None:
            return
        if theirs.school.pk not in self._depended_on:
            self.plan.apart += 1
        elif mine.school.pk in self._depended_on:
            self._wait(link, "both are schools here, and there is work recorded at both")
        elif why := self._why_wait(row, link):
            self._wait(link, why)
        else:
            self.plan.changes.pop(mine.school.pk, None)
            self.plan.same.discard(mine.school.pk)
            self._move(theirs.school, row, link, stored, absorbs=mine.school.pk)

    def _wait(self, link: Link, why: str) -> None:
        self.plan.waiting.append(Waiting(link.old, link.new, why))

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
        school: Held,
        row: RegisterRow,
        link: Link,
        stored: dict[int, StoredUrn],
        absorbs: int | None = None,
    ) -> None:
        ended_on, began_on = _dates(row, link) or (date.min, date.min)
        self.plan.moves.append(Move(school, link.old, ended_on, DatedUrn(row.urn, began_on), absorbs))
        self.plan.changes.pop(school.pk, None)  # what its old number's row said
        self._compare(school, row)
        stored[row.urn] = StoredUrn(row.urn, None, school)

    @cached_property
    def _depended_on(self) -> set[int]:
        return depended_on()

    def _name(self, schools: Sequence[NewSchool]) -> None:
        """Give each its slug: its name, with the town if that is taken, with the URN if both are."""
        for choice in (_by_name, _by_town, _by_number):
            wanted = {id(school): choice(school) for school in schools}
            self._slugs |= slugs_taken(set(wanted.values()) - self._slugs)
            left = []
            for school in schools:
                school.slug = wanted[id(school)]
                if school.slug in self._slugs:
                    left.append(school)
                self._slugs.add(school.slug)
            schools = left
            if not left:
                return

    def _leave_out_what_was_decided(self) -> None:
        plan = self.plan
        plan.waiting = [one for one in plan.waiting if not self._reviewed.get((one.old, one.new))]
        plan.unheard = [one for one in plan.waiting if (one.old, one.new) not in self._reviewed]


_SEPARATE = SuccessionToReview.Decision.SEPARATE


def _reviewed() -> Iterator[tuple[tuple[int, int], str]]:
    """Every pair of URNs on the list for a person, with what was decided (nothing yet: empty)."""
    listed = SuccessionToReview.objects.order_by().values_list("old_urn", "new_urn", "decision")
    for old, new, decision in listed.iterator(chunk_size=2000):
        yield (old, new), decision


def _by_name(school: NewSchool) -> str:
    return slugify(school.values["name"])[:160] or "school"


def _by_town(school: NewSchool) -> str:
    town = slugify(school.values["town"])[:40]
    return f"{_by_name(school)}-{town}" if town else _by_name(school)


def _by_number(school: NewSchool) -> str:
    return f"{_by_name(school)}-{school.urns[0].urn}"


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


def _differences(school: Held, values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in values.items()
        if school.values[name] != value and not (name in KEPT_WHEN_BLANK and value in ("", None))
    }
