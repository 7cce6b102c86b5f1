"""Successions that a person decides: one school that goes on, or two that stay separate."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.permissions import Role
from core.models import HistoryEntry
from schools.models import Membership, Participation, School, SchoolUrn, SuccessionToReview
from schools.register.importing import import_register
from tests.asked import TELLING, asked_once
from tests.factories import (
    AuditFactory,
    MembershipFactory,
    ParticipationFactory,
    UserFactory,
    small_framework,
)
from tests.schools.register_files import a_file, a_links_file, a_row, plain_pair

pytestmark = pytest.mark.django_db

OLD, NEW, OTHER = 123001, 150001, 123002
CLOSED = {"EstablishmentStatus (code)": "2", "CloseDate": "31-03-2026"}
MERGED = (OLD, NEW, "Successor - merged", "31-03-2026")


def opened(**cells):
    return a_row(NEW, **{"OpenDate": "01-04-2026", "EstablishmentName": "Caer Ridge Academy", **cells})


@pytest.fixture
def admin(people, sign_in):
    return sign_in(people.admin)


@pytest.fixture
def school(tmp_path, people):
    """A school of the programme with people and a self-audit, which then merged into a new one."""
    import_register(file=a_file(tmp_path))
    school = SchoolUrn.objects.get(urn=OLD).school
    ParticipationFactory(school=school)
    MembershipFactory(school=school, user=UserFactory(), role=Role.SCHOOL_LEAD)
    AuditFactory(school=school, version=small_framework(1, 1))
    read(tmp_path)
    return school


def read(tmp_path, *rows, links=(MERGED,)):
    rows = rows or (a_row(OLD, **CLOSED), opened())
    return import_register(file=a_file(tmp_path, *rows), links=a_links_file(tmp_path, *links))


def decide(client, decision, **data):
    row = SuccessionToReview.objects.get(old_urn=OLD)
    day = {"first_day-day": "1", "first_day-month": "4", "first_day-year": "2026"}
    wanted = {"decision": decision, "reason": "The school told us.", **day, **data}
    return client.post(reverse("schools:succession", args=[row.pk]), wanted)


def text(response):
    return response.content.decode()


class TestTheList:
    def test_a_merger_waits_with_its_reason(self, school):
        row = SuccessionToReview.objects.get()
        assert (row.old_urn, row.new_urn, row.why) == (OLD, NEW, "the register calls it “successor - merged”")
        assert row.run is not None

    def test_shows_schools_of_the_programme_first(self, admin, school):
        SuccessionToReview.objects.create(old_urn=100001, new_urn=100002, why="two successors")
        page = text(admin.get("/register/successions/"))
        assert page.index("123001") < page.index("100001")
        assert page.count("In the programme") == 1

    def test_reading_the_same_files_again_asks_no_second_time(self, tmp_path, school):
        summary = read(tmp_path)
        assert (len(summary.plan.waiting), summary.plan.is_empty) == (1, True)
        assert SuccessionToReview.objects.count() == 1

    @pytest.mark.parametrize("count", [1, 3])
    def test_costs_as_many_queries_with_more_rows(self, admin, people, count, django_assert_num_queries):
        for number in range(count):
            SuccessionToReview.objects.create(old_urn=100001 + number, new_urn=OTHER, why="two successors")
        with django_assert_num_queries(6):
            admin.get("/register/successions/")

    def test_what_became_plain_waits_no_longer(self, tmp_path, people):
        import_register(file=a_file(tmp_path))
        read(tmp_path, a_row(OLD), opened(), links=plain_pair(OLD, NEW))
        assert SuccessionToReview.objects.count() == 1
        Participation.objects.create(
            school=SchoolUrn.objects.get(urn=OLD).school,
            programme_year=Participation.objects.first().programme_year,
            cohort=Participation.objects.first().cohort,
        )
        read(tmp_path, links=plain_pair(OLD, NEW))
        assert not SuccessionToReview.objects.exists()
        assert SchoolUrn.objects.get(urn=NEW).school == SchoolUrn.objects.get(urn=OLD).school


class TestItGoesOn:
    def test_moves_the_school_with_everything_as_a_plain_succession_does(self, admin, people, school):
        assert decide(admin, "continues").status_code == 302
        urns = list(school.urns.values_list("urn", "valid_from", "valid_to"))
        assert urns == [
            (OLD, date(1950, 9, 1), date(2026, 3, 31)),
            (NEW, date(2026, 4, 1), None),
        ]
        school.refresh_from_db()
        assert (school.name, school.status, school.slug) == (
            "Caer Ridge Academy",
            "open",
            "caer-ridge-primary-school",
        )
        assert (school.audits.count(), school.memberships.count(), school.participations.count()) == (1, 1, 1)
        assert School.objects.filter(name="Caer Ridge Academy").count() == 1

    def test_a_reason_that_may_say_who_somebody_is_is_asked_about_once(self, admin, school):
        row = SuccessionToReview.objects.get(old_urn=OLD)
        day = {"first_day-day": "1", "first_day-month": "4", "first_day-year": "2026"}
        address = reverse("schools:succession", args=[row.pk])
        asked_once(admin, address, "reason", decision="continues", **day)
        row.refresh_from_db()
        assert (row.decision, row.reason) == ("continues", TELLING)

    def test_writes_who_decided_and_why(self, admin, people, school):
        decide(admin, "continues")
        line = HistoryEntry.objects.get(kind="school.renumbered")
        assert (line.actor_id, line.school_id) == (str(people.admin.pk), str(school.pk))
        assert "“Caer Ridge Primary School” is now called “Caer Ridge Academy”." in line.summary
        assert line.summary.endswith("Decided by a person: The school told us.")
        row = SuccessionToReview.objects.get()
        assert (row.decision, row.decided_by) == ("continues", people.admin)

    def test_the_next_import_changes_nothing(self, admin, tmp_path, school):
        decide(admin, "continues")
        assert read(tmp_path).plan.is_empty

    def test_the_page_says_what_the_school_will_be_called(self, admin, school):
        page = text(admin.get(SuccessionToReview.objects.get().get_absolute_url()))
        assert "it will be called Caer Ridge Academy" in page
        assert 'value="2026"' in page

    def test_not_without_a_first_day(self, admin, school):
        response = decide(admin, "continues", **{f"first_day-{box}": "" for box in ("day", "month", "year")})
        assert response.status_code == 422
        assert "Enter the first day under the newer number" in text(response)

    def test_not_from_a_day_before_the_older_number(self, admin, school):
        response = decide(admin, "continues", **{"first_day-year": "1949"})
        assert response.status_code == 409
        assert school.urns.count() == 1
        assert SuccessionToReview.objects.undecided().count() == 1

    def test_not_into_a_school_with_people_of_its_own(self, admin, school):
        newer = SchoolUrn.objects.get(urn=NEW).school
        MembershipFactory(school=newer, user=UserFactory(), role=Role.SCHOOL_LEAD)
        response = decide(admin, "continues")
        assert response.status_code == 409
        assert "There are people or work at Caer Ridge Academy" in text(response)
        assert Membership.objects.filter(school=newer).count() == 1
        assert SuccessionToReview.objects.undecided().count() == 1

    def test_only_one_of_two_merged_schools_can_go_on(self, admin, tmp_path, school):
        rows = (a_row(OLD, **CLOSED), a_row(OTHER, **CLOSED), opened())
        read(tmp_path, *rows, links=[MERGED, (OTHER, NEW, "Successor - merged", "31-03-2026")])
        decide(admin, "continues")
        other = SuccessionToReview.objects.get(old_urn=OTHER)
        page = text(admin.get(other.get_absolute_url()))
        assert "They cannot become one school now" in page


class TestTheyStaySeparate:
    def test_nothing_moves_and_it_is_written_down(self, admin, people, school):
        decide(admin, "separate")
        assert list(school.urns.values_list("urn", flat=True)) == [OLD]
        line = HistoryEntry.objects.get(kind="school.kept_separate")
        assert (line.school_id, line.details["reason"]) == (str(school.pk), "The school told us.")
        assert "Stay separate" in text(admin.get("/register/successions/?decided=1"))

    def test_the_register_does_not_join_them_later_even_if_it_calls_it_plain(self, admin, tmp_path, school):
        decide(admin, "separate")
        summary = read(tmp_path, links=plain_pair(OLD, NEW))
        assert (summary.plan.moves, summary.plan.waiting) == ([], [])
        assert School.objects.filter(pk=school.pk).exists()
        assert SchoolUrn.objects.get(urn=NEW).school != school

    def test_needs_a_reason(self, admin, school):
        assert decide(admin, "separate", reason=" ").status_code == 422

    def test_the_second_of_two_people_is_told(self, admin, people, school, monkeypatch):
        row = SuccessionToReview.objects.get()
        decide(admin, "separate")
        response = decide(admin, "continues")
        assert response.status_code == 409
        assert "Somebody has decided about these two schools meanwhile" in text(response)
        row.refresh_from_db()
        assert row.decision == "separate"
