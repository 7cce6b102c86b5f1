"""Notes on a section, saved as answers are."""

import pytest

from audits.enums import AuditStatus
from audits.models import SectionNote
from audits.services.errors import AuditIsClosed
from audits.services.noting import NoteChangedMeanwhile, NoteValues, save_note
from audits.services.submission import submit
from core.models import HistoryEntry
from core.page_marks import NO_PAGE, PageMark

pytestmark = pytest.mark.django_db

CALM = NoteValues("Calm corridors", "Lunch hall", {"teacher": 4, "parent_carer": 2})
OTHER = NoteValues("Kind staff", "", {})


PAGE, OTHER_PAGE = PageMark("0123456789ab"), PageMark("ba9876543210")


def save(audit, section, values, *, seen=0, by, mark=NO_PAGE):
    return save_note(audit=audit, section=section, values=values, seen_revision=seen, by=by, mark=mark)


def test_stores_texts_and_counts_and_who_wrote_them(audit, section, people):
    save(audit, section, CALM, by=people.head)
    note = SectionNote.objects.get()
    assert (NoteValues.of(note), note.noted_by, note.revision) == (CALM, people.head, 1)
    assert note.noted_at is not None


def test_begins_the_audit(audit, section, people):
    save(audit, section, CALM, by=people.head)
    audit.refresh_from_db()
    assert audit.status == AuditStatus.IN_PROGRESS
    assert [line.kind for line in HistoryEntry.objects.all()] == ["audit.begun"]


def test_writing_nothing_stores_nothing(audit, section, people):
    assert save(audit, section, NoteValues(), by=people.head) is None
    assert SectionNote.objects.count() == 0
    audit.refresh_from_db()
    assert audit.status == AuditStatus.NOT_STARTED


def test_writing_the_same_changes_neither_revision_nor_person(audit, section, people):
    first = save(audit, section, CALM, by=people.head)
    save(audit, section, CALM, seen=1, by=people.colleague)
    note = SectionNote.objects.get()
    assert (note.revision, note.noted_by, note.noted_at) == (1, people.head, first.noted_at)


def test_a_section_that_was_given_but_not_noted_is_no_conflict(audit, given, people):
    save(audit, given, CALM, seen=5, by=people.colleague)
    note = SectionNote.objects.get()
    assert (NoteValues.of(note), note.given_to) == (CALM, people.colleague)


def test_notes_keep_who_was_asked(audit, given, people):
    save(audit, given, CALM, by=people.head)
    save(audit, given, OTHER, seen=1, by=people.head)
    assert SectionNote.objects.get().given_to == people.colleague


def test_newer_notes_of_somebody_else_are_left_alone_and_shown(audit, section, people):
    save(audit, section, CALM, by=people.head)
    with pytest.raises(NoteChangedMeanwhile) as meanwhile:
        save(audit, section, OTHER, seen=0, by=people.colleague)
    assert NoteValues.of(meanwhile.value.current) == CALM
    assert NoteValues.of(SectionNote.objects.get()) == CALM


def test_the_same_notes_twice_are_no_conflict(audit, section, people):
    save(audit, section, CALM, by=people.head)
    save(audit, section, CALM, seen=0, by=people.colleague)
    assert SectionNote.objects.get().noted_by == people.head


def test_the_same_page_replaces_what_it_wrote_and_never_heard_of(audit, section, people):
    save(audit, section, CALM, by=people.head, mark=PAGE)
    note = save(audit, section, OTHER, by=people.head, mark=PAGE)
    assert (NoteValues.of(SectionNote.objects.get()), note.revision) == (OTHER, 2)


@pytest.mark.parametrize(
    ("who", "mark"),
    [("colleague", PAGE), ("head", OTHER_PAGE), ("head", NO_PAGE)],
    ids=["another person", "another tab", "a page without a mark"],
)
def test_nobody_else_replaces_it_unseen(audit, section, people, who, mark):
    save(audit, section, CALM, by=people.head, mark=PAGE)
    with pytest.raises(NoteChangedMeanwhile):
        save(audit, section, OTHER, by=getattr(people, who), mark=mark)
    assert NoteValues.of(SectionNote.objects.get()) == CALM


def test_a_submitted_audit_takes_no_notes(answered, section, people):
    submit(audit=answered, by=people.head)
    with pytest.raises(AuditIsClosed):
        save(answered, section, CALM, by=people.head)
    assert SectionNote.objects.count() == 0


def test_the_stored_counts_are_not_the_callers_own(audit, section, people):
    save(audit, section, CALM, by=people.head)
    values = NoteValues.of(SectionNote.objects.get())
    values.contributors["teacher"] = 9
    assert SectionNote.objects.get().contributors["teacher"] == 4
