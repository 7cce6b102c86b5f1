"""The visits that come, as Home names them: to those who visit, and to the schools."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from urllib.parse import urlencode

from accounts.backends import may_sign_in
from accounts.models import User
from accounts.permissions import Verb
from core.words import local
from pins.home_forum import ORDER, goers_of
from schools.access import own_schools
from schools.models import School
from visits.addresses import page_of
from visits.enums import VisitStatus
from visits.models import Visit
from visits.planner_words import day_words, span_words
from visits.queries.planner import Clock, Pile, counted

MOST_COMING = 12
"""Visits of the next seven days that Home names; the planner has them all."""


def coming_visits(user: User) -> list["Coming"]:
    """For those who visit, the visits of the next seven days by day, the reader's own first on each; two queries."""
    clock = Clock.read()
    visits = counted(Visit.objects.visible_to(user)).filter(clock.condition(Pile.THIS_WEEK))
    every = list(visits.select_related("school").order_by(*ORDER))
    goers = goers_of(every, user)
    found = sorted(every, key=lambda visit: not goers[visit.pk].is_reader)[:MOST_COMING]
    found.sort(
        key=lambda visit: (local(cast(datetime, visit.starts_at)).date(), not goers[visit.pk].is_reader)
    )
    return [Coming(visit, goers[visit.pk].words, clock.today) for visit in found]


def coming_to_own_schools(user: User) -> list["Coming"]:
    """For a school lead, every visit that has a date to come, the next first; two queries."""
    clock = Clock.read()
    own = own_schools(user, Verb.TAKE_PART_IN_VISITS)
    visits = Visit.objects.visible_to(user).filter(
        school__in=own, status=VisitStatus.CONFIRMED, ends_at__gt=clock.now
    )
    found = list(visits.select_related("school").prefetch_related("workers").order_by(*ORDER)[:MOST_COMING])
    return [Coming(visit, _with(visit), clock.today, is_at_own_school=True) for visit in found]


def _with(visit: Visit) -> str:
    """Who comes, in words, of a visit fetched with its workers; nobody who cannot sign in any more."""
    names = [str(worker) for worker in visit.workers.all() if may_sign_in(worker)]
    return f"with {' and '.join(names)}" if names else ""


@dataclass(frozen=True)
class Coming:
    """A visit of the next seven days, as Home names it."""

    visit: Visit
    who: str
    """Who goes, where it is not the reader."""
    today: date
    is_at_own_school: bool = False
    """Whether the reader is there anyway, and writes nothing down."""

    @property
    def day(self) -> str:
        """Today, tomorrow, or the day in full."""
        if self.visit.starts_at is None:
            return ""
        ahead = (local(self.visit.starts_at).date() - self.today).days
        return {0: "Today", 1: "Tomorrow"}.get(ahead) or day_words(self.visit.starts_at)

    @property
    def is_near(self) -> bool:
        """Whether it is today or tomorrow."""
        return self.day in ("Today", "Tomorrow")

    @property
    def time(self) -> str:
        """From when to when."""
        return (
            span_words(self.visit.starts_at, self.visit.ends_at)
            if self.visit.ends_at and self.visit.starts_at
            else ""
        )

    @property
    def place(self) -> str:
        """Where in the school, or that it is online."""
        return "Online" if self.visit.is_online else self.visit.place

    @property
    def url(self) -> str:
        """The visit's page."""
        return page_of("visits:visit", self.visit.pk)

    @property
    def record_url(self) -> str:
        """Where it is written down, by those who do."""
        return "" if self.is_at_own_school else page_of("visits:record", self.visit.pk)

    @property
    def directions_url(self) -> str:
        """The way there by a map that telephones open by themselves; none to a visit online."""
        return "" if self.visit.is_online or self.is_at_own_school else directions_to(self.visit.school)


def directions_to(school: School) -> str:
    """An address that nothing but the school's own, which is public, is written into."""
    place = ", ".join(part for part in (school.name, school.town, school.postcode) if part)
    return f"https://www.google.com/maps/dir/?{urlencode({'api': 1, 'destination': place})}"
