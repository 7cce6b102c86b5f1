"""A visit as calendars show it: when, where and what for, and nothing of what was said there."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from core.calendar_files import Event, Person
from core.models import ProgrammeSettings
from core.words import time_words, weekday_words
from visits.enums import VisitStatus
from visits.models import Visit


def event_of(visit: Visit, programme: ProgrammeSettings, *, attendees: Iterable[Person] = ()) -> Event:
    """The visit, which has its time, as an event of the forum's.

    The forum invites, not the worker: calendars take an update only from whoever invited, and workers change.
    """
    if visit.starts_at is None or visit.ends_at is None:
        raise ValueError("A visit without a date is in no calendar.")
    return Event(
        uid=str(visit.calendar_uid),
        sequence=visit.calendar_sequence,
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        last_modified=visit.calendar_changed_at,
        summary=f"{programme.programme_short_name}: {visit.step}, {visit.school}",
        organizer=Person(programme.forum_name, programme.contact_email),
        attendees=tuple(attendees),
        location=where(visit),
        description=f"Visit {visit.step_id}. {visit.step.purpose}\n\n{address_of(visit)}",
        url=address_of(visit),
        is_cancelled=visit.status == VisitStatus.CANCELLED,
    )


def where(visit: Visit) -> str:
    """The place in one line: the online address, or the room, the school and its postcode."""
    if visit.is_online:
        return f"Online: {visit.place}" if visit.place else "Online"
    school = visit.school
    return ", ".join(filter(None, (visit.place, school.name, school.town, school.postcode)))


def when(starts_at: datetime, ends_at: datetime) -> str:
    """8:45am to 9:45am on Monday 5 October 2026."""
    return f"{time_words(starts_at)} to {time_words(ends_at)} on {weekday_words(starts_at)}"


def address_of(visit: Visit) -> str:
    """The address of the visit's page, for whoever signs in and may see it."""
    return f"{settings.SITE_URL}{visit.get_absolute_url()}"
