"""A school is found in the register and added, or added by hand before the register here has it."""

import pytest
from django.urls import reverse

from core.models import HistoryEntry
from schools.models import ProgrammeYear, School, SchoolUrn
from schools.queries.finding import find_in_register
from schools.register.importing import import_register
from schools.services.errors import ProgrammeError
from schools.services.schools import add_school_by_hand
from tests.factories import CohortFactory, SchoolFactory
from tests.schools.register_files import a_file, a_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(people, sign_in):
    return sign_in(people.admin)


@pytest.fixture
def year(people) -> ProgrammeYear:
    return ProgrammeYear.objects.get()


def text(response) -> str:
    return response.content.decode()


class TestFinding:
    @pytest.mark.parametrize(
        "q",
        [
            "saint marys",
            "St. Mary’s",
            "st mary's ce",
            "C of E bucknell",
            "church of england sy7",
            "SY7 0AA",
            "sy70aa",
        ],
    )
    def test_however_the_name_is_spelt(self, people, q):
        SchoolFactory(name="St Mary's CofE Primary School", town="Bucknell", postcode="SY7 0AA", slug="m")
        assert [school.slug for school in find_in_register(people.admin, q)] == ["m"]

    @pytest.mark.parametrize(
        ("name", "q"),
        [
            ("Sainte Thérèse School", "therese"),
            ("St Mary‘s School", "marys"),
            ("Stoke–on–Tern School", "stoke-on-tern"),
            ("Saint Bede's RC Junior School", "st bedes catholic jnr"),
            ("Holy Cross C.E. School", "holy cross cofe"),
        ],
    )
    def test_whatever_signs_stand_in_it(self, people, name, q):
        SchoolFactory(name=name, slug="m")
        assert [school.slug for school in find_in_register(people.admin, q)] == ["m"]

    @pytest.mark.parametrize("q", ["100%", "the", "_", "'", "€", "ary"])
    def test_what_no_word_begins_with_finds_nothing(self, people, q):
        SchoolFactory(name="St Mary's School", slug="m")
        assert find_in_register(people.admin, q) == []

    @pytest.mark.parametrize("schools", [1, 3])
    def test_asks_the_same_for_one_school_and_for_three(
        self, admin, year, django_assert_num_queries, schools
    ):
        for number in range(schools):
            SchoolFactory(name=f"St Mary's School {number}")
        address = reverse("schools:find_school", args=[year.pk])
        admin.get(address)
        with django_assert_num_queries(8):
            admin.get(address, {"q": "saint marys"})

    def test_each_result_says_where_it_is_and_whether_it_is_in_the_year(self, admin, people, year):
        closed = SchoolFactory(name="Wenlock Old School", status="closed", postcode="TF13 6JG", urn=123123)
        address = reverse("schools:find_school", args=[year.pk])
        page = text(admin.get(address, {"q": "wenlock"}))
        assert reverse("schools:part", args=[people.school.participations.get().pk]) in page
        assert reverse("schools:add_part", args=[year.pk, closed.pk]) in page
        csv = text(admin.get(reverse("schools:found_csv", args=[year.pk]), {"q": "wenlock"}))
        assert '"Wenlock Old School","Shrewsbury","TF13 6JG","123123","Closed",""' in csv
        assert '"Wenlock Brook Primary School","Much Wenlock","",' in csv
        assert '"Open","Active"' in csv


class TestUnusual:
    @pytest.mark.parametrize(
        ("status", "la_code", "words"),
        [
            ("closed", "893", "I know that this school is closed"),
            ("open", "886", "I know that this school is in another local authority"),
            ("closed", "886", "I know that this school is closed and is in another local authority"),
        ],
    )
    def test_a_school_that_is_unusual_asks_for_a_tick(self, admin, people, year, status, la_code, words):
        School.objects.update(la_code="893")
        school = SchoolFactory(status=status, la_code=la_code)
        address = reverse("schools:add_part", args=[year.pk, school.pk])
        assert words in text(admin.get(address))
        data = {"cohort": CohortFactory().pk, "offer": "full"}
        assert admin.post(address, data).status_code == 422
        assert not school.participations.exists()
        assert admin.post(address, data | {"sure": "on"}).status_code == 302
        assert school.participations.get().status == "invited"

    def test_no_tick_is_asked_for_a_usual_one(self, admin, year):
        School.objects.update(la_code="893")
        school = SchoolFactory(la_code="893")
        assert "I know that" not in text(admin.get(reverse("schools:add_part", args=[year.pk, school.pk])))


class TestByHand:
    GIVEN = {
        "name": "New St Mary’s School",
        "urn": "150 001",
        "postcode": "sy11aa",
        "phase": "Primary",
        "laestab": "8932001",
    }

    def add(self, admin, year, **others):
        return admin.post(reverse("schools:add_by_hand", args=[year.pk]), self.GIVEN | others)

    def test_is_stored_under_its_urn_with_a_line_and_leads_to_its_part(self, admin, people, year):
        answer = self.add(admin, year)
        school = SchoolUrn.objects.get(urn=150001).school
        assert answer.url == reverse("schools:add_part", args=[year.pk, school.pk])
        assert (school.postcode, school.laestab, school.la_code) == ("SY1 1AA", "893/2001", "893")
        (line,) = HistoryEntry.objects.filter(kind="school.added_by_hand")
        assert (line.school_id, line.actor_label) == (str(school.pk), str(people.admin))

    @pytest.mark.parametrize(
        ("field", "typed", "words"),
        [
            ("urn", "12345", "A URN has six digits, like 123456."),
            ("urn", "٣٤٥٦٧٨", "A URN has six digits"),
            ("urn", "123123", "Old School has this URN here already. Find it by its URN instead."),
            ("postcode", "SY1", "Enter a whole postcode, like SY1 2AB"),
            ("laestab", "893", "A LAESTAB has seven digits, like 893/2001."),
            ("name", "—", "Use at least one letter or number in the name."),
            ("name", "x" * 201, "Shorten “Name of the school” to 200 characters"),
        ],
    )
    def test_what_cannot_be_is_refused_in_words_and_kept(self, admin, year, field, typed, words):
        SchoolFactory(name="Old School", urn=123123)
        response = self.add(admin, year, **{field: typed})
        assert response.status_code == 422
        assert words in text(response)
        assert f'value="{typed}"' in text(response)
        assert not SchoolUrn.objects.filter(urn=150001).exists()

    def test_of_two_at_once_one_is_refused_in_words(self, people):
        SchoolFactory(name="Same", urn=150001)
        before = School.objects.count()
        with pytest.raises(ProgrammeError, match="150001"):
            add_school_by_hand(values={"name": "Same"}, urn=150001, by=people.admin)
        assert School.objects.count() == before

    def test_the_next_register_file_knows_it_by_its_urn(self, admin, year, tmp_path):
        self.add(admin, year)
        school = SchoolUrn.objects.get(urn=150001).school
        schools = School.objects.count()
        import_register(file=a_file(tmp_path, a_row(150001, EstablishmentName="St Mary's CofE School")))
        school.refresh_from_db()
        assert (school.name, school.town, School.objects.count()) == (
            "St Mary's CofE School",
            "Church Stretton",
            schools,
        )
