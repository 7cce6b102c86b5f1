"""What is written to the people of a visit, and what goes into their calendars with it.

Each function is part of the transaction that changes the visit, which has counted `calendar_sequence` up before: a
calendar ignores what comes with no higher number. Nothing is written about what is past: a visit of last term that
is entered late concerns no calendar.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from accounts.models import User
from core import emails
from core.calendar_files import Event, Method, cancel, request
from core.models import ProgrammeSettings
from core.words import date_words, datetime_words
from visits.calendar import event_of, page_of, when, where
from visits.models import Visit
from visits.queries.concerned import as_person, everybody, who_goes

KIND = "Visit"
FILES = {Method.REQUEST: request, Method.CANCEL: cancel}


def invited(visit: Visit) -> None:
    """Invite everybody concerned to a visit that was confirmed."""
    if not visit.is_over:
        subject = f"Visit to {visit.school} at {_start(visit)}"
        _send(Method.REQUEST, _event(visit), subject, "visit_invited", _about(visit))


def moved(
    visit: Visit, *, before: datetime | None = None, reason: str = "", gone: Collection[User] = ()
) -> None:
    """Tell everybody that a visit has another time, place or worker; their calendars take it over.

    `before` is when it was to begin, if that has changed. Workers who are `gone` have it taken out of theirs.
    """
    if visit.is_over:
        return
    subject = f"Changed: visit to {visit.school}, now at {_start(visit)}"
    context = {**_about(visit), "before": before, "reason": reason}
    event = _event(visit)
    _send(Method.REQUEST, event, subject, "visit_moved", context)
    staying = {person.mail for person in event.attendees}
    leaving = [user for user in gone if user.email not in staying]
    if leaving:
        subject = f"No longer yours: visit to {visit.school} at {_start(visit)}"
        _send(Method.CANCEL, _event(visit, leaving), subject, "visit_not_yours", context)


def called_off(visit: Visit, *, reason: str = "") -> None:
    """Tell everybody that a visit does not take place, and take it out of their calendars.

    Called while the visit still has its time: one whose date is taken back has none afterwards.
    """
    if visit.starts_at is not None and not visit.is_over:
        subject = f"Called off: visit to {visit.school} on {date_words(visit.starts_at)}"
        _send(Method.CANCEL, _event(visit), subject, "visit_called_off", {**_about(visit), "reason": reason})


def reminded(visit: Visit) -> None:
    """Remind everybody of a visit that comes near; their calendars have it already."""
    subject = f"Reminder: visit to {visit.school} at {_start(visit)}"
    context = _about(visit)
    for person in everybody(visit):
        body = render_to_string("emails/visit_reminder.txt", {**context, "person": person})
        emails.queue(to=person.mail, subject=subject, body=body, kind=KIND)


def _send(method: Method, event: Event, subject: str, template: str, context: dict[str, Any]) -> None:
    file = FILES[method](event)
    for person in event.attendees:
        body = render_to_string(f"emails/{template}.txt", {**context, "person": person})
        emails.queue(
            to=person.mail, subject=subject, body=body, kind=KIND, calendar=file, method=method.value
        )


def _event(visit: Visit, users: Collection[User] | None = None) -> Event:
    people = everybody(visit) if users is None else map(as_person, users)
    return event_of(visit, ProgrammeSettings.load(), attendees=people)


def _about(visit: Visit) -> dict[str, Any]:
    starts_at, ends_at = visit.starts_at, visit.ends_at
    return {
        "programme": ProgrammeSettings.load(),
        "visit": visit,
        "when": when(starts_at, ends_at) if starts_at and ends_at else "",
        "where": where(visit),
        "who": ", ".join(map(str, who_goes(visit))),
        "link": page_of(visit),
    }


def _start(visit: Visit) -> str:
    return datetime_words(visit.starts_at) if visit.starts_at else ""
