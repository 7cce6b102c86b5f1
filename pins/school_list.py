"""The schools of the programme as a list: asked for, in order, each with how its self-audit stands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Upper
from django.http import QueryDict

from accounts.models import User
from audits.access import standing_for
from audits.models import Audit
from core.spreadsheets import Cell, Table
from pins.forms import EVERY_YEAR, NOBODY, WorkspaceFilterForm
from pins.home import home_of
from pins.next_step import NextStep
from schools.access import OwnSchool, schools_of, visible_schools
from schools.models import Participation, ProgrammeYear, School
from schools.queries.finding import pks_found
from schools.queries.links import guess_in_programme, link_workers, programme_schools

NOT_ASKED = "Not asked yet"
HEADER = (
    *("School", "Town", "Programme year", "Status", "Offer", "Joined with"),
    *("Link worker", "Hours of support", "Self-audit"),
)


@dataclass(frozen=True)
class ListedSchool:
    """One row: a school's part in a year, and its newest self-audit of that year."""

    part: Participation
    audit: Audit | None
    audit_words: str
    """How the self-audit stands, in a word or two, as the reader is told."""


@dataclass(frozen=True)
class OwnPlace:
    """A school of one's own, and what waits for oneself there."""

    school: OwnSchool
    steps: list[NextStep]


def asked_of(query: QueryDict, *, today: date) -> WorkspaceFilterForm:
    """The filter of the list; two queries."""
    years = list(ProgrammeYear.objects.order_by("-starts_on", "-pk"))
    begun = [year for year in years if year.starts_on <= today]
    running = next((year for year in begun if today <= year.ends_on), None)
    running = running or next(iter([*begun, *years]), None)
    return WorkspaceFilterForm(query, years=years, running=running, workers=link_workers())


def parts_listed(user: User, filters: WorkspaceFilterForm) -> QuerySet[Participation]:
    """The parts that were asked for, by the name of the school; none when the filter is wrong."""
    parts = Participation.objects.filter(school__in=visible_schools(user))
    parts = parts.select_related("school__link_worker", "programme_year", "cohort")
    if not filters.is_valid():
        return parts.none()
    asked = {name: value for name, value in filters.cleaned_data.items() if value}
    return _narrowed(parts, asked, user).order_by(Upper("school__name"), "school_id")


def meant_by(user: User, filters: WorkspaceFilterForm) -> list[School]:
    """Schools of any year that a search which found nothing may have meant; one query where there was one."""
    q = filters.cleaned_data.get("q", "") if filters.is_valid() else ""
    return guess_in_programme(user, q) if q else []


def _narrowed(parts: QuerySet[Participation], asked: dict[str, Any], user: User) -> QuerySet[Participation]:
    year = asked.get("year", EVERY_YEAR)
    if year == EVERY_YEAR:
        later = Participation.objects.filter(
            school=OuterRef("school"), programme_year__starts_on__gt=OuterRef("programme_year__starts_on")
        )
        parts = parts.filter(~Exists(later))
    else:
        parts = parts.filter(programme_year=year)
    if worker := asked.get("link_worker"):
        parts = parts.filter(school__link_worker=None if worker == NOBODY else worker)
    if q := asked.get("q"):
        parts = parts.filter(school__in=pks_found(programme_schools(user), str(q)))
    if group := asked.get("group"):
        parts = parts.filter(school__groups=group)
    return parts.filter(**{name: asked[name] for name in ("cohort", "status", "offer") if name in asked})


def with_audits(parts: Iterable[Participation], user: User) -> list[ListedSchool]:
    """These parts with the newest self-audit of each; one query."""
    parts = list(parts)
    audits = Audit.objects.visible_to(user).filter(school__in=[part.school_id for part in parts])
    audits = audits.with_names()
    newest = {(audit.school_id, audit.programme_year_id): audit for audit in audits.order_by("round")}
    found = [(part, newest.get((part.school_id, part.programme_year_id))) for part in parts]
    return [
        ListedSchool(part, audit, str(standing_for(user, audit).label) if audit else NOT_ASKED)
        for part, audit in found
    ]


def own_places(user: User, *, today: date) -> list[OwnPlace]:
    """The schools that somebody belongs to, each with what waits for them there."""
    steps = home_of(user, today=today).steps
    return [
        OwnPlace(school, [step for step in steps if step.school_pk == school.pk])
        for school in schools_of(user)
    ]


def table_of(user: User, filters: WorkspaceFilterForm) -> Table:
    """The list as a file, narrowed like the page."""
    return Table("Schools of the programme", HEADER, _rows(user, filters))


def _rows(user: User, filters: WorkspaceFilterForm) -> Iterator[list[Cell]]:
    for row in with_audits(parts_listed(user, filters), user):
        part, school = row.part, row.part.school
        yield [
            school.name,
            school.town,
            part.programme_year.name,
            part.get_status_display(),
            part.get_offer_display(),
            part.cohort.name,
            str(school.link_worker or ""),
            part.support_hours,
            row.audit_words,
        ]
