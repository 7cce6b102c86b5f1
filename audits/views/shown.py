"""What the page shows where nothing has to be mended or chosen: stored answers and notes, without a form each.

A control that holds no words of anybody is printed by its form once in a process and taken from there afterwards:
every school reads the same statements. What people wrote is printed each time, so that none of it stays behind.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import ClassVar

from django.utils.safestring import SafeString
from markupsafe import Markup, escape

from audits.forms import AnswerForm, SectionNoteForm
from audits.framework_format import NOTES_KEY
from audits.models import Answer, SectionNote, Statement
from audits.on_page import AnswerOnPage, NotesOnPage
from audits.services.answering import AnswerValues
from core.guard import read
from core.guard.notices import notice
from core.page_marks import NO_PAGE, PageMark
from core.seals import names_sent

MOST_CONTROLS = 4096
"""How many are kept; a version of the framework with 50 statements has 450, of some 2 KB each."""

Levels = tuple[str, str, str, str]


class Shown:
    """What stands on the page is what is stored."""

    errors: ClassVar[Mapping[str, list[str]]] = {}
    in_conflict = False
    shows_stored = True

    @property
    def part_id(self) -> str:
        """The id of the part of the page."""
        raise NotImplementedError


def notices_of(texts: Mapping[str, str], prefix: str, innocent: Sequence[str]) -> list[SafeString]:
    """A notice for each box with marked words, by its name; what is `innocent` names no person."""
    readings = {name: read(text, allowed=innocent) for name, text in texts.items() if text}
    return [notice(one, box_id=f"id_{prefix}-{name}") for name, one in readings.items() if one.marks]


@dataclass(frozen=True)
class ShownAnswer(AnswerOnPage, Shown):
    """One statement with its stored answer, as audits/parts/statement.jinja prints it."""

    statement: Statement
    stored: Answer | None
    mark: PageMark = NO_PAGE
    innocent: Sequence[str] = ()

    @property
    def prefix(self) -> str:
        """What the names of its controls begin with."""
        return self.statement.key

    @property
    def sent_names(self) -> str:
        """The names that an automatic saving of this part alone sends, for htmx."""
        return names_sent(self.prefix, AnswerForm.base_fields)

    @property
    def notices(self) -> list[SafeString]:
        """What the guard marks in the words of the answer."""
        stored = self.stored
        texts = {"reason": stored.reason, "evidence_note": stored.evidence_note} if stored else {}
        return notices_of(texts, self.prefix, self.innocent)

    @property
    def is_unfolded(self) -> bool:
        """Whether the levels stand open: until the statement has an answer, and the reason that it may owe."""
        return not self.has_answer or self.lacks_reason

    @property
    def shows_evidence(self) -> bool:
        """Whether the note stands open: when there is one."""
        return bool(self.stored and self.stored.evidence_note)

    @property
    def seal(self) -> str:
        """What the page shows, to travel with the next saving."""
        return self.seal_of_stored(self.mark)

    def control(self, name: str) -> Markup:
        """One control of the form, filled with what is stored."""
        one = self.statement
        levels = (one.level_1, one.level_2, one.level_3, one.level_4)
        values = _only(name, AnswerValues.of(self.stored))
        has_words = values.reason or values.evidence_note
        printed = _answer_control.__wrapped__ if has_words else _answer_control
        return printed(name, self.prefix, levels, values)


def _only(name: str, values: AnswerValues) -> AnswerValues:
    """What one control shows of an answer."""
    if name == "answer":
        return AnswerValues(values.state, values.rating, values.reason)
    if name == "evidence_note":
        return AnswerValues(evidence_note=values.evidence_note)
    return AnswerValues(come_back=values.come_back)


@lru_cache(MOST_CONTROLS)
def _answer_control(name: str, key: str, levels: Levels, values: AnswerValues) -> Markup:
    first, second, third, fourth = levels
    statement = Statement(key=key, level_1=first, level_2=second, level_3=third, level_4=fourth)
    initial = {"answer": values.choice} | asdict(values)
    return escape(AnswerForm(statement=statement, initial=initial).control(name))


@dataclass(frozen=True)
class ShownNotes(NotesOnPage, Shown):
    """The stored notes of a section, as audits/parts/notes.jinja prints them."""

    stored: SectionNote | None
    mark: PageMark = NO_PAGE
    innocent: Sequence[str] = ()
    prefix: ClassVar[str] = NOTES_KEY
    sent_names: ClassVar[str] = names_sent(
        NOTES_KEY, [*SectionNoteForm.base_fields, *NotesOnPage.count_names]
    )

    @property
    def notices(self) -> list[SafeString]:
        """What the guard marks in the notes."""
        stored = self.stored
        texts = {"strengths": stored.strengths, "development_area": stored.development_area} if stored else {}
        return notices_of(texts, self.prefix, self.innocent)

    @property
    def has_counts(self) -> bool:
        """Whether the counts stand open: when somebody is said to have helped."""
        return self.has_contributors

    @property
    def seal(self) -> str:
        """What the page shows, to travel with the next saving."""
        return self.seal_of_stored(self.mark)

    def control(self, name: str) -> Markup:
        """One control of the form, filled with what is stored."""
        stored = self.stored
        if name in self.count_names:
            count = stored.contributors.get(name.removeprefix("by_")) if stored else None
            return _note_control(name, count)
        words = getattr(stored, name) if stored else ""
        return _note_control.__wrapped__(name, words) if words else _note_control(name, None)


@lru_cache(MOST_CONTROLS)
def _note_control(name: str, value: str | int | None) -> Markup:
    return escape(SectionNoteForm(initial={name: value}).control(name))
