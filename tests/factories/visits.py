"""Visits, what was written down at them, and local support."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import factory
from django.utils import timezone

from schools.models import Action, Area
from tests.factories.accounts import UserFactory
from tests.factories.schools import ProgrammeYearFactory, SchoolFactory
from visits.enums import AFTER_IT, Kind, VisitStatus
from visits.models import (
    Attendance,
    FamiliesEdition,
    FamiliesLine,
    FamiliesPage,
    LocalSupport,
    Theme,
    ThemeGroup,
    Visit,
    VisitNotes,
    VisitStep,
    VisitSummary,
)
from visits.queries.families import words_of
from visits.snapshot import take_snapshot

LONDON = ZoneInfo("Europe/London")
HAS_TIME = (VisitStatus.CONFIRMED, *AFTER_IT)


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of the school day."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)


class VisitFactory(factory.django.DjangoModelFactory):
    """The first visit of a school, to schedule; one of another status has what that status needs, on 5 October 2026."""

    class Meta:
        model = Visit
        skip_postgeneration_save = True

    class Params:
        number = 1

    school = factory.SubFactory(SchoolFactory)
    programme_year = factory.SubFactory(ProgrammeYearFactory)
    step = factory.LazyAttribute(lambda visit: VisitStep.objects.get(number=visit.number))
    status = VisitStatus.TO_SCHEDULE
    starts_at = factory.LazyAttribute(
        lambda visit: at(date(2026, 10, 5)) if visit.status in HAS_TIME else None
    )
    ends_at = factory.LazyAttribute(
        lambda visit: visit.starts_at + timedelta(hours=1) if visit.starts_at else None
    )
    held_noted_at = factory.LazyAttribute(lambda visit: timezone.now() if visit.status in AFTER_IT else None)
    held_noted_by = factory.LazyAttribute(lambda visit: UserFactory() if visit.status in AFTER_IT else None)
    shared_at = factory.LazyAttribute(lambda v: timezone.now() if v.status in AFTER_IT[2:] else None)
    shared_by = factory.LazyAttribute(lambda v: UserFactory() if v.status in AFTER_IT[2:] else None)
    closed_at = factory.LazyAttribute(lambda v: timezone.now() if v.status == VisitStatus.CLOSED else None)
    closed_by = factory.LazyAttribute(lambda v: UserFactory() if v.status == VisitStatus.CLOSED else None)
    cancelled_at = factory.LazyAttribute(
        lambda v: timezone.now() if v.status == VisitStatus.CANCELLED else None
    )
    cancelled_by = factory.LazyAttribute(
        lambda v: UserFactory() if v.status == VisitStatus.CANCELLED else None
    )
    cancelled_reason = factory.LazyAttribute(
        lambda v: "The hall is closed." if v.status == VisitStatus.CANCELLED else ""
    )

    @factory.post_generation
    def workers(self, create, extracted, **kwargs):
        if create and extracted:
            self.workers.set(extracted)


def on_request(visit: Visit) -> Visit:
    """The visit, as one that somebody asked for at a school that is not owed it."""
    visit.is_on_request = True
    visit.save()
    return visit


class AttendanceFactory(factory.django.DjangoModelFactory):
    """Seven parent carers and the SENCo came."""

    class Meta:
        model = Attendance

    visit = factory.SubFactory(VisitFactory, status=VisitStatus.HELD)
    parent_carers = 7
    roles_present = ["senco"]
    saved_by = factory.SubFactory(UserFactory)


class VisitNotesFactory(factory.django.DjangoModelFactory):
    """The leaders were told something."""

    class Meta:
        model = VisitNotes

    visit = factory.SubFactory(VisitFactory, status=VisitStatus.HELD)
    told_leaders = "The morning at the gate was praised."
    saved_by = factory.SubFactory(UserFactory)


class ThemeFactory(factory.django.DjangoModelFactory):
    """Something that could be better at the school, raised by three."""

    class Meta:
        model = Theme

    visit = factory.SubFactory(VisitFactory, status=VisitStatus.HELD)
    area = factory.LazyFunction(lambda: Area.objects.get(key="environment"))
    kind = Kind.COULD_BE_BETTER
    text = "The dining hall is loud."
    raised_by = 3
    saved_by = factory.SubFactory(UserFactory)


class LocalSupportFactory(factory.django.DjangoModelFactory):
    """A group that is shown to families."""

    class Meta:
        model = LocalSupport

    name = factory.Sequence(lambda n: f"Family group {n}")
    what_for = "Somebody to talk to who has been there."
    how_to_reach = "Ring 01743 000000 on weekday mornings."
    checked_on = date(2026, 9, 1)


class ActionFactory(factory.django.DjangoModelFactory):
    """Something the SENCo is to change by the end of the year."""

    class Meta:
        model = Action

    school = factory.SubFactory(SchoolFactory)
    programme_year = factory.SubFactory(ProgrammeYearFactory)
    what = "Open a quiet room at lunch."
    area = factory.LazyFunction(lambda: Area.objects.get(key="environment"))
    owner_role = "senco"
    due_on = date(2026, 12, 18)
    added_by = factory.SubFactory(UserFactory)


class VisitSummaryFactory(factory.django.DjangoModelFactory):
    """What the school has of a visit that was shared today; it can reply for two weeks."""

    class Meta:
        model = VisitSummary

    visit = factory.SubFactory(VisitFactory, status=VisitStatus.SHARED)
    snapshot = factory.LazyAttribute(lambda summary: take_snapshot(summary.visit))
    reply_by = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))


class ThemeGroupFactory(factory.django.DjangoModelFactory):
    """A group of things that could be better."""

    class Meta:
        model = ThemeGroup

    name = factory.Sequence(lambda n: f"Noise at lunch {n}")
    area = factory.LazyFunction(lambda: Area.objects.get(key="environment"))
    kind = Kind.COULD_BE_BETTER


class FamiliesPageFactory(factory.django.DjangoModelFactory):
    """A page that nobody has written on."""

    class Meta:
        model = FamiliesPage

    school = factory.SubFactory(SchoolFactory)
    programme_year = factory.SubFactory(ProgrammeYearFactory)


class FamiliesLineFactory(factory.django.DjangoModelFactory):
    """A line of such a page, which came from no theme."""

    class Meta:
        model = FamiliesLine

    page = factory.SubFactory(FamiliesPageFactory)
    area = factory.LazyFunction(lambda: Area.objects.get(key="environment"))
    you_said = "The dining hall is loud."
    becomes = FamiliesLine.Becomes.DOING
    answer = "A quiet room opens at lunch."


class FamiliesEditionFactory(factory.django.DjangoModelFactory):
    """What families read of such a page; its sheet is still to be made."""

    class Meta:
        model = FamiliesEdition

    school = factory.SubFactory(SchoolFactory)
    page = factory.SubFactory(FamiliesPageFactory, school=factory.SelfAttribute("..school"))
    edition = 1
    snapshot = factory.LazyAttribute(lambda edition: words_of(edition.page).content)
    digest = factory.LazyAttribute(lambda edition: words_of(edition.page).digest)
    published_by = factory.SubFactory(UserFactory)
