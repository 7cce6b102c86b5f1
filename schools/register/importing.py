"""The whole import: read and check, compare, then write the differences."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.db import IntegrityError

from accounts.models import User
from schools.models import Participation, School
from schools.register.apply import write
from schools.register.plan import Plan, Planner
from schools.register.reading import (
    MOST_PROBLEMS,
    Problem,
    RegisterReader,
    RegisterRefusedError,
    refuse,
)
from schools.register.rows import REQUIRED, WANTED, RegisterRow, read_row
from schools.register.succession import Successions, read_links
from schools.register.whereabouts import Whereabouts


@dataclass
class Checked:
    """What a first reading of the whole file found."""

    urns: dict[int, int] = field(default_factory=dict)
    """Each URN with its line."""
    whereabouts: Whereabouts = field(default_factory=Whereabouts)
    notes: list[Problem] = field(default_factory=list)
    notes_in_all: int = 0

    def note(self, line: int, text: str) -> None:
        """Something that was left out of the import, and why."""
        self.notes_in_all += 1
        if len(self.notes) < MOST_PROBLEMS:
            self.notes.append(Problem(line, text))


@dataclass(frozen=True)
class Summary:
    """What the import did, or with `check` would do."""

    encoding: str
    rows: int
    plan: Plan
    closed: list[str]
    """Names of schools in the programme that the register now calls closed, without a successor."""
    notes: list[Problem]
    notes_in_all: int

    @property
    def changed(self) -> int:
        """Schools with other differences than a new URN."""
        return len(set(self.plan.changes) - {move.school.pk for move in self.plan.moves})


def import_register(
    *, file: Path, links: Path | None = None, check: bool = False, by: User | None = None
) -> Summary:
    """Bring the schools up to date with a register file, and with its links file their URNs.

    Everything is read and compared first; the differences are written in one transaction, unless `check`
    is set. Raises RegisterRefusedError, with nothing changed, when a file cannot be used.
    """
    reader = RegisterReader(file, wanted=WANTED, required=REQUIRED)
    checked = _check(reader)
    successions = read_links(links, known=checked.urns) if links else Successions()
    plan = Planner(successions).build(_rows(reader, checked))
    closed = _closed_in_programme(plan)
    if not check:
        try:
            write(plan, source=file.name.encode(errors="replace").decode(), by=by)
        except IntegrityError:
            raise refuse(
                file, 0, "Somebody else changed the same schools meanwhile. Run the import again."
            ) from None
    return Summary(reader.encoding, len(checked.urns), plan, closed, checked.notes, checked.notes_in_all)


def _check(reader: RegisterReader) -> Checked:
    """Read the whole file once; raises RegisterRefusedError with everything that is wrong with it."""
    checked = Checked()
    problems: list[Problem] = []
    for line in reader:
        row, errors, notes = read_row(line)
        if row is not None and row.urn in checked.urns:
            first = checked.urns[row.urn]
            errors = [f"URN {row.urn} is on line {first} already. Remove one of the two rows."]
        problems += [Problem(line.number, words) for words in errors]
        if len(problems) >= MOST_PROBLEMS:
            problems[MOST_PROBLEMS:] = [Problem(0, "There may be more; the reading stopped here.")]
            break
        for words in notes:
            checked.note(line.number, words)
        if row is not None:
            checked.urns.setdefault(row.urn, row.line)
            checked.whereabouts.add(row)
    if problems:
        raise RegisterRefusedError(reader.path.name, problems)
    if not checked.urns:
        raise refuse(reader.path, 0, "The file has a heading and no rows. Download it again.")
    return checked


def _rows(reader: RegisterReader, checked: Checked) -> Iterator[RegisterRow]:
    """The rows of a file that was checked, without points that cannot be right."""
    for line in reader:
        row, _, _ = read_row(line)
        if row is None:
            raise refuse(
                reader.path, line.number, "The file changed while it was read. Run the import again."
            )
        if checked.whereabouts.is_far(row):
            checked.note(row.line, f"The point {row.point} is far from its county; it was left out.")
            yield replace(row, values={**row.values, "easting": None, "northing": None})
        else:
            yield row


def _closed_in_programme(plan: Plan) -> list[str]:
    closing = [
        change.school
        for change in plan.changes.values()
        if change.values.get("status") == School.Status.CLOSED
    ]
    taking_part = Participation.objects.filter(school__in=closing).values_list("school_id", flat=True)
    wanted = set(taking_part)
    return sorted(school.name for school in closing if school.pk in wanted)
