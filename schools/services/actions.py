"""What a school is going to change: adding and changing actions, and the moves of their status."""

from typing import cast

from django.db import transaction

from accounts.models import User
from core import history
from core.seen import SeenForm, save_seen
from schools.models import Action, ActionMove, action_move
from schools.services.errors import ChangeOwed, MoveNotAllowed, ReasonOwed
from schools.services.years import lock_open_year


def save_action(*, form: SeenForm, by: User) -> bool:
    """Add an action to a school's list, or change what it says; raises what `save_seen` does, and YearIsClosed."""
    action = cast(Action, form.instance)
    did = "changed" if action.pk else "added"
    if not action.pk:
        action.added_by = by
    with transaction.atomic():
        lock_open_year(action.programme_year)
        return save_seen(
            form, kind=f"action.{did}", tell=lambda row: f"{by} {did} the action “{row}”.", by=by
        )


def move_action(*, action: Action, to: str, by: User, reason: str = "", what_changed: str = "") -> Action:
    """Move an action to another status. A second press of the same button changes nothing.

    Raises YearIsClosed for an archive, MoveNotAllowed where there is no such move, ReasonOwed or ChangeOwed where the
    move owes a reason, or what changed, and nothing was said.
    """
    with transaction.atomic():
        lock_open_year(action.programme_year)
        locked = Action.objects.select_for_update(of=("self",)).select_related("school").get(pk=action.pk)
        if locked.status == to:
            return locked
        move = action_move(locked.status, to)
        if move is None:
            stands = locked.get_status_display().lower()
            raise MoveNotAllowed(f"The action is “{stands}” now: this cannot be done from there.")
        _write(locked, move, reason.strip(), what_changed.strip())
        history.record(
            f"action.{to}",
            f"The action “{locked}”: {locked.get_status_display().lower()}.",
            by=by,
            target=locked,
            school=locked.school,
            details={"before": move.before, "after": to, "reason": locked.reason},
        )
    return locked


def _write(action: Action, move: ActionMove, reason: str, what_changed: str) -> None:
    if move.owes_reason and not reason:
        raise ReasonOwed
    if move.owes_change and not what_changed:
        raise ChangeOwed
    action.status = move.after
    action.reason = reason if move.owes_reason else ""
    if move.owes_change:
        action.what_changed = what_changed
    action.save(update_fields=["status", "reason", "what_changed"])
