"""Keeping the list of local support."""

from accounts.models import User
from core.seen import SeenForm, save_seen


def save_support(*, form: SeenForm, by: User) -> bool:
    """Add or change an entry; raises what `save_seen` does."""
    did = "changed" if form.instance.pk else "added"
    return save_seen(
        form, kind=f"support.{did}", tell=lambda row: f"{by} {did} the local support {row}.", by=by
    )
