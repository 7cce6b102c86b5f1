"""What every saving of a part of the record has in common: a record that is open, and nothing overwritten unseen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils import timezone

from accounts.models import User
from core import history
from core.page_marks import NO_PAGE, PageMark
from core.seen import ChangedMeanwhile
from visits.models import Attendance, Signposting, Theme, Visit, VisitNotes, Written
from visits.queries.record import standing
from visits.queries.times import date_of
from visits.services.errors import RecordIsClosed
from visits.services.moving import lock_visit
from visits.services.planning import log_held

Part = TypeVar("Part", bound=Written)
_STAMPED = ("revision", "saved_at", "saved_by", "page_mark")


@dataclass(frozen=True)
class Sent:
    """One part as a page sent it: what was written, the revision that was seen (0 for none), on which page."""

    written: Mapping[str, Any]
    seen_revision: int = 0
    mark: PageMark = NO_PAGE


def lock_record(visit: Visit, *, by: User) -> Visit:
    """The visit as stored, locked and held: one that is confirmed and has begun is logged as held on the way.

    Raises RecordIsClosed with why it cannot be written, and YearIsClosed for an archive.
    """
    locked = lock_visit(visit)
    stands = standing(locked)
    if not stands.is_open:
        raise RecordIsClosed(stands.why)
    if stands.logs_as_held:
        log_held(visit=locked, time=date_of(locked), by=by)
    return locked


def write_part(part: Part, sent: Sent, *, by: User) -> Part:
    """Write what was sent into a part whose visit is locked; does nothing where it says the same already.

    Raises ChangedMeanwhile with what is stored when somebody else saved it since the sender saw it: unless the
    same person wrote that from the very page which now sends again.
    """
    if part.written == sent.written:
        return part
    is_new = part.pk is None
    if not is_new:
        check_seen(part, sent, by=by)
    for name, value in sent.written.items():
        setattr(part, name, value)
    part.revision += 0 if is_new else 1
    part.saved_at, part.saved_by, part.page_mark = timezone.now(), by, str(sent.mark)
    # of a row that is there nothing else: a theme may be gathered, or decided about, at this very moment
    part.save(update_fields=None if is_new else [*part.WRITTEN, *_STAMPED])
    return part


def check_seen(part: Written, sent: Sent, *, by: User) -> None:
    """Raises ChangedMeanwhile with what is stored where the sender saw another version, and did not write this one."""
    if part.revision != sent.seen_revision and not _is_own(part, sent.mark, by):
        raise ChangedMeanwhile(part)


def note_begun(visit: Visit, *, by: User) -> None:
    """Write the history line of a record in which nothing stands yet; call it before the first thing is written.

    The line is the only one: what is saved as it is typed would fill the history with lines that say nothing, and
    what they said of parent carers is not for everybody who reads it.
    """
    parts = (Attendance, VisitNotes, Theme, Signposting)
    if not any(model.objects.filter(visit=visit).exists() for model in parts):
        summary = f"{by} began the record of {visit}."
        history.record("visit.record_begun", summary, by=by, target=visit, school=visit.school)


def _is_own(part: Written, mark: PageMark, by: User) -> bool:
    return part.saved_by_id == by.pk and mark.continues(PageMark.read(part.page_mark))
