"""Reminding people of a visit that comes near: a week and a day before, once each."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from core.words import local
from visits import emails
from visits.enums import VisitStatus
from visits.models import Visit, VisitReminder

BEFORE = {VisitReminder.Kind.WEEK: timedelta(days=7), VisitReminder.Kind.DAY: timedelta(days=1)}
"""How long before, on London's clocks: the day before at the same time, on either side of a clock change."""


def plan_reminders(visit: Visit) -> None:
    """Wait to remind of this confirmed visit, in place of what waited for another time of it.

    Part of the transaction that confirms or moves it. What would have been due already is left out.
    """
    drop_reminders(visit)
    if visit.starts_at is None:
        return
    now = timezone.now()
    for kind, ahead in BEFORE.items():
        due = local(visit.starts_at) - ahead
        if due > now:
            VisitReminder.objects.get_or_create(
                visit=visit, kind=kind, starts_at=visit.starts_at, defaults={"not_before": due}
            )


def drop_reminders(visit: Visit) -> None:
    """Remind nobody of this visit any more; part of the transaction that calls it off or takes its date back."""
    VisitReminder.objects.filter(visit=visit, status=VisitReminder.Status.QUEUED).delete()


def remind(pk: int) -> None:
    """Send the reminder with this id to everybody concerned, if nobody has yet and the visit still stands.

    Safe to run any number of times: the mail is queued in the transaction that notes it as sent.
    """
    claim = VisitReminder.objects.claim(pk)
    if claim is None:
        return
    with transaction.atomic():
        reminder = VisitReminder.objects.held_by(claim).first()
        visit = _locked(reminder) if reminder is not None else None
        if reminder is None:
            return
        if visit is None or _is_too_late(reminder):
            VisitReminder.objects.held_by(claim).delete()
        elif VisitReminder.objects.finish(claim):
            emails.reminded(visit)


def _locked(reminder: VisitReminder) -> Visit | None:
    """The visit, which nobody moves until the mail is queued; None if it does not stand as it did then."""
    taking_part = Visit.objects.of_schools_taking_part().select_for_update(of=("self",)).with_names()
    return taking_part.filter(
        pk=reminder.visit_id,
        status=VisitStatus.CONFIRMED,
        starts_at=reminder.starts_at,
        starts_at__gt=timezone.now(),
    ).first()


def _is_too_late(reminder: VisitReminder) -> bool:
    """Whether it is the turn of the reminder of a day before, after a time in which nothing was sent."""
    is_week = reminder.kind == VisitReminder.Kind.WEEK
    return is_week and local(reminder.starts_at) - BEFORE[VisitReminder.Kind.DAY] <= timezone.now()
