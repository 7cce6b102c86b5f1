"""The words for families of a school in a year: as they would be published, and whose approval of them stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypedDict

from accounts.models import User
from core.guard import Reading, read
from core.seen import digest
from schools.models import ProgrammeYear, School
from visits.enums import TO_THE_SCHOOL, Kind
from visits.models import FamiliesEdition, FamiliesLine, FamiliesPage, Theme, Visit
from visits.models.families import DIGEST
from visits.queries.loop import Stage, stage_of
from visits.queries.sharing import ReplyShown, reply_shown

Becomes = FamiliesLine.Becomes
_INTO = {
    Stage.DONE: Becomes.DONE,
    Stage.OVERDUE: Becomes.DOING,
    Stage.OPEN: Becomes.DOING,
    Stage.IN_PROGRESS: Becomes.DOING,
    Stage.NOT_GOING_AHEAD: Becomes.NOT_GOING_AHEAD,
    Stage.WIDER: Becomes.WIDER_SYSTEM,
}
WIDER_WORDS = "The school cannot change this alone. It goes to those who run services in the county."


class Line(TypedDict):
    """A line as it is published."""

    area: str
    you_said: str
    becomes: str
    answer: str


class Content(TypedDict):
    """All that families read, and nothing else: no name of a person, no date of a visit, no count."""

    school: str
    year: str
    intro: str
    lines: list[Line]


_ANSWERS = {
    Becomes.DONE: "What changed",
    Becomes.DOING: "What we are doing",
    Becomes.NOT_GOING_AHEAD: "Why not",
    Becomes.WIDER_SYSTEM: "What is needed",
}
"""What stands before the school's answer."""


@dataclass(frozen=True)
class Part:
    """The lines of which the same becomes."""

    title: str
    answers: str
    lines: list[Line]


@dataclass(frozen=True)
class Words:
    """The content, laid out for the page and for paper, which read alike."""

    content: Content

    @property
    def parts(self) -> list[Part]:
        """What is done first; a part without lines is left out."""
        lines = self.content["lines"]
        parts = [
            Part(str(one.label), _ANSWERS[one], [line for line in lines if line["becomes"] == one])
            for one in Becomes
        ]
        return [part for part in parts if part.lines]

    @property
    def digest(self) -> str:
        """What an approval of exactly these words holds."""
        return digest(self.content, length=DIGEST)


def marked_in(words: Words, school: School) -> list[Reading]:
    """Texts in which the guard marks what could identify a child or a family; no query."""
    content = words.content
    texts = [
        content["intro"],
        *(text for line in content["lines"] for text in (line["you_said"], line["answer"])),
    ]
    readings = (read(text, allowed=school.innocent_names) for text in texts)
    return [reading for reading in readings if reading.marks]


def words_of(page: FamiliesPage) -> Words:
    """The words as they stand now; one query for the lines, none where they were fetched with their areas."""
    fetched = "lines" in getattr(page, "_prefetched_objects_cache", {})
    written = page.lines.all() if fetched else page.lines.select_related("area")
    lines: list[Line] = [
        {
            "area": line.area.name,
            "you_said": line.you_said,
            "becomes": line.becomes,
            "answer": line.answer,
        }
        for line in written
    ]
    return Words(
        {"school": page.school.name, "year": page.programme_year.name, "intro": page.intro, "lines": lines}
    )


@dataclass(frozen=True)
class Approval:
    """Whether one side approved these words, who and when."""

    side: str
    stands: bool
    by: User | None
    at: datetime | None


@dataclass(frozen=True)
class Standing:
    """How far a page has come."""

    words: Words
    school: Approval
    forum: Approval
    current: FamiliesEdition | None
    """What families read now, of whatever year."""
    newest: FamiliesEdition | None
    change_is_open: bool
    """Whether the school waits for the answer to a change that it asked for."""

    @property
    def may_be_published(self) -> bool:
        """Whether both approvals stand, no change is asked for, and families do not read these words already."""
        return not self.change_is_open and self.school.stands and self.forum.stands and not self.is_published

    @property
    def is_published(self) -> bool:
        """Whether families read exactly these words."""
        return self.current is not None and self.current.digest == self.words.digest


