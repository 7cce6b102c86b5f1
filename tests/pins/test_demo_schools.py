"""The made-up schools: invented, inside the county, and the same every time."""

import csv
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.demonstration import PASSWORD
from accounts.models import User
from accounts.permissions import Role
from core.models import HistoryEntry
from pins.demo.links import seed_links
from pins.demo.people import PEOPLE, seed_people
from pins.demo.schools import FIRST_URN, YEAR_1, YEAR_2, seed_schools
from pins.demo.seeding import OUTLINE
from pins.demo.texts import seed_texts
from schools.access import roles_at
from schools.grid import lies_inside
from schools.models import Cohort, Membership, Participation, ProgrammeYear, School, SchoolGroup, SchoolUrn
from schools.outlines.reading import read_outline
from schools.queries.public import public_schools, words_of
from schools.queries.texts import text_lines
from schools.services.texts import reset_text
from tests.factories import SchoolFactory

DATA = Path(__file__).parent.parent / "data"
ALL = YEAR_1 + YEAR_2


@pytest.fixture(scope="module")
def register():
    with (DATA / "gias_format_shropshire_893_after_2025-04.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def outline():
    (shropshire,) = [one for one in read_outline(OUTLINE) if one.name == "Shropshire"]
    return shropshire.rings[0]


class TestInvented:
    def test_no_name_is_a_real_schools(self, register):
        real = {words_of(row["EstablishmentName"]) for row in register}
        assert [school.name for school in ALL if words_of(school.name) in real] == []

    def test_no_urn_is_in_the_registers_range(self, register):
        assert max(int(row["URN"]) for row in register) < FIRST_URN - 500_000

    def test_no_website_can_belong_to_anybody(self):
        assert {s.website.rpartition(".")[2] for s in ALL if s.website} == {"example/"}

    def test_names_are_all_different(self):
        assert len({school.name for school in ALL}) == len(ALL)


@pytest.mark.parametrize("school", ALL, ids=lambda school: school.name)
def test_lies_inside_the_county(school, outline):
    assert lies_inside(school.point, outline)


def test_the_outline_knows_what_is_outside(outline):
    assert lies_inside((349_500, 312_600), outline)  # Shrewsbury
    assert not lies_inside((369_900, 308_700), outline)  # Telford
    assert not lies_inside((530_000, 180_000), outline)  # London


@pytest.mark.django_db
class TestSeeded:
    @pytest.fixture(autouse=True)
    def programme(self):
        self.programme = seed_schools()
        self.people = seed_people(self.programme.schools)

    def test_twenty_and_fifteen(self):
        joined = {
            cohort.name: School.objects.filter(participations__cohort=cohort).distinct().count()
            for cohort in Cohort.objects.all()
        }
        assert joined == {"Year 1": 20, "Year 2": 15}

    def test_most_agreed_to_be_named_and_one_left(self):
        assert public_schools().count() == 31
        assert Participation.objects.get(status="withdrawn").school.name == "Longfold Primary School"

    def test_first_years_schools_carry_on_as_embedding(self):
        second = Participation.objects.filter(programme_year=self.programme.second_year)
        assert second.filter(offer="embedding", cohort__name="Year 1").count() == 17
        assert second.filter(offer="full", cohort__name="Year 2").count() == 15

    def test_everybody_signs_in_with_the_one_password(self):
        users = User.objects.filter(email__in=[person.email for person in PEOPLE])
        assert len(users) == 10
        assert all(user.check_password(PASSWORD) for user in users)

    def test_roles_are_those_of_the_table(self):
        school = self.programme.schools["Wenlock Brook Primary School"]
        roles = {name: set(roles_at(user, school)) for name, user in self.people.items()}
        assert roles == {
            "admin": {Role.ADMINISTRATOR},
            "liaison": {Role.LIAISON},
            "second.liaison": {Role.LIAISON},
            "programme": {Role.PROGRAMME_LEAD},
            "trainer": {Role.TRAINER},
            "head": {Role.SCHOOL_LEAD},
            "colleague": {Role.CONTRIBUTOR},
            "governor": {Role.GOVERNOR},
            "other.head": set(),
            "exec.head": set(),
        }

    def test_the_heads_school_shows_all_that_ties_schools_together(self):
        seed_links(self.programme.schools, self.people)
        school = School.objects.get(name="Wenlock Brook Primary School")
        assert school.link_worker == self.people["liaison"]
        assert [group.kind for group in school.groups.order_by("name")] == ["federation", "cluster"]
        assert school.other_programmes.count() == 1
        assert school.participations.get().support_hours == 30

    def test_links_again_bring_back_nothing_that_was_taken_out(self):
        seed_links(self.programme.schools, self.people)
        SchoolGroup.objects.get(kind="cluster").schools.clear()
        School.objects.update(link_worker=self.people["admin"])
        seed_links(self.programme.schools, self.people)
        assert SchoolGroup.objects.get(kind="cluster").schools.count() == 0
        assert set(School.objects.values_list("link_worker", flat=True)) == {self.people["admin"].pk}

    def test_one_person_is_of_two_schools(self):
        schools = School.objects.visible_to(self.people["exec.head"]).order_by("name")
        assert [school.name for school in schools] == [
            "Meres End Primary School",
            "Titterstone View Primary School",
        ]

    def test_again_changes_nothing(self):
        def stored() -> list[list[dict[str, object]]]:
            models = (School, SchoolUrn, Participation, Cohort, ProgrammeYear, User, Membership)
            return [list(model.objects.order_by("pk").values()) for model in models]

        before = stored()
        seed_people(seed_schools().schools)
        assert stored() == before

    def test_one_text_is_the_administrators_own_and_stays_as_it_is_left(self):
        for _ in range(2):
            seed_texts(self.people["admin"])
        assert [line.by for line in text_lines() if line.is_changed] == ["Ruth Farlow"]
        reset_text(key="contact", by=self.people["admin"])
        seed_texts(self.people["admin"])
        assert not any(line.is_changed for line in text_lines())


@pytest.mark.django_db
class TestRefusal:
    def refusal(self):
        with pytest.raises(CommandError) as refused:
            call_command("seed_demo")
        assert School.objects.count() == 0
        return str(refused.value)

    @pytest.mark.parametrize("demo", [False, True])
    def test_where_there_are_people_whatever_is_set(self, settings, demo):
        settings.DEMO = demo
        User.objects.create_user("real@school.example")
        assert "There are people here already" in self.refusal()

    def test_where_there_are_schools_of_the_register(self):
        SchoolFactory(urn=123456)
        with pytest.raises(CommandError, match="schools of the register here already"):
            call_command("seed_demo")
        assert School.objects.count() == 1

    def test_where_it_is_set_up_like_production(self, settings):
        settings.SECRET_KEY = "of-a-real-programme"
        assert "set up like a real programme" in self.refusal()

    def test_not_in_a_demonstration_set_up_like_production(self, settings, capsys):
        settings.SECRET_KEY = "of-a-demonstration-for-many"
        settings.DEMO = True
        call_command("seed_demo")
        assert HistoryEntry.objects.filter(kind="demo.seeded").count() == 1
        assert "head@pins.example" in capsys.readouterr().out
