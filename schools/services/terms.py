"""The county's terms and days off: saved and removed with a history line."""

from django.db import transaction

from accounts.models import User
from core import history
from schools.models import DayOff, Term


def remove_term_row(*, row: Term | DayOff, by: User) -> None:
    """Take a half term or a day off off the list; one that somebody else removed a moment ago is gone."""
    named = row._meta
    with transaction.atomic():
        removed, _ = type(row)._default_manager.filter(pk=row.pk).delete()
        if removed:
            summary = f"{by} removed the {named.verbose_name} {row}."
            history.record(f"{named.model_name}.removed", summary, by=by, target=row)
