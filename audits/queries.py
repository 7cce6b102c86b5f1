"""Questions about audits, each answered in a fixed number of queries."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.permissions import Role
from audits.enums import AnswerState, Level
from audits.models import Answer, Audit, Report, Section, SectionNote, Statement
from core.prepared import Prepared
from schools.models import Membership

NO_REASON = Q(state=AnswerState.NOT_APPLICABLE, reason="")
SECONDS_A_STATEMENT = 70
SECONDS_FOR_NOTES = 60
"""What a section takes, by our own reading aloud: six statements and the notes are about eight minutes."""
MINUTES_TO_LOOK_AGAIN = 10
"""What an audit takes that was sent back or reopened, even with everything answered."""


def whole_minutes(seconds: int) -> int:
    """The seconds in minutes, rounded up."""
    return -(-seconds // 60)


def sitting_minutes(statements: int) -> int:
    """How long a section of so many statements takes, notes included."""
    return whole_minutes(statements * SECONDS_A_STATEMENT + SECONDS_FOR_NOTES)


@dataclass(frozen=True)
class SectionProgress:
    """How far one section of an audit has come."""

    section: Section
    total: int
    answered: int
    come_back: int
    missing_reason: int
    look_again: int
    """Statements that have an answer, but lack their reason or are marked to come back to."""
    note: SectionNote | None

    @property
    def key(self) -> str:
        """The area's key, as addresses use it."""
        return self.section.area.key

    @property
    def is_done(self) -> bool:
        """Every statement has an answer, every "not applicable" its reason, and nothing is marked to come back to."""
        return self.is_answered and not self.come_back

    @property
    def is_answered(self) -> bool:
        """Nothing here keeps the audit from being submitted; a mark to come back to does not."""
        return self.answered == self.total and not self.missing_reason

    @property
    def is_begun(self) -> bool:
        """Somebody has given at least one answer or written a note."""
        return bool(self.answered or self.come_back or (self.note and self.note.noted_at))

    @property
    def status(self) -> str:
        """The status in words."""
        if self.is_done:
            return "Done"
        return "In progress" if self.is_begun else "Not started"

    @property
    def seconds_left(self) -> int:
        """What is left to do here, in seconds."""
        notes = 0 if self.is_done or (self.note and self.note.noted_at) else SECONDS_FOR_NOTES
        return (self.total - self.answered + self.look_again) * SECONDS_A_STATEMENT + notes

    @property
    def minutes_left(self) -> int:
        """The same in whole minutes, rounded up; 0 when it is done."""
        return whole_minutes(self.seconds_left)


def _notes_of(audits: Collection[int]) -> QuerySet[SectionNote]:
    can_answer = _who_can_answer().filter(user=OuterRef("given_to"), school=OuterRef("audit__school"))
    notes = SectionNote.objects.filter(audit__in=audits).select_related("given_to")
    return notes.annotate(is_with_colleague=Exists(can_answer))


def _who_can_answer() -> QuerySet[Membership]:
    """Memberships of people who can answer a section of their school's audit when it is given to them."""
    roles = [Role.SCHOOL_LEAD, Role.CONTRIBUTOR]
    return Membership.objects.current().filter(role__in=roles, user__is_active=True)


def _counts_of(audits: Collection[int]) -> QuerySet[Answer, Any]:
    return (
        Answer.objects.filter(audit__in=audits)
        .order_by()
        .values("audit", "statement__section")
        .annotate(
            answered=Count("pk", filter=~Q(state=AnswerState.BLANK)),
            marked=Count("pk", filter=Q(come_back=True)),
            missing_reason=Count("pk", filter=NO_REASON),
            look_again=Count("pk", filter=~Q(state=AnswerState.BLANK) & (Q(come_back=True) | NO_REASON)),
        )
    )


def _sections_of(versions: Collection[int]) -> QuerySet[Section]:
    sections = Section.objects.filter(version__in=versions).select_related("area")
    return sections.annotate(total=Count("statements")).order_by("position")


_NOTES_OF_ONE = Prepared(lambda audit: _notes_of([audit]), int)
_COUNTS_OF_ONE = Prepared(lambda audit: _counts_of([audit]), int)
_SECTIONS_OF_ONE = Prepared(lambda version: _sections_of([version]), int)


def progress(audit: Audit) -> list[SectionProgress]:
    """Each section of the audit in order, in three queries."""
    counts, notes = _COUNTS_OF_ONE(audit.pk), _NOTES_OF_ONE(audit.pk)
    return _progress_in(_SECTIONS_OF_ONE(audit.version_id), counts, notes)


