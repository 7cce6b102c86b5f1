"""What of the loop waits for somebody: themes without an outcome, words without an approval, approved words."""

from typing import NamedTuple

from django.db.models import Count, Exists, F, OuterRef, QuerySet

from schools.models import School
from visits.enums import TO_THE_SCHOOL, Kind
from visits.models import FamiliesEdition, FamiliesLine, FamiliesPage, Theme


class Undecided(NamedTuple):
    """How many things that were said at a school wait for a decision."""

    school_pk: int
    school: str
    themes: int


def undecided_at(schools: frozenset[int]) -> list[Undecided]:
    """By school, for what could be better and was shared with it in a year that is not closed; one query."""
    themes = Theme.objects.filter(
        visit__school__in=schools,
        visit__status__in=TO_THE_SCHOOL,
        visit__programme_year__closed_at=None,
        kind=Kind.COULD_BE_BETTER,
        outcome="",
    )
    counted = themes.order_by().values_list("visit__school", "visit__school__name").annotate(Count("pk"))
    return [Undecided(*row) for row in counted.order_by("visit__school__name")]


def pages_for_the_school() -> QuerySet[FamiliesPage]:
    """Pages that the forum approved and the school has not yet."""
    return _written().exclude(forum_approved_digest="").filter(school_approved_digest="")


def pages_for_the_forum() -> QuerySet[FamiliesPage]:
    """Pages on which something stands that the forum has not approved yet."""
    return _written().filter(forum_approved_digest="")


def pages_to_publish() -> QuerySet[FamiliesPage]:
    """Pages of listed schools that both approved, and that families do not read yet."""
    read = FamiliesEdition.objects.current().filter(
        school=OuterRef("school"), digest=OuterRef("school_approved_digest")
    )
    approved = _written().exclude(school_approved_digest="")
    approved = approved.filter(forum_approved_digest=F("school_approved_digest"))
    return approved.filter(~Exists(read), school__in=School.objects.on_public_list())


def _written() -> QuerySet[FamiliesPage]:
    """Pages of years that are not closed on which something stands, with their names."""
    pages = FamiliesPage.objects.filter(programme_year__closed_at=None)
    pages = pages.filter(Exists(FamiliesLine.objects.filter(page=OuterRef("pk"))))
    return pages.select_related("school", "programme_year").order_by("school__name", "pk")
