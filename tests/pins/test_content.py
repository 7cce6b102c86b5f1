"""The pages of words: found, passed on, asked after, and never in the name of another forum."""

import re

import pytest
from django.urls import reverse

from accounts.models import HELD_FOR
from core.logos import Picture
from core.models import ProgrammeSettings
from core.public_texts import KINDS
from core.services import save_logo
from schools.models import PartnerBody
from schools.models.invitations import GOOD_FOR
from tests.factories import FamiliesEditionFactory
from tests.factories.logos import png
from tests.test_urls import PUBLIC
from visits.tasks import build_families_sheet

pytestmark = pytest.mark.django_db
PAGES = [kind.url_name for kind in KINDS.values() if kind.is_page]
NOT_PAGES = {
    "schools:invitation",
    "visits:calendar_feed",
    "visits:receipt_by_link",
    "visits:reply_by_link",
    "visits:summary_by_link",
    "visits:times_by_link",
    "healthz",
    "readyz",
    "outbox",
}
"""Signs of life, what a secret opens, and the demonstration’s own page."""


def words(client, name: str, **headers: str) -> str:
    response = client.get(reverse(name), headers=headers)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def another_forum() -> None:
    ProgrammeSettings(
        pk=1,
        site_name="Nest Hub",
        programme_name="Nurture and Nest",
        programme_short_name="NEST",
        forum_name="Parents Together",
        forum_short_name="PT",
        county="Rutland",
        contact_email="hello@pt.example",
    ).save()


@pytest.mark.parametrize("name", PAGES)
class TestEach:
    def test_has_one_heading_a_title_and_a_card(self, client, name):
        html = words(client, name)
        assert html.count("<h1") == 1
        assert re.search(r"<title>[^<{]+ - PINS Hub</title>", html)
        assert f'<link rel="canonical" href="http://127.0.0.1:8000{reverse(name)}">' in html
        assert re.search(r'<meta name="description" content="[^"{]{40,200}">', html)
        assert '<meta property="og:title" content="' in html

    def test_is_asked_after_in_three_queries_at_most(self, client, name, django_assert_max_num_queries):
        words(client, name)
        with django_assert_max_num_queries(4):
            words(client, name)

    def test_belongs_to_whichever_forum_it_is(self, client, name):
        another_forum()
        html = words(client, name)
        assert re.findall("PINS|PACC|Shropshire|Inclusion of Neuro", html) == []
        assert "Nest Hub, run by Parents Together" in html

    def test_stands_in_the_sitemap_and_the_foot_or_the_navigation(self, client, name):
        assert f"{reverse(name)}</loc>" in client.get(reverse("sitemap")).content.decode()
        assert f'href="{reverse(name)}"' in words(client, "schools:public_list")


@pytest.mark.parametrize(
    "name", sorted(PUBLIC - NOT_PAGES - {one for one in PUBLIC if one.startswith("account_")})
)
def test_whoever_has_a_public_page_gets_304(client, people, settings, tmp_path, name):
    settings.MEDIA_ROOT = tmp_path
    ProgrammeSettings.objects.update(main_colour="#204080")
    picture = Picture(png(), 20, 20)
    save_logo(picture=picture, by=people.admin)
    arguments = {
        "schools:public_school": [people.school.slug],
        "visits:families_public": [people.school.slug],
        "visits:families_sheet": [people.school.slug],
        "look_css": [ProgrammeSettings.load().look.digest],
        "look_logo": [picture.digest],
    }
    if name.startswith("visits:families_"):
        build_families_sheet(FamiliesEditionFactory(school=people.school).pk)
    address = reverse(name, args=arguments.get(name))
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_the_band_and_the_mail_speak_in_the_programmes_own_names(client, people):
    another_forum()
    client.post(reverse("account_request_login_code"), {"email": people.head.email})
    from core.models import OutgoingEmail

    mail = OutgoingEmail.objects.get()
    assert mail.subject == "Your code to sign in to Nest Hub"
    assert "PINS" not in mail.body
    assert "<p>Nurture and Nest in Rutland</p>" in words(client, "schools:public_list")


