"""Calendar feeds: who may have which, and the visits that are in one."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.backends import may_sign_in
from accounts.models import User
from accounts.permissions import Verb
from core.calendar_files import Event, feed
from core.models import ProgrammeSettings
from core.words import lower_first
from schools.access import may, may_change, own_schools
from schools.models import School
from schools.models.invitations import digest_of
from visits.calendar import event_of
from visits.enums import AFTER_IT, TO_CANCEL, VisitStatus
from visits.models import CalendarFeed, Visit, VisitQuerySet

LOOKS_BACK = timedelta(days=400)
"""What is longer past is in no feed: a year and a month show last year's visits beside this year's."""
CANCELLED_FOR = timedelta(days=60)
"""How long a cancelled visit is in a feed as such, so that a calendar which kept it drops it."""


@dataclass(frozen=True)
class OwnCalendar:
    """Visits of which somebody may have a feed: their own where no school is named."""

    school: School | None
    feeds: list[CalendarFeed] = field(default_factory=list)
    """Its addresses that work, the newest first."""

    @property
    def title(self) -> str:
        """What it holds, in words."""
        return f"Visits to {self.school}" if self.school else "Your own visits"


def may_have_feed(user: User, school: School | None) -> bool:
    """Whether this person may have a feed of the school's visits, or of their own: as a lead there, or as a worker."""
    if not may_sign_in(user):
        return False
    if school is None:
        return may(user, Verb.RECORD_VISITS)
    verb = Verb.TAKE_PART_IN_VISITS
    return school.pk in own_schools(user, verb) and may_change(user, verb, school)


def calendars_of(user: User) -> list[OwnCalendar]:
    """Every calendar that this person may have a feed of, with the addresses that they made."""
    schools = School.objects.filter(pk__in=own_schools(user, Verb.TAKE_PART_IN_VISITS))
    wanted: list[School | None] = [None, *schools] if may_have_feed(user, None) else [*schools]
    made = list(feeds_of(user))
    return [
        OwnCalendar(school, [one for one in made if one.school_id == (school.pk if school else None)])
        for school in wanted
        if may_have_feed(user, school)
    ]


def feeds_of(user: User) -> QuerySet[CalendarFeed]:
    """The addresses that this person made and did not take back."""
    return CalendarFeed.objects.working().filter(owner=user).select_related("school")


def feed_with(token: str) -> CalendarFeed | None:
    """The feed with this secret; none that was taken back, or whose owner lost the right to it."""
    found = CalendarFeed.objects.working().filter(token_digest=digest_of(token))
    feed = found.select_related("owner", "school").first()
    return feed if feed is not None and may_have_feed(feed.owner, feed.school) else None


def visits_in(feed: CalendarFeed) -> VisitQuerySet:
    """Its visits that have a date, and those called off a while ago; the oldest first.

    A date that was confirmed holds until somebody cancels it, also at a school that withdrew: the week and the month
    show it, and everybody's invitation does.
    """
    now = timezone.now()
    shown = Q(status__in=(VisitStatus.CONFIRMED, *AFTER_IT))
    called_off = Q(status=VisitStatus.CANCELLED, cancelled_at__gte=now - CANCELLED_FOR)
    dated = Visit.objects.filter(shown | called_off, starts_at__gte=now - LOOKS_BACK)
    own = dated.filter(school=feed.school) if feed.school else dated.filter(workers=feed.owner)
    return own.with_withdrawn().with_names().order_by("starts_at", "pk")


def file_of(found: CalendarFeed) -> bytes:
    """What a calendar program reads: when, where and what for, and nothing of what was said."""
    programme = ProgrammeSettings.load()
    events = [_event(visit, programme, found) for visit in visits_in(found)]
    return feed(f"{programme.programme_short_name} {_whose(found)}", events)


def _event(visit: Visit, programme: ProgrammeSettings, found: CalendarFeed) -> Event:
    """The visit; a worker's own calendar says what the week says of one that is to be cancelled."""
    event = event_of(visit, programme)
    if found.school is not None or not visit.is_to_cancel:
        return event
    return replace(event, summary=f"{event.summary} ({lower_first(TO_CANCEL)})")


def _whose(found: CalendarFeed) -> str:
    return f"visits to {found.school}" if found.school else f"visits of {found.owner}"
