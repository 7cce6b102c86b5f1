"""Groups, other programmes, link workers: what ties schools together, and two people who change it at once."""

import pytest
from django.urls import reverse

from core.models import HistoryEntry
from schools.models import OtherProgramme, SchoolGroup
from schools.queries.links import find_in_programme, link_workers, schools_of_trust
from schools.services.links import remove_group
from tests.factories import ParticipationFactory, SchoolFactory, UserFactory
from tests.forms_on_page import post_forms
from tests.naughty import naughty_strings

pytestmark = pytest.mark.django_db
ADD = "/programme/groups/add/"


@pytest.fixture
def admin(people, sign_in):
    return sign_in(people.admin)


@pytest.fixture
def cluster(people) -> SchoolGroup:
    group = SchoolGroup.objects.create(name="Edge cluster", kind="cluster", trains_together=True)
    group.schools.add(people.school)
    return group


def seen_on(client, address: str) -> str:
    return post_forms(client.get(address).content.decode())[-1].hidden["seen"]


def lines(kind: str) -> list[str]:
    return list(HistoryEntry.objects.filter(kind=kind).order_by("pk").values_list("summary", flat=True))


class TestGroups:
    def test_is_added_with_its_schools_and_each_school_gets_a_line(self, admin, people):
        schools = [people.school.pk, people.other_school.pk]
        data = {
            "name": "Edge cluster",
            "kind": "cluster",
            "meets_together": "on",
            "schools": schools,
            "seen": "",
        }
        assert admin.post(ADD, data).status_code == 302
        group = SchoolGroup.objects.get()
        assert (group.together, group.schools.count()) == ("meet parent carers", 2)
        assert lines("schoolgroup.added") == ["Admin added the cluster Edge cluster."]
        assert lines("schoolgroup.joined") == [
            "Wenlock Brook Primary School joined the cluster Edge cluster.",
            "Clun Hill Primary School joined the cluster Edge cluster.",
        ]
        joined = HistoryEntry.objects.filter(kind="schoolgroup.joined").order_by("pk")
        assert [line.school_id for line in joined] == [str(pk) for pk in schools]

    def test_looking_for_schools_keeps_all_that_was_typed_and_writes_nothing(self, admin, people):
        typed = {"name": "Edge “cluster” – Ł", "kind": "cluster", "trains_together": "on", "seen": ""}
        answer = admin.post(ADD, {**typed, "schools": [people.school.pk], "q": "clun", "find": "yes"})
        assert answer.status_code == 302
        html = admin.get(answer.url).content.decode()
        assert not SchoolGroup.objects.exists()
        assert 'value="Edge “cluster” – Ł"' in html
        assert f'value="{people.other_school.pk}"' in html  # found, not ticked
        for ticked in (f'value="{people.school.pk}" checked', 'value="cluster" checked'):
            assert ticked in html
        assert html.count(" checked") == 3

    def test_no_box_stands_for_a_school_that_was_not_looked_for(self, admin, people):
        html = admin.get(ADD).content.decode()
        assert "Clun Hill Primary School" not in html
        assert "No school is in it yet." in html

    def test_only_schools_of_the_programme_are_found_and_taken(self, admin, people):
        stranger = SchoolFactory(name="Clun Stranger School")
        assert [one.name for one in find_in_programme(people.admin, "clun")] == ["Clun Hill Primary School"]
        data = {"name": "X", "kind": "cluster", "schools": [stranger.pk], "seen": ""}
        assert admin.post(ADD, data).status_code == 422

    @pytest.mark.parametrize("schools", [["x"], ["99999999999999999999999"], ["-1"], ["１"]])
    def test_what_is_no_school_is_refused_in_words(self, admin, schools):
        answer = admin.post(ADD, {"name": "X", "kind": "cluster", "schools": schools, "seen": ""})
        assert answer.status_code == 422
        assert "That answer is not in the list" in answer.content.decode()

    @pytest.mark.parametrize(
        "query",
        ["?page=0", "?q=%00", "?schools=x&seen=", "?kind=x&seen=", "?name=&seen=zzz", "?q=" + "x" * 500],
    )
    def test_an_address_that_names_nothing_shows_the_page(self, admin, query):
        assert admin.get(ADD + query).status_code == 200

    def test_has_a_name_of_its_own_in_capitals_or_not(self, admin, cluster):
        answer = admin.post(ADD, {"name": "EDGE CLUSTER", "kind": "cluster", "seen": ""})
        assert answer.status_code == 422
        assert "There is a group with this name already." in answer.content.decode()

    def test_takes_any_name_and_shows_it_as_it_was_typed(self, admin):
        for number, name in enumerate(naughty_strings()):
            SchoolGroup.objects.all().delete()
            data = {"name": name[:120], "kind": "federation", "seen": ""}
            assert admin.post(ADD, data).status_code in (302, 422), number
        data = {"name": "O’Brien’s “C of E” – ‘Edge’ & <b>", "kind": "federation", "seen": ""}
        assert admin.post(ADD, data).status_code == 302
        html = admin.get(reverse("schools:programme")).content.decode()
        assert "O’Brien’s “C of E” – ‘Edge’ &amp; &lt;b&gt;" in html

    def test_of_two_who_change_its_schools_the_second_sees_both(self, admin, cluster, people, sign_in):
        address = reverse("schools:change_group", args=[cluster.pk])
        seen = seen_on(admin, address)
        mine = {"name": "Edge cluster", "kind": "cluster", "trains_together": "on", "seen": seen}
        both = [people.school.pk, people.other_school.pk]
        other = sign_in(UserFactory(name="Ola", is_administrator=True))
        assert other.post(address, {**mine, "schools": both}).status_code == 302
        answer = admin.post(address, {**mine, "schools": []})
        html = answer.content.decode()
        assert answer.status_code == 409
        assert "Ola saved this while you were writing" in html
        assert "Saved: Clun Hill Primary School, Clun, Wenlock Brook Primary School, Much Wenlock" in html
        assert "Yours: Nothing" in html
        assert cluster.schools.count() == 2

    def test_what_was_seen_before_a_search_still_counts_after_it(self, admin, cluster, people):
        address = reverse("schools:change_group", args=[cluster.pk])
        seen = seen_on(admin, address)
        cluster.schools.add(people.other_school)
        found = admin.post(
            address, {"name": "Y", "kind": "cluster", "seen": seen, "q": "clun", "find": "yes"}
        )
        assert seen_on(admin, found.url) == seen

    def test_removing_asks_first_and_leaves_the_schools(self, admin, cluster, people):
        address = reverse("schools:remove_group", args=[cluster.pk])
        page = admin.get(address).content.decode()
        assert "Wenlock Brook Primary School, Much Wenlock" in page
        assert SchoolGroup.objects.exists()
        assert admin.post(address).status_code == 302
        assert not SchoolGroup.objects.exists()
        assert lines("schoolgroup.left") == ["Wenlock Brook Primary School left the cluster Edge cluster."]

    def test_removing_twice_is_told_once(self, cluster, people):
        for _ in range(2):
            remove_group(
                group=SchoolGroup(pk=cluster.pk, name="Edge cluster", kind="cluster"), by=people.admin
            )
        assert len(lines("schoolgroup.removed")) == 1


