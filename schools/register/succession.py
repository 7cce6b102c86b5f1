"""The register's links file: which school became which, and which of those are plain."""

from collections import defaultdict
from collections.abc import Collection, Container
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from schools.register.reading import (
    MOST_PROBLEMS,
    Line,
    Problem,
    RegisterReader,
    RegisterRefusedError,
    refuse,
)
from schools.register.rows import Reading

COLUMNS = ("URN", "LinkURN", "LinkType", "LinkEstablishedDate")
PLAIN = frozenset({"successor", "predecessor"})


@dataclass
class Link:
    """What the file says about one school following another, from both ends together."""

    old: int
    new: int
    kinds: set[str] = field(default_factory=set)
    ended_on: date | None = None
    began_on: date | None = None


@dataclass(frozen=True)
class Waiting:
    """A succession that a person has to look at."""

    old: int
    new: int
    why: str


@dataclass
class Successions:
    """The links by their newer URN: those that are one to one and plain, and the others with the reason."""

    plain: dict[int, Link] = field(default_factory=dict)
    others: list[Waiting] = field(default_factory=list)

    @property
    def urns(self) -> set[int]:
        """Every URN that a plain link names."""
        return set(self.plain) | {link.old for link in self.plain.values()}

    def without(self, pairs: Collection[tuple[int, int]]) -> "Successions":
        """The same without these pairs of older and newer URN, which a person decided to keep apart."""
        plain = {new: link for new, link in self.plain.items() if (link.old, new) not in pairs}
        return Successions(plain, self.others)

    def others_of(self, known: Container[int]) -> list[Waiting]:
        """Those for a person that touch a `known` URN."""
        return [one for one in self.others if one.old in known or one.new in known]


def read_links(path: Path) -> Successions:
    """All successions of a links file. Raises RegisterRefusedError for one that cannot be used."""
    reader = RegisterReader(path, wanted=COLUMNS, required=COLUMNS)
    links: dict[tuple[int, int], Link] = {}
    problems: list[Problem] = []
    rows = 0
    for line in reader:
        rows += 1
        problems += [Problem(line.number, words) for words in _take(line, links)]
        if len(problems) >= MOST_PROBLEMS:
            break
    if problems:
        raise RegisterRefusedError(path.name, problems[:MOST_PROBLEMS])
    if not rows:
        raise refuse(path, 0, "The file has a heading and no rows. Download it again.")
    return _sort(links)


def _take(line: Line, links: dict[tuple[int, int], Link]) -> list[str]:
    """Add one row to the links; returns what is wrong with it."""
    reading = Reading(tuple(line.cells), tuple(line.cells.values()))
    urn, other, day = reading.number("URN"), reading.number("LinkURN"), reading.day("LinkEstablishedDate")
    if urn is None or other is None:
        reading.errors.append("“URN” and “LinkURN” are numbers of six digits; one of them is not.")
    kind = reading.text("LinkType", 60).casefold()
    if reading.errors or urn is None or other is None:
        return reading.errors
    if not kind.startswith(("succ", "pred", "result", "merge", "split", "amalg")):
        return []  # a sixth-form centre, a children's centre: nobody follows anybody
    forwards = kind.startswith("succ")
    old, new = (urn, other) if forwards else (other, urn)
    if not kind.startswith(("succ", "pred")):  # said by both ends alike; the older has the smaller number
        old, new = min(urn, other), max(urn, other)
    link = links.setdefault((old, new), Link(old, new))
    link.kinds.add(kind)
    if forwards:
        link.ended_on = link.ended_on or day
    else:
        link.began_on = link.began_on or day
    return []


def _sort(links: dict[tuple[int, int], Link]) -> Successions:
    after, before = defaultdict(set), defaultdict(set)
    for old, new in links:
        after[old].add(new)
        before[new].add(old)
    found = Successions()
    for (old, new), link in sorted(links.items()):
        why = _why_not_plain(link, len(after[old]), len(before[new]))
        if why:
            found.others.append(Waiting(old, new, why))
        else:
            found.plain[new] = link
    return found


def _why_not_plain(link: Link, successors: int, predecessors: int) -> str:
    special = sorted(link.kinds - PLAIN)
    if special:
        return f"the register calls it “{special[0]}”"
    if successors > 1:
        return f"{link.old} has {successors} successors"
    if predecessors > 1:
        return f"{link.new} has {predecessors} predecessors"
    if link.old == link.new:
        return "a school cannot follow itself"
    return ""
