"""Many visits planned at once: each is a transaction of its own, and one that is refused holds no other up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accounts.models import User
from schools.services.errors import ProgrammeError
from visits.models import Visit
from visits.services.errors import VisitError
from visits.services.planning import confirm, propose_times
from visits.times import VisitTime


@dataclass(frozen=True)
class PlannedVisit:
    """A visit, the time for it or several to choose from, and who would go (None: as it is)."""

    visit: Visit
    times: Sequence[VisitTime]
    workers: Sequence[User] | None = None
    is_meant: bool = False
    """Whether a day on which schools are closed is no mistake."""

    @property
    def when(self) -> str:
        """Its times in words."""
        return ", or ".join(str(one) for one in self.times)


@dataclass(frozen=True)
class Planned:
    """What became of one of them."""

    plan: PlannedVisit
    refusal: str = ""
    """Why nothing did, as a sentence."""

    @property
    def is_done(self) -> bool:
        """Whether the visit has the time now, or its school the times."""
        return not self.refusal


def plan_visits(*, plans: Iterable[PlannedVisit], proposing: bool, by: User) -> list[Planned]:
    """Confirm each visit for its only time, or propose its times to its school, one after the other.

    Never raises for one of them: why it was refused stands beside it. One that has the time
    and the workers already counts as done.
    """
    return [Planned(plan, _refusal(plan, proposing=proposing, by=by)) for plan in plans]


def _refusal(plan: PlannedVisit, *, proposing: bool, by: User) -> str:
    try:
        if proposing:
            propose_times(
                visit=plan.visit, times=plan.times, by=by, workers=plan.workers, is_meant=plan.is_meant
            )
        else:
            (time,) = plan.times
            confirm(visit=plan.visit, time=time, by=by, workers=plan.workers, is_meant=plan.is_meant)
    except (VisitError, ProgrammeError) as refused:
        return str(refused)
    return ""
