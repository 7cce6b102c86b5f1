"""The public list as it is asked for: who is found, in what order, page by page, and what it costs."""

from datetime import date

import pytest

from schools.models import School
from schools.queries import listing
from schools.queries.listing import (
    PAGE,
    Asked,
    as_now,
    find,
    guesses,
    public_school,
    whole_list,
    whole_list_now,
)
from schools.queries.public import public_cohorts
from tests.factories import CohortFactory, ParticipationFactory, ProgrammeYearFactory, SchoolFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_held():
    listing._long_list.cache_clear()


def taking_part(name="Caer Ridge Primary School", *, status="active", **fields: object):
    school = SchoolFactory(name=name, **fields)
    left = (
        {"withdrawn_on": date(2026, 5, 1), "withdrawal_reason": "No SENCo"} if status == "withdrawn" else {}
    )
    ParticipationFactory(school=school, status=status, **left)
    return school


def found(**asked: str):
    return find(whole_list(), Asked(**asked), public_cohorts())


def names(**asked: str):
    return [school.name for school in found(**asked).schools]


class TestWhoIsOnIt:
    @pytest.mark.parametrize("status", ["confirmed", "active", "completed"])
    def test_schools_that_take_part_or_have_finished(self, status):
        school = taking_part(status=status)
        assert names() == ["Caer Ridge Primary School"]
        assert public_school(school.slug).name == "Caer Ridge Primary School"

    @pytest.mark.parametrize(
        "fields", [{"status": "invited"}, {"status": "withdrawn"}, {"public_consent": False}]
    )
    def test_not_those_that_were_only_asked_or_left_or_have_not_agreed(self, fields):
        school = taking_part(**fields)
        assert names() == []
        assert public_school(school.slug) is None

    def test_a_row_is_what_the_public_may_know_and_no_more(self):
        school = taking_part(
            town="Clun", website="https://caer-ridge.example/", easting=330_000, northing=281_000
        )
        row = (school.pk, "Caer Ridge Primary School", "Clun", "Primary", "https://caer-ridge.example/")
        place = ("caer-ridge-primary-school", 330_000, 281_000, "Year 1")
        ours = (" caer ridge primary school  clun ", 330_000 + 281_000j)
        assert found().schools == ((*row, *place, *ours),)
        assert public_school(school.slug) == found().schools[0]

    def test_in_order_of_name_whatever_the_capitals(self):
        for name in ("Mill Leat", "caer Ridge", "Packhorse"):
            taking_part(name)
        assert names() == ["caer Ridge", "Mill Leat", "Packhorse"]


class TestCohort:
    @pytest.fixture(autouse=True)
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

    def test_is_the_first_that_the_school_joined(self):
        assert [school.cohort for school in found().schools] == ["Year 1"]

    def test_narrows_the_list(self):
        assert names(cohort="year-1") == ["Caer Ridge"]
        assert names(cohort="year-2") == []

    def test_is_counted_in_what_was_found(self):
        ParticipationFactory(school=SchoolFactory(name="Mill Leat"), cohort=public_cohort("Year 2"))
        assert found().counts(public_cohorts()) == (("2025 to 2026", 1), ("2026 to 2027", 1))
        assert found(q="mill").counts(public_cohorts()) == (("2026 to 2027", 1),)


def public_cohort(name):
    return CohortFactory._meta.model.objects.get(name=name)


class TestPhase:
    @pytest.fixture(autouse=True)
    def schools(self):
        for name, phase in (("Caer Ridge", "Primary"), ("Mill Leat", "Middle"), ("Packhorse", "")):
            taking_part(name, phase=phase)

    def test_narrows_the_list(self):
        assert names(phase="Middle") == ["Mill Leat"]
        assert names(phase="Middle", q="caer") == []

    def test_those_of_the_list_can_be_asked_for(self):
        assert whole_list().phases == ("Middle", "Primary")


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


