"""The moves of a visit before and around its day: times put forward, a date, another one, none, held after all.

Each is one transaction with one line of history. Each returns whether it changed anything: a second press of the
same button does not, and says so by False. Each raises, besides what it names: YearIsClosed (schools) for an
archive, MoveNotAllowed where the visit does not stand where this can be done, ReasonOwed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from accounts.models import User
from visits.models import Visit
from visits.times import VisitTime


@dataclass(frozen=True)
class Where:
    """Where a visit is: a place in the school, or online at an address."""

    place: str = ""
    is_online: bool = False


def propose_times(
    *,
    visit: Visit,
    times: Sequence[VisitTime],
    by: User,
    where: Where | None = None,
    workers: Collection[User] | None = None,
    is_meant: bool = False,
) -> bool:
    """Put one to three times forward in place of former ones, and e-mail the school a link to pick one.

    The link goes to each school lead or, where no lead has an account, to each contact of the school; with neither,
    nobody is written to. `where` and `workers` stay as they are when None. `is_meant` says that days on which
    schools are closed are no mistake.
    Raises TimeNotPossible (past, outside the programme year, twice the same, none or more than three), NotASchoolDay
    unless `is_meant`, WorkerIsElsewhere, SchoolIsNotInTheYear.
    """
    raise NotImplementedError


def take_times_back(*, visit: Visit, by: User) -> bool:
    """No time is put forward any more; the links that were e-mailed say so."""
    raise NotImplementedError


def confirm(
    *,
    visit: Visit,
    time: VisitTime,
    by: User,
    where: Where | None = None,
    workers: Collection[User] | None = None,
    is_meant: bool = False,
) -> bool:
    """The date stands, as agreed by telephone: in one step from to schedule or from proposed.

    Invitations go out, links to pick a time end, reminders are planned. Raises as `propose_times` does, and
    MoveNotAllowed for a visit that has another date already (which is moved instead).
    """
    raise NotImplementedError


def move_visit(*, visit: Visit, time: VisitTime, reason: str, by: User, is_meant: bool = False) -> bool:
    """Another time for a confirmed visit; calendars get the same UID with a higher sequence. Raises as `confirm`."""
    raise NotImplementedError


def take_date_back(*, visit: Visit, reason: str, by: User) -> bool:
    """A confirmed visit is to be scheduled again; calendars are told that it is off."""
    raise NotImplementedError


def cancel(*, visit: Visit, reason: str, by: User, another: bool = False) -> bool:
    """The visit will not be; with `another`, a new one of the same number is to be scheduled in its place."""
    raise NotImplementedError


def log_held(*, visit: Visit, time: VisitTime, by: User, workers: Collection[User] | None = None) -> bool:
    """The visit took place then, however long ago: in one step from wherever it stands before that.

    Raises NotYetHeld for a time to come and TimeNotPossible for one outside the programme year. Neither school days
    nor clashes are asked about: it is written down as it was.
    """
    raise NotImplementedError


def undo_held(*, visit: Visit, reason: str, by: User) -> bool:
    """It was not held after all, and is confirmed as before; what was recorded of it stays."""
    raise NotImplementedError


def set_workers(*, visit: Visit, workers: Collection[User], by: User) -> bool:
    """Whoever goes for the forum, at any time of the visit's life. Raises WorkerIsElsewhere for a confirmed one."""
    raise NotImplementedError
