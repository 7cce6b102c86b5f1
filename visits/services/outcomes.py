"""What becomes of a theme: an action, a reason why not, or that it needs the wider system.

No line of the history holds the words of a theme: people of the school read it before the notes are shared.
"""

from typing import Any, cast

from django.db import transaction

from accounts.models import User
from core import history
from core.seen import SeenForm
from schools.models import Action
from schools.services.actions import save_action
from visits.enums import Kind, Outcome
from visits.models import Theme, Visit
from visits.services.errors import NothingToDecide, OutcomeIsThere, ReasonOwed, ThemeIsGone
from visits.services.moving import lock_visit


def make_action(*, theme: Theme, form: SeenForm, by: User) -> bool:
    """Put a new action on the school's list, to which the theme leads.

    Raises what `save_action` does, OutcomeIsThere (so that a second press makes no second action) and NothingToDecide.
    """
    with transaction.atomic():
        locked = _lock_undecided(theme)
        save_action(form=form, by=by)
        _decide(locked, Outcome.ACTION, by, action=cast(Action, form.instance))
    return True


def join_action(*, theme: Theme, action: Action, by: User) -> None:
    """Let the theme be another reason for an action that the school has already.

    Raises YearIsClosed, OutcomeIsThere and NothingToDecide; the last also for another school's action.
    """
    with transaction.atomic():
        locked = _lock_undecided(theme)
        if action.school_id != locked.visit.school_id:
            raise NothingToDecide("That action is another school’s.")
        _decide(locked, Outcome.ACTION, by, action=action)


def not_going_ahead(*, theme: Theme, reason: str, by: User) -> None:
    """Say why nothing changes.

    Raises YearIsClosed, OutcomeIsThere, NothingToDecide, and ReasonOwed without a reason.
    """
    if not reason.strip():
        raise ReasonOwed
    with transaction.atomic():
        _decide(_lock_undecided(theme), Outcome.NOT_GOING_AHEAD, by, reason=reason.strip())


def needs_wider_system(*, theme: Theme, by: User, what: str = "") -> None:
    """Say that the school cannot change it alone, and perhaps `what` is needed.

    Raises YearIsClosed, OutcomeIsThere and NothingToDecide.
    """
    with transaction.atomic():
        _decide(_lock_undecided(theme), Outcome.WIDER_SYSTEM, by, reason=what.strip())


def take_outcome_back(*, theme: Theme, by: User) -> None:
    """Leave open again what becomes of the theme; an action stays on the school's list.

    Taken back twice is taken back once. Raises YearIsClosed and ThemeIsGone.
    """
    with transaction.atomic():
        locked = _lock(theme)
        if not locked.outcome:
            return
        before = locked.outcome
        _write(locked, "", None, "")
        _tell(locked.visit, f"{by} left open again what becomes of something said", by, {"before": before})


def _lock(theme: Theme) -> Theme:
    """The theme as stored, with its visit, both locked until the transaction ends. Raises ThemeIsGone."""
    visit = lock_visit(theme.visit)
    locked = Theme.objects.select_for_update(of=("self",)).filter(pk=theme.pk).first()
    if locked is None:
        raise ThemeIsGone
    locked.visit = visit
    return locked


def _lock_undecided(theme: Theme) -> Theme:
    locked = _lock(theme)
    if locked.outcome:
        raise OutcomeIsThere
    if locked.kind == Kind.WORKING_WELL:
        raise NothingToDecide("This works well, so nothing has to become of it.")
    if not locked.visit.was_held:
        raise NothingToDecide("The visit is still to come. Log that it was held first.")
    return locked


def _decide(
    theme: Theme, outcome: Outcome, by: User, *, action: Action | None = None, reason: str = ""
) -> None:
    _write(theme, outcome, action, reason)
    details = {"outcome": outcome.value, "action": action.pk if action else None}
    _tell(theme.visit, f"{by} decided what becomes of something said: {outcome.label.lower()}", by, details)


def _write(theme: Theme, outcome: str, action: Action | None, reason: str) -> None:
    theme.outcome, theme.action, theme.outcome_reason = outcome, action, reason
    theme.save(update_fields=["outcome", "action", "outcome_reason"])


def _tell(visit: Visit, what: str, by: User, details: dict[str, Any]) -> None:
    """The line is about the visit: a theme's own label would be its words."""
    summary = f"{what} at visit {visit.step_id}."
    history.record("theme.outcome", summary, by=by, target=visit, school=visit.school, details=details)
