"""Who is on the public list, when they joined, and what people call them."""

from datetime import date

import pytest

from schools.queries.public import public_cohorts, public_counts, public_schools, words_of
from tests.factories import CohortFactory, ParticipationFactory, ProgrammeYearFactory, SchoolFactory

pytestmark = pytest.mark.django_db


class TestWithdrawal:
    @pytest.fixture
    def years(self):
        earlier = ProgrammeYearFactory(
            name="2025 to 2026", starts_on=date(2025, 6, 1), ends_on=date(2026, 3, 31)
        )
        return earlier, ProgrammeYearFactory()

    def take_part(self, years, *statuses: str):
        school = SchoolFactory()
        for year, status in zip(years, statuses, strict=True):
            left = {"withdrawn_on": year.starts_on, "withdrawal_reason": "x"} if status == "withdrawn" else {}
            ParticipationFactory(school=school, programme_year=year, status=status, **left)
        return school

    @pytest.mark.parametrize(
        ("statuses", "is_listed"),
        [
            (("completed", "active"), True),
            (("completed", "invited"), True),
            (("completed", "withdrawn"), False),
            (("withdrawn", "active"), True),
            (("withdrawn", "invited"), False),
        ],
        ids=lambda value: "_then_".join(value) if isinstance(value, tuple) else "",
    )
    def test_who_withdrew_leaves_the_list_until_they_take_part_again(self, years, statuses, is_listed):
        school = self.take_part(years, *statuses)
        assert (school in public_schools()) is is_listed


class TestComing:
    """A year that has not begun: what is said of it today changes nothing for the public."""

    @pytest.fixture
    def coming(self):
        return ProgrammeYearFactory(name="Coming", starts_on=date(2999, 4, 1), ends_on=date(2999, 12, 31))

    def test_who_will_not_go_on_is_named_until_it_begins(self, coming):
        school = ParticipationFactory().school
        left = {"withdrawn_on": date(2026, 11, 1), "withdrawal_reason": "x"}
        ParticipationFactory(school=school, programme_year=coming, status="withdrawn", **left)
        assert list(public_schools()) == [school]

    def test_who_will_join_is_not_named_before(self, coming):
        ParticipationFactory(programme_year=coming, status="confirmed")
        assert list(public_schools()) == []

    def test_when_it_joined_is_told_by_the_years_that_have_begun(self, coming):
        school = ParticipationFactory().school
        ParticipationFactory(
            school=school, programme_year=coming, cohort=CohortFactory(name="A", joined_in=coming)
        )
        assert public_counts() == [("2026 to 2027", 1)]


class TestCohort:
    @pytest.fixture
    def embedding(self):
        """Joined in the first year, carries on in the second."""
        earlier = ProgrammeYearFactory(
            name="2025 to 2026", starts_on=date(2025, 6, 1), ends_on=date(2026, 3, 31)
        )
        later = ProgrammeYearFactory()
        school = SchoolFactory(name="Caer Ridge")
        first, second = CohortFactory(joined_in=earlier), CohortFactory(name="Year 2", joined_in=later)
        ParticipationFactory(school=school, programme_year=later, cohort=second, offer="embedding")
        ParticipationFactory(school=school, programme_year=earlier, cohort=first, status="completed")
        return school

    @pytest.mark.usefixtures("embedding")
    def test_is_counted_once(self):
        assert public_counts() == [("2025 to 2026", 1)]

    @pytest.mark.usefixtures("embedding")
    def test_cohorts_are_named_in_order_of_joining(self):
        assert [cohort.name for cohort in public_cohorts()] == ["Year 1", "Year 2"]

    @pytest.mark.usefixtures("embedding")
    def test_is_told_by_its_years_since_parents_read_year_1_as_a_class(self):
        assert [cohort.label for cohort in public_cohorts()] == ["2025 to 2026", "2026 to 2027"]

    def test_has_its_name_too_where_another_joined_in_the_same_years(self):
        CohortFactory(), CohortFactory(name="Year 1b")
        assert [cohort.label for cohort in public_cohorts()] == [
            "2026 to 2027 (Year 1)",
            "2026 to 2027 (Year 1b)",
        ]

    def test_of_a_programme_year_within_one_year_has_one(self):
        year = ProgrammeYearFactory(starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
        CohortFactory(joined_in=year)
        assert [cohort.label for cohort in public_cohorts()] == ["2026"]


def test_words_of_a_name():
    assert words_of("St. Mary's C of E & Nursery") == " st marys cofe nursery "


@pytest.mark.parametrize("schools", [1, 3])
def test_counting_takes_two_queries(schools, django_assert_num_queries):
    for n in range(schools):
        ParticipationFactory(school=SchoolFactory(name=f"Caer Ridge {n}"))
    assert public_schools().count() == schools
    with django_assert_num_queries(2):
        assert sum(number for _, number in public_counts()) == schools