class TestNearestFirst:
    @pytest.fixture(autouse=True)
    def schools(self):
        taking_part("A far one", postcode="SY8 1AA", easting=352_000, northing=275_000)
        taking_part("A near one", postcode="SY3 8AB", easting=349_000, northing=312_000)
        taking_part("A placeless one")
        SchoolFactory(name="Of the register alone", postcode="SY3 7QQ", easting=349_000, northing=311_000)

    def test_for_a_postcode_with_schools_without_a_place_last(self):
        assert names(q="SY3 8ZZ") == ["A near one", "A far one", "A placeless one"]
        assert names(q="sy8") == ["A far one", "A near one", "A placeless one"]
        assert found(q="sy3 8").middle.label == "SY3 8"

    def test_is_narrowed_like_any_other_list(self):
        assert names(q="SY3", phase="Middle") == []

    def test_no_school_near_it_is_no_list(self):
        assert found(q="ZZ1 1ZZ").is_unknown_postcode
        assert names(q="ZZ1 1ZZ") == []
        assert not found(q="caer").is_unknown_postcode


class TestGuesses:
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
    def test_are_what_a_misspelt_search_meant(self, q, meant):
        assert names(q=q) == []
        assert [school.name for school in guesses(whole_list(), q)] == [f"{meant} Primary School"]

    @pytest.mark.parametrize("q", ["", "学校", "nowhere primary school", "wenlok " * 9])
    def test_are_nobody_when_a_word_is_near_to_nothing(self, q):
        assert guesses(whole_list(), q) == []

    def test_are_three_at_most_the_nearest_first(self):
        for n in range(3):
            taking_part(f"Clunhill {n}")
        assert [one.name for one in guesses(whole_list(), "clunhilll")] == [f"Clunhill {n}" for n in range(3)]
        taking_part("Clunhilll")
        assert guesses(whole_list(), "clunhilll")[0].name == "Clunhilll"


class TestLongList:
    @pytest.fixture(autouse=True)
    def schools(self):
        for n in range(PAGE + 10):
            taking_part(f"School {n:02}")

    def test_is_held_and_what_is_shown_of_it_is_read_anew(self):
        whole = whole_list()
        assert (len(whole.schools), whole.is_held) == (PAGE + 10, True)
        School.objects.filter(name="School 55").update(public_consent=False)
        School.objects.filter(name="School 56").update(town="Clun")
        shown = as_now(whole_list(), whole.schools[PAGE:])
        assert [school.name for school in shown] == [f"School {n}" for n in range(50, 60) if n != 55]
        assert next(school.town for school in shown if school.name == "School 56") == "Clun"

    def test_is_read_again_once_the_first_page_is_another(self):
        whole_list()
        School.objects.filter(name__in=["School 03", "School 58"]).update(public_consent=False)
        assert len(whole_list().schools) == PAGE + 8

    def test_is_searched_once_for_the_same(self, django_assert_num_queries):
        SchoolFactory(name="Of the register", postcode="SY3 8AA", easting=349_000, northing=311_000)
        with django_assert_num_queries(4):  # cohorts, the first page, all of it, the places of the district
            assert len(found(q="SY3").schools) == PAGE + 10
        with django_assert_num_queries(2):
            assert found(q="SY3").middle.label == "SY3"

    def test_is_never_held_for_a_file(self):
        whole_list()
        School.objects.filter(name="School 58").update(public_consent=False)
        assert len(whole_list_now().schools) == PAGE + 9

    def test_no_more_answers_are_held_than_there_is_room_for(self, monkeypatch):
        monkeypatch.setattr(listing, "MOST_ANSWERS", 3)
        whole = whole_list()
        for n in range(7):
            find(whole, Asked(q=f"{n}"), ())
        assert len(whole.answers) <= 3


@pytest.mark.parametrize("schools", [1, 3])
def test_a_list_of_one_page_takes_one_query_whatever_is_asked(schools, django_assert_num_queries):
    for n in range(schools):
        taking_part(f"Caer Ridge {n}")
    cohorts = public_cohorts()
    for asked in (Asked(), Asked(q="ridge", cohort="year-1", phase="Primary")):
        with django_assert_num_queries(1):
            whole = whole_list()
            assert len(as_now(whole, find(whole, asked, cohorts).schools)) == schools
    with django_assert_num_queries(1):
        assert public_school("caer-ridge-0").name == "Caer Ridge 0"
