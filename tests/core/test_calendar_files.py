"""Calendar files, read by two libraries that know nothing of each other."""

import datetime as dt
import re
from dataclasses import replace

import icalendar
import pytest
import vobject
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.calendar_files import Event, Person, cancel, feed, request
from core.words import LONDON
from tests.naughty import naughty_strings

UTC = dt.UTC
HOUR = dt.timedelta(hours=1)
CHANGES = [(2026, 3, 29), (2026, 10, 25), (2027, 3, 28), (2027, 10, 31), (2037, 3, 29), (2037, 10, 25)]
"""Days on which London's clocks change: the last Sundays of March and October."""
EVENT = Event(
    uid="visit-1@pins.example",
    sequence=2,
    starts_at=dt.datetime(2027, 3, 3, 8, 45, tzinfo=LONDON),
    ends_at=dt.datetime(2027, 3, 3, 9, 45, tzinfo=LONDON),
    last_modified=dt.datetime(2027, 1, 2, 3, 4, 5, 678, tzinfo=UTC),
    summary="Meeting parent carers at Oak, Ash; Elm",
    organizer=Person("PACC Shropshire", "pins@pacc.example"),
    attendees=(Person("Jo O’Brien", "jo@oak.example"), Person("", "office@oak.example")),
    location="Oak, School Lane",
    description="Bring nothing.\n\nIt takes an hour.",
    url="https://hub.example/visits/1/",
)
FILES = {"request": request, "cancel": cancel, "feed": lambda event: feed("Visits", [event])}
texts = st.text(max_size=120) | st.sampled_from(naughty_strings())


def every_file(test):
    return pytest.mark.parametrize("make", FILES.values(), ids=list(FILES))(test)


def by_icalendar(file: bytes) -> icalendar.Event:
    (event,) = icalendar.Calendar.from_ical(file).walk("VEVENT")
    return event


def by_vobject(file: bytes):
    return vobject.readOne(file.decode()).vevent


def lines(file: bytes) -> list[str]:
    """The lines as they are meant, put together again."""
    return file.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def entry(file: bytes) -> list[str]:
    """The lines of the event alone."""
    all_lines = lines(file)
    return all_lines[all_lines.index("BEGIN:VEVENT") + 1 : all_lines.index("END:VEVENT")]


def written(text: str) -> str:
    """The text as one line of a file can hold it, found another way than the product finds it."""
    hidden = {*map(chr, range(32)), *map(chr, range(127, 160)), "\ufeff"}
    seen = [" " if one.isspace() else one for one in text]
    return " ".join("".join(one for one in seen if one not in hidden).replace("\\N", "\\n").split())


def names(file: bytes) -> list[str]:
    """What each line of the event is about."""
    return [re.split("[:;]", line)[0] for line in entry(file)]


