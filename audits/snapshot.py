"""What a support report is made of: everything that an audit said on the day it was submitted, as JSON.

The snapshot is stored with the report and never changes, so a report can be read, or built again, years
later, whatever became of the framework, the school's name or the training on offer. It names no person.
"""

from collections.abc import Iterable
from typing import Any, TypedDict, cast

from django.utils import timezone

from audits.enums import SMALL_NUMBER_ROLES, AnswerState, ContributorRole
from audits.models import Answer, Audit, Section, SectionNote, Statement
from core.models import ProgrammeSettings
from core.small_numbers import publish
from schools.models import Participation, SchoolUrn
from training.models import Module

FORMAT = 1
"""Raised when the shape below changes in a way that an older reader would trip over."""


class ProgrammeNames(TypedDict):
    """Whose programme it was."""

    name: str
    short_name: str
    forum: str
    forum_short_name: str
    county: str
    contact_email: str


class SchoolNames(TypedDict):
    """Which school it was, by the URN of that day."""

    name: str
    slug: str
    town: str
    urn: int | None


class FrameworkNames(TypedDict):
    """What it was asked."""

    name: str
    version: str
    note: str


class Contributor(TypedDict):
    """How many of one role helped; parent carers and pupils only by the small-numbers rule."""

    role: str
    label: str
    words: str


class Training(TypedDict):
    """A module that answers an area."""

    slug: str
    name: str
    minutes: int
    format: str
    summary: str
    audience: str


SuggestedAction = TypedDict(
    "SuggestedAction", {"text": str, "need": str, "adjustment": bool, "from": int}, total=False
)
"""An action of the framework; `from` is the level at or below which it is suggested."""


class StatementSnapshot(TypedDict):
    """A statement with the school's answer to it."""

    key: str
    text: str
    state: str
    rating: int | None
    reason: str
    levels: dict[str, str]
    needs: list[str]
    actions: list[SuggestedAction]


class AreaSnapshot(TypedDict):
    """One area: what was asked and what the school said."""

    key: str
    name: str
    kind: str
    introduction: str
    strengths: str
    development_area: str
    contributors: list[Contributor]
    training: list[Training]
    statements: list[StatementSnapshot]


class Snapshot(TypedDict):
    """The whole of it."""

    format: int
    programme: ProgrammeNames
    school: SchoolNames
    cohort: str
    programme_year: str
    round: str
    round_label: str
    submitted_on: str | None
    framework: FrameworkNames
    areas: list[AreaSnapshot]


class UnreadableSnapshotError(ValueError):
    """What was stored is not a snapshot that this version can read."""


def read_snapshot(stored: Any) -> Snapshot:
    """A stored snapshot, typed; raises UnreadableSnapshotError when it is not one of the known format.

    Rounded counts say that they are about right, also those that were stored before the words said so.
    """
    if not isinstance(stored, dict) or stored.get("format") != FORMAT:
        raise UnreadableSnapshotError("The answers kept with this report are not in a form that can be read.")
    snapshot = cast("Snapshot", stored)
    return {**snapshot, "areas": [_said_as_rounded(area) for area in snapshot["areas"]]}


def _said_as_rounded(area: AreaSnapshot) -> AreaSnapshot:
    told: list[Contributor] = [
        {**one, "words": f"about {one['words']}"} if _is_by_the_rule(one) and one["words"].isdigit() else one
        for one in area["contributors"]
    ]
    return {**area, "contributors": told}


def _is_by_the_rule(one: Contributor) -> bool:
    return one["role"] in SMALL_NUMBER_ROLES


def is_published(one: Contributor) -> bool:
    """Whether this count went through the small-numbers rule; an exact one is digits alone."""
    return _is_by_the_rule(one) and not one["words"].isdigit()


