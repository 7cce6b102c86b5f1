"""What a support report says, worked out once and shown twice: as a page and as a PDF.

The two differ in length alone: `Limits` says how much of each list is shown, and every list knows how much
was left out, so that the PDF can point to the page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from audits.enums import AnswerState, Level
from audits.report.charts import Row
from audits.report.wording import LEVEL_MEANINGS, joined, level_words, plural
from audits.scoring import (
    AreaScore,
    RatedStatement,
    SuggestedTraining,
    Suggestion,
    level_areas,
    lowest_areas,
    lowest_statements,
    score_areas,
    strongest_areas,
    strongest_statements,
    suggested_actions,
    suggested_training,
    too_few_answers,
)
from audits.snapshot import AreaSnapshot, Snapshot, StatementSnapshot, is_published
from core.words import date_words
from schools.enums import Need

T = TypeVar("T")


@dataclass(frozen=True)
class Limits:
    """How much of each list is shown; None is all of it. Texts are counted in characters."""

    own_words: int | None = None
    reason: int | None = None
    strong_statements: int | None = None
    low_statements: int | None = None
    actions_of_a_need: int | None = None
    modules: int | None = None


ON_PAGE = Limits(strong_statements=6, low_statements=10, actions_of_a_need=6)
"""The page shows everything; what goes beyond these numbers is folded away."""
ON_PAPER = Limits(
    own_words=500, reason=120, strong_statements=6, low_statements=8, actions_of_a_need=4, modules=6
)
"""Keeps 48 statements with long notes within 12 pages."""
LINES_ON_PAPER = 8
"""Of one text: who presses Enter after every word would fill a page with it."""
ON_LITTLE_PAPER = Limits(
    own_words=200, reason=60, strong_statements=4, low_statements=6, actions_of_a_need=3, modules=4
)
ON_LEAST_PAPER = Limits(
    own_words=60, reason=20, strong_statements=3, low_statements=4, actions_of_a_need=2, modules=3
)
"""For what is all wide letters and no gaps; the page always holds everything."""
"""For when even that was too much."""


@dataclass(frozen=True)
class Some(Generic[T]):
    """The beginning of a list, and the rest of it."""

    shown: tuple[T, ...]
    rest: tuple[T, ...]

    @property
    def more(self) -> int:
        """How many are not among those shown."""
        return len(self.rest)

    def __bool__(self) -> bool:
        return bool(self.shown)


def some(items: Iterable[T], most: int | None) -> Some[T]:
    """The first `most` of the items."""
    every = tuple(items)
    most = len(every) if most is None else most
    return Some(every[:most], every[most:])


@dataclass(frozen=True)
class Text:
    """Somebody's own words, unchanged but for their length."""

    words: str
    cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.words)


