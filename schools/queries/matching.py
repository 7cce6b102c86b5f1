"""Which schools of the register the lines of a list mean: said where one alone can be meant, else left to a person.

The whole register is read once and compared in memory, in a fixed number of queries whatever the list's length.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.db.models import Count

from accounts.models import User
from core.models import HistoryEntry
from schools.models import Participation, ProgrammeYear, School, SchoolUrn, SuccessionToReview
from schools.queries.nearness import NearNames, core_of
from schools.queries.programme import cohorts_joined
from schools.queries.public import plain_words
from schools.school_lists import Line

MOST_SHOWN = 12
"""Schools of one name that a person chooses from; a longer list is narrowed by the town or the URN."""

_KINDS_OF_CHURCH_SCHOOL = frozenset({"vc", "va", "controlled", "aided", "voluntary", "roman"})
_PRIMARY = frozenset({"Primary", "Middle deemed primary", "All-through"})
"""Phases of schools that teach primary pupils; a school may have none."""
_OPEN = frozenset({School.Status.OPEN, School.Status.CLOSING})
_RENAMED = ("school.renumbered", "school.changed_by_register")


class Kind(StrEnum):
    """What a line came to."""

    EXACT = "exact"
    SEVERAL = "several"
    NEAR = "near"
    NONE = "none"
    HERE = "here"
    REPEATED = "repeated"
    PASSED = "passed"


TO_DECIDE = frozenset({Kind.SEVERAL, Kind.NEAR, Kind.NONE})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A school of the register that a line may mean."""

    pk: int
    name: str
    town: str
    postcode: str
    urn: int | None
    status: str
    la_code: str
    is_far: bool = False
    """Whether it lies under another local authority than the programme's schools."""
    followed_by: str = ""
    """The school that the register names as its successor, when it closed."""
    formerly: str = ""
    """The name that it had, when the line has that one."""
    phase: str = ""
    joined: str = ""
    """The cohort that it joined with, when it has a part in another year."""

    @property
    def is_open(self) -> bool:
        """Whether it teaches now."""
        return self.status in _OPEN

    @property
    def words(self) -> str:
        """All that tells it from another of the same name, in one line."""
        said = [self.phase, self.town, self.postcode, f"URN {self.urn}" if self.urn else ""]
        if not self.is_open:
            said.append(School.Status(self.status).label.lower())
        if self.is_far:
            said.append("in another local authority")
        if self.followed_by:
            said.append(f"followed by {self.followed_by}")
        if self.formerly:
            said.append(f"formerly {self.formerly}")
        if self.joined:
            said.append(f"joined with {self.joined}; that stays")
        return ", ".join(filter(None, said))


@dataclass(frozen=True, slots=True)
class Match:
    """A line with what it came to: the schools that it may mean, and in words why it is not plain."""

    line: Line
    kind: Kind
    options: tuple[Candidate, ...] = ()
    remark: str = ""
    more: int = 0
    """How many schools of the name are not among the options."""


def name_key(name: str) -> str:
    """Names with the same key are one name: spelt with "CE" or "C of E (VC)", with "School" or without."""
    kept: list[str] = []
    words = plain_words(name).split()
    for word in words:
        is_letter_of_kind = word in {"a", "c"} and kept[-1:] in (["cofe"], ["catholic"])
        if word != "school" and word not in _KINDS_OF_CHURCH_SCHOOL and not is_letter_of_kind:
            kept.append(word)
    return " ".join(kept or dict.fromkeys(words))


def home_authority() -> str:
    """The local authority of most schools of the programme; nothing while none is known. One query."""
    found = Participation.objects.exclude(school__la_code="").order_by()
    counted = found.values_list("school__la_code").annotate(schools=Count("school", distinct=True))
    return next((code for code, _ in counted.order_by("-schools", "school__la_code")[:1]), "")


