"""Writing down and taking out the themes of a visit, one at a time."""

import uuid

from django.db import transaction

from accounts.models import User
from core import history
from visits.models import RemovedTheme, Theme, Visit
from visits.services.errors import ThemeRemoved
from visits.services.record import Sent, lock_record, note_begun, write_part


def save_theme(*, visit: Visit, key: uuid.UUID, sent: Sent, by: User) -> Theme:
    """Save the theme with this key, which its page made: sent twice from a poor line it is one.

    Raises as `lock_record` and `write_part` do, and ThemeRemoved where somebody took it out.
    """
    with transaction.atomic():
        locked = lock_record(visit, by=by)
        stored = Theme.objects.select_related("saved_by", "area").filter(visit=locked, key=key).first()
        if stored is None:
            _check_not_removed(locked, key)
            note_begun(locked, by=by)
        return write_part(stored or Theme(visit=locked, key=key), sent, by=by)


def remove_theme(*, visit: Visit, key: uuid.UUID, by: User) -> bool:
    """Take a theme out, with a history line that says nothing of it; says whether it was there.

    Raises as `lock_record` does.
    """
    with transaction.atomic():
        locked = lock_record(visit, by=by)
        there, _ = Theme.objects.filter(visit=locked, key=key).delete()
        if not there:
            return False
        RemovedTheme.objects.create(visit=locked, key=key, removed_by=by)
        summary = f"{by} removed a theme from the record of {locked}."
        history.record("visit.theme_removed", summary, by=by, target=locked, school=locked.school)
    return True


def _check_not_removed(visit: Visit, key: uuid.UUID) -> None:
    removed = RemovedTheme.objects.select_related("removed_by").filter(visit=visit, key=key).first()
    if removed is not None:
        raise ThemeRemoved(removed.removed_by)
