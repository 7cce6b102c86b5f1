"""One page of the public list: what is read for every request, and what is worked out only when it is rendered."""

from collections.abc import Hashable, Iterator, Sequence
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from core.page_card import PageCard
from schools.map_drawing import Drawing, draw
from schools.public_words import distance_words, list_card, list_data, school_path
from schools.queries.listing import MOST_ON_MAP, PAGE, Asked, PublicSchool, Whole, as_now, find, guesses
from schools.queries.outlines import outline_digest
from schools.queries.public import PublicCohort

Row = tuple[str, str, str, str, str, str, str]
"""Address of its page, name, town, years in which it joined, phase, website, how far it is."""


class ListPage:
    """A page of the list as it was asked for; three queries at most, or five where the list is a long one."""

    def __init__(self, whole: Whole, cohorts: tuple[PublicCohort, ...], asked: Asked, *, number: str) -> None:
        self.asked = asked
        self.cohorts = cohorts
        self.offered = tuple(
            one for one in cohorts if whole.by_cohort.get(one.name) or one.slug == asked.cohort
        )
        self.phases = whole.phases
        self.found = find(whole, asked, cohorts)
        self.page: Page[PublicSchool] = Paginator(self.found.schools, PAGE).get_page(number or 1)
        self.count = len(self.found.schools)
        self.counts = self.found.counts(cohorts)
        self.maps_all = self.count <= MOST_ON_MAP
        self.drawn = as_now(whole, self.found.schools if self.maps_all else list(self.page))
        self.page.object_list = self._of_page()
        self.near = tuple(as_now(whole, guesses(whole, asked.q))) if self._may_be_misspelt else ()
        self.digest = outline_digest()

    def _of_page(self) -> Sequence[PublicSchool]:
        if not self.page.has_other_pages() or not self.maps_all:
            return self.drawn
        pks = {school.pk for school in self.page.object_list}
        return [school for school in self.drawn if school.pk in pks]

    @property
    def _may_be_misspelt(self) -> bool:
        return bool(self.asked.q and not self.found.schools and not self.found.is_unknown_postcode)

    @property
    def contents(self) -> Hashable:
        """All that the page shows, but for what its address says."""
        return (
            *(self.cohorts, self.phases, self.found.middle, self.found.is_unknown_postcode),
            *(self.count, self.counts, self.digest, self.near),
            *(tuple(self.page.object_list), tuple(self.drawn)),
        )

    @property
    def query(self) -> str:
        """What was asked for, as the end of an address."""
        query = urlencode({name: value for name, value in self.asked._asdict().items() if value})
        return f"?{query}" if query else ""

    @property
    def rows(self) -> Iterator[Row]:
        """The rows of the table."""
        years = {cohort.name: cohort.years for cohort in self.cohorts}
        for one in self.page.object_list:
            far = distance_words(one, self.found.middle)
            joined = years.get(one.cohort, "")
            yield school_path(one), one.name, one.town, joined, one.phase, one.website, far

    @cached_property
    def drawing(self) -> Drawing | None:
        """The map; None where no outline was loaded."""
        return draw(self.digest, self.drawn)

    @property
    def paths(self) -> dict[int, str]:
        """Where each point of the map leads to."""
        return {school.pk: school_path(school) for school in self.drawn}

    @cached_property
    def card(self) -> PageCard:
        """What the head of the page says; one query."""
        return list_card(self.asked, self.count, self.page.number)

    @cached_property
    def data(self) -> SafeString:
        """The schools of the page for machines."""
        return list_data(self.page.object_list)
