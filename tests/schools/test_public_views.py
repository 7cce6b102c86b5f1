"""The public list as its visitors meet it."""

import csv
import io
import json
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from pins.demo.seeding import OUTLINE
from schools.models import MapOutline, School
from schools.outlines.loading import load_outline
from schools.queries import listing
from schools.queries.listing import MOST_ON_MAP, PAGE
from tests.core.markup import Markup
from tests.factories import CohortFactory, ParticipationFactory, ProgrammeYearFactory, SchoolFactory

pytestmark = pytest.mark.django_db
LIST, CSV, EXCEL, JSON = (f"schools:public_{kind}" for kind in ("list", "csv", "excel", "json"))


NAUGHTY = (
    """St "Mary's" & ‘John’s’ “C of E” – Primary — School's""",
    "</script><script>alert(1)</script><!--",
    "<svg onload=alert(1)>]]> --> {{ 7 }} {% x %}",
    "🏫 Ysgol Tŷ Coch 学校 \u202e\u2028x",
)


@pytest.fixture(autouse=True)
def schools():
    listing._long_list.cache_clear()
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
        assert "2 joined" not in html  # said once there are several years
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
    def test_takes_at_most_eight_queries(self, client, schools, django_assert_max_num_queries):
        for n in range(schools):
            ParticipationFactory(school=SchoolFactory(name=f"Ridge {n}"))
        # Cohorts, schools, the outline, the words for who is not on it, the programme’s names four times.
        with django_assert_max_num_queries(8):
            page(client)
        with django_assert_max_num_queries(5):  # the names once: the page is kept
            page(client)
        with django_assert_max_num_queries(8):
            page(client, q="ridge", cohort="year-1")

    def test_says_how_many_joined_in_which_years_once_there_are_several(self, client):
        earlier = ProgrammeYearFactory(name="Earlier", starts_on=date(2025, 4, 1), ends_on=date(2026, 3, 31))
        cohort = CohortFactory(name="Year 0", joined_in=earlier)
        ParticipationFactory(school=SchoolFactory(), programme_year=earlier, cohort=cohort)
        assert "1 joined in 2025 to 2026, 2 joined in 2026 to 2027" in page(client)

    def test_offers_only_years_in_which_a_listed_school_joined(self, client):
        CohortFactory(name="Nobody yet", joined_in=ProgrammeYearFactory())
        assert "Nobody yet" not in page(client)
        assert "Nobody yet" in page(client, cohort="nobody-yet")

    def test_finds_by_phase(self, client):
        School.objects.filter(name__startswith="Mill").update(phase="Middle deemed primary")
        html = page(client, phase="Middle deemed primary")
        assert "Mill Leat" in html
        assert "Caer Ridge" not in html
        assert '<option value="Middle deemed primary" selected>' in html
        assert "Choose a phase from the list." in page(client, phase="Nursery")

    def test_each_school_leads_to_its_page(self, client):
        assert '<a class="govuk-link" href="/schools/caer-ridge-primary-school/">Caer Ridge' in page(client)

    def test_a_school_without_a_slug_has_no_page_and_is_listed(self, client):
        School.objects.filter(name__startswith="Mill").update(slug="")
        assert '<th scope="row" role="rowheader">Mill Leat Primary School</th>' in page(client)


class TestPostcode:
    @pytest.fixture(autouse=True)
    def places(self):
        School.objects.filter(name__startswith="Caer").update(
            postcode="SY7 8AA", easting=330_000, northing=281_000
        )
        School.objects.filter(name__startswith="Mill").update(
            postcode="SY12 0AA", easting=340_000, northing=335_000
        )

    def test_lists_the_nearest_first_and_says_from_where(self, client):
        html = page(client, q="sy12 0zz")
        assert html.index("Mill Leat") < html.index("Caer Ridge")
        assert ">less than a mile</td>" in html
        assert ">about 34 miles</td>" in html
        assert "approximate: in a straight line from the middle of the schools in SY12 0." in html

    def test_says_that_a_distance_is_not_known(self, client):
        School.objects.filter(name__startswith="Caer").update(easting=None, northing=None)
        assert ">not known</td>" in page(client, q="SY12")

    @pytest.mark.parametrize("q", ["ZZ1 1ZZ", "ZZ1 1", "ZZ1"])
    def test_that_is_not_known_says_so_and_what_to_do(self, client, q):
        """Its district was tried already, so that half of it would find no more."""
        html = page(client, q=q)
        assert f"No schools found for “{q}”" in html
        assert "We do not know this postcode" in html
        assert "look for a town, the school’s name, or a postcode nearby" in html
        assert "first half" not in html

    def test_files_have_the_same_rows_in_the_same_order(self, client):
        rows = client.get(reverse(JSON), {"q": "SY12"}).json()["schools"]
        assert [(row["name"][:4], row["miles"]) for row in rows] == [("Mill", 0), ("Caer", 34)]
        text = client.get(reverse(CSV), {"q": "SY12"}).content.decode("utf-8-sig")
        table = list(csv.reader(io.StringIO(text)))
        assert [(row[0][:4], row[6]) for row in table] == [
            ("Scho", "Miles away, about"),
            ("Mill", "0"),
            ("Caer", "34"),
        ]


