"""What became of a visit after a link to pick its time has ended, as far as the school may know it."""

from dataclasses import dataclass

from core import history
from visits.calendar import when
from visits.enums import AFTER_IT, VisitStatus
from visits.links import Standing, standing_of
from visits.models import Visit, VisitLink
from visits.queries.owed import takes_part

_ANOTHER_DATE = ("visit.moved", "visit.date_taken_back")


@dataclass(frozen=True)
class Ended:
    """A link by which nothing can be picked any more, and how the visit stands now."""

    visit: Visit
    why: Standing
    was_moved: bool
    """Whether it got another time or place after it was picked by this link."""
    another: Visit | None
    """The one that takes the place of a cancelled visit."""
    withdrew: bool = False
    """Whether the school does not take part any more."""

    @property
    def at(self) -> str:
        """The time that is agreed now, in words; nothing where there is none."""
        return _time_of(self.visit)

    @property
    def another_at(self) -> str:
        """The same of the visit that takes the place of this one."""
        return _time_of(self.another) if self.another else ""

    @property
    def another_was_held(self) -> bool:
        """Whether the visit that takes the place of this one has taken place."""
        return self.another is not None and self.another.was_held

    @property
    def was_used(self) -> bool:
        """Whether a time was picked by it."""
        return self.why is Standing.USED

    @property
    def is_cancelled(self) -> bool:
        """Whether the visit will not be."""
        return self.visit.status == VisitStatus.CANCELLED

    @property
    def is_over(self) -> bool:
        """Whether it has taken place."""
        return self.visit.status in AFTER_IT

    @property
    def has_newer(self) -> bool:
        """Whether times wait for an answer, by another link."""
        return self.visit.status == VisitStatus.PROPOSED


def ended(link: VisitLink) -> Ended:
    """How the visit of a link that does nothing any more stands; at most three queries."""
    visit, why = link.visit, standing_of(link)
    is_picked = why is Standing.USED and visit.status == VisitStatus.CONFIRMED
    since = (
        history.of_target(visit).filter(kind__in=_ANOTHER_DATE, at__gte=link.used_at) if is_picked else None
    )
    another = None
    if visit.status == VisitStatus.CANCELLED:
        same = Visit.objects.live().filter(school=visit.school_id, programme_year=visit.programme_year_id)
        another = same.filter(step=visit.step_id).first()
    return Ended(visit, why, since is not None and since.exists(), another, withdrew=not takes_part(visit))


def _time_of(visit: Visit) -> str:
    is_set = visit.status == VisitStatus.CONFIRMED and visit.starts_at and visit.ends_at
    return when(visit.starts_at, visit.ends_at) if is_set and visit.starts_at and visit.ends_at else ""
