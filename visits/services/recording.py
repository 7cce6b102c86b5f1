"""Saving the parts of a visit's record as they are typed: who came, what was told, what was signposted."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from visits.models import Attendance, Presence, SafeguardingAnswer, Signposting, Visit, VisitNotes
from visits.services.record import Sent, lock_record, note_begun, write_part


def save_attendance(*, visit: Visit, sent: Sent, by: User) -> Attendance:
    """How many parent carers came, and which roles of the school. Raises as `lock_record` and `write_part` do."""
    with transaction.atomic():
        locked = lock_record(visit, by=by)
        stored = Attendance.objects.select_related("saved_by").filter(visit=locked).first()
        if stored is None:
            note_begun(locked, by=by)
        return write_part(stored or Attendance(visit=locked), sent, by=by)


def save_notes(*, visit: Visit, sent: Sent, by: User) -> VisitNotes:
    """What the leaders were told, and what is to follow. Raises as `lock_record` and `write_part` do."""
    with transaction.atomic():
        locked = lock_record(visit, by=by)
        stored = VisitNotes.objects.select_related("saved_by").filter(visit=locked).first()
        if stored is None:
            note_begun(locked, by=by)
        return write_part(stored or VisitNotes(visit=locked), sent, by=by)


def save_safeguarding(*, visit: Visit, sent: Sent, by: User) -> SafeguardingAnswer:
    """Whether anything had to be passed on, and when it was; with no line in the history, which others read.

    Raises as `lock_record` and `write_part` do.
    """
    with transaction.atomic():
        locked = lock_record(visit, by=by)
        stored = SafeguardingAnswer.objects.select_related("saved_by").filter(visit=locked).first()
        return write_part(stored or SafeguardingAnswer(visit=locked), sent, by=by)


def change_signposting(*, visit: Visit, added: Collection[int], removed: Collection[int], by: User) -> None:
    """Put some of the local support on the visit's list and take some off; what a colleague ticked meanwhile stays.

    The same twice is the same once. Raises as `lock_record` does.
    """
    with transaction.atomic():
        locked = lock_record(visit, by=by)
        if added:
            note_begun(locked, by=by)
        there = Signposting.objects.filter(visit=locked)
        there.filter(support__in=removed).delete()
        known = set(there.values_list("support_id", flat=True))
        Signposting.objects.bulk_create(
            Signposting(visit=locked, support_id=one, added_by=by) for one in added if one not in known
        )


def note_presence(*, visit: Visit, by: User) -> None:
    """Note that this person has the record open now. No line of history: it is gone after a minute."""
    Presence.objects.update_or_create(visit=visit, user=by, defaults={"seen_at": timezone.now()})