class TestWhatItSays:
    def test_an_invitation(self):
        assert lines(request(EVENT))[:5] == [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//PINS Hub//Calendar//EN",
            "CALSCALE:GREGORIAN",
            "METHOD:REQUEST",
        ]
        someone = "CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE"
        assert sorted(entry(request(EVENT))) == [
            f'ATTENDEE;CN="Jo O’Brien";{someone}:mailto:jo@oak.example',
            f"ATTENDEE;{someone}:mailto:office@oak.example",
            "DESCRIPTION:Bring nothing.\\n\\nIt takes an hour.",
            "DTEND;TZID=Europe/London:20270303T094500",
            "DTSTAMP:20270102T030405Z",
            "DTSTART;TZID=Europe/London:20270303T084500",
            "LAST-MODIFIED:20270102T030405Z",
            "LOCATION:Oak\\, School Lane",
            'ORGANIZER;CN="PACC Shropshire":mailto:pins@pacc.example',
            "SEQUENCE:2",
            "STATUS:CONFIRMED",
            "SUMMARY:Meeting parent carers at Oak\\, Ash\\; Elm",
            "TRANSP:OPAQUE",
            "UID:visit-1@pins.example",
            "URL:https://hub.example/visits/1/",
        ]

    def test_a_cancellation_names_the_same_event_and_asks_nothing(self):
        said = entry(cancel(replace(EVENT, sequence=3)))
        assert "METHOD:CANCEL" in lines(cancel(EVENT))
        assert {"UID:visit-1@pins.example", "SEQUENCE:3", "STATUS:CANCELLED", "TRANSP:TRANSPARENT"} <= {*said}
        assert "SUMMARY:Cancelled: Meeting parent carers at Oak\\, Ash\\; Elm" in said
        assert not any("RSVP" in line for line in said)

    def test_an_update_has_the_same_uid_and_a_higher_sequence(self):
        moved = replace(EVENT, sequence=3, starts_at=EVENT.starts_at + HOUR, ends_at=EVENT.ends_at + HOUR)
        before, after = by_icalendar(request(EVENT)), by_icalendar(request(moved))
        assert (after["UID"], after["SEQUENCE"]) == (before["UID"], before["SEQUENCE"] + 1)
        assert after.start - before.start == HOUR

    def test_a_feed_has_a_name_says_when_to_ask_again_and_names_nobody_who_comes(self):
        gone = replace(EVENT, uid="visit-2@pins.example", is_cancelled=True)
        file = feed("Visits of Oak, Ash", [EVENT, gone])
        head = lines(file)
        assert {"METHOD:PUBLISH", "X-WR-CALNAME:Visits of Oak\\, Ash", "X-PUBLISHED-TTL:PT1H"} <= {*head}
        assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in head
        assert b"ATTENDEE" not in file
        one, two = icalendar.Calendar.from_ical(file).walk("VEVENT")
        assert (one["STATUS"], two["STATUS"]) == ("CONFIRMED", "CANCELLED")
        assert two["SUMMARY"].startswith("Cancelled: ")

    def test_a_feed_of_nothing_is_a_calendar(self):
        assert icalendar.Calendar.from_ical(feed("Empty", [])).walk("VEVENT") == []
        assert vobject.readOne(feed("Empty", []).decode()).name == "VCALENDAR"

    def test_what_is_not_said_has_no_line(self):
        said = entry(request(replace(EVENT, location="", description="", url="", attendees=())))
        assert not any(line.startswith(("LOCATION", "DESCRIPTION", "URL", "ATTENDEE")) for line in said)

    @every_file
    def test_the_same_event_makes_the_same_bytes(self, make):
        assert make(EVENT) == make(replace(EVENT))
        assert make(EVENT) != make(replace(EVENT, last_modified=EVENT.last_modified + HOUR))

    def test_nobody_is_invited_to_what_was_called_off(self):
        with pytest.raises(ValueError, match="called off"):
            request(replace(EVENT, is_cancelled=True))

    @every_file
    @pytest.mark.parametrize("field", ["starts_at", "ends_at", "last_modified"])
    def test_a_time_without_a_zone_is_refused(self, make, field):
        with pytest.raises(ValueError, match="needs a time zone"):
            make(replace(EVENT, **{field: dt.datetime(2027, 3, 3, 8, 45)}))  # noqa: DTZ001


def times(file: bytes) -> set[tuple[dt.datetime, dt.datetime]]:
    """When it begins and ends, as each library reads it; vobject by the rules in the file itself."""
    one, two = by_icalendar(file), by_vobject(file)
    read = [(one.start, one.end), (two.dtstart.value, two.dtend.value)]
    return {(begins.astimezone(UTC), ends.astimezone(UTC)) for begins, ends in read}


