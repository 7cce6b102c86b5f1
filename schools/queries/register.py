"""What the pages of the register show: how far a run is, its counts in words, its differences field by field."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from core.look import Step, SummaryRow
from core.models import Heartbeat
from core.spreadsheets import Cell, Table
from core.words import date_words
from schools.models import RegisterDifference, RegisterRun, School
from schools.models.register import RegisterDifferenceQuerySet

LONG = timedelta(seconds=60)
"""A run that waits longer than this for a worker owes the reader an explanation."""
LABELS = {
    "name": "Name",
    "status": "Status",
    "phase": "Phase",
    "type_name": "Type",
    "la_code": "Local authority",
    "laestab": "LAESTAB",
    "town": "Town",
    "postcode": "Postcode",
    "opened_on": "Opened",
    "closed_on": "Closed",
    "website": "Website",
    "telephone": "Telephone",
    "pupils": "Pupils",
    "trust": "Trust",
    "easting": "Easting",
    "northing": "Northing",
    "urn": "URN",
    "valid_from": "First day under this URN",
    "urns": "URNs, the first one first",
}
SAID_OF_A_NEW_SCHOOL = ("phase", "town", "postcode", "status", "urns")
"""What the page says of a school that is new here; the files have all of it."""


@dataclass(frozen=True)
class FieldChange:
    """One field of one school, in words."""

    label: str
    before: str
    after: str


def field_changes(difference: RegisterDifference) -> list[FieldChange]:
    """The fields that a person reads on the page."""
    is_new = difference.kind == RegisterDifference.Kind.NEW
    return [
        FieldChange(LABELS.get(name, name), _words(name, before), _words(name, after))
        for name, (before, after) in difference.fields.items()
        if not is_new or (name in SAID_OF_A_NEW_SCHOOL and after != "Not applicable")
    ]


def _words(name: str, value: Any) -> str:
    if value in ("", None):
        return "nothing"
    if name == "status":
        return str(School.Status(value).label)
    if name in ("opened_on", "closed_on", "valid_from"):
        return date_words(date.fromisoformat(value))
    return str(value)


def differences_table(found: RegisterDifferenceQuerySet) -> Table:
    """A row for each field of each school that a run changes."""
    return Table(
        title="What the register changes",
        header=["URN", "School", "In the programme", "What", "Field", "Before", "After"],
        rows=_rows(found),
    )


def _rows(found: RegisterDifferenceQuerySet) -> Iterator[list[Cell]]:
    for one in found.iterator(chunk_size=500):
        ours = "yes" if one.is_in_programme else ""
        for name, (before, after) in one.fields.items():
            label = LABELS.get(name, name)
            yield [one.urn, one.name, ours, one.get_kind_display(), label, _cell(before), _cell(after)]


def _cell(value: Any) -> Cell:
    return value if isinstance(value, int | str) else None


def counted(run: RegisterRun) -> list[SummaryRow]:
    """The counts of a run that was checked, in the order in which they matter."""
    counts = run.counts
    if not counts:
        return []
    done = run.outcome == RegisterRun.Outcome.APPLIED
    lines = [
        ("Rows in the file", f"{counts['rows']:,} ({counts['encoding']})"),
        ("Schools with a new URN", f"{counts['renumbered']:,}"),
        ("Schools that have closed", f"{counts['closed']:,}"),
        ("Schools with other changes", f"{counts['changed']:,}"),
        ("Schools new here", f"{counts['new']:,}"),
        ("Schools as they were", f"{counts['same']:,}"),
        ("Rows of former URNs, left alone", f"{counts['former']:,}"),
        ("Changed schools that are in the programme", f"{counts['in_programme']:,}"),
        ("Successions left for a person" if done else "Successions for a person", f"{counts['waiting']:,}"),
    ]
    return [SummaryRow(key, value) for key, value in lines]


@dataclass(frozen=True)
class RunProgress:
    """What a page can say of a run that a worker is to do, or does."""

    steps: tuple[Step, ...]
    waits_long: bool
    heartbeat: datetime | None
    tried_again_at: datetime | None


def progress_of(run: RegisterRun) -> RunProgress:
    """Where this waiting run stands."""
    working = run.status == RegisterRun.Status.WORKING
    applies = run.step == RegisterRun.Step.APPLY
    reading = "Reading the file once more and comparing" if applies else "Reading the file and comparing"
    last = "Applied: the schools are up to date" if applies else "Ready for you to review"
    beat = Heartbeat.objects.filter(name=Heartbeat.WORKER).first()
    held_back = bool(run.failure) and run.not_before > timezone.now()
    return RunProgress(
        steps=(
            Step("Waiting for its turn", "done" if working else "now"),
            Step(reading, "now" if working else "later"),
            Step(last, "later"),
        ),
        waits_long=not working and timezone.now() - run.queued_at > LONG,
        heartbeat=beat.at if beat else None,
        tried_again_at=run.not_before if held_back else None,
    )
