"""Writing down and taking out the themes of a visit, one at a time."""

import uuid
from typing import Any

from django.db import transaction

from accounts.models import User
from core import history
from schools.models import Action, Area
from visits.emptied import end_empty_groups
from visits.models import RemovedTheme, Theme, ThemeGroup, Visit
from visits.queries.record import why_kind_stays
from visits.services.errors import KindStays, ThemeRemoved, WordsGone
from visits.services.record import Sent, check_seen, lock_record, note_begun, write_part

KEPT = (*Theme.WRITTEN, "revision", "group_id", "outcome", "outcome_reason", "action_id")
"""What is kept of a theme that is removed."""


def save_theme(*, visit: Visit, key: uuid.UUID, sent: Sent, by: User) -> Theme:
    """Save the theme with this key, which its page made: sent twice from a poor line it is one.

    Raises as `lock_record` and `write_part` do, ThemeRemoved where somebody took it out, and KindStays where its kind
    would change although it is decided about, or gathered with others of its kind.
    """
    with transaction.atomic():
        locked = lock_record(visit, by=by)
        themes = Theme.objects.select_for_update(of=("self",)).select_related("saved_by", "area", "group")
        stored = themes.filter(visit=locked, key=key).first()
        if stored is None:
            _check_not_removed(locked, key)
            note_begun(locked, by=by)
        elif why := why_kind_stays(stored, sent.written["kind"]):
            check_seen(stored, sent, by=by)
            raise KindStays(why)
        return write_part(stored or Theme(visit=locked, key=key), sent, by=by)


def remove_theme(*, visit: Visit, key: uuid.UUID, by: User, for_good: bool = False) -> bool:
    """Take a theme out, with a history line that says nothing of it; says whether it was there.

    It can be put back until the record is closed, unless it is removed `for_good`: then its words are gone at once,
    also those of a theme that somebody else took out before, and a group that is left empty ends.
    Raises as `lock_record` does.
    """
    with transaction.atomic():
        locked = lock_record(visit, by=by)
        theme = Theme.objects.select_for_update(of=("self",)).filter(visit=locked, key=key).first()
        if theme is None:
            return for_good and _forget_words(locked, key, by)
        theme.delete()
        if for_good:
            end_empty_groups({theme.group_id})
        was = None if for_good else {name: getattr(theme, name) for name in KEPT}
        RemovedTheme.objects.create(visit=locked, key=key, removed_by=by, was=was)
        summary = f"{by} removed a theme from the record of {locked}."
        history.record("visit.theme_removed", summary, by=by, target=locked, school=locked.school)
    return True


def forget_theme(*, visit: Visit, key: uuid.UUID, by: User) -> bool:
    """Remove the words of a theme for good that was taken out before, with a line that says nothing of them.

    Says whether there were any: done twice is done once. Raises as `lock_record` does.
    """
    with transaction.atomic():
        return _forget_words(lock_record(visit, by=by), key, by)


def _forget_words(visit: Visit, key: uuid.UUID, by: User) -> bool:
    removed = RemovedTheme.objects.with_words().select_for_update().filter(visit=visit, key=key).first()
    if removed is None or removed.was is None:
        return False
    group = removed.was["group_id"]
    removed.was = None
    removed.save(update_fields=["was"])
    end_empty_groups({group})
    summary = f"{by} removed for good the words of a theme that was taken out of the record of {visit}."
    history.record("visit.theme_forgotten", summary, by=by, target=visit, school=visit.school)
    return True


def put_theme_back(*, visit: Visit, key: uuid.UUID, by: User) -> bool:
    """Put a theme that was removed back as it was, with a history line; says whether it was out of the record.

    A phone that sends it late finds it as if it had never been gone. Raises as `lock_record` does, and WordsGone.
    """
    with transaction.atomic():
        locked = lock_record(visit, by=by)
        # locked, so that it lands in the group that remains of one which is merged at this very moment
        removed = RemovedTheme.objects.select_for_update().filter(visit=locked, key=key).first()
        if removed is None:
            return False
        Theme.objects.create(visit=locked, key=key, saved_by=by, **_as_it_can_be(removed))
        removed.delete()
        summary = f"{by} put a theme back into the record of {locked}."
        history.record("visit.theme_put_back", summary, by=by, target=locked, school=locked.school)
    return True


def _as_it_can_be(removed: RemovedTheme) -> dict[str, Any]:
    """What it was, without a group that ended or changed its kind, or an action that is gone. Raises WordsGone."""
    if removed.was is None or not Area.objects.filter(pk=removed.was["area_id"]).exists():
        raise WordsGone
    was = dict(removed.was)
    if not ThemeGroup.objects.filter(pk=was["group_id"], kind=was["kind"]).exists():
        was["group_id"] = None
    if was["action_id"] and not Action.objects.filter(pk=was["action_id"]).exists():
        was |= {"action_id": None, "outcome": ""}
    return was


def _check_not_removed(visit: Visit, key: uuid.UUID) -> None:
    removed = RemovedTheme.objects.select_related("removed_by").filter(visit=visit, key=key).first()
    if removed is not None:
        raise ThemeRemoved(removed.removed_by)
