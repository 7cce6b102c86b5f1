"""What the answers of one audit add up to: pure functions on a snapshot.

The rules, each of which a school may ask about:

- Only rated statements count in an average. "Not applicable", "don't know yet" and blank never do.
- "n of m rated": m is the statements that apply (all but "not applicable"), n those of them with a rating.
- There is no average over the whole audit, since it would hide a weak area: areas are put in order instead.
- An area has its place in that order only when at least half of what applies in it is rated.
- The order is by average; on a tie the area with more statements at Emerging stands lower, then the one with
  more at Developing, then the one that comes first in the framework.
- Statements are in order of their rating; on a tie one of each area comes before a second of any, the lower
  area first, so that one long section does not crowd out the rest.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from audits.enums import AnswerState, Level
from audits.snapshot import AreaSnapshot, Snapshot, StatementSnapshot, Training
from schools.enums import Need

MOST_AREAS = 3
"""How many areas are named as strongest, and how many as having furthest to go."""


@dataclass(frozen=True)
class AreaScore:
    """The answers of one area, counted."""

    key: str
    name: str
    position: int
    total: int
    not_applicable: int
    dont_know: int
    blank: int
    distribution: tuple[int, int, int, int]
    """How many statements stand at each level, from Emerging to Enhanced."""

    @property
    def rated(self) -> int:
        """Statements with a rating: what the average is made of."""
        return sum(self.distribution)

    @property
    def applies(self) -> int:
        """Statements that apply to this school."""
        return self.total - self.not_applicable

    @property
    def mean(self) -> Fraction | None:
        """The average of the ratings, exactly; None when there are none."""
        if not self.rated:
            return None
        return Fraction(sum(level * n for level, n in enumerate(self.distribution, 1)), self.rated)

    @property
    def level(self) -> Level | None:
        """The level that the average is nearest to; halfway between two it is the lower one."""
        return None if self.mean is None else Level(-((1 - 2 * self.mean) // 2))

    @property
    def is_ranked(self) -> bool:
        """Whether enough is rated for the area to have a place in the order."""
        return self.rated > 0 and 2 * self.rated >= self.applies


@dataclass(frozen=True)
class RatedStatement:
    """A rated statement and the area that it belongs to."""

    area: AreaScore
    statement: StatementSnapshot
    rating: int

    @property
    def level(self) -> Level:
        """The level that the school chose."""
        return Level(self.rating)

    @property
    def next_level(self) -> Level | None:
        """The level after that."""
        return Level(self.rating + 1) if self.rating < Level.ENHANCED else None

    @property
    def descriptor(self) -> str:
        """What the school said it looks like now."""
        return self.statement["levels"][str(self.rating)]

    @property
    def next_descriptor(self) -> str:
        """What the next level looks like; nothing beyond Enhanced."""
        return self.statement["levels"].get(str(self.rating + 1), "")


@dataclass(frozen=True)
class Suggestion:
    """An action that the framework suggests, because of a statement and its rating."""

    text: str
    need: Need
    adjustment: bool
    area: str


@dataclass(frozen=True)
class SuggestedTraining:
    """A module, and the areas that it helps with, the one with furthest to go first."""

    module: Training
    areas: tuple[str, ...]


def score_areas(snapshot: Snapshot) -> tuple[AreaScore, ...]:
    """Every area in the framework's order, counted."""
    return tuple(_score(area, position) for position, area in enumerate(snapshot["areas"]))


def _score(area: AreaSnapshot, position: int) -> AreaScore:
    states = Counter(one["state"] for one in area["statements"])
    levels = Counter(one["rating"] for one in area["statements"] if one["state"] == AnswerState.RATED)
    return AreaScore(
        key=area["key"],
        name=area["name"],
        position=position,
        total=len(area["statements"]),
        not_applicable=states[AnswerState.NOT_APPLICABLE.value],
        dont_know=states[AnswerState.DONT_KNOW.value],
        blank=states[AnswerState.BLANK.value],
        distribution=(levels[1], levels[2], levels[3], levels[4]),
    )


def _low_first(area: AreaScore) -> tuple[Fraction, int, int, int]:
    """The order of areas. Without any rating an area comes after all others."""
    emerging, developing, *_ = area.distribution
    return (Fraction(5) if area.mean is None else area.mean, -emerging, -developing, area.position)


def ranked(areas: Iterable[AreaScore]) -> tuple[AreaScore, ...]:
    """The areas with enough answers to have a place, lowest first."""
    return tuple(sorted((area for area in areas if area.is_ranked), key=_low_first))


def too_few_answers(areas: Iterable[AreaScore]) -> tuple[AreaScore, ...]:
    """The areas that have no place, because fewer than half of what applies is rated, in their own order."""
    return tuple(area for area in areas if area.applies and not area.is_ranked)


