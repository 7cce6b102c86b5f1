"""The trail of changes: one line for each thing that matters, in the same transaction as the thing."""

from collections.abc import Iterable
from typing import Any, Protocol

from django.db import models

from core.models import HistoryEntry

SYSTEM = "PINS Hub"
"""Who did it when no person did: a worker, a command."""


class Person(Protocol):
    """Anybody who can have done something."""

    pk: Any

    def __str__(self) -> str: ...


def record(
    kind: str,
    summary: str,
    *,
    by: Person | None,
    target: models.Model | None = None,
    school: models.Model | None = None,
    details: dict[str, Any] | None = None,
) -> HistoryEntry:
    """Write one history line; call it inside the transaction that makes the change.

    `kind` is a dotted word such as "audit.submitted"; `summary` is a sentence; `by` is None for the
    system itself.
    """
    return HistoryEntry.objects.create(
        kind=kind,
        summary=summary[:300],
        actor_id="" if by is None else str(by.pk),
        actor_label=SYSTEM if by is None else str(by)[:200],
        target_type="" if target is None else target._meta.label_lower,
        target_id="" if target is None else str(target.pk),
        target_label="" if target is None else str(target)[:300],
        school_id="" if school is None else str(school.pk),
        school_label="" if school is None else str(school)[:200],
        details=details or {},
    )


def of_school(school: models.Model) -> models.QuerySet[HistoryEntry]:
    """All lines about a school, the newest first."""
    return HistoryEntry.objects.filter(school_id=str(school.pk))


def of_target(row: models.Model) -> models.QuerySet[HistoryEntry]:
    """All lines about what was done to one row, the newest first."""
    return HistoryEntry.objects.filter(target_type=row._meta.label_lower, target_id=str(row.pk))


def already(kind: str, *, by: Person, among: Iterable[models.Model]) -> set[str]:
    """Ids, as the history has them, of those rows (all of one model) of which it says this of this person."""
    rows = list(among)
    if not rows:
        return set()
    lines = HistoryEntry.objects.filter(
        kind=kind,
        actor_id=str(by.pk),
        target_type=rows[0]._meta.label_lower,
        target_id__in=[str(row.pk) for row in rows],
    )
    return set(lines.values_list("target_id", flat=True))