class Register:
    """The register in memory, by name, number and place; four queries."""

    def __init__(self, user: User, year: ProgrammeYear) -> None:
        self.home = home_authority()
        self.by_pk: dict[int, Candidate] = {}
        self.by_urn: dict[int, int] = {}
        self.by_key: dict[str, list[int]] = defaultdict(list)
        self.by_postcode: dict[str, list[int]] = defaultdict(list)
        joined = {pk: cohort.name for pk, cohort in cohorts_joined(year).items()}
        keys: dict[int, str] = {}
        for urn, valid_to, pk, name, town, postcode, status, la_code, phase in _rows(user):
            if urn is not None:
                self.by_urn[urn] = pk
            if pk in self.by_pk and valid_to is not None:
                continue
            if pk not in keys:
                keys[pk] = name_key(name)
                self.by_key[keys[pk]].append(pk)
                self.by_postcode[postcode].append(pk)
            is_far = bool(self.home and la_code and la_code != self.home)
            of_year = joined.get(pk, "")
            self.by_pk[pk] = Candidate(
                pk, name, town, postcode, urn, status, la_code, is_far, phase=phase, joined=of_year
            )
        self.towns = {plain_words(one.town).strip() for one in self.by_pk.values() if one.town}
        self.former = _former_names(self.by_pk)
        self._keys = keys
        self._near: NearNames | None = None

    def named(self, key: str) -> list[Candidate]:
        """The schools of this name, and those that had it."""
        now = [self.by_pk[pk] for pk in self.by_key.get(key, ())]
        before = [replace(self.by_pk[pk], formerly=name) for pk, name in self.former.get(key, {}).items()]
        return now + [one for one in before if one.pk not in {each.pk for each in now}]

    def near(self, line: Line) -> list[Candidate]:
        """Schools whose names come near, and those at the line's postcode: suggestions, nothing more."""
        if self._near is None:
            self._near = NearNames(self._keys)
        found = [*self.by_postcode.get(line.postcode, ())] if line.postcode else []
        found += self._near.find(name_key(f"{line.name} {line.town}"))
        return _in_order(self.by_pk[pk] for pk in dict.fromkeys(found))


def _rows(user: User) -> Iterable[tuple[Any, ...]]:
    schools = School.objects.visible_to(user).order_by()
    fields = ("pk", "name", "town", "postcode", "status", "la_code", "phase")
    return schools.values_list("urns__urn", "urns__valid_to", *fields)


def _former_names(known: dict[int, Candidate]) -> dict[str, dict[int, str]]:
    """By the key of a name that the history keeps: the schools that had it, with the name."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    lines = HistoryEntry.objects.filter(kind__in=_RENAMED, details__has_key="name").order_by()
    for school_id, details in lines.values_list("school_id", "details"):
        before = str(details["name"]["before"])
        if school_id.isdigit() and int(school_id) in known:
            found[name_key(before)][int(school_id)] = before
    return found


def _in_order(found: Iterable[Candidate]) -> list[Candidate]:
    """Open before closed, near before far; else as they come."""
    return sorted(found, key=lambda one: (not one.is_open, one.is_far))


@dataclass(frozen=True)
class Matched:
    """The lines with what they came to, in their order, and what was asked to say so."""

    matches: list[Match]
    register: Register
    here: dict[int, str]
    """By school that is in the year: its status there."""

    def to_choose(self, pks: Iterable[int]) -> list[Candidate]:
        """Those of these schools that can be added to the year."""
        known = self.register.by_pk
        return [known[pk] for pk in dict.fromkeys(pks) if pk in known and pk not in self.here]

    def counts(self) -> Counter[Kind]:
        """How many lines came to what."""
        return Counter(match.kind for match in self.matches)


def match_lines(lines: Sequence[Line], *, year: ProgrammeYear, user: User) -> Matched:
    """What each line of a list means; five queries, and two more where a closed school is shown."""
    register = Register(user, year)
    parts = Participation.objects.filter(programme_year=year).values_list("school_id", "status")
    here = dict(parts)
    matches = _without_repeats([_match(line, register) for line in lines])
    matches = _unless_of_another_phase([_unless_here(match, here) for match in matches])
    return Matched(_with_successors(matches), register, here)


def _match(line: Line, register: Register) -> Match:
    if line.is_blank:
        return Match(line, Kind.PASSED, remark="A blank line.")
    says_nothing = not (line.urn or line.postcode or core_of(name_key(line.name)))
    if (line.is_heading or says_nothing) and not register.named(name_key(line.name)):
        return Match(line, Kind.PASSED, remark="Taken for a heading.")
    line, found = _by_name(line, register)
    remark = ""
    if line.urn:
        found, remark = _by_urn(line, found, register)
    if not remark:
        found, remark = _by_place(line, found)
    if not remark and not line.urn and plain_words(line.name).strip() in register.towns:
        remark = f"“{line.name}” is the name of a place too."
    return _decided(line, found, remark, register)


def _by_name(line: Line, register: Register) -> tuple[Line, list[Candidate]]:
    """The schools of the line's name; where only a part of it is a name, the rest is its town."""
    if found := register.named(name_key(line.name)):
        return line, found
    for name, rest in _parted(line.name):
        if found := register.named(name_key(name)):
            return replace(line, name=name, town=line.town or rest), found
    words = plain_words(line.name).split()
    for length in range(1, min(4, len(words) - 1)):
        name, town = " ".join(words[:-length]), " ".join(words[-length:])
        if town in register.towns and (found := register.named(name_key(name))):
            return replace(line, town=line.town or town), found
    return line, []


