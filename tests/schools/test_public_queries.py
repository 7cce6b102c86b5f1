"""The public list: who is on it, how it is found, what it costs."""

from datetime import date

import pytest

from schools.queries.public import (
    PAGE,
    nearest_schools,
    public_cohorts,
    public_counts,
    public_page,
    public_rows,
    public_schools,
    with_years,
    words_of,
)
from tests.factories import CohortFactory, ParticipationFactory, ProgrammeYearFactory, SchoolFactory

pytestmark = pytest.mark.django_db


def taking_part(name="Caer Ridge Primary School", *, status="active", **fields: object):
    school = SchoolFactory(name=name, **fields)
    left = (
        {"withdrawn_on": date(2026, 5, 1), "withdrawal_reason": "No SENCo"} if status == "withdrawn" else {}
    )
    ParticipationFactory(school=school, status=status, **left)
    return school


def rows(**asked: str):
    return list(public_rows(public_schools(**asked)))


def names(**asked: str):
    return [name for name, *_ in rows(**asked)]


class TestWhoIsOnIt:
    @pytest.mark.parametrize("status", ["confirmed", "active", "completed"])
    def test_schools_that_take_part_or_have_finished(self, status):
        taking_part(status=status)
        assert names() == ["Caer Ridge Primary School"]

    @pytest.mark.parametrize("status", ["invited", "withdrawn"])
    def test_not_those_that_were_only_asked_or_left(self, status):
        taking_part(status=status)
        assert names() == []

    def test_not_those_that_have_not_agreed(self):
        taking_part(public_consent=False)
        assert names() == []

    def test_a_row_is_what_the_public_may_know_and_no_more(self):
        taking_part(town="Clun", website="https://caer-ridge.example/")
        row = ("Caer Ridge Primary School", "Clun", "Primary", "Year 1", "https://caer-ridge.example/")
        assert rows() == [row]
        assert public_page().object_list == [row]

    def test_in_order_of_name_whatever_the_capitals(self):
        for name in ("Mill Leat", "caer Ridge", "Packhorse"):
            taking_part(name)
        assert names() == ["caer Ridge", "Mill Leat", "Packhorse"]


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
    def test_is_the_first_that_the_school_joined(self):
        assert [cohort for (_, _, _, cohort, _) in rows()] == ["Year 1"]

    @pytest.mark.usefixtures("embedding")
    def test_is_counted_once(self):
        assert public_counts() == [("2025 to 2026", 1)]

    @pytest.mark.usefixtures("embedding")
    def test_narrows_the_list(self):
        assert names(cohort="year-1") == ["Caer Ridge"]
        assert names(cohort="year-2") == []

    @pytest.mark.usefixtures("embedding")
    def test_cohorts_are_named_in_order_of_joining(self):
        assert [cohort.name for cohort in public_cohorts()] == ["Year 1", "Year 2"]

    @pytest.mark.usefixtures("embedding")
    def test_is_told_by_its_years_since_parents_read_year_1_as_a_class(self):
        assert [cohort.label for cohort in public_cohorts()] == ["2025 to 2026", "2026 to 2027"]
        assert [row[-1] for row in with_years(rows(), public_cohorts())] == ["2025 to 2026"]

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


