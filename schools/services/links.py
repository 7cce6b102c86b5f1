"""What ties schools together: groups, other programmes, link workers; and whether a school is named publicly."""

from typing import Any, cast

from django.db import transaction

from accounts.models import User
from core import history
from core.seen import SeenForm, save_seen
from schools.models import School, SchoolGroup


def save_school(*, form: SeenForm, by: User) -> bool:
    """Change a school's link worker, its other programmes and its groups; raises what `save_seen` does."""
    school = cast(School, form.instance)
    return save_seen(
        form,
        kind="school.changed",
        tell=lambda row: f"{by} changed the link worker, other programmes or groups of {row}.",
        by=by,
        school=school,
    )


def save_consent(*, form: SeenForm, by: User) -> bool:
    """Write down whether a school agrees to be named on the public list, which follows at once.

    Raises what `save_seen` does.
    """
    agrees = bool(form.cleaned_data["public_consent"])
    what = "may be named on the public list" if agrees else "is no longer named on the public list"
    return save_seen(
        form,
        kind="school.named" if agrees else "school.not_named",
        tell=lambda row: f"{by} noted that {row} {what}.",
        by=by,
        school=form.instance,
    )


def save_group(*, form: SeenForm, by: User) -> bool:
    """Add or change a group of schools; each school that joined or left it gets a line of its own.

    Raises what `save_seen` does.
    """
    group = cast(SchoolGroup, form.instance)
    did = "changed" if group.pk else "added"
    with transaction.atomic():
        before = _members(group)
        saved = save_seen(
            form,
            kind=f"schoolgroup.{did}",
            tell=lambda row: f"{by} {did} the {row.get_kind_display().lower()} {row}.",
            by=by,
        )
        after = _members(group)
        _tell_schools(group, after.keys() - before.keys(), after, "joined", by)
        _tell_schools(group, before.keys() - after.keys(), before, "left", by)
    return saved


def remove_group(*, group: SchoolGroup, by: User) -> None:
    """Take a group away; its schools stay as they are, with a line each. A second press changes nothing."""
    with transaction.atomic():
        locked = SchoolGroup.objects.select_for_update().filter(pk=group.pk).first()
        if locked is None:
            return
        members = _members(locked)
        history.record(
            "schoolgroup.removed",
            f"{by} removed the {locked.get_kind_display().lower()} {locked}.",
            by=by,
            target=locked,
            details={"schools": sorted(members)},
        )
        _tell_schools(locked, members.keys(), members, "left", by)
        locked.delete()


def _members(group: SchoolGroup) -> dict[int, School]:
    return {school.pk: school for school in group.schools.all()} if group.pk else {}


def _tell_schools(group: SchoolGroup, pks: Any, schools: dict[int, School], did: str, by: User) -> None:
    for pk in sorted(pks):
        school = schools[pk]
        kind = group.get_kind_display().lower()
        told = f"{school} {did} the {kind} {group}."
        history.record(f"schoolgroup.{did}", told, by=by, target=group, school=school)
