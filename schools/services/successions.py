"""What a person decides about a succession that the register does not make plain."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from core import history
from schools.models import School, SchoolUrn, SuccessionToReview
from schools.register.apply import MeanwhileError, absorb, edition, move_on, record_of_school
from schools.register.differences import plain
from schools.register.plan import Held
from schools.register.stored import FIELDS, is_depended_on
from schools.services.errors import RegisterError

Decision = SuccessionToReview.Decision
DECIDED = "Somebody has decided about these two schools meanwhile."


@dataclass(frozen=True)
class Ends:
    """The two schools of a succession as they stand here, and why they cannot be joined (empty when they can)."""

    old: SchoolUrn | None
    new: SchoolUrn | None
    obstacle: str

    @property
    def names(self) -> list[str]:
        """The names and towns of those that are stored here: they name no person."""
        schools = [one.school for one in (self.old, self.new) if one is not None]
        return [name for school in schools for name in school.innocent_names]

    @property
    def first_day(self) -> date | None:
        """The first day under the newer number, as far as the register says."""
        if self.new is None:
            return None
        return self.new.valid_from or self.new.school.opened_on


def ends_of(succession: SuccessionToReview) -> Ends:
    """How both ends stand here now."""
    pair = [succession.old_urn, succession.new_urn]
    found = {one.urn: one for one in SchoolUrn.objects.filter(urn__in=pair).select_related("school")}
    old, new = found.get(succession.old_urn), found.get(succession.new_urn)
    return Ends(old, new, _obstacle(succession, old, new))


def _obstacle(succession: SuccessionToReview, old: SchoolUrn | None, new: SchoolUrn | None) -> str:
    if old is None or new is None:
        missing = succession.old_urn if old is None else succession.new_urn
        return f"URN {missing} is not stored here. Import a register file that has it first."
    if old.school_id == new.school_id:
        return "Both numbers belong to the same school already."
    for one in (old, new):
        if one.valid_to is not None:
            return f"URN {one.urn} is a former number: that school has gone on under another."
    if is_depended_on(new.school_id):
        return (
            f"There are people or work at {new.school} (URN {new.urn}) already, so the two cannot become one."
        )
    return ""


def keep_separate(*, succession: SuccessionToReview, reason: str, by: User) -> None:
    """Write down that these are two schools; raises RegisterError when somebody was quicker."""
    with transaction.atomic():
        _decide(succession, Decision.SEPARATE, reason, by)
        ends = ends_of(succession)
        history.record(
            "school.kept_separate",
            f"URN {succession.old_urn} and {succession.new_urn} stay separate schools.",
            by=by,
            target=succession,
            school=ends.old.school if ends.old else None,
            details={"reason": reason, "why": succession.why},
        )


def continue_as(*, succession: SuccessionToReview, first_day: date, reason: str, by: User) -> None:
    """Move the older school to the newer URN, with all that hangs on it, as a plain succession does.

    Raises RegisterError, with nothing changed, when the two cannot become one or somebody was quicker.
    """
    try:
        with transaction.atomic():
            _decide(succession, Decision.CONTINUES, reason, by)
            ends = ends_of(succession)
            if ends.obstacle or ends.old is None or ends.new is None:
                raise RegisterError(ends.obstacle)
            if ends.old.valid_from and first_day <= ends.old.valid_from:
                raise RegisterError("The first day under the newer number must come after that of the older.")
            move_on(edition())
            _join(ends.old, ends.new, first_day, by, reason)
    except (MeanwhileError, IntegrityError):
        raise RegisterError("Somebody else changed these schools at the same moment. Try again.") from None


def _decide(succession: SuccessionToReview, decision: Decision, reason: str, by: User) -> None:
    waits = SuccessionToReview.objects.undecided().filter(pk=succession.pk)
    if not waits.update(decision=decision, reason=reason, decided_at=timezone.now(), decided_by=by):
        raise RegisterError(DECIDED)


def _join(old: SchoolUrn, new: SchoolUrn, first_day: date, by: User, reason: str) -> None:
    before = Held(old.school_id, {name: getattr(old.school, name) for name in FIELDS})
    after = {name: getattr(new.school, name) for name in FIELDS}
    SchoolUrn.objects.filter(pk=old.pk).update(valid_to=first_day - timedelta(days=1))
    absorb(old.school_id, new.school_id)
    SchoolUrn.objects.filter(pk=new.pk).update(valid_from=first_day)
    School.objects.filter(pk=old.school_id).update(**after)
    details = {
        name: {"before": plain(before.values[name]), "after": plain(value)}
        for name, value in after.items()
        if before.values[name] != value
    }
    details["urn"] = {"before": old.urn, "after": new.urn}
    record_of_school(before, details, by, why=f"Decided by a person: {reason}")
