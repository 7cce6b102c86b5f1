"""Gathering similar themes: into a group, into another, out of it; merging and renaming groups.

Each is one transaction with one line of history, and is told what its page showed: of two who gather the same at
once, the second is refused with GatheredMeanwhile and sees how it stands.
"""

from collections.abc import Collection, Iterable
from typing import cast

from django.db import IntegrityError, transaction

from accounts.models import User
from core import history
from core.seen import SeenForm, save_seen
from schools.services.errors import ProgrammeError
from visits.emptied import end_empty_groups
from visits.models import RemovedTheme, Theme, ThemeGroup
from visits.queries.groups import grouping_seen, merging_seen
from visits.services.errors import GatheredMeanwhile, GroupGone, KindsDiffer


def gather(*, themes: Collection[Theme], into: ThemeGroup | None, seen: str, by: User) -> int:
    """Put the themes into the group, or into none; says how many moved. A group that is left empty ends.

    Raises GatheredMeanwhile, GroupGone when the group has ended since, and KindsDiffer.
    """
    with transaction.atomic():
        stored = _lock_themes(themes, seen)
        group = _lock_groups_of(stored, into)
        _refuse_other_kinds(stored, group)
        return _move(stored, group, by)


def gather_anew(*, themes: Collection[Theme], group: ThemeGroup, seen: str, by: User) -> int:
    """The same into a group that is made with it. Raises GroupGone when there is one of its name already."""
    with transaction.atomic():
        stored = _lock_themes(themes, seen)
        try:
            with transaction.atomic():
                group.save()
        except IntegrityError:
            raise GroupGone(
                "There is a group of this name, area and kind by now. Gather into that one."
            ) from None
        _refuse_other_kinds(stored, group)
        return _move(stored, group, by)


def merge(*, group: ThemeGroup, into: ThemeGroup, seen: str, by: User) -> None:
    """Put all themes of one group into another, also those that are removed and can come back; the first ends.

    The history line has its name and its themes, so that they can be moved out again into one of that name.
    Raises GatheredMeanwhile, GroupGone and KindsDiffer.
    """
    with transaction.atomic():
        _lock_removed(group)
        moved = list(Theme.objects.select_for_update(of=("self",)).filter(group=group).order_by("pk"))
        first, second = _lock_groups(group, into)
        if merging_seen(first) != seen:
            raise GatheredMeanwhile
        _refuse_other_kinds(moved, second)
        Theme.objects.filter(group=first).update(group=second)
        for removed in _lock_removed(first):
            removed.was = {**(removed.was or {}), "group_id": second.pk}
            removed.save(update_fields=["was"])
        name, pk = first.name, first.pk
        first.delete()
        details = {"name": name, "group": pk, "themes": [theme.pk for theme in moved]}
        summary = f"{by} merged the group of themes “{name}” into “{second}”."
        history.record("themes.merged", summary, by=by, target=second, details=details)


def save_group(*, form: SeenForm, by: User) -> bool:
    """Give a group another name, area or kind. Raises what `save_seen` does, and ProgrammeError for a kind that its
    themes are not of.
    """
    group = cast(ThemeGroup, form.instance)
    try:
        _refuse_other_kinds(Theme.objects.filter(group=group) if group.pk else (), group)
    except KindsDiffer as refusal:
        raise ProgrammeError(str(refusal)) from None
    return save_seen(form, kind="themes.renamed", tell=lambda row: f"{by} changed the group “{row}”.", by=by)


def _lock_themes(themes: Iterable[Theme], seen: str) -> list[Theme]:
    pks = [theme.pk for theme in themes]
    stored = list(Theme.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk"))
    if grouping_seen(stored) != seen:
        raise GatheredMeanwhile
    return stored


def _refuse_other_kinds(themes: Iterable[Theme], group: ThemeGroup | None) -> None:
    """A group is named outside the forum by its kind: what works well is not told among what could be better."""
    if group is not None and any(theme.kind != group.kind for theme in themes):
        raise KindsDiffer(group.get_kind_display())


def _lock_removed(group: ThemeGroup) -> list[RemovedTheme]:
    """What was removed from the group and can come back. It is locked first: what comes back meanwhile is a theme."""
    removed = RemovedTheme.objects.with_words().select_for_update(of=("self",))
    return list(removed.filter(was__group_id=group.pk).order_by("pk"))


def _lock_groups(*groups: ThemeGroup) -> list[ThemeGroup]:
    """As stored, in the order given. Themes are locked before, so that no two wait for each other."""
    wanted = ThemeGroup.objects.select_for_update(of=("self",)).filter(pk__in={group.pk for group in groups})
    stored = {group.pk: group for group in wanted.order_by("pk")}
    if any(group.pk not in stored for group in groups):
        raise GroupGone("That group has ended since. Choose another, or make a new one.")
    return [stored[group.pk] for group in groups]


def _lock_groups_of(themes: list[Theme], into: ThemeGroup | None) -> ThemeGroup | None:
    """The group as stored, with those that the themes leave: all in one order, so that no two wait for each other."""
    left = {theme.group_id for theme in themes if theme.group_id is not None}
    pks = left | ({into.pk} if into else set())
    wanted = ThemeGroup.objects.select_for_update(of=("self",)).filter(pk__in=pks)
    stored = {group.pk: group for group in wanted.order_by("pk")}
    if into is not None and into.pk not in stored:
        raise GroupGone("That group has ended since. Choose another, or make a new one.")
    return stored[into.pk] if into else None


def _move(themes: list[Theme], group: ThemeGroup | None, by: User) -> int:
    moving = [theme for theme in themes if theme.group_id != (group.pk if group else None)]
    if not moving:
        return 0
    left = {theme.group_id for theme in moving if theme.group_id is not None}
    Theme.objects.filter(pk__in=[theme.pk for theme in moving]).update(group=group)
    details = {"themes": [theme.pk for theme in moving], "ended": end_empty_groups(left)}
    what = f"into the group “{group}”" if group else "out of their groups"
    noun = "theme" if len(moving) == 1 else "themes"
    history.record(
        "themes.gathered", f"{by} put {len(moving)} {noun} {what}.", by=by, target=group, details=details
    )
    return len(moving)