def _parted(name: str) -> Iterable[tuple[str, str]]:
    """The name before its last comma, dash or bracket, and what comes after."""
    for mark in (",", " - ", " – ", " — ", "(", ";"):
        before, found, after = name.rpartition(mark)
        if found and before.strip():
            yield before.strip(), after.strip(" )")


def _by_urn(line: Line, named: list[Candidate], register: Register) -> tuple[list[Candidate], str]:
    """The school of the line's URN; a remark where that and the name do not go together."""
    owner = register.by_pk.get(register.by_urn.get(line.urn or 0, 0))
    if owner is None:
        return named, f"No school here has the URN {line.urn}."
    if not line.name or owner.pk in {one.pk for one in named}:
        return [owner], ""
    others = [one for one in named if one.pk != owner.pk]
    return [owner, *others], f"The URN {line.urn} is that of {owner.name}, and the line has another name."


def _by_place(line: Line, found: list[Candidate]) -> tuple[list[Candidate], str]:
    """Those at the line's postcode or in its town; a remark where none is."""
    if line.postcode and found:
        same = [one for one in found if one.postcode == line.postcode]
        if not same:
            return found, f"No school of this name is at {line.postcode}."
        found = same
    if line.town and found:
        town = plain_words(line.town)
        same = [one for one in found if plain_words(one.town) == town]
        unknown = [one for one in found if not one.town]
        if not same and not unknown:
            return found, f"No school of this name is in {line.town}."
        found = same or unknown
    return found, ""


def _decided(line: Line, found: list[Candidate], remark: str, register: Register) -> Match:
    teaching = [one for one in found if one.is_open]
    if len(teaching) == 1 and not remark and not teaching[0].is_far and not teaching[0].formerly:
        return Match(line, Kind.EXACT, (teaching[0],))
    if found:
        shown = _in_order(found)
        return Match(line, Kind.SEVERAL, tuple(shown[:MOST_SHOWN]), remark, len(shown[MOST_SHOWN:]))
    near = register.near(line)[:MOST_SHOWN]
    return Match(line, Kind.NEAR if near else Kind.NONE, tuple(near), remark)


def _without_repeats(matches: list[Match]) -> list[Match]:
    first: dict[int, int] = {}
    made = []
    for match in matches:
        pk = match.options[0].pk if match.kind is Kind.EXACT else None
        if pk is not None and pk in first:
            said = f"The same school as in line {first[pk]}."
            made.append(replace(match, kind=Kind.REPEATED, remark=said))
            continue
        if pk is not None:
            first[pk] = match.line.number
        made.append(match)
    return made


def _unless_here(match: Match, here: dict[int, str]) -> Match:
    """A school that is in the year is not added again; among several, the person is told which one is."""
    if match.kind is Kind.EXACT and match.options[0].pk in here:
        status = Participation.Status(here[match.options[0].pk]).label.lower()
        return replace(match, kind=Kind.HERE, remark=f"In this year already: {status}.")
    taken = [one.name for one in match.options if one.pk in here]
    if match.kind in TO_DECIDE and taken:
        said = f"In this year already, so not to choose: {', '.join(taken)}."
        left = tuple(one for one in match.options if one.pk not in here)
        return replace(match, options=left, remark=f"{match.remark} {said}".strip())
    return match


def _unless_of_another_phase(matches: list[Match]) -> list[Match]:
    """Among primary schools, one that is none is left to a person: a name alone may mean the school next door."""
    plain = (Kind.EXACT, Kind.HERE, Kind.REPEATED)
    if not any(match.kind in plain and match.options[0].phase in _PRIMARY for match in matches):
        return matches
    return [_is_it_meant(match) for match in matches]


def _is_it_meant(match: Match) -> Match:
    phase = match.options[0].phase if match.kind is Kind.EXACT else ""
    if not phase or phase in _PRIMARY:
        return match
    remark = f"Its phase is “{phase}”, unlike that of others on the list."
    return replace(match, kind=Kind.SEVERAL, remark=remark)


def _with_successors(matches: list[Match]) -> list[Match]:
    """Closed schools say which one followed them; two queries, none where no closed school is shown."""
    closed = {one.urn for match in matches for one in match.options if one.urn and not one.is_open}
    if not closed:
        return matches
    pairs = SuccessionToReview.objects.filter(old_urn__in=closed).values_list("old_urn", "new_urn")
    new_of = dict(pairs)
    named = SchoolUrn.objects.filter(urn__in=new_of.values()).values_list("urn", "school__name")
    names = dict(named)
    return [
        replace(match, options=tuple(_followed(one, new_of, names) for one in match.options))
        for match in matches
    ]


def _followed(one: Candidate, new_of: dict[int, int], names: dict[int, str]) -> Candidate:
    new = new_of.get(one.urn or 0)
    return one if new is None or new not in names else replace(one, followed_by=f"{names[new]} (URN {new})")
