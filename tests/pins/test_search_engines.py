"""What search engines are told: the public pages and no others."""

from xml.etree import ElementTree

import pytest
from django.urls import resolve, reverse

from pins.views.search_engines import PUBLIC_PAGES
from tests.factories import ParticipationFactory, SchoolFactory

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def listed(client):
    response = client.get(reverse("sitemap"))
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    return [one.text for one in ElementTree.fromstring(response.content).iter(f"{NAMESPACE}loc")]  # noqa: S314


def test_the_sitemap_has_every_public_page_and_the_schools_that_agreed(client):
    ParticipationFactory(school=SchoolFactory(name="Caer Ridge"))
    ParticipationFactory(school=SchoolFactory(name="Quiet", public_consent=False))
    SchoolFactory(name="Register")
    pages = [f"{SITE}{reverse(name)}" for name in PUBLIC_PAGES]
    assert listed(client) == [*pages, f"{SITE}/schools/caer-ridge/"]


def test_every_address_of_the_sitemap_is_there(client):
    ParticipationFactory(school=SchoolFactory(name="Caer Ridge"))
    assert {client.get(address.removeprefix(SITE)).status_code for address in listed(client)} == {200}


@pytest.mark.parametrize("slug", ["", "a&b", "<loc>", "ŷ'\""])
def test_no_slug_breaks_it(client, slug):
    ParticipationFactory(school=SchoolFactory(slug=slug))
    assert listed(client)[len(PUBLIC_PAGES) :] == ([f"{SITE}/schools/{slug}/"] if slug else [])


@pytest.mark.parametrize("schools", [1, 3])
def test_the_sitemap_takes_one_query(client, schools, django_assert_num_queries):
    for _ in range(schools):
        ParticipationFactory()
    with django_assert_num_queries(1):
        assert len(listed(client)) == len(PUBLIC_PAGES) + schools


def test_robots_are_led_to_the_sitemap_and_kept_from_private_places(client):
    lines = client.get(reverse("robots")).content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert lines[-1] == f"Sitemap: {SITE}/sitemap.xml"
    assert "Disallow: /accounts/" in lines
    assert resolve("/robots.txt").url_name == "robots"


@pytest.mark.parametrize("name", ["sitemap", "robots"])
def test_who_has_it_already_gets_304(client, name):
    etag = client.get(reverse(name))["ETag"]
    assert client.get(reverse(name), headers={"if-none-match": etag}).status_code == 304
