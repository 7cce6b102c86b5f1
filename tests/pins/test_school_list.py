"""The list of schools: asked for in every way, shareable, as a file; and one's own schools to change between."""

from datetime import date

import pytest
from django.urls import reverse

from schools.models import Membership, Participation, School, SchoolGroup
from tests.factories import (
    AuditFactory,
    CohortFactory,
    MembershipFactory,
    ParticipationFactory,
    ProgrammeYearFactory,
    SchoolFactory,
    small_framework,
)

pytestmark = pytest.mark.django_db
LIST = "/workspaces/"
BOTH = ["Clun Hill Primary School", "Wenlock Brook Primary School"]


@pytest.fixture
def liaison(people, sign_in):
    return sign_in(people.liaison)


def names(client, **query) -> list[str]:
    return [row.part.school.name for row in client.get(LIST, query).context["rows"]]


class TestProgramme:
    def test_lists_the_schools_of_the_running_year_and_not_the_register(self, people, liaison):
        SchoolFactory(name="Of the register alone")
        assert names(liaison) == BOTH

    def test_is_narrowed_to_another_year_or_to_every_one(self, people, liaison):
        earlier = ProgrammeYearFactory(name="Before", starts_on=date(2024, 4, 1), ends_on=date(2025, 3, 31))
        ParticipationFactory(school=SchoolFactory(name="Left"), programme_year=earlier)
        ParticipationFactory(school=people.school, programme_year=earlier)
        assert names(liaison, year=earlier.pk) == ["Left", "Wenlock Brook Primary School"]
        assert names(liaison, year="all") == [BOTH[0], "Left", BOTH[1]]

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({"q": "wenlock"}, BOTH[1:]),
            ({"q": "hill clun"}, BOTH[:1]),
            ({"q": "nowhere"}, []),
            ({"status": "invited"}, BOTH[:1]),
            ({"offer": "embedding"}, BOTH[1:]),
            ({"cohort": "year-9"}, BOTH[1:]),
            ({"link_worker": "nobody"}, BOTH[:1]),
        ],
    )
    def test_is_narrowed(self, people, liaison, query, found):
        part = Participation.objects.filter(school=people.school)
        part.update(offer="embedding", cohort=CohortFactory(name="Year 9"))
        Participation.objects.filter(school=people.other_school).update(status="invited")
        School.objects.filter(pk=people.school.pk).update(link_worker=people.admin)
        assert names(liaison, **query) == found

    def test_is_narrowed_to_a_link_worker_and_to_a_group(self, people, liaison):
        School.objects.filter(pk=people.school.pk).update(link_worker=people.liaison)
        group = SchoolGroup.objects.create(name="Edge", kind="cluster")
        group.schools.add(people.other_school)
        assert names(liaison, link_worker=people.liaison.pk) == BOTH[1:]
        assert names(liaison, group=group.pk) == BOTH[:1]

    @pytest.mark.parametrize(
        "query",
        [
            {"year": "x"},
            {"year": "99999999999999999999"},
            {"cohort": "none-such"},
            {"status": "lost"},
            {"offer": "x"},
            {"link_worker": "12345"},
            {"group": "99999999999999999999999"},
            {"q": "a\x00b"},
            {"q": "x" * 101},
        ],
    )
    def test_a_filter_that_names_nothing_is_answered_in_words(self, people, liaison, query):
        answer = liaison.get(LIST, query)
        assert answer.status_code == 422
        assert "There is a problem" in answer.content.decode()
        assert answer.context["rows"] == []

    @pytest.mark.parametrize("page", ["0", "-1", "x", "999"])
    def test_a_page_that_is_none_shows_one_that_is(self, people, liaison, page):
        assert names(liaison, page=page) == BOTH

    def test_says_how_each_self_audit_of_the_year_stands(self, people, liaison):
        AuditFactory(school=people.school, wanted_by=date(2020, 1, 1))
        html = liaison.get(LIST).content.decode()
        assert "Not started" in html
        assert "Not asked yet" in html
        assert "Overdue" in html

    def test_its_files_are_narrowed_like_it(self, people, liaison):
        School.objects.filter(pk=people.school.pk).update(name="=1+1")
        file = liaison.get("/workspaces.csv", {"q": "=1+1"}).content.decode("utf-8-sig").splitlines()
        assert len(file) == 2
        assert file[1].startswith('"\'=1+1","Much Wenlock","2026 to 2027","Active","Full offer","Year 1"')
        assert liaison.get("/workspaces.xlsx").status_code == 200

    def test_a_file_of_somebody_of_a_school_holds_their_own_alone(self, people, sign_in):
        file = sign_in(people.head).get("/workspaces.csv").content.decode()
        assert "Wenlock" in file
        assert "Clun" not in file

    def test_a_misspelt_search_suggests_schools_of_the_programme(self, people, liaison):
        SchoolFactory(name="Wenlick Quiet Primary School")
        for name in ("Wenlook A", "Wenlook B", "Wenlook C"):
            ParticipationFactory(school=SchoolFactory(name=name, town="Stretton"))
        answer = liaison.get(LIST, {"q": "stretten wenlok"})
        html = answer.content.decode()
        assert [school.name for school in answer.context["meant"]] == ["Wenlook A", "Wenlook B", "Wenlook C"]
        assert "No school was found for “stretten wenlok”. Did you mean:" in html
        assert f'href="/workspaces/{answer.context["meant"][0].pk}/">Wenlook A</a>, Stretton' in html
        assert "Wenlick" not in liaison.get(LIST, {"q": "wenlik"}).content.decode()

    def test_a_search_suggests_a_school_of_another_year(self, people, liaison):
        earlier = ProgrammeYearFactory(name="Before", starts_on=date(2024, 4, 1), ends_on=date(2025, 3, 31))
        ParticipationFactory(school=SchoolFactory(name="Left Hand"), programme_year=earlier)
        assert [school.name for school in liaison.get(LIST, {"q": "left"}).context["meant"]] == ["Left Hand"]

    @pytest.mark.parametrize(
        "query", [{"q": "wenlock"}, {"q": "zzzz"}, {"q": "x" * 101}, {"status": "completed"}]
    )
    def test_suggests_nobody_where_something_was_found_or_nothing_is_near(self, people, liaison, query):
        assert liaison.get(LIST, query).context["meant"] == []

    @pytest.mark.parametrize("rows", [1, 3])
    def test_suggesting_takes_one_query(self, people, liaison, django_assert_num_queries, rows):
        for number in range(1, rows):
            ParticipationFactory(school=SchoolFactory(name=f"Wenlock {number}"))
        # session, person, years, link workers, 2 to search, likely schools, cohorts, groups, names
        with django_assert_num_queries(10):
            liaison.get(LIST, {"q": "wenlok"})

    def test_says_what_will_be_here_and_what_to_do(self, people, sign_in, liaison):
        Participation.objects.all().delete()
        assert "An administrator adds them." in liaison.get(LIST).content.decode()
        assert "Go to the programme years" in sign_in(people.admin).get(LIST).content.decode()

    @pytest.mark.parametrize("rows", [1, 3])
    def test_asks_the_same_however_many_schools_there_are(
        self, people, liaison, django_assert_num_queries, rows
    ):
        Participation.objects.filter(school=people.other_school).delete()
        version = small_framework(1)
        for _ in range(1, rows):
            school = SchoolFactory(link_worker=people.liaison)
            ParticipationFactory(school=school)
            AuditFactory(school=school, version=version)
        # session, person, years, link workers, count, rows, audits, cohorts, groups, names of the programme
        with django_assert_num_queries(10):
            assert len(names(liaison)) == rows


