"""Calendar files (iCalendar, RFC 5545): an invitation, its cancellation, and a feed that calendars subscribe to.

Pure functions: the same events make the same bytes, so that a feed's ETag changes only with what it says.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from icalendar import Calendar, Component, Timezone, vCalAddress, vDuration, vText, vUri
from icalendar import Event as Entry

from core.words import LONDON

PRODUCT = "-//PINS Hub//Calendar//EN"
ASK_AGAIN_AFTER = dt.timedelta(hours=1)
"""How long a calendar that subscribes to a feed may wait before it asks again; some wait a day all the same."""
CLOCKS = b"""BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""
"""London's two clock changes as the two rules that every calendar program knows, in place of a list of dates."""


class Method(StrEnum):
    """What a calendar program is asked to do with a file; also a parameter of the mail's part that carries it."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


class Person(NamedTuple):
    """Somebody in an event."""

    name: str
    mail: str


@dataclass(frozen=True, kw_only=True)
class Event:
    """What happens when and where. Its `uid` never changes; each change of it has a higher `sequence`."""

    uid: str
    sequence: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    last_modified: dt.datetime
    summary: str
    organizer: Person
    attendees: tuple[Person, ...] = ()
    location: str = ""
    description: str = ""
    url: str = ""
    is_cancelled: bool = False


def request(event: Event) -> bytes:
    """The invitation; with an earlier `uid` and a higher `sequence` it updates what was sent before.

    Raises ValueError for a time without a time zone, and for an event that was called off.
    """
    if event.is_cancelled:
        raise ValueError("Nobody is invited to what was called off.")
    calendar = _calendar(Method.REQUEST)
    calendar.add_component(_invitation(event))
    return _written(calendar)


def cancel(event: Event) -> bytes:
    """Takes the event out of the calendars that have it; its `sequence` is higher than the last one sent."""
    calendar = _calendar(Method.CANCEL)
    calendar.add_component(_invitation(event, is_cancelled=True))
    return _written(calendar)


def feed(name: str, events: Iterable[Event]) -> bytes:
    """All events in the order given, for calendars that subscribe; nobody in it is named but the organizer."""
    calendar = _calendar(Method.PUBLISH)
    for label in ("NAME", "X-WR-CALNAME"):
        calendar.add(label, vText(_one_line(name)))
    calendar.add("X-WR-TIMEZONE", vText(LONDON.key))
    calendar.add("REFRESH-INTERVAL", vDuration(ASK_AGAIN_AFTER), parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(ASK_AGAIN_AFTER))
    for event in events:
        calendar.add_component(_entry(event, is_cancelled=event.is_cancelled))
    return _written(calendar)


def _calendar(method: Method) -> Calendar:
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", method.value)
    calendar.add_component(Timezone.from_ical(CLOCKS))
    return calendar


def _written(calendar: Calendar) -> bytes:
    file: bytes = calendar.to_ical()
    return file


def _invitation(event: Event, *, is_cancelled: bool = False) -> Component:
    entry = _entry(event, is_cancelled=is_cancelled)
    asks = {} if is_cancelled else {"PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
    for person in event.attendees:
        role = {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", **asks}
        entry.add("ATTENDEE", _address(person), parameters=role)
    return entry


def _entry(event: Event, *, is_cancelled: bool) -> Entry:
    entry = Entry()
    entry.add("UID", _one_line(event.uid))
    entry.add("SEQUENCE", event.sequence)
    entry.add("DTSTAMP", _universal(event.last_modified))
    entry.add("LAST-MODIFIED", _universal(event.last_modified))
    starts_at, ends_at = _on_the_clock(event.starts_at, event.ends_at)
    entry.add("DTSTART", starts_at)
    entry.add("DTEND", ends_at)
    summary = _one_line(event.summary)
    # Some calendars keep what was called off and show no status: the words have to say it.
    entry.add("SUMMARY", f"Cancelled: {summary}" if is_cancelled else summary)
    entry.add("STATUS", "CANCELLED" if is_cancelled else "CONFIRMED")
    entry.add("TRANSP", "TRANSPARENT" if is_cancelled else "OPAQUE")
    entry.add("ORGANIZER", _address(event.organizer))
    if event.location:
        entry.add("LOCATION", _one_line(event.location))
    if event.description:
        entry.add("DESCRIPTION", _lines(event.description))
    if event.url:
        entry.add("URL", vUri(_without_gaps(event.url)))
    return entry


def _address(person: Person) -> vCalAddress:
    address = vCalAddress(f"mailto:{_without_gaps(person.mail)}")
    # A quotation mark ends a parameter, few programs know the later way of writing one, and some take a backslash
    # for the beginning of one.
    name = _one_line(person.name).replace('"', "'").replace("\\", "/")
    if name:
        address.params["CN"] = name
    return address


def _on_the_clock(*moments: dt.datetime) -> list[dt.datetime]:
    """The moments on London's clocks; in universal time when one is in the hour that comes twice in October.

    A clock time in that hour means its first coming, so that the second can be said in no other way.
    """
    universal = [_universal(moment) for moment in moments]
    here = [moment.astimezone(LONDON) for moment in universal]
    return universal if any(moment.fold for moment in here) else here


def _universal(moment: dt.datetime) -> dt.datetime:
    if moment.tzinfo is None:
        raise ValueError("A time in a calendar file needs a time zone.")
    return moment.astimezone(dt.UTC)


def _one_line(text: str) -> str:
    """The text without line breaks, tabs and what cannot be seen or written."""
    return " ".join(_clean(" ".join(text.split())).split())


def _lines(text: str) -> str:
    return "\n".join(_one_line(line) for line in text.splitlines()).strip()


def _without_gaps(text: str) -> str:
    return "".join(_clean(text).split())


def _clean(text: str) -> str:
    """Without control characters, lone surrogates and byte order marks, none of which a file can hold."""
    kept = (one for one in text if one != "\ufeff" and unicodedata.category(one) not in ("Cc", "Cs"))
    return "".join(kept).replace("\\N", "\\n")  # at the first icalendar breaks lines
