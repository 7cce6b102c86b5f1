"""What an administrator changes about the programme itself: years, cohorts, areas, partner bodies, names."""

from typing import cast

from django.db import transaction

from accounts.models import User
from core.seen import SeenForm, save_seen
from schools.models import ProgrammeYear
from schools.services.years import lock_open_year


def save_row(*, form: SeenForm, by: User) -> bool:
    """Add or change a row of the programme, under the name that its model has; raises what `save_seen` does."""
    named = form.instance._meta
    did = "changed" if form.instance.pk else "added"
    return save_seen(
        form,
        kind=f"{named.model_name}.{did}",
        tell=lambda row: f"{by} {did} the {named.verbose_name} {row}.",
        by=by,
    )


def save_settings(*, form: SeenForm, by: User) -> bool:
    """Change the programme's own names and contacts; raises what `save_seen` does."""
    return save_seen(
        form, kind="settings.changed", tell=lambda _: f"{by} changed the programme’s settings.", by=by
    )


def save_year(*, form: SeenForm, by: User) -> bool:
    """Add or change a programme year; raises what `save_seen` does, and YearIsClosed for an archive."""
    with transaction.atomic():
        if form.instance.pk:
            lock_open_year(cast(ProgrammeYear, form.instance))
        return save_row(form=form, by=by)
