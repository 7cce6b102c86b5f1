"""What stands beside each time of a plan: the same person's other visits of that day, how far, and how tight."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from visits.clashes import miles_between, overlap, time_wanted
from visits.planner_words import when_words
from visits.queries.daybook import Taken
from visits.times import VisitTime

FAR = 10
"""Miles in a straight line; more between two schools of one day is worth a word."""

Beside = dict[tuple[int, datetime], str]
"""By visit and start what is to be said of a time; nothing where that person has nothing else that day."""


def beside(planned: Iterable[Taken], taken: Iterable[Taken]) -> Beside:
    """For each time that is planned what its worker has before and after it that day.

    Of two that are planned the later one says it; what is `taken` already is said on either side.
    """
    planned = sorted(planned, key=lambda one: one.time)
    days: dict[tuple[int, date], list[tuple[Taken, bool]]] = defaultdict(list)
    for is_planned, some in ((True, planned), (False, taken)):
        for one in some:
            days[one.worker, one.time.day].append((one, is_planned))
    found: Beside = {}
    for one in planned:
        said = [_words(one, other) for other in _around(one, days[one.worker, one.time.day])]
        if said:
            found[one.visit.pk, one.time.starts_at] = " ".join(said)
    return found


def offered_too(at: VisitTime, names: Mapping[int, str], others: Iterable[Taken]) -> Iterator[str]:
    """A sentence for each time among the others that is on offer and that its worker could not go to besides."""
    for one in others:
        if one.is_proposed and one.worker in names and overlap(at, one.time.starts_at, one.time.ends_at):
            yield offered_words(names[one.worker], one)


def offered_words(who: str, other: Taken, where: str = "") -> str:
    """That the time is on offer to another school, and where that is written if the reader has it before them."""
    when = when_words(other.time.starts_at, other.time.ends_at)
    return f"{who} {'offers' if where else 'has offered'} {when}, to {other.visit.school} too{where}."


def _around(one: Taken, day: list[tuple[Taken, bool]]) -> list[Taken]:
    """The other before it, and the one after it unless that says so itself."""
    others = [(other, is_planned) for other, is_planned in day if other.visit.pk != one.visit.pk]
    before = [other for other, _ in others if other.time.starts_at < one.time.starts_at]
    now = [other for other, _ in others if other.time.starts_at == one.time.starts_at]
    after = [
        other for other, is_planned in others if other.time.starts_at > one.time.starts_at and not is_planned
    ]
    return [
        *sorted(before, key=lambda other: other.time)[-1:],
        *now[:1],
        *sorted(after, key=lambda other: other.time)[:1],
    ]


def _words(one: Taken, other: Taken) -> str:
    what = f"a time proposed to {other.visit.school}" if other.is_proposed else str(other.visit.school)
    if overlap(one.time, other.time.starts_at, other.time.ends_at):
        return f"At the same time as {what}."
    miles = miles_between(one.visit.school, other.visit.school)
    far = "" if miles is None else f", {miles:.1f} miles in a straight line"
    if miles is not None and miles > FAR:
        far += ": that is far for one day"
    return f"Same day as {what}{far}.{_tight(one, other, miles)}"


def _tight(one: Taken, other: Taken, miles: float | None) -> str:
    first, second = sorted((one.time, other.time))
    between = second.starts_at - first.ends_at
    if one.visit.school_id == other.visit.school_id or between >= time_wanted(miles):
        return ""
    return f" Tight: {int(between.total_seconds() // 60)} minutes between the two."