class TestOwn:
    def test_one_school_is_opened_at_once(self, people, sign_in):
        assert sign_in(people.governor).get(LIST).url == reverse("workspace", args=[people.school.pk])

    def test_two_stand_with_role_and_what_waits_at_each(self, people, sign_in):
        MembershipFactory(user=people.head, school=people.other_school, role="governor")
        audit = AuditFactory(school=people.school, wanted_by=date(2026, 12, 4))
        html = sign_in(people.head).get(LIST).content.decode()
        assert (
            html.index("Clun Hill") < html.index("Nothing waits for you here") < html.index("Wenlock Brook")
        )
        assert "You are here as: Governor" in html
        assert f'href="{audit.get_absolute_url()}">Begin the baseline self-audit</a>' in html

    @pytest.mark.parametrize("name", ["trainer", "head"])
    def test_none_is_said_calmly(self, people, sign_in, name):
        Membership.objects.all().delete()
        html = sign_in(getattr(people, name)).get(LIST).content.decode()
        assert "You belong to no school here" in html

    @pytest.mark.parametrize("schools", [2, 4])
    def test_asks_the_same_however_many_there_are(self, people, sign_in, django_assert_num_queries, schools):
        version = small_framework(1)
        AuditFactory(school=people.school, version=version)
        for _ in range(schools - 1):
            school = MembershipFactory(user=people.head).school
            AuditFactory(school=school, version=version)
        client = sign_in(people.head)
        # session, person, memberships, reports, audits, 3 for sections, actions, themes without an outcome, what
        # families read, invitations, contacts, visits, names of the programme
        with django_assert_num_queries(15):
            client.get(LIST)
