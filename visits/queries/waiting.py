"""What of the loop waits for somebody: themes without an outcome, words without an approval, approved words."""

from datetime import date, datetime
from typing import NamedTuple

from django.db.models import CharField, Count, Exists, Min, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Cast

from core.models import HistoryEntry
from core.prepared import Prepared
from core.words import local
from schools.models import School
from schools.queries.terms import SchoolCalendar
from visits.enums import TO_THE_SCHOOL, Kind
from visits.models import FamiliesEdition, FamiliesLine, FamiliesPage, Theme
from visits.queries.families import words_of

DAYS_TO_ANSWER = 10
"""School days to decide what becomes of what was shared, and to approve what the other side approved."""


class Undecided(NamedTuple):
    """How many things that were said at a school wait for a decision, and since when the first of them does."""

    school_pk: int
    school: str
    themes: int
    since: datetime


class Waiting(NamedTuple):
    """A page on which something stands, and which approvals of exactly these words stand."""

    page: FamiliesPage
    school: bool
    forum: bool
    may_be_published: bool
    drafted_at: datetime | None
    """When something that was decided last came onto the page."""
    taken_down_at: datetime | None
    """When what families read of it was taken down, where nothing was published since."""

    @property
    def asked(self) -> bool:
        """Whether the school waits for the answer to a change that it asked for."""
        return self.page.change_asked_at is not None

    @property
    def since(self) -> datetime | None:
        """Since when it waits: for the other side's approval, for being published, or for words and both approvals.

        A change that is asked for waits since it was.
        """
        if self.page.change_asked_at:
            return self.page.change_asked_at
        approved = [self.page.school_approved_at] if self.school else []
        approved += [self.page.forum_approved_at] if self.forum else []
        return max((at for at in approved if at), default=self.taken_down_at or self.drafted_at)


def undecided_at(schools: frozenset[int]) -> list[Undecided]:
    """By school, for what could be better and was shared with it in a year that is not closed; one query."""
    themes = Theme.objects.filter(
        visit__school__in=schools,
        visit__status__in=TO_THE_SCHOOL,
        visit__programme_year__closed_at=None,
        kind=Kind.COULD_BE_BETTER,
        outcome="",
    )
    counted = themes.order_by().values_list("visit__school", "visit__school__name")
    rows = counted.annotate(Count("pk"), Min("visit__shared_at")).order_by("visit__school__name")
    return [Undecided(*row) for row in rows]


def pages_waiting(schools: frozenset[int] | None = None) -> list[Waiting]:
    """Pages of these schools, or of all, in years that are not closed; two queries.

    An approval counts for the words as they are now: an area or a school of another name is approved anew.
    """
    return [_how_it_stands(page) for page in (_ALL_WRITTEN() if schools is None else _written(schools))]


def wanted_by(since: datetime, calendar: SchoolCalendar | None = None) -> date:
    """The day by which something that waits since then is wanted."""
    return (calendar or SchoolCalendar.load()).school_days_after(local(since).date(), DAYS_TO_ANSWER)


def _how_it_stands(page: FamiliesPage) -> Waiting:
    now = words_of(page).digest
    school, forum = page.school_approved_digest == now, page.forum_approved_digest == now
    is_new = page.read_now != now  # type: ignore[attr-defined]
    may_be_published = page.change_asked_at is None and school and forum and is_new and page.is_listed  # type: ignore[attr-defined]
    return Waiting(page, school, forum, may_be_published, page.drafted_at, page.taken_down_at)  # type: ignore[attr-defined]


def _written(schools: frozenset[int] | None) -> QuerySet[FamiliesPage]:
    current = FamiliesEdition.objects.current().filter(school=OuterRef("school"))
    published = FamiliesEdition.objects.filter(page=OuterRef("pk")).order_by("-edition")
    pages = FamiliesPage.objects.filter(programme_year__closed_at=None)
    if schools is not None:
        pages = pages.filter(school__in=schools)
    pages = pages.filter(Exists(FamiliesLine.objects.filter(page=OuterRef("pk")))).annotate(
        read_now=Subquery(current.values("digest")[:1]),
        is_listed=Exists(School.objects.on_public_list().filter(pk=OuterRef("school"))),
        drafted_at=Subquery(_drafts().values("at")[:1]),
        taken_down_at=Subquery(published.values("withdrawn_at")[:1]),
    )
    lines = Prefetch("lines", FamiliesLine.objects.select_related("area"))
    return (
        pages.select_related("school", "programme_year", "change_asked_by")
        .prefetch_related(lines)
        .order_by("school__name", "pk")
    )


_ALL_WRITTEN = Prepared(lambda: _written(None))


def _drafts() -> QuerySet[HistoryEntry]:
    """The lines of the page of an outer query that say what came onto it, the newest first."""
    of_pages = HistoryEntry.objects.filter(
        kind="families.drafted", target_type=FamiliesPage._meta.label_lower
    )
    return of_pages.filter(target_id=Cast(OuterRef("pk"), CharField())).order_by("-at", "-pk")