def lowest_areas(areas: Iterable[AreaScore]) -> tuple[AreaScore, ...]:
    """The areas with furthest to go, lowest first.

    At most three, at most half of those with a place, and none that stands level with the highest.
    """
    order = ranked(areas)
    top = order[-1].mean if order else None
    return tuple(area for area in order[: min(MOST_AREAS, (len(order) + 1) // 2)] if area.mean != top)


def level_areas(areas: Iterable[AreaScore]) -> tuple[AreaScore, ...]:
    """The areas with a place, when there are several and they all stand level; otherwise nothing."""
    order = ranked(areas)
    return order if len(order) > 1 and order[0].mean == order[-1].mean else ()


def strongest_areas(areas: Iterable[AreaScore]) -> tuple[AreaScore, ...]:
    """The areas that stand highest, highest first.

    At most three, nearest to Established or better, and none of those with furthest to go; nothing when the
    areas stand level, since there is then none to single out.
    """
    areas = tuple(areas)
    lowest = level_areas(areas) or lowest_areas(areas)
    high = [
        area
        for area in ranked(areas)
        if area not in lowest and area.level is not None and area.level >= Level.ESTABLISHED
    ]
    high.sort(key=lambda area: (-(area.mean or 0), *area.distribution[:2], area.position))
    return tuple(high[:MOST_AREAS])


def _rated(snapshot: Snapshot) -> Iterator[RatedStatement]:
    for score, area in zip(score_areas(snapshot), snapshot["areas"], strict=True):
        for statement in area["statements"]:
            if statement["state"] == AnswerState.RATED and statement["rating"] is not None:
                yield RatedStatement(score, statement, statement["rating"])


def _one_of_each_area_first(statements: Iterable[RatedStatement]) -> Iterator[tuple[int, RatedStatement]]:
    """Each statement with how many of its area, at the same rating, come before it."""
    seen: Counter[tuple[str, int]] = Counter()
    for one in statements:
        yield seen[one.area.key, one.rating], one
        seen[one.area.key, one.rating] += 1


def lowest_statements(snapshot: Snapshot) -> tuple[RatedStatement, ...]:
    """Every statement with a level above it still to reach, lowest first."""
    found = [pair for pair in _one_of_each_area_first(_rated(snapshot)) if pair[1].rating < Level.ENHANCED]
    found.sort(key=lambda pair: (pair[1].rating, pair[0], _low_first(pair[1].area)))
    return tuple(one for _, one in found)


def strongest_statements(snapshot: Snapshot) -> tuple[RatedStatement, ...]:
    """Every statement at Established or Enhanced, highest first."""
    found = [
        pair for pair in _one_of_each_area_first(_rated(snapshot)) if pair[1].rating >= Level.ESTABLISHED
    ]
    found.sort(
        key=lambda pair: (
            -pair[1].rating,
            pair[0],
            -(pair[1].area.mean or 0),
            pair[1].area.position,
        )
    )
    return tuple(one for _, one in found)


def suggested_actions(snapshot: Snapshot) -> dict[Need, tuple[Suggestion, ...]]:
    """The framework's actions by need, those for the lowest statements first, each once.

    An action is suggested when the statement is rated at or below its `from`; a need without any is absent.
    """
    found: dict[Need, dict[str, Suggestion]] = {}
    for one in lowest_statements(snapshot):
        for action in one.statement["actions"]:
            if one.rating > action.get("from", Level.ESTABLISHED):
                continue
            need = Need(action["need"])
            suggestion = Suggestion(action["text"], need, action.get("adjustment", False), one.area.name)
            found.setdefault(need, {}).setdefault(_same(action["text"]), suggestion)
    return {need: tuple(found[need].values()) for need in Need if need in found}


def _same(text: str) -> str:
    """What two wordings of one action have in common."""
    return " ".join(text.casefold().split()).rstrip(".")


def suggested_training(snapshot: Snapshot) -> tuple[SuggestedTraining, ...]:
    """The modules that help where there is furthest to go, lowest area first, each module once.

    Areas where every rating is Enhanced need none; areas without a place in the order come last.
    """
    areas = score_areas(snapshot)
    by_key = {area["key"]: area["training"] for area in snapshot["areas"]}
    modules: dict[str, Training] = {}
    helped: dict[str, list[str]] = {}
    for area in _wanting(areas):
        for module in by_key[area.key]:
            modules.setdefault(module["slug"], module)
            helped.setdefault(module["slug"], []).append(area.name)
    return tuple(SuggestedTraining(modules[slug], tuple(names)) for slug, names in helped.items())


def _wanting(areas: Sequence[AreaScore]) -> Iterator[AreaScore]:
    """Areas with something still to reach, those with furthest to go first."""
    yield from (area for area in ranked(areas) if area.mean != Level.ENHANCED)
    yield from too_few_answers(areas)