class TestFinding:
    @pytest.mark.parametrize(
        ("name", "q"),
        [
            ("Caer Ridge Primary School", "caer"),
            ("Caer Ridge Primary School", "RIDGE caer"),
            ("Ysgol Tŷ Coch", "ty coch"),
            ("Ysgol Ty Coch", "TŶ"),
            ("St. Winnold's CofE Primary School", "saint winnolds"),
            ("Saint Winnold’s C of E Primary", "st winnold's church of england"),
            ("Offa's Gate", "offas gate"),
            ("Heron’s Reach", "heron's"),
            ("Rea Bridge Primary School & Nursery", "school and nursery"),
            ("Stoke-on-Tern Primary School", "stoke on tern"),
            ("Stoke-on-Tern Primary School", "  tern  "),
        ],
    )
    def test_by_name_whatever_the_spelling(self, name, q):
        taking_part(name)
        assert names(q=q) == [name]

    def test_by_town(self):
        taking_part(town="Bishop's Castle")
        taking_part("Mill Leat", town="Ellesmere")
        assert names(q="bishops castle") == ["Caer Ridge Primary School"]

    def test_by_the_beginning_of_a_word_not_its_middle(self):
        taking_part("Caer Ridge")
        assert names(q="rid") == ["Caer Ridge"]
        assert names(q="idge") == []

    @pytest.mark.parametrize("q", ["%", "_", "学校", "'; --", "zzz"])
    def test_what_nothing_matches_finds_nothing(self, q):
        taking_part()
        assert names(q=q) == []

    def test_words_of_a_name(self):
        assert words_of("St. Mary's C of E & Nursery") == " st marys cofe nursery "


class TestNearest:
    @pytest.fixture(autouse=True)
    def schools(self):
        for name, town in (
            ("Wenlock Brook", "Much Wenlock"),
            ("Clun Hill", "Clun"),
            ("Castle Steps", "Ludlow"),
        ):
            taking_part(f"{name} Primary School", town=town)
        taking_part("Wenlick Quiet Primary School", public_consent=False)

    @pytest.mark.parametrize(
        ("q", "meant"),
        [
            ("wenlok", "Wenlock Brook"),
            ("clunn hill", "Clun Hill"),
            ("Castel Steps", "Castle Steps"),
            ("ludlwo primary school", "Castle Steps"),
            ("cast stepps", "Castle Steps"),
        ],
    )
    def test_is_what_a_misspelt_search_meant(self, q, meant):
        assert names(q=q) == []
        assert [name for name, _ in nearest_schools(q)] == [f"{meant} Primary School"]

    @pytest.mark.parametrize("q", ["", "学校", "nowhere primary school", "wenlok " * 9])
    def test_is_nobody_when_a_word_is_near_to_nothing(self, q):
        assert nearest_schools(q) == []

    def test_is_three_at_most_the_nearest_first(self):
        for n in range(3):
            taking_part(f"Clunhill {n}")
        assert nearest_schools("clunhilll") == [(f"Clunhill {n}", "Shrewsbury") for n in range(3)]
        taking_part("Clunhilll")
        assert [name for name, _ in nearest_schools("clunhilll")] == ["Clunhilll", "Clunhill 0", "Clunhill 1"]

    def test_takes_one_query(self, django_assert_num_queries):
        with django_assert_num_queries(1):
            nearest_schools("wenlok brok")


class TestPage:
    def test_holds_fifty(self):
        for n in range(PAGE + 1):
            taking_part(f"School {n:02}")
        assert len(public_page().object_list) == 50
        assert [name for name, *_ in public_page(number="2")] == ["School 50"]

    @pytest.mark.parametrize("number", ["0", "-1", "x", "", "99999999999999999999"])
    def test_a_number_that_is_none_gives_the_nearest_page(self, number):
        taking_part()
        assert len(public_page(number=number).object_list) == 1


@pytest.mark.parametrize("schools", [1, 3])
def test_the_list_takes_one_query_and_a_search_two(schools, django_assert_num_queries):
    for n in range(schools):
        taking_part(f"Caer Ridge {n}")
    with django_assert_num_queries(1):
        assert len(public_page().object_list) == schools
    with django_assert_num_queries(2):
        assert len(public_page(q="ridge", cohort="year-1").object_list) == schools
    with django_assert_num_queries(2):
        assert sum(number for _, number in public_counts()) == schools


def test_a_list_of_two_pages_takes_two_queries(django_assert_num_queries):
    for n in range(PAGE + 1):
        taking_part(f"Mill Leat {n:02}")
    with django_assert_num_queries(2):
        page = public_page()
        assert (len(page.object_list), page.paginator.count) == (PAGE, PAGE + 1)
