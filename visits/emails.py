"""What is written to the people of a visit, and what goes into their calendars with it.

Each function is part of the transaction that changes the visit. Nothing is written about what is past: a visit of
last term that is entered late concerns no calendar.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core import emails
from core.calendar_files import Event, Method, Person, cancel, request
from core.models import ProgrammeSettings
from core.words import local, time_words, weekday_words
from visits.calendar import address_of, event_of, when, where
from visits.models import Visit
from visits.queries.concerned import as_person, everybody, who_goes
from visits.who_words import WHO_COMES

KIND = "Visit"


class Then(StrEnum):
    """What follows a visit that is called off."""

    ANOTHER = "another"
    NO_OTHER = "no other"
    UNSAID = ""


def invited(visit: Visit, *, by: object) -> None:
    """Invite everybody concerned to a visit that was confirmed, by whom in words or as a person."""
    if not visit.is_over:
        subject = f"Visit to {visit.school} at {_start(visit)}"
        feeds = f"{settings.SITE_URL}{reverse('visits:feeds')}"
        _invite(visit, everybody(visit), subject, "visit_invited", {"by": by, "feeds": feeds})


def moved(visit: Visit, *, before: datetime, reason: str, by: object) -> None:
    """Tell everybody that a visit has another time or place, which their calendars take over.

    `before` is when it was to begin.
    """
    if not visit.is_over:
        has_another_time = before != visit.starts_at
        when_now = f", now at {_start(visit)}" if has_another_time else f" at {_start(visit)}"
        subject = f"Changed: visit to {visit.school}{when_now}"
        context = {"by": by, "before": before, "reason": reason, "is_later": has_another_time}
        _invite(visit, everybody(visit), subject, "visit_moved", context)


def called_off(visit: Visit, *, reason: str, by: object, then: Then = Then.UNSAID) -> None:
    """Tell everybody that a visit does not take place and what comes `then`, and take it out of their calendars.

    Called while the visit still has its time: one whose date is taken back has none afterwards.
    """
    if visit.starts_at is not None and not visit.is_over:
        _cancel(visit, everybody(visit), "visit_called_off", {"by": by, "reason": reason, "then": then})


def workers_changed(visit: Visit, *, gone: Collection[User], by: object) -> None:
    """Tell everybody who comes now, and take the visit out of the calendars of workers who do not."""
    if visit.starts_at is None or visit.is_over:
        return
    subject = f"{WHO_COMES}: visit to {visit.school} at {_start(visit)}"
    _invite(visit, everybody(visit), subject, "visit_workers", {"by": by})
    staying = {person.mail for person in everybody(visit)}
    leaving = [as_person(user) for user in gone if user.email not in staying]
    _cancel(visit, leaving, "visit_not_yours", {"by": by})


def reminded(visit: Visit) -> None:
    """Remind everybody of a visit that comes near."""
    subject = f"Reminder: visit to {visit.school} at {_start(visit)}"
    context = _about(visit)
    for person in everybody(visit):
        emails.queue(
            to=person.mail, subject=subject, body=_body("visit_reminder", person, context), kind=KIND
        )


def _invite(
    visit: Visit, people: Iterable[Person], subject: str, template: str, more: dict[str, Any]
) -> None:
    event = _next(visit, people)
    context, file = {**_about(visit), **more}, request(event)
    for person in event.attendees:
        emails.queue(
            to=person.mail,
            subject=subject,
            body=_body(template, person, context),
            kind=KIND,
            calendar=file,
            method=Method.REQUEST,
        )


def _cancel(visit: Visit, people: Collection[Person], template: str, more: dict[str, Any]) -> None:
    if not people:
        return
    event = _next(visit, people)
    context, file = {**_about(visit), **more}, cancel(event)
    subject = f"Called off: visit to {visit.school} on {weekday_words(event.starts_at)}"
    for person in event.attendees:
        emails.queue(
            to=person.mail,
            subject=subject,
            body=_body(template, person, context),
            kind=KIND,
            calendar=file,
            method=Method.CANCEL,
        )


def _next(visit: Visit, people: Iterable[Person]) -> Event:
    """The event under a higher number than any that was sent: calendars ignore what comes with a lower one."""
    visit.calendar_sequence += 1
    visit.changed_at = timezone.now()
    visit.save(update_fields=["calendar_sequence", "changed_at"])
    event = event_of(visit, ProgrammeSettings.load(), attendees=people)
    return replace(event, last_modified=visit.changed_at)


def _about(visit: Visit) -> dict[str, Any]:
    starts_at, ends_at = visit.starts_at, visit.ends_at
    return {
        "programme": ProgrammeSettings.load(),
        "visit": visit,
        "when": when(starts_at, ends_at) if starts_at and ends_at else "",
        "is_soon": starts_at is not None
        and local(starts_at).date() <= timezone.localdate() + timedelta(days=1),
        "where": where(visit),
        "who_comes": WHO_COMES,
        "who": ", ".join(f"{one} ({one.email})" if one.name else one.email for one in who_goes(visit)),
        "link": address_of(visit),
    }


def _body(template: str, person: Person, context: dict[str, Any]) -> str:
    mail = getattr(context.get("by"), "email", "")
    is_own = bool(mail) and mail.lower() == person.mail.lower()
    return render_to_string(f"emails/{template}.txt", {**context, "person": person, "is_own": is_own})


def _start(visit: Visit) -> str:
    at = visit.starts_at
    return f"{time_words(at)} on {weekday_words(at)}" if at else ""
