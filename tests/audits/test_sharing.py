"""Giving a section to a colleague, and taking it back."""

import pytest

from audits.access import may_answer
from audits.models import SectionNote
from audits.services.errors import AuditIsClosed
from audits.services.sharing import give_section, take_back_section
from audits.services.submission import submit
from core.models import HistoryEntry, OutgoingEmail

pytestmark = pytest.mark.django_db


def give(audit, section, to, by):
    return give_section(audit=audit, section=section, to=to, by=by)


def test_names_who_has_it_who_gave_it_and_when(audit, section, people):
    note = give(audit, section, people.colleague, people.head)
    note.refresh_from_db()
    assert (note.given_to, note.given_by) == (people.colleague, people.head)
    assert note.given_at is not None
    assert note.noted_at is None


def test_writes_a_line_and_an_email(audit, section, people):
    give(audit, section, people.colleague, people.head)
    line = HistoryEntry.objects.get()
    assert (line.kind, line.summary) == (
        "section.given",
        f"Head gave the section “{section.area}” to Colleague.",
    )
    assert OutgoingEmail.objects.get().to == people.colleague.email


def test_giving_it_again_to_the_same_person_changes_and_sends_nothing(audit, section, people):
    first = give(audit, section, people.colleague, people.head)
    again = give(audit, section, people.colleague, people.head)
    assert again.given_at == first.given_at
    assert (HistoryEntry.objects.count(), OutgoingEmail.objects.count()) == (1, 1)


def test_giving_it_to_somebody_else_tells_the_new_one(audit, given, people):
    give(audit, given, people.head, people.admin)
    assert SectionNote.objects.get().given_to == people.head
    assert [mail.to for mail in OutgoingEmail.objects.order_by("pk")] == [
        people.colleague.email,
        people.head.email,
    ]


def test_keeping_it_for_oneself_sends_no_email(audit, section, people):
    give(audit, section, people.head, people.head)
    assert OutgoingEmail.objects.count() == 0


def test_taking_it_back_leaves_nobody_asked_and_the_notes_as_they_are(audit, given, people):
    SectionNote.objects.update(strengths="Calm corridors")
    take_back_section(audit=audit, section=given, by=people.head)
    note = SectionNote.objects.get()
    assert (note.given_to, note.given_by, note.given_at) == (None, None, None)
    assert note.strengths == "Calm corridors"
    line = HistoryEntry.objects.get(kind="section.taken_back")
    assert line.summary == f"Head took the section “{given.area}” back from Colleague."


def test_a_colleague_whose_section_was_taken_back_may_not_answer_it(audit, given, people):
    assert may_answer(people.colleague, audit, given)
    take_back_section(audit=audit, section=given, by=people.head)
    assert not may_answer(people.colleague, audit, given)


def test_taking_back_what_nobody_has_writes_nothing(audit, section, people):
    take_back_section(audit=audit, section=section, by=people.head)
    assert (SectionNote.objects.count(), HistoryEntry.objects.count()) == (0, 0)


def test_a_submitted_audit_is_not_shared_out(answered, section, people):
    give(answered, section, people.colleague, people.head)
    submit(audit=answered, by=people.head)
    with pytest.raises(AuditIsClosed):
        give(answered, section, people.head, people.head)
    with pytest.raises(AuditIsClosed):
        take_back_section(audit=answered, section=section, by=people.head)
    assert SectionNote.objects.get().given_to == people.colleague
