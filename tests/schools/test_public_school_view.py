"""The public page of a school, and the one page for every school that is not on the list."""

import json
from datetime import date

import pytest
from django.urls import reverse

from core import same_page
from core.models import ProgrammeSettings
from pins.demo.seeding import OUTLINE
from schools.models import School
from schools.outlines.loading import load_outline
from tests.core.markup import Markup
from tests.factories import ParticipationFactory, SchoolFactory, UserFactory
from tests.schools.test_public_views import NAUGHTY

pytestmark = pytest.mark.django_db


def address(slug):
    return reverse("schools:public_school", kwargs={"slug": slug})


@pytest.fixture(autouse=True)
def nothing_kept():
    same_page._kept.clear()


@pytest.fixture
def school():
    made = SchoolFactory(
        name="Caer Ridge Primary School",
        town="Clun",
        website="https://caer-ridge.example/",
        pupils=203,
        trust="Marches Trust",
        postcode="SY7 8AA",
        laestab="893/2001",
    )
    ParticipationFactory(school=made, support_hours=30)
    return made


def page(client, school):
    response = client.get(address(school.slug))
    assert response.status_code == 200
    return response.content.decode()


class TestPage:
    def test_says_what_the_public_may_know(self, client, school):
        html = page(client, school)
        for words in ("<h1", "Caer Ridge Primary School", ">Clun<", ">Primary<", ">2026 to 2027<"):
            assert words in html
        assert '<a class="govuk-link pins-address" href="https://caer-ridge.example/">' in html

    def test_and_no_more(self, client, school):
        html = page(client, school)
        for words in (
            "203",
            "Marches Trust",
            "SY7 8AA",
            "893/2001",
            "900",
            "Full offer",
            "30 hours",
            "Year 1",
        ):
            assert words not in html

    def test_says_what_it_means_for_families_and_whom_to_reach(self, client, school):
        ProgrammeSettings(
            pk=1, forum_short_name="PT", contact_email="hello@pt.example", contact_phone="01234 567890"
        ).save()
        html = page(client, school)
        assert "What this means for families at the school" in html
        assert "How to reach PT" in html
        assert "mailto:hello@pt.example" in html
        assert "01234 567890" in html

    def test_of_a_school_of_which_little_is_known_leaves_that_out(self, client, school):
        School.objects.update(town="", phase="", website="")
        html = page(client, school)
        for words in ("Town", "Phase", "Website"):
            assert words not in html

    def test_has_the_schools_place_on_the_map_and_none_without_a_place(self, client, school):
        load_outline(OUTLINE, name="Shropshire")
        assert "pins-map" not in page(client, school)
        School.objects.update(easting=330_000, northing=281_000)
        html = page(client, school)
        assert html.count("pins-map__dot") == 1
        assert "Contains OS data © Crown copyright and database right 2024" in html

    def test_has_a_code_that_leads_to_itself(self, client, school, settings):
        settings.SITE_URL = "https://pins.example.org"
        html = page(client, school)
        assert "QR code with the address of this page" in html
        assert "this code leads to https://pins.example.org/schools/caer-ridge-primary-school/." in html

    def test_tells_search_engines_what_it_is(self, client, school):
        html = page(client, school)
        here = "http://127.0.0.1:8000/schools/caer-ridge-primary-school/"
        assert "<title>Caer Ridge Primary School in PINS - PINS Hub</title>" in html
        assert f'<link rel="canonical" href="{here}">' in html
        assert f'<meta property="og:url" content="{here}">' in html
        assert 'content="Caer Ridge Primary School in Clun joined Partnerships' in html
        assert data_of(html) == {
            "@context": "https://schema.org",
            "@type": "ElementarySchool",
            "name": "Caer Ridge Primary School",
            "mainEntityOfPage": here,
            "address": {"@type": "PostalAddress", "addressLocality": "Clun", "addressCountry": "GB"},
            "url": "https://caer-ridge.example/",
        }

    def test_who_has_it_already_gets_304_until_something_changes(self, client, school):
        etag = client.get(address(school.slug))["ETag"]
        again = client.get(address(school.slug), headers={"if-none-match": etag})
        assert (again.status_code, again.content) == (304, b"")
        School.objects.update(town="Ludlow")
        assert client.get(address(school.slug), headers={"if-none-match": etag}).status_code == 200

    def test_who_is_signed_in_gets_one_that_is_never_kept(self, client, school):
        client.force_login(UserFactory())
        response = client.get(address(school.slug))
        assert not response.has_header("ETag")
        assert "no-store" in response["Cache-Control"]

    def test_two_schools_of_one_name_have_a_page_each(self, client, school):
        other = SchoolFactory(name=school.name, slug="caer-ridge-primary-school-ludlow", town="Ludlow")
        ParticipationFactory(school=other)
        assert (">Clun<" in page(client, school), ">Clun<" in page(client, other)) == (True, False)

    def test_takes_a_literal_number_of_queries(self, client, school, django_assert_num_queries):
        with django_assert_num_queries(
            9
        ):  # school, cohorts, outline, the words, a page for families, the programme’s names four times
            page(client, school)
        with django_assert_num_queries(6):
            page(client, school)

    @pytest.mark.parametrize("name", NAUGHTY)
    def test_a_name_does_no_harm(self, client, school, name):
        School.objects.update(name=name, town=name[:80])
        html = page(client, school)
        assert Markup(html.split("<body", 1)[1].split(">", 1)[1].split("</body>")[0]).one("h1").text == name
        assert html.count("<script") == 2  # the data and our own
        assert data_of(html)["name"] == name


