"""Writing a plan: one short transaction, a history line for the run and one for each cohort school."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from core import history
from schools.models import Participation, School, SchoolUrn
from schools.register.plan import Move, NewSchool, Plan

BATCH = 500


def write(plan: Plan, *, source: str, by: User | None) -> None:
    """Write everything that the plan holds, or nothing; an empty plan leaves no trace.

    Raises IntegrityError when somebody else wrote the same schools since the plan was made.
    """
    if plan.is_empty:
        return
    with transaction.atomic():
        for start in range(0, len(plan.new), BATCH):
            _make(plan.new[start : start + BATCH])
        for move in plan.moves:
            _move(move)
        _change(plan)
        _tell(plan, source, by)


def _make(made: list[NewSchool]) -> None:
    schools = School.objects.bulk_create([School(slug=one.slug, **one.values) for one in made])
    SchoolUrn.objects.bulk_create(
        SchoolUrn(school=school, urn=dated.urn, valid_from=dated.valid_from, valid_to=dated.valid_to)
        for school, one in zip(schools, made, strict=True)
        for dated in one.urns
    )


def _move(move: Move) -> None:
    SchoolUrn.objects.filter(urn=move.old).update(valid_to=move.ended_on)
    if move.absorbs is None:
        SchoolUrn.objects.create(school=move.school, urn=move.new.urn, valid_from=move.new.valid_from)
        return
    SchoolUrn.objects.filter(school_id=move.absorbs).update(school=move.school)
    SchoolUrn.objects.filter(urn=move.new.urn).update(valid_from=move.new.valid_from)
    School.objects.get(pk=move.absorbs).delete()


def _change(plan: Plan) -> None:
    """Write only the fields that differ, the schools with the same differing fields together."""
    groups: dict[frozenset[str], list[School]] = defaultdict(list)
    for change in plan.changes.values():
        school = School(pk=change.school.pk, **change.values)
        groups[frozenset(change.values)].append(school)
    for fields, schools in groups.items():
        School.objects.bulk_update(schools, fields, batch_size=BATCH)


def _tell(plan: Plan, source: str, by: User | None) -> None:
    counts = {"new": len(plan.new), "changed": len(plan.changes), "renumbered": len(plan.moves)}
    history.record(
        "register.imported",
        f"{source}: {counts['new']} new, {counts['changed']} changed, {counts['renumbered']} renumbered.",
        by=by,
        details={
            **counts,
            "waiting": [[one.old, one.new, one.why] for one in plan.waiting[:BATCH]],
        },
    )
    moves = {move.school.pk: move for move in plan.moves}
    touched = set(moves) | set(plan.changes)
    taking_part = Participation.objects.filter(school_id__in=touched).values_list("school_id", flat=True)
    for pk in sorted(set(taking_part)):
        _tell_of_school(plan, pk, moves.get(pk), by)


def _tell_of_school(plan: Plan, pk: int, move: Move | None, by: User | None) -> None:
    change = plan.changes.get(pk)
    school = move.school if move else plan.changes[pk].school
    values = change.values if change else {}
    details: dict[str, Any] = {
        name: {"before": _plain(getattr(school, name)), "after": _plain(value)}
        for name, value in values.items()
    }
    if move is None:
        words = ", ".join(name.replace("_", " ") for name in values)
        kind, summary = "school.changed_by_register", f"The register changed: {words}."
    else:
        details["urn"] = {"before": move.old, "after": move.new.urn}
        kind, summary = "school.renumbered", f"URN {move.old} became {move.new.urn}."
    history.record(kind, summary, by=by, target=school, school=school, details=details)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
