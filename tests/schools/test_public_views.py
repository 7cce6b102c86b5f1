"""The public list as its visitors meet it."""

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from schools.models import School
from tests.factories import ParticipationFactory, SchoolFactory

pytestmark = pytest.mark.django_db
LIST, CSV, EXCEL, JSON = (f"schools:public_{kind}" for kind in ("list", "csv", "excel", "json"))


@pytest.fixture(autouse=True)
def schools():
    for name, town in (("Caer Ridge Primary School", "Clun"), ("Mill Leat Primary School", "Ellesmere")):
        ParticipationFactory(school=SchoolFactory(name=name, town=town))
    ParticipationFactory(school=SchoolFactory(name="Quiet Primary School", public_consent=False))


def page(client, **asked: str):
    response = client.get(reverse(LIST), asked)
    assert response.status_code == 200
    return response.content.decode()


class TestPage:
    def test_names_schools_that_agreed_and_counts_them(self, client):
        html = page(client)
        assert "Caer Ridge Primary School" in html
        assert "Quiet" not in html
        assert "2 schools" in html

    def test_says_the_years_in_which_a_school_joined_and_no_year_of_school(self, client):
        html = page(client)
        assert ">2026 to 2027</td>" in html
        assert '<option value="">Any year</option>' in html
        assert '<option value="year-1">2026 to 2027</option>' in html
        assert "Year 1" not in html

    def test_is_never_out_of_date(self, client):
        assert "Caer Ridge" in page(client)
        School.objects.filter(name__startswith="Caer").update(public_consent=False)
        assert "Caer Ridge" not in page(client)
        assert "1 school" in page(client)

    def test_finds_by_town(self, client):
        html = page(client, q="ellesmere")
        assert "Mill Leat" in html
        assert "Caer Ridge" not in html
        assert "1 school found for “ellesmere”" in html

    def test_says_the_same_of_a_school_without_consent_as_of_one_that_is_not_there(self, client):
        quiet = page(client, q="Quiet Primary School").replace("Quiet Primary School", "X")
        unknown = page(client, q="Nowhere Primary School").replace("Nowhere Primary School", "X")
        assert quiet == unknown
        assert "No schools found for “X”" in unknown

    def test_asks_after_a_misspelt_name_first(self, client):
        html = page(client, q="cear rige")
        assert html.index("Check the spelling") < html.index("may take part without being named")
        assert f'<a class="govuk-link" href="{reverse(LIST)}?q=Caer%20Ridge%20Primary%20School">' in html
        assert "Quiet" not in page(client, q="quit primary")

    def test_suggests_nobody_who_is_no_longer_named(self, client):
        assert "Did you mean" in page(client, q="cear rige")
        School.objects.update(public_consent=False)
        assert "Did you mean" not in page(client, q="cear rige")

    def test_is_empty_in_calm_words_before_any_school_agreed(self, client):
        School.objects.update(public_consent=False)
        assert "The schools will be listed here" in page(client)

    def test_a_cohort_that_is_not_there_says_what_to_do(self, client):
        html = page(client, cohort="year-9")
        assert "Choose a year from the list." in html
        assert 'href="#id_cohort"' in html
        assert "Caer Ridge" in html

    def test_too_long_a_search_says_what_to_do(self, client):
        assert "Search for 100 characters or fewer." in page(client, q="x" * 101)

    def test_what_was_typed_comes_back_escaped(self, client):
        html = page(client, q='"><script>')
        assert "<script>" not in html.split("<main")[1].split("</main")[0]

    def test_keeps_the_narrowing_in_the_addresses_of_the_files(self, client):
        assert "/schools.csv?q=clun&amp;cohort=year-1" in page(client, q="clun", cohort="year-1")

    @pytest.mark.parametrize("schools", [1, 3])
    def test_takes_at_most_six_queries(self, client, schools, django_assert_max_num_queries):
        for n in range(schools):
            ParticipationFactory(school=SchoolFactory(name=f"Ridge {n}"))
        with django_assert_max_num_queries(4):  # cohorts, schools, and the programme’s names twice
            page(client)
        with django_assert_max_num_queries(6):
            page(client, q="ridge", cohort="year-1")


HEADER = ["School", "Town", "Phase", "Cohort", "Website", "Joined in"]
FIRST = ["Caer Ridge Primary School", "Clun", "Primary", "Year 1", "", "2026 to 2027"]


class TestFiles:
    def rows_of_csv(self, client, **asked: str):
        content = client.get(reverse(CSV), asked).content.decode("utf-8-sig")
        return list(csv.reader(io.StringIO(content)))

    def test_csv(self, client):
        rows = self.rows_of_csv(client)
        assert rows[:2] == [HEADER, FIRST]
        assert len(rows) == 3

    def test_csv_is_narrowed_like_the_page(self, client):
        assert [row[0] for row in self.rows_of_csv(client, q="mill")[1:]] == ["Mill Leat Primary School"]

    def test_csv_is_safe_to_open(self, client):
        ParticipationFactory(school=SchoolFactory(name="=1+1", slug="sum"))
        assert "'=1+1" in [row[0] for row in self.rows_of_csv(client)]

    def test_excel(self, client):
        book = load_workbook(io.BytesIO(client.get(reverse(EXCEL)).content))
        rows = [[cell or "" for cell in row] for row in book.active.values]
        assert rows[:2] == [HEADER, FIRST]

    def test_json(self, client):
        got = client.get(reverse(JSON), {"q": "clun"}).json()
        row = dict(zip(("name", "town", "phase", "cohort", "website", "joined_in"), FIRST, strict=True))
        assert got == {"count": 1, "schools": [row]}

    @pytest.mark.parametrize("name", [CSV, EXCEL, JSON])
    def test_refuse_a_cohort_that_is_not_there(self, client, name):
        response = client.get(reverse(name), {"cohort": "year-9"})
        assert response.status_code == 400
        assert "Choose a year from the list." in response.content.decode()

    @pytest.mark.parametrize("name", [LIST, CSV, EXCEL, JSON])
    def test_nothing_can_be_sent_to_them(self, client, name):
        assert client.post(reverse(name)).status_code == 405
