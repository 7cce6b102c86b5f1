"""What somebody may read of visits without having to answer: the shared notes, for the governors of a school."""

from collections.abc import Iterator

from accounts.models import User
from accounts.permissions import Verb
from core import history
from core.words import date_words
from pins.next_step import NextStep
from schools.access import own_schools
from schools.models import School
from visits.addresses import page_of
from visits.enums import TO_THE_SCHOOL
from visits.models import Visit
from visits.queries.sharing import SUMMARY_OPENED, only_reads

MINUTES_TO_READ = 5


def notes_to_read(user: User, at: School | None = None) -> Iterator[NextStep]:
    """Shared notes of the years that are not closed, until they were opened; two queries where there are any."""
    schools = _where_they_only_read(user, at)
    if not schools:
        return
    shared = Visit.objects.visible_to(user).filter(
        school__in=schools,
        status__in=TO_THE_SCHOOL,
        summary__isnull=False,
        programme_year__closed_at=None,
    )
    visits = list(shared.select_related("school").order_by("shared_at", "pk"))
    opened = history.already(SUMMARY_OPENED, by=user, among=visits)
    yield from (_to_read(visit) for visit in visits if str(visit.pk) not in opened)


def _where_they_only_read(user: User, at: School | None) -> frozenset[int]:
    """Whoever answers for the school is asked to reply, which pins.home_visits does."""
    own = own_schools(user, Verb.TAKE_PART_IN_VISITS)
    return frozenset(pk for pk in own if (at is None or pk == at.pk) and only_reads(user, School(pk=pk)))


def _to_read(visit: Visit) -> NextStep:
    return NextStep(
        verb=f"Read the notes of visit {visit.step_id}",
        url=page_of("visits:summary", visit.pk),
        school=visit.school.name,
        school_pk=visit.school_id,
        minutes=MINUTES_TO_READ,
        since=f"shared {date_words(visit.shared_at)}" if visit.shared_at else "",
    )
