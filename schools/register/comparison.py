"""What a file says beside what is stored, and what is kept of that for people to read."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from schools.models import RegisterDifference, RegisterRun, SchoolUrn
from schools.register.differences import Difference, Kind, schools_of_the_programme
from schools.register.plan import Plan
from schools.register.reading import MOST_PROBLEMS, Problem

BATCH = 500
MOST_NAMED = 50
"""How many schools that a file lacks are named; the count is of all."""


@dataclass
class Comparison:
    """The plan, and what a person should know of the file."""

    encoding: str
    compared_at: int
    urns: dict[int, int] = field(default_factory=dict)
    """Each URN with its line."""
    notes: list[Problem] = field(default_factory=list)
    notes_in_all: int = 0
    plan: Plan = field(default_factory=Plan)

    def note(self, line: int, text: str) -> None:
        """Something that was left out of the import, and why."""
        self.notes_in_all += 1
        if len(self.notes) < MOST_PROBLEMS:
            self.notes.append(Problem(line, text))

    @property
    def rows(self) -> int:
        """How many the file has."""
        return len(self.urns)


class Kept:
    """Stores what a run changes, and counts it, as the differences go by."""

    def __init__(self, run: RegisterRun, check_token: str = "") -> None:
        self._run = run
        self._token = check_token
        self._waiting: list[RegisterDifference] = []
        self.closed = self.renamed = self.in_programme = 0

    def keep(self, told: Iterable[Difference]) -> None:
        """Store all of them, a batch at a time."""
        for one in told:
            self.closed += one.kind == Kind.CLOSED
            self.renamed += one.is_rename_in_programme
            self.in_programme += one.is_in_programme
            self._waiting.append(
                RegisterDifference(
                    run=self._run,
                    check_token=self._token,
                    kind=one.kind,
                    is_in_programme=one.is_in_programme,
                    urn=one.urn,
                    name=one.name,
                    fields=one.fields,
                )
            )
            if len(self._waiting) == BATCH:
                self._store()
        self._store()

    def _store(self) -> None:
        RegisterDifference.objects.bulk_create(self._waiting)
        self._waiting = []

    def report_on(self, found: Comparison) -> dict[str, Any]:
        """The counts and remarks of a run, as its fields hold them; ask once everything was kept."""
        plan = found.plan
        absent = _absent(found)
        counts = {
            "rows": found.rows,
            "encoding": "Windows-1252" if found.encoding == "cp1252" else "UTF-8",
            "new": len(plan.new),
            "renumbered": len(plan.moves),
            "closed": self.closed,
            "changed": plan.changed - self.closed,
            "same": len(plan.same - {move.school.pk for move in plan.moves}),
            "former": plan.former,
            "waiting": len(plan.waiting),
            "unheard": len(plan.unheard),
            "in_programme": self.in_programme,
            "renamed": self.renamed,
            "absent": len(absent),
            "notes": found.notes_in_all,
        }
        remarks = {"notes": [str(note) for note in found.notes], "absent": absent[:MOST_NAMED]}
        return {"counts": counts, "remarks": remarks}


def _absent(found: Comparison) -> list[str]:
    """Names of the programme's schools that the file does not have."""
    current = SchoolUrn.objects.filter(
        school_id__in=schools_of_the_programme(), valid_to__isnull=True
    ).values_list("urn", "school__name")
    return sorted(name for urn, name in current if urn not in found.urns)
