"""What a page says of a stored answer or of stored notes, whether a form stands there or not."""

from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString

from accounts.models import User
from audits.enums import AnswerState, ContributorRole
from audits.framework_format import NOTES_KEY
from audits.models import Answer, SectionNote, Statement
from audits.services.answering import AnswerValues
from audits.services.noting import NoteValues
from audits.wording import contributors_in_words
from core.page_marks import NO_PAGE, PageMark
from core.seals import seal


def plain_answer(values: AnswerValues) -> list[Any]:
    """An answer as its seal has it."""
    return [str(values.state), values.rating, values.reason, values.evidence_note, values.come_back]


def plain_note(values: NoteValues) -> list[Any]:
    """Notes as their seal has them."""
    return [values.strengths, values.development_area, values.contributors]


class AnswerOnPage:
    """One statement, and the answer that is stored for it."""

    statement: Statement
    stored: Answer | None

    @property
    def notices(self) -> list[SafeString]:
        """What the guard marks in what is stored, where that is what the page shows."""
        return []

    @property
    def part_id(self) -> str:
        """The id of the part of the page."""
        return f"statement-{self.statement.key}"

    @property
    def has_answer(self) -> bool:
        """Whether the statement is answered: a note or a mark alone is no answer."""
        return self.stored is not None and self.stored.state != AnswerState.BLANK

    @property
    def lacks_reason(self) -> bool:
        """Whether it is said not to apply, and not why: that stands in the way of submission."""
        stored = self.stored
        return bool(stored and stored.state == AnswerState.NOT_APPLICABLE and not stored.reason.strip())

    @property
    def saved_at(self) -> datetime | None:
        """When the stored answer was given."""
        return self.stored.answered_at if self.stored else None

    @property
    def saved_by(self) -> User | None:
        """Who gave the stored answer."""
        return self.stored.answered_by if self.stored else None

    def seal_of_stored(self, mark: PageMark = NO_PAGE) -> str:
        """The seal of a page that shows what is stored."""
        revision = self.stored.revision if self.stored else 0
        return seal(revision, plain_answer(AnswerValues.of(self.stored)), mark)


class NotesOnPage:
    """A section's notes as they are stored."""

    count_names = tuple(f"by_{role.value}" for role in ContributorRole)
    stored: SectionNote | None

    @property
    def notices(self) -> list[SafeString]:
        """What the guard marks in what is stored, where that is what the page shows."""
        return []

    @property
    def part_id(self) -> str:
        """The id of the part of the page."""
        return NOTES_KEY

    @property
    def saved_at(self) -> datetime | None:
        """When the stored notes were written."""
        return self.stored.noted_at if self.stored else None

    @property
    def saved_by(self) -> User | None:
        """Who wrote the stored notes."""
        return self.stored.noted_by if self.stored else None

    @property
    def has_contributors(self) -> bool:
        """Whether anybody is said to have helped."""
        return bool(self.stored and self.stored.contributors)

    @property
    def contributors_stored(self) -> list[str]:
        """Who helped according to what is stored, in words, as the school itself may read them."""
        return contributors_in_words(self.stored.contributors if self.stored else {})

    def seal_of_stored(self, mark: PageMark = NO_PAGE) -> str:
        """The seal of a page that shows what is stored."""
        return seal(self.stored.revision if self.stored else 0, plain_note(NoteValues.of(self.stored)), mark)