class TestOtherProgrammes:
    def test_is_added_and_changed(self, admin):
        admin.post("/programme/other-programmes/add/", {"name": "Mental Health Support Team", "seen": ""})
        other = OtherProgramme.objects.get()
        address = reverse("schools:change_other_programme", args=[other.pk])
        admin.post(address, {"name": "MHST", "seen": seen_on(admin, address)})
        assert OtherProgramme.objects.get().name == "MHST"
        assert lines("otherprogramme.changed") == ["Admin changed the other programme MHST."]

    def test_is_named_once(self, admin):
        OtherProgramme.objects.create(name="MHST")
        answer = admin.post("/programme/other-programmes/add/", {"name": "mhst", "seen": ""})
        assert "There is another programme with this name already." in answer.content.decode()


class TestSchool:
    @pytest.fixture
    def address(self, people):
        return reverse("schools:change_school", args=[people.school.pk])

    def test_its_link_worker_programmes_and_groups_are_changed_with_one_line(
        self, admin, address, people, cluster
    ):
        cluster.schools.clear()
        other = OtherProgramme.objects.create(name="MHST")
        data = {"link_worker": people.liaison.pk, "other_programmes": [other.pk], "groups": [cluster.pk]}
        assert admin.post(address, {**data, "seen": seen_on(admin, address)}).status_code == 302
        people.school.refresh_from_db()
        assert people.school.link_worker == people.liaison
        assert [*people.school.other_programmes.all(), *people.school.groups.all()] == [other, cluster]
        (line,) = HistoryEntry.objects.filter(kind="school.changed")
        assert line.school_id == str(people.school.pk)
        assert line.details == {
            "link_worker": {"before": None, "after": people.liaison.pk},
            "other_programmes": {"before": [], "after": [other.pk]},
            "groups": {"before": [], "after": [cluster.pk]},
        }

    def test_the_same_again_writes_nothing(self, admin, address, cluster):
        data = {"link_worker": "", "groups": [cluster.pk], "seen": seen_on(admin, address)}
        assert admin.post(address, data).status_code == 302
        assert lines("school.changed") == []

    def test_of_two_who_change_it_the_second_sees_both(self, admin, address, people, cluster, sign_in):
        seen = seen_on(admin, address)
        other = sign_in(UserFactory(name="Ola", is_administrator=True))
        other.post(address, {"link_worker": people.liaison.pk, "seen": seen})
        answer = admin.post(address, {"link_worker": people.admin.pk, "groups": [cluster.pk], "seen": seen})
        html = answer.content.decode()
        assert answer.status_code == 409
        for shown in (
            "Ola saved this",
            "Saved: Liaison",
            "Yours: Admin",
            "Saved: Nothing",
            "Yours: Edge cluster",
        ):
            assert shown in html
        people.school.refresh_from_db()
        assert people.school.link_worker == people.liaison

    def test_nobody_of_a_school_and_nobody_switched_off_looks_after_it(self, people):
        gone = UserFactory(is_liaison=True, is_active=False)
        assert set(link_workers()) == {people.admin, people.liaison}
        people.school.link_worker = gone
        assert set(link_workers(people.school)) == {people.admin, people.liaison, gone}


class TestTrust:
    @pytest.fixture
    def trust(self, people):
        for school in (people.school, people.other_school):
            school.trust = "Severn Oak"
            school.save()
        hidden = SchoolFactory(name="Hidden School", trust="Severn Oak", public_consent=False)
        ParticipationFactory(school=hidden)
        SchoolFactory(name="Of the register alone", trust="Severn Oak")

    def test_the_programme_reads_all_that_take_part(self, people, trust):
        found = [school.name for school in schools_of_trust(people.school, people.liaison)]
        assert found == ["Clun Hill Primary School", "Hidden School"]

    def test_a_school_reads_only_those_that_are_named_publicly(self, people, trust):
        found = [school.name for school in schools_of_trust(people.school, people.head)]
        assert found == ["Clun Hill Primary School"]