def progress_of_each(audits: Collection[Audit]) -> dict[int, list[SectionProgress]]:
    """The same for several audits by their ids, in three queries however many they are."""
    ids = [audit.pk for audit in audits]
    counts, notes, sections = defaultdict(list), defaultdict(list), defaultdict(list)
    for row in _counts_of(ids):
        counts[row["audit"]].append(row)
    for note in _notes_of(ids):
        notes[note.audit_id].append(note)
    for section in _sections_of({audit.version_id for audit in audits}):
        sections[section.version_id].append(section)
    return {
        audit.pk: _progress_in(sections[audit.version_id], counts[audit.pk], notes[audit.pk])
        for audit in audits
    }


def _progress_in(
    sections: Iterable[Section], counts: Iterable[Mapping[str, Any]], notes: Iterable[SectionNote]
) -> list[SectionProgress]:
    """The sections of one audit with its own counts and notes."""
    counts_by_section = {row["statement__section"]: row for row in counts}
    notes_by_section = {note.section_id: note for note in notes}
    return [
        _progress_of(section, counts_by_section.get(section.pk, {}), notes_by_section.get(section.pk))
        for section in sections
    ]


def _progress_of(section: Section, counts: Mapping[str, Any], note: SectionNote | None) -> SectionProgress:
    return SectionProgress(
        section=section,
        total=section.total,  # type: ignore[attr-defined]
        answered=counts.get("answered", 0),
        come_back=counts.get("marked", 0),
        missing_reason=counts.get("missing_reason", 0),
        look_again=counts.get("look_again", 0),
        note=note,
    )


def minutes_left(sections: Iterable[SectionProgress]) -> int:
    """Whole minutes that the sections together still need, rounded up."""
    return whole_minutes(sum(section.seconds_left for section in sections))


def minutes_to_submit(audit: Audit, sections: Iterable[SectionProgress]) -> int:
    """Whole minutes until these sections can be submitted: at least those that looking again takes after a return."""
    minutes = minutes_left(sections)
    return max(minutes, MINUTES_TO_LOOK_AGAIN) if audit.returned else minutes


def is_ready_to_submit(sections: Iterable[SectionProgress]) -> bool:
    """Whether nothing is left that stops a submission."""
    return all(section.is_answered for section in sections)


def minutes_a_section(audit: Audit) -> list[int]:
    """How long each section of the audit takes from the start, in order."""
    sections = _SECTIONS_OF_ONE(audit.version_id)
    return [sitting_minutes(section.total) for section in sections]  # type: ignore[attr-defined]


def statements_of(audit: Audit) -> QuerySet[Statement]:
    """All statements that the audit asks, in order, with section and area."""
    return (
        Statement.objects.filter(section__version=audit.version_id)
        .select_related("section__area")
        .order_by("section__position", "position")
    )


def _answers(audit: int) -> QuerySet[Answer]:
    return Answer.objects.filter(audit=audit).select_related("answered_by")


_ANSWERS = Prepared(_answers, int)
_ANSWERS_IN_SECTION = Prepared(
    lambda audit, section: _answers(audit).filter(statement__section=section), int, int
)
_ANSWER = Prepared(
    lambda audit, area, key: (
        _answers(audit)
        .filter(statement__section__area__key=area, statement__key=key)
        .select_related("statement__section__area")
    ),
    int,
    str,
    str,
)
_STATEMENTS = Prepared(lambda section: Statement.objects.filter(section=section).order_by("position"), int)


def answers_by_statement(audit: Audit, section: Section | None = None) -> dict[int, Answer]:
    """The stored answers by statement id, with who gave them."""
    answers = _ANSWERS(audit.pk) if section is None else _ANSWERS_IN_SECTION(audit.pk, section.pk)
    return {answer.statement_id: answer for answer in answers}


def stored_answer(audit: Audit, area_key: str, statement_key: str) -> Answer | None:
    """The stored answer to one statement, with who gave it, the statement, its section and area."""
    return _ANSWER.first(audit.pk, area_key, statement_key)


def statements_in(section: Section) -> list[Statement]:
    """The statements of a section, in order."""
    return _STATEMENTS(section.pk)


@dataclass
class Missing:
    """What a school should look at before it submits, statement by statement."""

    total: int = 0
    blank: list[Statement] = field(default_factory=list)
    without_reason: list[Statement] = field(default_factory=list)
    dont_know: list[Statement] = field(default_factory=list)
    come_back: list[Statement] = field(default_factory=list)
    top_without_evidence: list[Statement] = field(default_factory=list)
    states: Counter[str] = field(default_factory=Counter)

    @property
    def summary(self) -> list[tuple[str, int]]:
        """How many statements have which kind of answer, for a table."""
        return [(state.label, self.states[state]) for state in AnswerState]

    @property
    def stops_submission(self) -> bool:
        """Blank statements and missing reasons do; the rest is only worth a look."""
        return bool(self.blank or self.without_reason)

    @property
    def worth_a_look(self) -> bool:
        """Whether anything is left that does not stop submission."""
        return bool(self.dont_know or self.come_back or self.top_without_evidence)


