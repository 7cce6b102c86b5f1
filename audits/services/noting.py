"""What the school says about a whole section."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audits.models import Audit, Section, SectionNote
from audits.services.answering import begin, lock_open_audit
from core.page_marks import NO_PAGE, PageMark


@dataclass(frozen=True)
class NoteValues:
    """Strengths, what to develop, and how many of whom contributed, by role."""

    strengths: str = ""
    development_area: str = ""
    contributors: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, note: SectionNote | None) -> "NoteValues":
        """The values that are stored; all blank when nothing is."""
        if note is None:
            return cls()
        return cls(note.strengths, note.development_area, dict(note.contributors))


class NoteChangedMeanwhile(Exception):  # noqa: N818 - it says what happened
    """Somebody else saved other notes on this section; `current` holds them."""

    def __init__(self, current: SectionNote) -> None:
        super().__init__("Somebody else changed these notes while you were writing.")
        self.current = current


def save_note(
    *,
    audit: Audit,
    section: Section,
    values: NoteValues,
    seen_revision: int,
    by: User,
    mark: PageMark = NO_PAGE,
) -> SectionNote | None:
    """Save the notes on a section unless they already say the same; returns what is stored, if anything is.

    Raises AuditIsClosed, and NoteChangedMeanwhile (nothing written) when the stored notes are newer than
    the revision that the writer had seen, unless the same person wrote them from the very page that now
    sends again.
    """
    with transaction.atomic():
        locked = lock_open_audit(audit)
        notes = SectionNote.objects.select_related("noted_by", "given_to")
        note = notes.filter(audit=locked, section=section).first()
        if NoteValues.of(note) == values:
            return note
        if note is None:
            note = SectionNote(audit=locked, section=section)
        elif note.noted_at and note.revision != seen_revision and not _is_own(note, mark, by):
            raise NoteChangedMeanwhile(note)
        note.strengths = values.strengths
        note.development_area = values.development_area
        note.contributors = values.contributors
        note.noted_at = timezone.now()
        note.noted_by = by
        note.page_mark = str(mark)
        note.revision += 1
        note.save()
        begin(locked, by=by)
    return note


def _is_own(note: SectionNote, mark: PageMark, by: User) -> bool:
    return note.noted_by_id == by.pk and mark.continues(PageMark.read(note.page_mark))
