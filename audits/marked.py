"""What the guard marks in what a school wrote about its answers: all of it, to be looked at before it is submitted."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Q

from audits.framework_format import NOTES_KEY
from audits.models import Answer, Audit, Section, SectionNote
from audits.queries import SectionProgress
from core.guard import Reading, read

NO_WORDS = Q(reason="", evidence_note="")


@dataclass(frozen=True)
class MarkedPart:
    """One part of a section with marked words: what it is called, where it stands, and the words."""

    section: Section
    name: str
    part_id: str
    readings: list[Reading]


def marked_in(audit: Audit, sections: Collection[SectionProgress] | None = None) -> list[MarkedPart]:
    """The parts with marked words, in the whole audit or in these sections of it; two queries. It stops nobody."""
    asked = {} if sections is None else {"section__in": [one.section.pk for one in sections]}
    of_answers = {f"statement__{name}": value for name, value in asked.items()}
    answers = Answer.objects.filter(audit=audit, **of_answers).exclude(NO_WORDS)
    answers = answers.select_related("statement__section__area")
    notes = SectionNote.objects.filter(audit=audit, **asked).select_related("section__area")
    found = [*_of_answers(answers, audit), *_of_notes(notes, audit)]
    return sorted((one for one in found if one.readings), key=lambda one: one.section.position)


def _of_answers(answers: Collection[Answer], audit: Audit) -> Iterator[MarkedPart]:
    for answer in answers:
        one = answer.statement
        readings = _marked(audit, answer.reason, answer.evidence_note)
        yield MarkedPart(one.section, one.text, f"statement-{one.key}", readings)


def _of_notes(notes: Collection[SectionNote], audit: Audit) -> Iterator[MarkedPart]:
    for note in notes:
        readings = _marked(audit, note.strengths, note.development_area)
        yield MarkedPart(note.section, "The section as a whole", NOTES_KEY, readings)


def _marked(audit: Audit, *texts: str) -> list[Reading]:
    readings = (read(text, allowed=audit.school.innocent_names) for text in texts if text)
    return [reading for reading in readings if reading.marks]
