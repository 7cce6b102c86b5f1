"""One sitting at one section: its forms, filled from what is stored or from what was sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from django.db import transaction

from accounts.models import User
from audits.enums import AnswerState
from audits.forms import AnswerForm, SectionNoteForm
from audits.models import Answer, Audit, Section, SectionNote, Statement
from audits.queries import answers_by_statement, note_on, sitting_minutes, statements_in
from audits.services.answering import Outcome, save_answers
from audits.services.noting import NoteChangedMeanwhile, save_note
from audits.views.shown import ShownAnswer, ShownNotes
from core.page_marks import PageMark


@dataclass
class AnswerPart:
    """One statement on the page, with the form of what was sent for it while that has to stand there."""

    statement: Statement
    stored: Answer | None
    mark: PageMark
    sent: AnswerForm | None = None
    innocent: Sequence[str] = ()

    @property
    def shown(self) -> AnswerForm | ShownAnswer:
        """What was sent, or what is stored."""
        return self.sent or ShownAnswer(self.statement, self.stored, self.mark, self.innocent)

    @property
    def stored_descriptor(self) -> str:
        """What one sees at the level that was chosen; empty when none was."""
        return self.statement.descriptors.get(self.stored.rating or 0, "") if self.stored else ""


@dataclass
class Sitting:
    """The statements of a section as forms, the notes as a form, and the saving of what changed."""

    audit: Audit
    section: Section
    stored: dict[int, Answer]
    stored_note: SectionNote | None
    answers: list[AnswerPart] = field(default_factory=list)
    note: SectionNoteForm | None = None
    mark: PageMark = field(default_factory=PageMark.new)

    @classmethod
    def at(cls, audit: Audit, section: Section, data: Mapping[str, Any] | None = None) -> Self:
        """The whole section; with `data`, filled from what was sent."""
        sitting = cls(audit, section, answers_by_statement(audit, section), note_on(audit, section))
        for statement in statements_in(section):
            stored = sitting.stored.get(statement.pk)
            sent = None if data is None else AnswerForm(data, statement=statement, stored=stored)
            sitting.answers.append(AnswerPart(statement, stored, sitting.mark, sent, sitting.innocent))
        if data is not None:
            sitting.note = SectionNoteForm(data, stored=sitting.stored_note)
        return sitting

    @property
    def innocent(self) -> list[str]:
        """What names no person here, for the guard."""
        return self.audit.school.innocent_names

    @property
    def forms(self) -> list[AnswerForm | SectionNoteForm]:
        """Every form that was sent, for the error summary."""
        sent = [part.sent for part in self.answers if part.sent]
        return [*sent, *([self.note] if self.note else [])]

    @property
    def shown_notes(self) -> SectionNoteForm | ShownNotes:
        """The notes as they were sent, or as they are stored."""
        return self.note or ShownNotes(self.stored_note, self.mark, self.innocent)

    @property
    def minutes(self) -> int:
        """How long the whole section takes."""
        return sitting_minutes(len(self.answers))

    @property
    def has_conflicts(self) -> bool:
        """Whether somebody else's version stands beside what was sent."""
        return any(form.in_conflict for form in self.forms)

    @property
    def needs_mending(self) -> bool:
        """Whether a part of what was sent is not valid."""
        return any(form.is_bound and form.errors for form in self.forms)

    @property
    def answered(self) -> int:
        """How many statements of this section have a stored answer."""
        return sum(answer.state != AnswerState.BLANK for answer in self.stored.values())

    def save(self, by: User) -> bool:
        """Save every part that is valid and changed; True when nothing is left to mend or choose.

        Answers and notes together or not at all: raises AuditIsClosed (nothing saved).
        """
        with transaction.atomic():
            self._save_answers(by)
            if self.note is not None:
                self._save_note(self.note, by)
        return not self.has_conflicts and not self.needs_mending

    def _save_answers(self, by: User) -> None:
        given = [part.sent.given for part in self.answers if part.sent and part.sent.is_valid()]
        outcome = save_answers(
            audit=self.audit, given=[one for one in given if one], known=self.stored, by=by
        )
        self.stored.update(outcome.saved)
        self.answers = [self._after_saving(part, outcome) for part in self.answers]

    def _after_saving(self, part: AnswerPart, outcome: Outcome) -> AnswerPart:
        """What still has to be mended or chosen stays as it was sent; everything else shows what is stored."""
        if part.sent and not part.sent.is_valid():
            return part
        if part.sent and (conflict := outcome.conflicts.get(part.statement.pk)):
            part.sent.stand_beside(conflict)
            return part
        return AnswerPart(
            part.statement, self.stored.get(part.statement.pk), self.mark, innocent=self.innocent
        )

    def _save_note(self, form: SectionNoteForm, by: User) -> None:
        if not form.is_valid():
            return
        try:
            if not form.is_untouched:
                self._write_note(form, by)
        except NoteChangedMeanwhile as changed:
            form.stand_beside(changed.current)
        else:
            self.note = None

    def _write_note(self, form: SectionNoteForm, by: User) -> None:
        self.stored_note = save_note(
            audit=self.audit,
            section=self.section,
            values=form.values,
            seen_revision=form.seen_revision,
            mark=form.mark_to_save,
            by=by,
        )