def data_of(html):
    return json.loads(html.split('<script type="application/ld+json">')[1].split("</script>")[0])


class TestNotListed:
    @pytest.fixture
    def unlisted(self, school):
        """Slugs of schools that are not on the list for every reason there is, and of one that never was."""
        ParticipationFactory(school=SchoolFactory(name="Quiet", public_consent=False))
        ParticipationFactory(school=SchoolFactory(name="Invited"), status="invited")
        ParticipationFactory(
            school=SchoolFactory(name="Left"),
            status="withdrawn",
            withdrawn_on=date(2026, 5, 1),
            withdrawal_reason="No SENCo",
        )
        SchoolFactory(name="Register")
        return ["quiet", "invited", "left", "register", "never", "1", "x" * 200]

    def test_is_one_page_byte_for_byte(self, client, unlisted):
        answers = [client.get(address(slug)) for slug in unlisted]
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.content for answer in answers}) == 1
        assert len({str(sorted(answer.headers.items())) for answer in answers}) == 1

    def test_is_one_page_for_somebody_signed_in_too(self, client, unlisted):
        client.force_login(UserFactory())
        assert len({client.get(address(slug)).content for slug in unlisted}) == 1

    def test_says_what_a_parent_carer_can_do(self, client, unlisted):
        html = client.get(address("quiet")).content.decode()
        assert "This school is not on the public list" in html
        assert "may take part without being named, or not take part" in html
        assert "mailto:pins@pacc.example" in html
        assert reverse("schools:public_list") in html

    def test_a_search_says_the_same_of_each(self, client, unlisted):
        pages = {
            client.get(reverse("schools:public_list"), {"q": name}).content.decode().replace(name, "X")
            for name in ("Quiet", "Invited", "Left", "Register", "Never")
        }
        assert len(pages) == 1

    def test_takes_as_many_queries_for_each(self, client, unlisted, django_assert_num_queries):
        client.get(address("quiet"))
        for slug in unlisted:
            with django_assert_num_queries(3):
                client.get(address(slug))

    def test_a_school_that_takes_its_consent_back_is_gone_at_once(self, client, school):
        etag = client.get(address(school.slug))["ETag"]
        School.objects.update(public_consent=False)
        assert client.get(address(school.slug), headers={"if-none-match": etag}).status_code == 404
