"""From a framework's definition to a published version, once: what schools have answered never changes."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from audits.framework_format import AreaDefinition, FrameworkDefinition, StatementDefinition
from audits.models import Framework, FrameworkVersion, Section, Statement
from core import history
from schools.models import Area
from training.models import Module

SHOWN_DIFFERENCES = 8
COLUMNS = (
    *("key", "text", "guidance", "evidence_places"),
    *("level_1", "level_2", "level_3", "level_4", "needs", "actions"),
)


class PublishedVersionError(Exception):
    """A version of this number is published already and says something else."""


@dataclass(frozen=True, slots=True)
class FrameworkImportSummary:
    """What an import did, or would do. Not `changed` means that this very text is published already."""

    framework: str
    version: str
    sections: int
    statements: int
    actions: int
    areas_created: tuple[str, ...]
    areas_updated: tuple[str, ...]
    modules_unknown: tuple[str, ...]
    changed: bool


def check_framework(definition: FrameworkDefinition) -> FrameworkImportSummary:
    """What importing this definition would do; writes nothing.

    Raises PublishedVersionError if a version of that number is published with another text.
    """
    version = _stored_version(definition)
    published = version is not None and version.status == FrameworkVersion.Status.PUBLISHED
    if version is not None and published and version.fingerprint != fingerprint(definition):
        raise PublishedVersionError(_refusal(version, definition))
    areas = {area.key: area for area in Area.objects.all()}
    named = {slug for area in definition.areas for slug in area.training}
    known = Module.objects.filter(slug__in=named).values_list("slug", flat=True)
    return FrameworkImportSummary(
        framework=definition.name,
        version=definition.version,
        sections=len(definition.areas),
        statements=sum(1 for _ in definition.statements),
        actions=sum(len(statement.actions) for statement in definition.statements),
        areas_created=tuple(area.key for area in definition.areas if area.key not in areas),
        areas_updated=tuple(
            area.key for area in definition.areas if area.key in areas and _differs(areas[area.key], area)
        ),
        modules_unknown=tuple(sorted(named - set(known))),
        changed=not published,
    )


@transaction.atomic
def import_framework(definition: FrameworkDefinition, *, by: User | None = None) -> FrameworkImportSummary:
    """Store the definition as a published version, with its sections and statements, and one history line.

    Areas are created or renamed by key; training modules are tied to areas that name them, none untied.
    A draft of the same number is replaced. The same text again changes nothing. Raises PublishedVersionError,
    and changes nothing, if a version of that number is published with another text.
    """
    framework, _ = Framework.objects.get_or_create(slug=definition.key, defaults={"name": definition.name})
    framework = Framework.objects.select_for_update().get(pk=framework.pk)
    summary = check_framework(definition)
    if not summary.changed:
        return summary
    version = _publish(framework, definition)
    _fill(version, definition, _save_areas(definition))
    history.record(
        "framework.imported",
        f"{version} imported and published: {summary.sections} sections, {summary.statements} statements",
        by=by,
        target=version,
        details={"fingerprint": version.fingerprint, "areas_created": summary.areas_created},
    )
    return summary


def fingerprint(definition: FrameworkDefinition) -> str:
    """SHA-256, in hexadecimal, of what the file says; comments, spaces and line breaks do not count."""
    said = json.dumps(asdict(definition), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def _stored_version(definition: FrameworkDefinition) -> FrameworkVersion | None:
    versions = FrameworkVersion.objects.select_related("framework")
    return versions.filter(framework__slug=definition.key, version=definition.version).first()


def _differs(area: Area, wanted: AreaDefinition) -> bool:
    return (area.name, area.kind) != (wanted.name, wanted.kind)


def _publish(framework: Framework, definition: FrameworkDefinition) -> FrameworkVersion:
    if framework.name != definition.name:
        framework.name = definition.name
        framework.save(update_fields=["name"])
    version, _ = FrameworkVersion.objects.update_or_create(
        framework=framework,
        version=definition.version,
        defaults={
            "note": definition.note,
            "status": FrameworkVersion.Status.PUBLISHED,
            "published_at": timezone.now(),
            "fingerprint": fingerprint(definition),
        },
    )
    return version


def _save_areas(definition: FrameworkDefinition) -> dict[str, Area]:
    """The areas by key; a new one comes last, since an area keeps its place whatever a version's order is."""
    areas = {area.key: area for area in Area.objects.all()}
    last = Area.objects.aggregate(last=Max("position"))["last"] or 0
    for wanted in definition.areas:
        area = areas.get(wanted.key)
        if area is None:
            last += 1
            area = Area(key=wanted.key, position=last)
            areas[wanted.key] = area
        if area.pk is None or _differs(area, wanted):
            area.name, area.kind = wanted.name, wanted.kind
            area.save()
    return areas


def _fill(version: FrameworkVersion, definition: FrameworkDefinition, areas: dict[str, Area]) -> None:
    version.sections.all().delete()
    modules = {module.slug: module for module in Module.objects.all()}
    statements = []
    for position, wanted in enumerate(definition.areas, start=1):
        area = areas[wanted.key]
        section = Section.objects.create(
            version=version, area=area, position=position, introduction=wanted.introduction
        )
        area.modules.add(*(modules[slug] for slug in wanted.training if slug in modules))
        statements += [
            Statement(section=section, position=place, **_columns(statement))
            for place, statement in enumerate(wanted.statements, start=1)
        ]
    Statement.objects.bulk_create(statements)


def _columns(statement: StatementDefinition) -> dict[str, Any]:
    """A statement as its columns hold it."""
    return {
        "key": statement.key,
        "text": statement.text,
        "guidance": statement.guidance,
        "evidence_places": list(statement.evidence),
        **{f"level_{level}": text for level, text in enumerate(statement.levels, start=1)},
        "needs": list(statement.needs),
        "actions": [
            {
                "text": action.text,
                "need": action.need,
                "adjustment": action.adjustment,
                "from": action.suggested_from,
            }
            for action in statement.actions
        ],
    }


def _refusal(version: FrameworkVersion, definition: FrameworkDefinition) -> str:
    """Why a published version is not overwritten, where the file differs from it, and what to do."""
    differing = _differing_statements(version, definition)
    shown = ", ".join(differing[:SHOWN_DIFFERENCES]) or "its names, note, introductions, order or training"
    more = f" and {len(differing) - SHOWN_DIFFERENCES} more" if len(differing) > SHOWN_DIFFERENCES else ""
    main, _, minor = definition.version.partition(".")
    return (
        f"{version} is published, and what schools may have answered does not change."
        f" This file differs from it in {shown}{more}."
        f" Raise the version in the file, to {main}.{int(minor) + 1} for instance."
    )


def _differing_statements(version: FrameworkVersion, definition: FrameworkDefinition) -> list[str]:
    """Keys of statements that are not the same in both, those of the file first."""
    wanted = {statement.key: _columns(statement) for statement in definition.statements}
    stored = {row["key"]: row for row in Statement.objects.filter(section__version=version).values(*COLUMNS)}
    return [key for key in {**wanted, **stored} if wanted.get(key) != stored.get(key)]
