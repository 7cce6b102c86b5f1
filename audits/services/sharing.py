"""Giving a section of the audit to a colleague."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audits import emails
from audits.models import Audit, Section, SectionNote
from audits.services.answering import lock_open_audit
from core import history


def give_section(*, audit: Audit, section: Section, to: User, by: User) -> SectionNote:
    """Ask `to` (a current member of the school) to answer this section; they get an e-mail.

    Giving it again to the same person changes nothing. Raises AuditIsClosed.
    """
    with transaction.atomic():
        locked = lock_open_audit(audit)
        note, _ = SectionNote.objects.get_or_create(audit=locked, section=section)
        if note.given_to_id == to.pk:
            return note
        note.given_to, note.given_by, note.given_at = to, by, timezone.now()
        note.save(update_fields=["given_to", "given_by", "given_at"])
        summary = f"{by} gave the section “{section.area}” to {to}."
        history.record("section.given", summary, by=by, target=audit, school=audit.school)
        if to != by:
            emails.section_given(audit=audit, section=section, to=to, by=by)
    return note


def take_back_section(*, audit: Audit, section: Section, by: User) -> None:
    """Nobody in particular is asked to answer this section any more; what they answered stays. Raises AuditIsClosed."""
    with transaction.atomic():
        locked = lock_open_audit(audit)
        note = SectionNote.objects.filter(audit=locked, section=section, given_to__isnull=False).first()
        if note is None:
            return
        was_with = note.given_to
        note.given_to = note.given_by = note.given_at = None
        note.save(update_fields=["given_to", "given_by", "given_at"])
        summary = f"{by} took the section “{section.area}” back from {was_with}."
        history.record("section.taken_back", summary, by=by, target=audit, school=audit.school)