def take_snapshot(audit: Audit) -> Snapshot:
    """Everything the report needs, as of now, ready for JSON; `audit.submitted_at` is already set.

    Reads only, in a fixed number of queries. No person's name is in it; counts of parent carers and pupils
    are in it only in their published form.
    """
    programme = ProgrammeSettings.load()
    version = audit.version
    return {
        "format": FORMAT,
        "programme": _programme(programme),
        "school": _school(audit),
        "cohort": _cohort(audit),
        "programme_year": audit.programme_year.name,
        "round": audit.round,
        "round_label": audit.get_round_display(),
        "submitted_on": timezone.localdate(audit.submitted_at).isoformat() if audit.submitted_at else None,
        "framework": {
            "name": version.framework.name,
            "version": version.version,
            "note": version.note,
        },
        "areas": _areas(audit, programme.small_number_threshold),
    }


def _programme(programme: ProgrammeSettings) -> ProgrammeNames:
    return {
        "name": programme.programme_name,
        "short_name": programme.programme_short_name,
        "forum": programme.forum_name,
        "forum_short_name": programme.forum_short_name,
        "county": programme.county,
        "contact_email": programme.contact_email,
    }


def _school(audit: Audit) -> SchoolNames:
    school = audit.school
    urn = SchoolUrn.objects.filter(school=school, valid_to__isnull=True).values_list("urn", flat=True)
    return {"name": school.name, "slug": school.slug, "town": school.town, "urn": urn.first()}


def _cohort(audit: Audit) -> str:
    parts = Participation.objects.filter(school=audit.school, programme_year=audit.programme_year)
    return parts.values_list("cohort__name", flat=True).first() or ""


def _areas(audit: Audit, threshold: int) -> list[AreaSnapshot]:
    sections = list(
        Section.objects.filter(version=audit.version).select_related("area").prefetch_related("statements")
    )
    notes = {note.section_id: note for note in SectionNote.objects.filter(audit=audit)}
    answers = {answer.statement_id: answer for answer in Answer.objects.filter(audit=audit)}
    training = _training_by_area(section.area_id for section in sections)
    return [
        _area(section, notes.get(section.pk), answers, training.get(section.area_id, []), threshold)
        for section in sections
    ]


def _training_by_area(areas: Iterable[int]) -> dict[int, list[Training]]:
    wanted = set(areas)
    found: dict[int, list[Training]] = {}
    modules = Module.objects.filter(is_offered=True, areas__in=wanted).distinct().prefetch_related("areas")
    for module in modules:
        for area in module.areas.all():
            found.setdefault(area.pk, []).append(_module(module))
    return found


def _module(module: Module) -> Training:
    return {
        "slug": module.slug,
        "name": module.name,
        "minutes": module.minutes,
        "format": module.get_format_display(),
        "summary": module.summary,
        "audience": module.audience,
    }


def _area(
    section: Section,
    note: SectionNote | None,
    answers: dict[int, Answer],
    training: list[Training],
    threshold: int,
) -> AreaSnapshot:
    return {
        "key": section.area.key,
        "name": section.area.name,
        "kind": section.area.kind,
        "introduction": section.introduction,
        "strengths": note.strengths if note else "",
        "development_area": note.development_area if note else "",
        "contributors": _contributors(note.contributors if note else {}, threshold),
        "training": training,
        "statements": [_statement(one, answers.get(one.pk)) for one in section.statements.all()],
    }


def _contributors(counts: dict[str, Any], threshold: int) -> list[Contributor]:
    """Those who helped, in the order of the roles; a role that nobody of came is left out."""
    told: list[Contributor] = []
    for role in ContributorRole:
        count = counts.get(role.value)
        if type(count) is not int or count < 1:
            continue
        words = publish(count, threshold=threshold).words if role in SMALL_NUMBER_ROLES else str(count)
        told.append({"role": role.value, "label": role.label, "words": words})
    return told


def _statement(statement: Statement, answer: Answer | None) -> StatementSnapshot:
    return {
        "key": statement.key,
        "text": statement.text,
        "state": answer.state if answer else AnswerState.BLANK.value,
        "rating": answer.rating if answer else None,
        "reason": answer.reason if answer else "",
        "levels": {str(int(level)): words for level, words in statement.descriptors.items()},
        "needs": list(statement.needs),
        "actions": list(statement.actions),
    }
