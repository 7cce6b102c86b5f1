"""The small tables of the programme's pages as files."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Count

from core.spreadsheets import Cell, Table
from schools.models import (
    Area,
    Participation,
    PartnerBody,
    ProgrammeYear,
    RegisterRun,
    SchoolUrn,
    SuccessionToReview,
)
from schools.queries.programme import cohorts_with_counts, years_with_counts


def _years() -> Table:
    rows: Iterable[list[Cell]] = (
        [year.name, year.standing.label, year.starts_on, year.ends_on, year.schools]  # type: ignore[attr-defined]
        for year in years_with_counts()
    )
    return Table("Programme years", ["Year", "Standing", "First day", "Last day", "Schools"], rows)


def _cohorts() -> Table:
    rows: Iterable[list[Cell]] = (
        [cohort.name, cohort.joined_in.name, cohort.schools]  # type: ignore[attr-defined]
        for cohort in cohorts_with_counts()
    )
    return Table("Cohorts", ["Cohort", "Joined in", "Schools"], rows)


def _areas() -> Table:
    rows = ([area.name, area.get_kind_display()] for area in Area.objects.all())
    return Table("Areas of practice", ["Area", "In the self-audit"], rows)


def _organisations() -> Table:
    rows = ([body.name, body.part, body.website] for body in PartnerBody.objects.all())
    return Table("Organisations", ["Organisation", "What it does for the programme", "Website"], rows)


PROGRAMME_TABLES: dict[str, Callable[[], Table]] = {
    "years": _years,
    "cohorts": _cohorts,
    "areas": _areas,
    "organisations": _organisations,
}
"""By their names in addresses."""


@dataclass(frozen=True)
class StandingRow:
    """How many schools of a cohort stand where in a year."""

    cohort: str
    status: str
    schools: int
    of: int
    """Schools of the cohort in the year, whatever their status."""

    @property
    def share(self) -> int:
        """In hundredths of the cohort."""
        return round(100 * self.schools / self.of)

    @property
    def words(self) -> str:
        """The picture in words."""
        return f"{self.schools} of {self.of}"


def has_confirmed(rows: Iterable[StandingRow]) -> bool:
    """Whether any school of the year is confirmed and has not begun."""
    return any(row.status == Participation.Status.CONFIRMED.label for row in rows)


def standing_of(year: ProgrammeYear) -> list[StandingRow]:
    """Schools by cohort and status, in the order of joining and of the year; one query."""
    parts = Participation.objects.filter(programme_year=year).order_by(
        "cohort__joined_in__starts_on", "cohort__name"
    )
    counted = list(parts.values_list("cohort__name", "status").annotate(schools=Count("pk")))
    totals: dict[str, int] = {}
    for cohort, _, schools in counted:
        totals[cohort] = totals.get(cohort, 0) + schools
    counts = {(cohort, status): schools for cohort, status, schools in counted}
    return [
        StandingRow(cohort, str(status.label), counts[cohort, status], totals[cohort])
        for cohort in totals
        for status in Participation.Status
        if (cohort, status) in counts
    ]


def standing_table(year: ProgrammeYear) -> Table:
    """The same as a file."""
    rows: Iterable[list[Cell]] = ([row.cohort, row.status, row.schools, row.of] for row in standing_of(year))
    header = ["Joined with", "Status", "Schools", "Of the cohort in the year"]
    return Table(f"Schools of {year} by status", header, rows)


def _counts(run: RegisterRun) -> list[Cell]:
    return [run.counts.get(name) for name in ("renumbered", "closed", "changed", "new")]


def runs_table() -> Table:
    """Every refresh of the register."""
    rows: Iterable[list[Cell]] = (
        [run.file_name, run.standing, run.begun_at, run.who, *_counts(run)]
        for run in RegisterRun.objects.with_people()
    )
    header = ["File", "Stands", "When", "Who", "New URN", "Closed", "Changed", "New here"]
    return Table("Register refreshes", header, rows)


def successions_table(*, decided: bool) -> Table:
    """Schools that merged, split or moved: those that wait for a person, or those that were decided."""
    listed = SuccessionToReview.objects.programme_first().select_related("decided_by")
    found = list(listed.filter(decided_at__isnull=False) if decided else listed.undecided())
    urns = {urn for one in found for urn in (one.old_urn, one.new_urn)}
    names = _names(urns)
    rows = [
        [
            *(one.old_urn, names.get(one.old_urn, ""), one.new_urn, names.get(one.new_urn, ""), one.why),
            *(one.get_decision_display(), one.reason, str(one.decided_by or ""), one.decided_at),
        ]
        for one in found
    ]
    header = ["Older URN", "Older school", "Newer URN", "Newer school", "Why it waits"]
    return Table("Successions", [*header, "Decision", "Reason", "Decided by", "Decided at"], rows)


def _names(urns: Iterable[int]) -> dict[int, str]:
    """What the schools with these URNs are called; the register has thousands, and a query takes so many at a time."""
    listed = sorted(urns)
    found: dict[int, str] = {}
    for start in range(0, len(listed), 500):
        some = SchoolUrn.objects.filter(urn__in=listed[start : start + 500])
        found.update(some.order_by().values_list("urn", "school__name"))
    return found
