"""The front page: what PINS is here, in the programme's own names and with counts from records."""

from datetime import date

import pytest
from django.urls import reverse

from core.models import ProgrammeSettings
from tests.factories import CohortFactory, ParticipationFactory, ProgrammeYearFactory, SchoolFactory

pytestmark = pytest.mark.django_db


def front(client):
    response = client.get(reverse("front"))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def join(cohort, *, schools, **fields):
    for _ in range(schools):
        ParticipationFactory(school=SchoolFactory(**fields), cohort=cohort)


class TestCounts:
    def test_by_cohort(self, client):
        earlier = ProgrammeYearFactory(name="Earlier", starts_on=date(2025, 6, 1), ends_on=date(2026, 3, 31))
        join(CohortFactory(name="Year 1", joined_in=earlier), schools=2)
        join(CohortFactory(name="Year 2"), schools=1)
        counted = "2 joined in 2025 to 2026 and 1 joined in 2026 to 2027."
        assert f"3 schools that take part have agreed to be named: {counted}" in front(client)

    def test_of_one_school(self, client):
        join(CohortFactory(), schools=1)
        assert "1 school that takes part has agreed to be named: 1 joined in 2026 to 2027." in front(client)

    def test_leave_out_schools_without_consent(self, client):
        join(CohortFactory(), schools=1)
        join(CohortFactory(), schools=3, public_consent=False)
        assert "1 school that takes part" in front(client)

    def test_before_there_are_any(self, client):
        assert "Schools will be named here once they take part and have agreed to it." in front(client)


def test_speaks_in_the_programmes_own_names(client):
    ProgrammeSettings(
        pk=1,
        programme_short_name="NEST",
        forum_name="Parents Together",
        forum_short_name="PT",
        county="Rutland",
        contact_email="hello@pt.example",
    ).save()
    html = front(client)
    for words in ("About NEST", "PT’s part", "Rutland", "Parents Together"):
        assert words in html
    assert "PACC" not in html
    assert "Shropshire" not in html


def test_leads_to_the_search_and_to_the_sign_in(client):
    html = front(client)
    assert f'action="{reverse("schools:public_list")}"' in html
    assert f'href="{reverse("account_login")}"' in html


@pytest.mark.parametrize("schools", [1, 3])
def test_takes_at_most_six_queries(client, schools, django_assert_max_num_queries):
    join(CohortFactory(), schools=schools)
    with django_assert_max_num_queries(
        6
    ):  # counts, cohorts, the words, and the programme’s names three times
        front(client)


@pytest.mark.parametrize("name", ["about", "forum", "parent_carers", "for_schools", "contact"])
def test_leads_to_every_page_of_words(client, name):
    assert f'href="{reverse(name)}"' in front(client)
