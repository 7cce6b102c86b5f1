"""What every move of a visit has in common: a locked row in an open year, a move of the table, a reason if owed."""

from django.utils import timezone

from schools.services.years import lock_open_year
from visits.enums import VisitStatus, move_between
from visits.models import Visit
from visits.queries.owed import takes_part
from visits.services.errors import MoveNotAllowed, ReasonOwed, SchoolIsNotInTheYear, VisitGone


def lock_visit(visit: Visit) -> Visit:
    """The visit as stored, locked until the transaction ends. Raises YearIsClosed for an archive, and VisitGone."""
    lock_open_year(visit.programme_year)
    stored = Visit.objects.select_for_update(of=("self",)).with_names().filter(pk=visit.pk).first()
    if stored is None:
        raise VisitGone
    return stored


def check_move(visit: Visit, to: VisitStatus, *, reason: str = "") -> None:
    """Raises MoveNotAllowed where there is no such move, ReasonOwed where one is owed and none was given."""
    move = move_between(visit.status, to)
    if move is None:
        stands = visit.get_status_display().lower()
        raise MoveNotAllowed(f"{visit} is “{stands}” now: this cannot be done from there.")
    if move.owes_reason and not reason.strip():
        raise ReasonOwed


def check_takes_part(visit: Visit) -> None:
    """Raises SchoolIsNotInTheYear when the school withdrew from the year, or never had a part in it."""
    if not takes_part(visit):
        raise SchoolIsNotInTheYear(f"{visit.school} does not take part in {visit.programme_year}.")


def write_status(visit: Visit, to: VisitStatus, *fields: str) -> None:
    """Store the status of a locked visit with what else changed; calendars learn of it where they tell it."""
    told = Visit.objects.get(pk=visit.pk).told_by_calendars
    visit.status = to
    visit.changed_at = timezone.now()
    if visit.told_by_calendars != told:
        visit.calendar_changed_at = visit.changed_at
    visit.save(update_fields=["status", "changed_at", "calendar_changed_at", *fields])
