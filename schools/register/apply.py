"""Writing a plan: one short transaction, a history line for the run and one for each school of the programme."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import F

from accounts.models import User
from core import history
from schools.models import RegisterEdition, RegisterRun, School, SchoolUrn, SuccessionToReview
from schools.register.differences import plain, schools_of_the_programme
from schools.register.plan import Held, Move, NewSchool, Plan
from schools.register.stored import FIELDS, chunks, is_depended_on

BATCH = 500
MOST_TOLD = 500
"""How many waiting successions the history line names; the list for a person has them all."""


class MeanwhileError(Exception):
    """Somebody else wrote the same schools since the plan was made."""


def edition() -> int:
    """The number to compare at; `write` refuses when it has moved on."""
    return RegisterEdition.objects.values_list("number", flat=True).first() or 0


def write(plan: Plan, *, run: RegisterRun, compared_at: int, by: User | None) -> None:
    """Write everything that the plan holds; an empty plan writes nothing. Call it inside a transaction.

    Raises MeanwhileError, and IntegrityError, when somebody else wrote since the plan was made: the caller's
    transaction then takes everything back.
    """
    if plan.is_empty:
        return
    move_on(compared_at)
    ours = schools_of_the_programme()
    _check_as_compared(plan, ours)
    for some in chunks(plan.new):
        _make(some)
    for move in plan.moves:
        _move(move)
    _change(plan)
    _list_for_a_person(plan, run)
    _tell(plan, run, by)
    for pk in sorted(ours & ({move.school.pk for move in plan.moves} | set(plan.changes))):
        _tell_of_school(plan, pk, by)


def move_on(compared_at: int) -> None:
    """One of two writers at once gets past this; the other finds the number moved on (MeanwhileError)."""
    if not compared_at and not RegisterEdition.objects.exists():
        RegisterEdition.objects.create(pk=1, number=1)
    elif not RegisterEdition.objects.filter(number=compared_at).update(number=F("number") + 1):
        raise MeanwhileError


def _check_as_compared(plan: Plan, ours: set[int]) -> None:
    """Schools of the programme are still as the plan has them; a person may have edited one."""
    held = [change.school for change in plan.changes.values()] + [move.school for move in plan.moves]
    compared = {school.pk: school for school in held if school.pk in ours}
    for some in chunks(list(compared)):
        rows = School.objects.filter(pk__in=some).order_by().values("pk", *FIELDS)
        found = {row.pop("pk"): row for row in rows}
        if found != {pk: compared[pk].values for pk in some}:
            raise MeanwhileError


def _make(made: Iterable[NewSchool]) -> None:
    schools = School.objects.bulk_create([School(slug=one.slug, **one.values) for one in made])
    SchoolUrn.objects.bulk_create(
        SchoolUrn(school_id=school.pk, urn=dated.urn, valid_from=dated.valid_from, valid_to=dated.valid_to)
        for school, one in zip(schools, made, strict=True)
        for dated in one.urns
    )


def _move(move: Move) -> None:
    old = SchoolUrn.objects.filter(urn=move.old, school_id=move.school.pk, valid_to__isnull=True)
    if not old.update(valid_to=move.ended_on):
        raise MeanwhileError
    if move.absorbs is None:
        SchoolUrn.objects.create(school_id=move.school.pk, urn=move.new.urn, valid_from=move.new.valid_from)
    else:
        absorb(move.school.pk, move.absorbs)
        SchoolUrn.objects.filter(urn=move.new.urn).update(valid_from=move.new.valid_from)
    SuccessionToReview.objects.undecided().filter(old_urn=move.old, new_urn=move.new.urn).delete()


def absorb(school_pk: int, other_pk: int) -> None:
    """Give a school all numbers of a bare one, which then goes; raises MeanwhileError when it is bare no longer."""
    list(School.objects.select_for_update().filter(pk__in=[school_pk, other_pk]).order_by("pk"))
    if is_depended_on(other_pk):
        raise MeanwhileError
    SchoolUrn.objects.filter(school_id=other_pk).update(school_id=school_pk)
    School.objects.get(pk=other_pk).delete()


def _change(plan: Plan) -> None:
    """Write only the fields that differ, the schools with the same differing fields together."""
    groups: dict[frozenset[str], list[School]] = defaultdict(list)
    for change in plan.changes.values():
        school = School(pk=change.school.pk, **change.values)
        groups[frozenset(change.values)].append(school)
    for fields, schools in groups.items():
        School.objects.bulk_update(schools, fields, batch_size=BATCH)


def _list_for_a_person(plan: Plan, run: RegisterRun) -> None:
    SuccessionToReview.objects.bulk_create(
        (SuccessionToReview(old_urn=one.old, new_urn=one.new, why=one.why, run=run) for one in plan.unheard),
        batch_size=BATCH,
        ignore_conflicts=True,
    )


def _tell(plan: Plan, run: RegisterRun, by: User | None) -> None:
    counts = {"new": len(plan.new), "changed": len(plan.changes), "renumbered": len(plan.moves)}
    history.record(
        "register.imported",
        f"{run.file_name}: {counts['new']} new, {counts['changed']} changed, "
        f"{counts['renumbered']} renumbered.",
        by=by,
        target=run,
        details={
            **counts,
            "waiting": [[one.old, one.new, one.why] for one in plan.waiting[:MOST_TOLD]],
        },
    )


def _tell_of_school(plan: Plan, pk: int, by: User | None) -> None:
    change = plan.changes.get(pk)
    moves = [move for move in plan.moves if move.school.pk == pk]
    school = moves[0].school if moves else plan.changes[pk].school
    values = change.values if change else {}
    details = {
        name: {"before": plain(school.values[name]), "after": plain(value)} for name, value in values.items()
    }
    if moves:
        details["urn"] = {"before": moves[0].old, "after": moves[-1].new.urn}
    record_of_school(school, details, by)


def record_of_school(school: Held, details: dict[str, Any], by: User | None, *, why: str = "") -> None:
    """The history line of a school of the programme; it keeps a former number and a former name in words."""
    said = []
    if "urn" in details:
        said.append(f"URN {details['urn']['before']} became {details['urn']['after']}.")
    if "name" in details:
        said.append(f"“{school}” is now called “{details['name']['after']}”.")
    if not said:
        said.append(f"The register changed: {', '.join(name.replace('_', ' ') for name in details)}.")
    kind = "school.renumbered" if "urn" in details else "school.changed_by_register"
    stored = School(pk=school.pk, name=school.values["name"])
    history.record(
        kind,
        " ".join([*said, why]).strip(),
        by=by,
        target=stored,
        school=stored,
        details=details,
    )
