"""What a school is owed in the year of a visit: whether it still takes part, and what stands in a visit's place."""

from datetime import date

from schools.models import Participation
from schools.models.programme import ParticipationQuerySet
from visits.enums import VisitStatus
from visits.models import Visit


def has_withdrawn(visit: Visit) -> bool:
    """Whether the school withdrew from the visit's year."""
    return _parts_of(visit).filter(status=Participation.Status.WITHDRAWN).exists()


def takes_part(visit: Visit) -> bool:
    """Whether the school has a part in the visit's year and did not withdraw from it."""
    return _parts_of(visit).exclude(status=Participation.Status.WITHDRAWN).exists()


def is_owed(visit: Visit) -> bool:
    """Whether the school gets every visit of the year: another has to take a cancelled one's place."""
    return _parts_of(visit).owed_visits().exists()


def is_left_over(visit: Visit) -> bool:
    """Whether nobody dated it and no list has it: the school is not owed it, and did not ask for it."""
    if visit.status != VisitStatus.TO_SCHEDULE:
        return False
    return not Visit.objects.filter(pk=visit.pk).needed().exists()


def in_place_of(visit: Visit) -> Visit | None:
    """The live visit of the same number, beside a cancelled one."""
    if visit.status != VisitStatus.CANCELLED:
        return None
    same = Visit.objects.live().filter(
        school=visit.school, programme_year=visit.programme_year, step=visit.step
    )
    return same.with_names().first()


def can_be_planned_again(visit: Visit, *, today: date) -> bool:
    """Whether a cancelled visit in whose place none stands can be asked for anew: its year runs with the school."""
    year = visit.programme_year
    runs = year.starts_on <= today <= year.ends_on and not year.is_archive
    return visit.status == VisitStatus.CANCELLED and runs and not has_withdrawn(visit)


def _parts_of(visit: Visit) -> ParticipationQuerySet:
    return Participation.objects.filter(school=visit.school_id, programme_year=visit.programme_year_id)