def shortened(words: str, most: int | None) -> Text:
    """The words themselves when they fit; otherwise their beginning, up to a gap between words.

    What is to fit into `most` characters has to fit into LINES_ON_PAPER lines too.
    """
    words = words.strip()
    if most is None:
        return Text(words)
    lines = words.split("\n")
    first = "\n".join(lines[:LINES_ON_PAPER])
    if len(first) <= most:
        return Text(first.rstrip(), cut=True) if len(lines) > LINES_ON_PAPER else Text(words)
    head = first[:most]
    gap = max(head.rfind(" "), head.rfind("\n"))
    return Text(head[: gap if gap > most // 2 else most].rstrip(), cut=True)


@dataclass(frozen=True)
class AreaLine:
    """One area of the profile, in words."""

    name: str
    rated: str
    """Such as "5 of 6 rated"."""
    rated_short: str
    """Such as "5 of 6"."""
    besides: str
    """What else there is to know of the rest: "1 does not apply, 2 not known yet"; or nothing."""
    average: str
    level: Level | None
    distribution: tuple[int, int, int, int]

    @property
    def words(self) -> str:
        """How the area stands, said aloud."""
        if self.level is None:
            return f"{self.rated}."
        return f"{level_words(self.level, self.average)}, {self.rated}."


@dataclass(frozen=True)
class OwnWords:
    """What the school wrote about one area, and who helped."""

    area: str
    strengths: Text
    development_area: Text
    contributors: str


@dataclass(frozen=True)
class AnswerLine:
    """One statement and the answer to it."""

    statement: str
    level: Level | None
    answer: str
    reason: Text


@dataclass(frozen=True)
class AreaAnswers:
    """The statements of one area with their answers."""

    area: str
    lines: tuple[AnswerLine, ...]


@dataclass(frozen=True)
class NeedActions:
    """The actions suggested for one need."""

    heading: str
    actions: Some[Suggestion]


@dataclass(frozen=True)
class ReportContent:
    """Everything that the report says."""

    snapshot: Snapshot
    title: str
    submitted: str
    facts: tuple[tuple[str, str], ...]
    in_short: tuple[str, ...]
    lines: tuple[AreaLine, ...]
    chart_rows: tuple[Row, ...]
    strongest_areas: tuple[AreaLine, ...]
    strongest_statements: Some[RatedStatement]
    level_areas: tuple[AreaLine, ...]
    lowest_areas: tuple[AreaLine, ...]
    too_few: tuple[AreaLine, ...]
    lowest_statements: Some[RatedStatement]
    actions: tuple[NeedActions, ...]
    training: Some[SuggestedTraining]
    more_training: tuple[str, ...]
    """Names of the modules that help areas other than those with furthest to go."""
    own_words: tuple[OwnWords, ...]
    answers: tuple[AreaAnswers, ...]
    level_meanings: tuple[tuple[Level, str], ...] = tuple(LEVEL_MEANINGS.items())

    @property
    def rounds_counts(self) -> bool:
        """Whether any count of those who helped is a published one."""
        return any(is_published(one) for area in self.snapshot["areas"] for one in area["contributors"])

    @property
    def any_rating(self) -> bool:
        """Whether anything was rated at all."""
        return any(line.level for line in self.lines)


def build_content(snapshot: Snapshot, limits: Limits) -> ReportContent:
    """What the report on this snapshot says; the same every time."""
    scores = score_areas(snapshot)
    training, more_training = _training(snapshot, scores)
    return ReportContent(
        snapshot=snapshot,
        title=f"Support report: {snapshot['school']['name']}",
        submitted=_submitted(snapshot),
        facts=_facts(snapshot),
        in_short=_in_short(scores, lowest_statements(snapshot)),
        lines=tuple(_line(score) for score in scores),
        chart_rows=tuple(map(_row, scores, snapshot["areas"])),
        strongest_areas=tuple(_line(score) for score in strongest_areas(scores)),
        strongest_statements=some(strongest_statements(snapshot), limits.strong_statements),
        level_areas=tuple(_line(score) for score in level_areas(scores)),
        lowest_areas=tuple(_line(score) for score in lowest_areas(scores)),
        too_few=tuple(_line(score) for score in too_few_answers(scores)),
        lowest_statements=some(lowest_statements(snapshot), limits.low_statements),
        actions=_actions(snapshot, limits),
        training=some(training, limits.modules),
        more_training=tuple(one.module["name"] for one in more_training),
        own_words=_own_words(snapshot, limits),
        answers=tuple(_answers(area, limits) for area in snapshot["areas"]),
    )


def _submitted(snapshot: Snapshot) -> str:
    day = snapshot["submitted_on"]
    return date_words(date.fromisoformat(day)) if day else ""


def _facts(snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    school, framework = snapshot["school"], snapshot["framework"]
    facts = (
        ("School", ", ".join(filter(None, (school["name"], school["town"])))),
        ("URN", str(school["urn"] or "")),
        ("Cohort", snapshot["cohort"]),
        ("Self-audit", f"{snapshot['round_label']}, programme year {snapshot['programme_year']}"),
        ("Submitted", _submitted(snapshot)),
        ("Framework", f"{framework['name']}, version {framework['version']}"),
        ("Programme", f"{snapshot['programme']['name']} in {snapshot['programme']['county']}"),
    )
    return tuple((name, value) for name, value in facts if value)


def _in_short(scores: Sequence[AreaScore], lowest: Sequence[RatedStatement]) -> tuple[str, ...]:
    rated, applies = sum(one.rated for one in scores), sum(one.applies for one in scores)
    told = [f"{rated} of {plural(applies, 'statement')} rated, in {plural(len(scores), 'area')}."]
    if high := strongest_areas(scores):
        told.append(f"Strongest: {joined(area.name for area in high)}.")
    if low := lowest_areas(scores):
        told.append(f"Furthest to go: {joined(area.name for area in low)}.")
    elif rated and not lowest:
        told.append("Every statement that you rated stands at Enhanced.")
    elif level_areas(scores):
        told.append("The areas stand level with one another, so look at single statements first.")
    emerging = sum(one.rating == Level.EMERGING for one in lowest)
    if emerging:
        verb = "stands" if emerging == 1 else "stand"
        told.append(f"{plural(emerging, 'statement')} {verb} at Emerging.")
    return tuple(told)


def _line(score: AreaScore) -> AreaLine:
    besides = (
        (score.not_applicable, "does not apply", "do not apply"),
        (score.dont_know, "not known yet", "not known yet"),
        (score.blank, "left blank", "left blank"),
    )
    return AreaLine(
        name=score.name,
        rated=f"{score.rated} of {score.applies} rated",
        rated_short=f"{score.rated} of {score.applies}",
        besides=", ".join(f"{n} {one if n == 1 else many}" for n, one, many in besides if n),
        average="" if score.mean is None else f"{float(score.mean):.1f}",
        level=score.level,
        distribution=score.distribution,
    )


def _row(score: AreaScore, area: AreaSnapshot) -> Row:
    """The area as the chart draws it: its ratings from low to high, then what has none."""
    ratings = sorted(one["rating"] for one in area["statements"] if one["rating"])
    without = ["?"] * (score.dont_know + score.blank) + ["–"] * score.not_applicable
    return Row(
        name=score.name,
        rated=f"{score.rated} of {score.applies} rated",
        marks=tuple(str(rating) for rating in ratings) + tuple(without),
        mean=None if score.mean is None else float(score.mean),
    )


NEED_HEADINGS = {
    Need.SENSORY: "Sensory needs",
    Need.SOCIAL: "Social needs",
    Need.COMMUNICATION: "Communication needs",
    Need.OTHER: "Other needs, and the school as a whole",
}


def _actions(snapshot: Snapshot, limits: Limits) -> tuple[NeedActions, ...]:
    return tuple(
        NeedActions(NEED_HEADINGS[need], some(actions, limits.actions_of_a_need))
        for need, actions in suggested_actions(snapshot).items()
    )


def _training(
    snapshot: Snapshot, scores: Sequence[AreaScore]
) -> tuple[list[SuggestedTraining], list[SuggestedTraining]]:
    """The modules for the areas with furthest to go, and the others; all of them where no area is named so."""
    modules = list(suggested_training(snapshot))
    lowest = {area.name for area in lowest_areas(scores)}
    if not lowest:
        return modules, []
    helps = [one for one in modules if lowest & set(one.areas)]
    return helps, [one for one in modules if one not in helps]


def _own_words(snapshot: Snapshot, limits: Limits) -> tuple[OwnWords, ...]:
    """The areas about which the school wrote something, or said who helped."""
    told = (
        OwnWords(
            area=area["name"],
            strengths=shortened(area["strengths"], limits.own_words),
            development_area=shortened(area["development_area"], limits.own_words),
            contributors=", ".join(f"{one['label']} ({one['words']})" for one in area["contributors"]),
        )
        for area in snapshot["areas"]
    )
    return tuple(one for one in told if one.strengths or one.development_area or one.contributors)


def _answers(area: AreaSnapshot, limits: Limits) -> AreaAnswers:
    return AreaAnswers(area["name"], tuple(_answer(one, limits) for one in area["statements"]))


def _answer(statement: StatementSnapshot, limits: Limits) -> AnswerLine:
    level = Level(statement["rating"]) if statement["rating"] else None
    return AnswerLine(
        statement=statement["text"],
        level=level,
        answer=level.label if level else AnswerState(statement["state"]).label,
        reason=shortened(statement["reason"], limits.reason),
    )