def what_is_missing(audit: Audit, sections: Collection[SectionProgress] | None = None) -> Missing:
    """What is blank, lacks its reason or evidence, or is marked to come back to; in two queries.

    In the whole audit, or in these sections of it.
    """
    asked = None if sections is None else {one.section.pk for one in sections}
    answers = answers_by_statement(audit)
    missing = Missing()
    for statement in statements_of(audit):
        if asked is not None and statement.section_id not in asked:
            continue
        missing.total += 1
        _sort_into(missing, statement, answers.get(statement.pk))
    return missing


def _sort_into(missing: Missing, statement: Statement, answer: Answer | None) -> None:
    state = AnswerState.BLANK if answer is None else AnswerState(answer.state)
    missing.states[state] += 1
    if state is AnswerState.BLANK:
        missing.blank.append(statement)
    if answer is None:
        return
    if state is AnswerState.NOT_APPLICABLE and not answer.reason.strip():
        missing.without_reason.append(statement)
    if state is AnswerState.DONT_KNOW:
        missing.dont_know.append(statement)
    if answer.come_back:
        missing.come_back.append(statement)
    if answer.rating == Level.ENHANCED and not answer.evidence_note.strip():
        missing.top_without_evidence.append(statement)


_NOTE = Prepared(
    lambda audit, section: SectionNote.objects.filter(audit=audit, section=section).select_related(
        "noted_by", "given_to"
    ),
    int,
    int,
)


def note_on(audit: Audit, section: Section) -> SectionNote | None:
    """The school's notes on one section, with who wrote them and who was asked to answer."""
    return _NOTE.first(audit.pk, section.pk)


def sections_given_to(user: User, sections: Iterable[SectionProgress]) -> list[SectionProgress]:
    """Those that this person was asked to answer."""
    return [section for section in sections if section.note and section.note.given_to_id == user.pk]


def sections_left_to(user: User, sections: Iterable[SectionProgress]) -> list[SectionProgress]:
    """Those that no colleague was asked to answer in this person's stead, or none who still can."""
    return [
        section
        for section in sections
        if section.note is None or section.note.given_to_id == user.pk or not section.note.is_with_colleague  # type: ignore[attr-defined]  # _notes_of adds it
    ]


@dataclass(frozen=True)
class WhereIStopped:
    """The section to go on with, and the statement in it that waits first (empty when only notes are left)."""

    section: Section
    statement_key: str
    given_to: User | None
    """Who was asked to answer it, and still can."""


def _waiting(audit: int, section: int) -> QuerySet[Statement]:
    """Statements of a section that have no answer or lack its reason, and then those that are to be come back to."""
    answered = Answer.objects.filter(audit=audit).exclude(NO_REASON | Q(state=AnswerState.BLANK))
    settled = answered.filter(come_back=False)
    later = Exists(answered.filter(come_back=True, statement=OuterRef("pk")))
    waiting = Statement.objects.filter(section=section).exclude(pk__in=settled.values("statement_id"))
    return waiting.order_by(later, "position")[:1]


_WAITING = Prepared(_waiting, int, int)


def where_to_go_on(audit: Audit, sections: Iterable[SectionProgress]) -> WhereIStopped | None:
    """Where to go on among the sections that somebody may answer.

    One that is begun before one that is not; what only waits to be come back to is for the end.
    """
    open_ones = sorted(
        (one for one in sections if not one.is_done),
        key=lambda one: (one.answered == one.total, not one.is_begun),
    )
    if not open_ones:
        return None
    first = open_ones[0]
    waiting = _WAITING.first(audit.pk, first.section.pk)
    is_given = first.note is not None and first.note.is_with_colleague  # type: ignore[attr-defined]  # _notes_of adds it
    given_to = first.note.given_to if first.note and is_given else None
    return WhereIStopped(first.section, waiting.key if waiting else "", given_to)


_LATEST_REPORT = Prepared(
    lambda audit: Report.objects.current().filter(audit=audit).defer("snapshot").order_by("pk")[:1], int
)


def latest_report(audit: Audit) -> Report | None:
    """The report that no later one has superseded; None before the first submission."""
    return _LATEST_REPORT.first(audit.pk)


def colleagues(audit: Audit) -> QuerySet[User]:
    """People of the school who can answer a section."""
    members = _who_can_answer().filter(school=audit.school_id)
    return User.objects.filter(pk__in=members.values("user_id")).order_by("name", "email")