def standing_of(page: FamiliesPage) -> Standing:
    """How far a page has come; two queries."""
    words = words_of(page)
    editions = list(FamiliesEdition.objects.filter(school=page.school).select_related("withdrawn_by"))
    current = next((one for one in editions if one.is_current), None)
    return Standing(
        words, *approvals_of(page, words), current, next(iter(editions), None), bool(page.change_asked_at)
    )


def approvals_of(page: FamiliesPage, words: Words) -> tuple[Approval, Approval]:
    """That of the school and that of the forum: each stands only for the words that were approved."""
    of = words.digest
    return (
        Approval(
            "school", page.school_approved_digest == of, page.school_approved_by, page.school_approved_at
        ),
        Approval("forum", page.forum_approved_digest == of, page.forum_approved_by, page.forum_approved_at),
    )


def themes_to_draft(page: FamiliesPage) -> list[Theme]:
    """What was shared with the school, has an outcome, and stands on no line of the page yet; one query."""
    themes = Theme.objects.filter(
        visit__school=page.school_id,
        visit__programme_year=page.programme_year_id,
        visit__status__in=TO_THE_SCHOOL,
    )
    decided = themes.exclude(outcome="").exclude(kind=Kind.WORKING_WELL).exclude(families_lines__page=page)
    return list(decided.select_related("area", "action").order_by("pk"))


def drafted(theme: Theme) -> dict[str, Any]:
    """A line as it begins: the words of the theme and of its action; somebody makes them fit for families."""
    becomes = _INTO[stage_of(theme)]
    return {
        "theme": theme,
        "area": theme.area,
        "you_said": theme.text[:300],
        "becomes": becomes,
        "answer": _answer(theme, becomes)[:600],
    }


def _answer(theme: Theme, becomes: str) -> str:
    action = theme.action
    if action is None:
        return theme.outcome_reason or WIDER_WORDS
    return {Becomes.DONE: action.what_changed, Becomes.NOT_GOING_AHEAD: action.reason}.get(
        Becomes(becomes), action.what
    )


UNDECIDED = "Not decided yet"


def lines_behind(page: FamiliesPage) -> Iterator[tuple[FamiliesLine, str]]:
    """Lines of which something else was decided since they were written, each with how it stands now; one query.

    Where the decision was taken back it stands at UNDECIDED.
    """
    lines = page.lines.exclude(theme=None).select_related("theme__action", "area")
    for line in lines:
        theme = line.theme
        if theme is None or theme.kind == Kind.WORKING_WELL:
            continue
        now = _INTO.get(stage_of(theme)) if theme.outcome else None
        if now != line.becomes:
            yield line, str(now.label) if now else UNDECIDED


def replies_to_the_notes(page: FamiliesPage, *, today: date) -> list[tuple[Visit, ReplyShown]]:
    """What the school says of the notes from which the words for families come, by visit; one query."""
    visits = Visit.objects.filter(
        school=page.school_id, programme_year=page.programme_year_id, status__in=TO_THE_SCHOOL
    )
    found = visits.select_related("summary", "reply", "programme_year").order_by("step")
    return [(visit, reply_shown(visit, today=today)) for visit in found]


def years_of(school: School) -> list[tuple[ProgrammeYear, FamiliesPage | None]]:
    """The programme years of a school with its page in each, the newest first; two queries."""
    years = ProgrammeYear.objects.filter(participations__school=school).order_by("-starts_on")
    pages = {page.programme_year_id: page for page in FamiliesPage.objects.filter(school=school)}
    return [(year, pages.get(year.pk)) for year in years]


def read_content(edition: FamiliesEdition) -> Words:
    """The words of an edition as they were published."""
    return Words(edition.snapshot)
