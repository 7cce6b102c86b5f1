"""The small tables of the programme and of the register, as files; schools by cohort and status."""

from datetime import date

import pytest
from django.urls import reverse

from schools.models import PartnerBody, ProgrammeYear, RegisterRun, SuccessionToReview
from schools.queries.tables import standing_of
from tests.factories import CohortFactory, ParticipationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(people, sign_in):
    return sign_in(people.admin)


def csv(admin, name: str, *arguments: object, **query: str) -> str:
    return admin.get(reverse(f"schools:{name}", args=arguments), query).content.decode("utf-8-sig")


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("years", '"2026 to 2027","Running","2026-04-01","2027-03-31",2'),
        ("cohorts", '"Year 1","2026 to 2027",2'),
        ("areas", '"Mental health","Domain"'),
        ("organisations", '"\'=1+1","Leads it here",""'),
    ],
)
def test_each_table_of_the_programme_is_a_file(admin, table, row):
    PartnerBody.objects.create(name="=1+1", part="Leads it here")
    assert row in csv(admin, "programme_csv", table)
    assert f'href="{reverse("schools:programme_excel", args=[table])}"' in csv(admin, "programme")


def test_another_table_is_not_found(admin):
    assert admin.get(reverse("schools:programme_csv", args=["users"])).status_code == 404


def test_refreshes_of_the_register_are_a_file(admin, people):
    RegisterRun.objects.create(asked_by=people.admin, file_name="r.csv", status="done", counts={"new": 3})
    assert '"r.csv","Not yet",' in csv(admin, "register_runs_csv")


def test_successions_are_a_file_of_those_that_the_page_lists(admin, people):
    people.school.urns.update(urn=123001)
    SuccessionToReview.objects.create(old_urn=123001, new_urn=150001, why="two successors")
    assert '123001,"Wenlock Brook Primary School",150001,"","two successors"' in csv(admin, "successions_csv")
    assert "123001" not in csv(admin, "successions_csv", decided="1")


def test_schools_stand_by_cohort_and_status(admin, people):
    second = CohortFactory(name="Year 2")
    ParticipationFactory(cohort=second, status="invited")
    left = {"status": "withdrawn", "withdrawn_on": date(2026, 9, 1), "withdrawal_reason": "Moved"}
    ParticipationFactory(cohort=second, **left)
    year = ProgrammeYear.objects.get()
    rows = [(row.cohort, row.status, row.words, row.share) for row in standing_of(year)]
    assert rows == [
        ("Year 1", "Active", "2 of 2", 100),
        ("Year 2", "Invited", "1 of 2", 50),
        ("Year 2", "Withdrawn", "1 of 2", 50),
    ]
    page = csv(admin, "year", year.pk)
    assert '<title id="share-2">1 of 2</title>' in page
    assert '"Year 2","Invited",1,2' in csv(admin, "standing_csv", year.pk)