class TestMap:
    @pytest.fixture(autouse=True)
    def outline(self):
        load_outline(OUTLINE, name="Shropshire")

    def map_of(self, client, **asked):
        html = page(client, **asked)
        return html.split("<svg", 1)[1].split("</svg>", 1)[0] if "<svg" in html else ""

    def place(self, name, easting=349_000, northing=312_000):
        School.objects.filter(name__startswith=name).update(easting=easting, northing=northing)

    def test_has_a_link_for_each_school_that_has_a_place(self, client):
        self.place("Caer")
        drawn = self.map_of(client)
        assert (
            '<a class="pins-map__school" href="/schools/caer-ridge-primary-school/" aria-label="Caer' in drawn
        )
        assert "Mill Leat" not in drawn
        assert "Not on the map: 1 school whose place is not known or lies outside it." in page(client)

    def test_has_its_title_its_description_and_whose_data_it_is(self, client):
        drawn = self.map_of(client)
        assert "<title id=" in drawn
        assert "<desc id=" in drawn
        html = page(client)
        assert "Contains OS data © Crown copyright and database right 2024. Contains public sector" in html
        assert "licensed under the Open Government Licence v3.0.</p>" in html

    def test_holds_what_the_list_holds_and_no_more(self, client):
        self.place("Caer"), self.place("Mill", 340_000), self.place("Quiet")
        assert self.map_of(client).count("<a ") == 2
        assert self.map_of(client, q="caer").count("<a ") == 1
        assert "Quiet" not in self.map_of(client)

    def test_holds_all_pages_of_a_list_up_to_a_hundred(self, client):
        for n in range(PAGE):
            ParticipationFactory(school=SchoolFactory(easting=349_000, northing=300_000 + n))
        html = page(client, page="2")
        assert html.count("pins-map__dot") == PAGE
        assert "The map shows the schools of all pages of this list." in html

    def test_holds_the_page_of_a_longer_list_and_says_so(self, client):
        for n in range(MOST_ON_MAP):
            ParticipationFactory(school=SchoolFactory(easting=349_000, northing=300_000 + n))
        html = page(client, page="2")
        assert html.count("pins-map__dot") == PAGE
        assert "The list is long: the map shows the schools of this page." in html

    def test_is_left_out_before_an_outline_was_loaded(self, client):
        MapOutline.objects.all().delete()
        assert "<svg" not in page(client)
        assert "2 schools" in page(client)

    def test_is_drawn_anew_once_another_outline_was_loaded(self, client):
        before = self.map_of(client)
        load_outline(OUTLINE, name="Herefordshire, County of")
        assert self.map_of(client) != before


class TestFound:
    def test_a_title_a_description_and_one_address(self, client):
        html = page(client, cohort="year-1", utm="x")
        assert "<title>Schools taking part in PINS in Shropshire - PINS Hub</title>" in html
        assert '<link rel="canonical" href="http://127.0.0.1:8000/schools/?cohort=year-1">' in html
        assert '<meta property="og:title" content="Schools taking part in PINS in Shropshire">' in html
        assert '<meta name="description" content="A list and a map of 2 schools in Shropshire' in html

    def test_a_search_is_for_nobody_else_to_find(self, client):
        html = page(client, q="clun")
        assert '<meta name="robots" content="noindex">' in html
        assert "canonical" not in html

    def test_who_has_the_page_already_gets_304(self, client):
        for name in (LIST, CSV, EXCEL, JSON):
            first = client.get(reverse(name))
            assert client.get(reverse(name), headers={"if-none-match": first["ETag"]}).status_code == 304
        School.objects.filter(name__startswith="Caer").update(public_consent=False)
        for name in (LIST, CSV, EXCEL, JSON):
            assert client.get(reverse(name), headers={"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("name", NAUGHTY)
def test_a_name_does_no_harm_in_list_map_or_data(client, name):
    load_outline(OUTLINE, name="Shropshire")
    ParticipationFactory(
        school=SchoolFactory(name=name, slug="naughty", town=name[:80], easting=349_000, northing=312_000)
    )
    html = page(client, q="")
    main = Markup(html.split("<body", 1)[1].split(">", 1)[1].split("</body>")[0])
    row = next(one for one in main.all("a") if one.get("href") == "/schools/naughty/")
    assert row.text == name
    point = main.one("a", "pins-map__school")
    assert point["aria-label"] == name
    data = json.loads(html.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert name in [one["name"] for one in data["itemListElement"]]


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
