"""The whole import: read and check, compare, then write the differences."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from schools.models import RegisterRun
from schools.register.apply import MeanwhileError, edition, write
from schools.register.comparison import Comparison, Kept
from schools.register.differences import Difference, Kind, of_known_schools
from schools.register.fewer import Rows
from schools.register.plan import Plan
from schools.register.planning import Planner
from schools.register.reading import (
    MOST_PROBLEMS,
    Problem,
    RegisterReader,
    RegisterRefusedError,
    count_lines,
    refuse,
)
from schools.register.rows import REQUIRED, WANTED, RegisterRow, RowReader
from schools.register.stored import CHUNK
from schools.register.succession import Successions, read_links
from schools.register.whereabouts import Whereabouts

Progress = Callable[[int, int], None]
"""Called now and then with the rows read so far and about how many there are."""


@dataclass(frozen=True)
class Summary:
    """What the import did, or with `check` would do."""

    encoding: str
    rows: int
    plan: Plan
    closed: list[str]
    """Names of schools in the programme that the register now calls closed, without a successor."""
    renamed: list[tuple[str, str]]
    """Former and new name of schools in the programme."""
    notes: list[Problem]
    notes_in_all: int

    @property
    def changed(self) -> int:
        """Schools with other differences than a new URN."""
        return self.plan.changed


def import_register(
    *,
    file: Path,
    links: Path | None = None,
    check: bool = False,
    allow_fewer: bool = False,
    by: User | None = None,
) -> Summary:
    """Bring the schools up to date with a register file, and with its links file their URNs.

    Everything is read and compared first; the differences are written in one transaction, unless `check`
    is set. Raises RegisterRefusedError, with nothing changed, when a file cannot be used.
    """
    found = compare(file, links, allow_fewer=allow_fewer)
    plan = found.plan
    told = of_known_schools(plan)
    if not check:
        try:
            _write(found, told, file, links, by)
        except (IntegrityError, MeanwhileError):
            raise refuse(
                file, 0, "Somebody else changed the same schools meanwhile. Run the import again."
            ) from None
    ours = [one for one in told if one.is_in_programme]
    closed = sorted(one.name for one in ours if one.kind == Kind.CLOSED)
    renamed = sorted((one.fields["name"][0], one.fields["name"][1]) for one in ours if "name" in one.fields)
    return Summary(found.encoding, found.rows, plan, closed, renamed, found.notes, found.notes_in_all)


def _write(
    found: Comparison, told: list[Difference], file: Path, links: Path | None, by: User | None
) -> None:
    now = timezone.now()
    with transaction.atomic():
        run = RegisterRun.objects.create(
            status=RegisterRun.Status.DONE,
            step=RegisterRun.Step.APPLY,
            outcome=RegisterRun.Outcome.APPLIED,
            asked_by=by,
            file_name=_name(file),
            links_name=_name(links) if links else "",
            rows_read=found.rows,
            rows_in_all=found.rows,
            written_at=now,
        )
        kept = Kept(run)
        kept.keep(told)
        RegisterRun.objects.filter(pk=run.pk).update(**kept.report_on(found))
        write(found.plan, run=run, compared_at=found.compared_at, by=by)


def _name(file: Path) -> str:
    """A file's name as the database can hold it, whatever its bytes are."""
    return file.name.encode(errors="replace").decode()[:120]


def compare(
    file: Path, links: Path | None, *, allow_fewer: bool = False, progress: Progress | None = None
) -> Comparison:
    """Read the whole file once beside what is stored; writes nothing.

    Raises RegisterRefusedError with everything that is wrong with the file.
    """
    reader = RegisterReader(file, wanted=WANTED, required=REQUIRED)
    successions = read_links(links) if links else Successions()
    return _Reading(reader, successions, progress).compare(allow_fewer=allow_fewer)


class _Reading:
    """One reading of a file, row by row, so many at a time as one query takes."""

    def __init__(self, reader: RegisterReader, successions: Successions, progress: Progress | None) -> None:
        self.reader = reader
        self.rows = RowReader(reader.columns)
        self.planner = Planner(successions, self.rows.names)
        self.whereabouts = Whereabouts()
        self.counted = Rows()
        self.problems: list[Problem] = []
        self.found = Comparison(reader.encoding, edition())
        self.progress = progress

    def compare(self, *, allow_fewer: bool) -> Comparison:
        """All of it; raises RegisterRefusedError."""
        found = self.found
        self._read()
        if not found.urns:
            raise refuse(self.reader.path, 0, "The file has a heading and no rows. Download it again.")
        if not allow_fewer and (words := self.counted.why_too_few()):
            raise refuse(self.reader.path, 0, words)
        for line, point in self.whereabouts.far():
            found.note(line, f"The point {point} is far from its county; it was left out.")
        found.plan = self.planner.finish(self.whereabouts, found.urns)
        return found

    def _read(self) -> None:
        """Every row once; raises RegisterRefusedError."""
        lines = self.reader.cells()
        in_all = count_lines(self.reader.path) - 1 if self.progress else 0
        while chunk := list(islice(lines, CHUNK)):
            rows = [row for number, cells in chunk if (row := self._row(number, cells)) is not None]
            if len(self.problems) >= MOST_PROBLEMS:
                self.problems[MOST_PROBLEMS:] = [Problem(0, "There may be more; the reading stopped here.")]
                break
            if not self.problems:
                self.planner.take(rows)
            if self.progress:
                self.progress(len(self.found.urns), max(in_all, len(self.found.urns)))
        if self.problems:
            raise RegisterRefusedError(self.reader.path.name, self.problems)

    def _row(self, number: int, cells: list[str]) -> RegisterRow | None:
        row, errors, notes = self.rows.read(number, cells)
        for words in errors:
            self.problems.append(Problem(number, words))
        for words in notes:
            self.found.note(number, words)
        if row is None:
            return None
        first = self.found.urns.setdefault(row.urn, number)
        if first != number:
            words = f"URN {row.urn} is on line {first} already. Remove one of the two rows."
            self.problems.append(Problem(number, words))
        self.whereabouts.add(row)
        self.counted.add(row)
        return row