class TestTimes:
    @pytest.mark.parametrize(("year", "month", "day"), CHANGES)
    def test_a_school_morning_is_the_same_clock_time_on_both_sides_of_a_change(self, year, month, day):
        sunday = dt.datetime(year, month, day, 8, 45, tzinfo=LONDON)
        offsets = set()
        for starts_at in (sunday - dt.timedelta(days=2), sunday, sunday + dt.timedelta(days=1)):
            event = replace(EVENT, starts_at=starts_at, ends_at=starts_at + HOUR)
            assert f"DTSTART;TZID=Europe/London:{starts_at:%Y%m%d}T084500" in entry(request(event))
            assert times(request(event)) == {(starts_at.astimezone(UTC), (starts_at + HOUR).astimezone(UTC))}
            offsets.add(starts_at.utcoffset())
        assert len(offsets) == 2

    @pytest.mark.parametrize(("year", "month", "day"), CHANGES)
    @pytest.mark.parametrize("minutes", range(0, 240, 15))
    def test_every_quarter_of_an_hour_around_a_change(self, year, month, day, minutes):
        starts_at = dt.datetime(year, month, day, tzinfo=UTC) + dt.timedelta(minutes=minutes)
        event = replace(EVENT, starts_at=starts_at, ends_at=starts_at + HOUR)
        assert times(request(event)) == {(starts_at, starts_at + HOUR)}

    def test_the_second_coming_of_an_hour_in_october_is_said_in_universal_time(self):
        twice = dt.datetime(2027, 10, 31, 1, 30, tzinfo=LONDON, fold=1)
        event = replace(EVENT, starts_at=twice, ends_at=twice + HOUR)
        assert "DTSTART:20271031T013000Z" in entry(request(event))

    @given(
        starts_at=st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2037, 12, 30), timezones=st.just(UTC)),  # noqa: DTZ001
        minutes=st.integers(5, 3000),
    )
    @settings(max_examples=40, deadline=None)
    def test_any_time_is_read_as_it_was_meant(self, starts_at, minutes):
        starts_at = starts_at.replace(microsecond=0)
        ends_at = starts_at + dt.timedelta(minutes=minutes)
        for make in FILES.values():
            assert times(make(replace(EVENT, starts_at=starts_at, ends_at=ends_at))) == {(starts_at, ends_at)}


class TestTexts:
    @given(text=texts, name=texts, words=texts)
    @example(text="\\", name="\\", words="\\")
    @example(text="\ufeff", name="\ufeffJo", words="C:\\New")
    @settings(max_examples=80, deadline=None)
    def test_any_text_is_read_as_it_was_written_and_adds_no_line(self, text, name, words):
        person = Person(name, "jo@oak.example")
        event = replace(
            EVENT,
            summary=text,
            location=f"{text} Hall",
            description=f"{words} {text}",
            organizer=person,
            attendees=(person,),
        )
        file = request(event)
        assert names(file) == names(request(replace(EVENT, attendees=EVENT.attendees[:1])))
        one, two = by_icalendar(file), by_vobject(file)
        assert (one["SUMMARY"], two.summary.value) == (written(text), written(text))
        assert (one["LOCATION"], two.location.value) == (written(f"{text} Hall"), written(f"{text} Hall"))
        called = written(name).replace('"', "'").replace("\\", "/")
        assert one["ATTENDEE"].params.get("CN", "") == called
        assert one["ORGANIZER"].params.get("CN", "") == called

    @given(text=texts)
    @settings(max_examples=40, deadline=None)
    def test_lines_are_folded_at_75_octets_and_end_as_the_rules_say(self, text):
        event = replace(
            EVENT, summary=text, description=text * 3, attendees=(Person(text, "jo@oak.example"),)
        )
        for make in FILES.values():
            file = make(event)
            assert file.endswith(b"END:VCALENDAR\r\n")
            assert file.count(b"\n") == file.count(b"\r") == file.count(b"\r\n")
            assert all(len(line) <= 75 for line in file.split(b"\r\n"))
            for line in file.split(b"\r\n"):
                line.decode()  # no letter is torn apart

    @pytest.mark.parametrize(
        "text", ["a\r\nATTENDEE:mailto:x@evil.example", "a\nX\tY", "a\x00\x1b\x85b\u2028c"]
    )
    def test_a_name_brings_in_no_line_and_no_tab(self, text):
        event = replace(
            EVENT,
            uid=text,
            summary=text,
            location=text,
            url=text,
            organizer=Person(text, text),
            attendees=(Person(text, text),),
        )
        for file in (request(event), cancel(event), feed(text, [event])):
            assert not any(line.startswith(("X\t", "X ", "ATTENDEE:")) for line in lines(file))
            assert not {"\t", "\x00", "\x1b", "\x85", "\u2028"} & {*file.decode()}

    def test_a_description_keeps_its_lines(self):
        event = replace(EVENT, description="One\r\n\r\n  Two\tand\x0bThree\n")
        assert by_icalendar(request(event))["DESCRIPTION"] == "One\n\nTwo and\nThree"
        assert by_vobject(request(event)).description.value == "One\n\nTwo and\nThree"