class TestContact:
    def test_shows_what_there_is(self, client):
        html = words(client, "contact")
        assert "Telephone" not in html
        assert "Post<" not in html
        ProgrammeSettings(
            pk=1,
            contact_phone="01234 567890",
            postal_address="1 High Street\nShrewsbury",
            data_protection_contact="The manager, data@pacc.example",
        ).save()
        html = words(client, "contact")
        for shown in ("01234 567890", "1 High Street<br>Shrewsbury", "The manager, data@pacc.example"):
            assert shown in html

    def test_privacy_names_who_answers(self, client):
        assert "ask: pins@pacc.example." in words(client, "privacy")
        ProgrammeSettings(pk=1, data_protection_contact="The manager").save()
        assert "ask: The manager." in words(client, "privacy")


def test_about_names_the_organisations_behind_it(client):
    words(client, "about")
    PartnerBody.objects.create(name="Shropshire Council", part="Leads it in the county")
    assert "Shropshire Council</li>" not in words(client, "about")
    assert "Shropshire Council: Leads it in the county" in words(client, "about")


class TestPrivacy:
    """What the notice says is what the product does."""

    def test_pages_of_words_set_no_cookie(self, client):
        for name in PAGES:
            assert client.get(reverse(name)).cookies == {}

    def test_the_page_to_sign_in_sets_the_one_that_protects_forms(self, client):
        assert set(client.get(reverse("account_login")).cookies) == {"csrftoken"}

    def test_names_each_cookie_and_how_long_it_stays(self, client, settings):
        html = words(client, "privacy")
        named = set(re.findall(r"<li><strong>(\w+)</strong>", html))
        assert named == {settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME, "messages"}
        assert settings.CSRF_COOKIE_AGE <= 366 * 24 * 60 * 60
        assert "and stays for up to a year</li>" in html
        assert f"for up to {settings.SESSION_COOKIE_AGE // 3600} hours</li>" in html

    def test_says_what_is_kept_of_who_is_invited(self, client):
        html = words(client, "privacy")
        assert f"The invitation can be accepted for {GOOD_FOR.days} days. We keep it after that too" in html

    def test_says_how_long_what_was_sent_too_late_is_held(self, client):
        assert f"for {HELD_FOR.seconds // 60} minutes, what you sent after" in words(client, "privacy")

    @pytest.mark.parametrize("short_name", ["PINS", "NEST"])
    def test_names_the_contacts_of_a_school_as_the_product_has_them(self, client, short_name):
        ProgrammeSettings(pk=1, programme_short_name=short_name).save()
        assert f"head teacher, SENCo and {short_name} lead" in words(client, "privacy")


@pytest.mark.parametrize("name", ["for_schools", "contact"])
def test_a_school_is_told_both_ways_on_and_off_the_public_list(client, name):
    html = words(client, name)
    told = html[html.index("public list") :]
    assert re.search(r'[Ss]chool lead.{0,20}<a href="/accounts/login/" class="govuk-link">sign', told)
    assert re.search("write to us|Write to us", html)


def test_the_way_that_it_is_told_is_there(client, people, sign_in):
    named = re.search("chooses “(.+?)”", words(client, "for_schools"))[1]
    page = sign_in(people.head).get(reverse("workspace", args=[people.school.pk])).content.decode()
    assert f">{named}</a>" in page


def test_the_accessibility_statement_names_no_address_that_nobody_checked(client):
    html = words(client, "accessibility")
    assert "you can turn to the Equality Advisory and Support Service." in html


def test_the_row_of_settings_is_there_from_the_first_day():
    assert ProgrammeSettings.objects.get().pk == 1


def test_a_refused_change_of_settings_writes_nothing(people, sign_in, django_assert_num_queries):
    ProgrammeSettings.objects.all().delete()
    assert sign_in(people.admin).post(reverse("schools:change_settings"), {}).status_code == 422
    assert not ProgrammeSettings.objects.exists()
