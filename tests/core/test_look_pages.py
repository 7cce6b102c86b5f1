"""The shells: titles, error summaries, error pages, the gallery."""

import json

import pytest
from django import forms
from django.conf import settings
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from core.forms import DateBoxesField, GovukForm
from core.gallery import GalleryForm
from core.models import ProgrammeSettings
from tests.core.markup import Markup

GALLERY = ["/dev/gallery/", "/dev/gallery/errors/", "/dev/gallery/question/", "/dev/gallery/signed-in/"]
FOCUSABLE = {"input", "select", "textarea", "button", "a"}

pytestmark = pytest.mark.django_db
with_gallery = pytest.mark.urls("tests.core.look_urls")


class Small(GovukForm, forms.Form):
    name = forms.CharField(label="Your name")
    secret = forms.CharField(widget=forms.HiddenInput)


def summary(*shown: forms.BaseForm) -> Markup:
    template = engines["django"].from_string("{% load govuk %}{% error_summary a b %}")
    return Markup(template.render({"a": shown[0], "b": shown[-1]}))


@with_gallery
@pytest.mark.parametrize("address", GALLERY)
def test_the_gallery_is_well_formed_with_one_h1_and_no_id_twice(client: Client, address):
    markup = Markup(client.get(address).content.decode())
    ids = [each["id"] for each in markup.elements if each.get("id")]
    assert len(markup.all("h1")) == 1
    assert sorted(set(ids)) == sorted(ids)


@with_gallery
def test_every_error_has_a_link_to_a_control_that_takes_the_focus(client: Client):
    markup = Markup(client.get("/dev/gallery/errors/").content.decode())
    box = [
        each
        for each in markup.all("a")
        if each.get(
            "href",
        )
        and each["href"].startswith("#id_")
    ]
    targets = [markup.by_id(link["href"][1:]) for link in box]
    assert len(box) >= len(
        [name for name in GalleryForm.base_fields if name not in {"comment", "secret", "reason"}]
    )
    assert [target["id"] for target in targets if target.tag not in FOCUSABLE] == []
    assert [target["id"] for target in targets if target.get("type") == "hidden"] == []


@with_gallery
@pytest.mark.parametrize("address", GALLERY)
def test_whatever_describes_or_names_a_control_is_in_the_page(client: Client, address):
    markup = Markup(client.get(address).content.decode())
    ids = {each["id"] for each in markup.elements if each.get("id")}
    named = [
        name
        for each in markup.elements
        for attribute in ("aria-describedby", "aria-labelledby", "for", "aria-controls")
        for name in (each.get(attribute) or "").split()
    ]
    assert [name for name in named if name not in ids] == []


@with_gallery
def test_the_title_says_error_first(client: Client):
    right = Markup(client.get("/dev/gallery/question/").content.decode())
    wrong = Markup(client.get("/dev/gallery/question/?slot=").content.decode())
    assert right.one("title").text == "One question - PINS Hub"
    assert wrong.one("title").text == "Error: One question - PINS Hub"


@with_gallery
def test_a_page_number_keeps_the_filters(client: Client):
    markup = Markup(client.get("/dev/gallery/?q=a%26b&page=7").content.decode())
    assert [link["href"] for link in markup.all("a") if link.get("rel") == "next"] == ["?q=a%26b&page=8"]


@pytest.mark.parametrize("address", GALLERY)
def test_the_gallery_is_not_there_in_production(client: Client, address):
    assert client.get(address).status_code in {302, 404}


def test_no_errors_no_summary():
    assert summary(Small({"name": "Ada", "secret": "x"}), Small()).elements == []


def test_an_error_of_a_hidden_field_leads_to_the_first_control():
    links = summary(Small({"name": "Ada"}), Small()).all("a")
    assert [link["href"] for link in links] == ["#id_name"]


def test_an_error_of_the_whole_form_leads_to_its_first_control():
    form = Small({"name": "Ada", "secret": "x"})
    form.add_error(None, "Somebody else saved this first.")
    links = summary(form, Small()).all("a")
    assert [(link.text, link["href"]) for link in links] == [("Somebody else saved this first.", "#id_name")]


def test_a_date_leads_to_its_wrong_box():
    form = type("Some", (GovukForm, forms.Form), {"on": DateBoxesField(label="On")})(
        {"on-day": "3", "on-year": "2027"}
    )
    assert [link["href"] for link in summary(form).all("a")][:1] == ["#id_on-month"]


def test_the_errors_of_a_formset_are_named_too():
    rows = forms.formset_factory(Small, extra=0)(
        {
            "form-TOTAL_FORMS": "2",
            "form-INITIAL_FORMS": "2",
            "form-0-name": "Ada",
            "form-0-secret": "x",
            "form-1-secret": "x",
        }
    )
    assert [link["href"] for link in summary(rows).all("a")][:1] == ["#id_form-1-name"]


@pytest.mark.parametrize(
    "name", ["400.html", "403.html", "404.html", "405.html", "500.html", "403_csrf.html"]
)
def test_an_error_page_needs_no_more_than_the_names_and_no_database(name):
    own = {"programme": ProgrammeSettings()}
    markup = Markup(render_to_string(name, own))
    assert markup.one("h1").text
    assert markup.one("title").text.endswith(" - PINS Hub")
    assert "nothing" in render_to_string(name, own).lower() or "saved" in render_to_string(name, own)


def test_a_refusal_says_why_in_the_words_of_the_rule():
    html = render_to_string(
        "403.html", {"programme": ProgrammeSettings(), "exception": "Only a school lead submits the audit."}
    )
    assert "Only a school lead submits the audit." in html


def test_an_unknown_address_gets_our_page(people, sign_in):
    response = sign_in(people.head).get("/no/such/page/")
    assert (response.status_code, Markup(response.content.decode()).one("h1").text) == (
        404,
        "There is no such page here",
    )


def test_a_form_without_its_token_is_told_why():
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a", "password": "b"})
    assert response.status_code == 403
    assert Markup(response.content.decode()).one("h1").text == "Your page was open for a long time"


def test_a_signed_in_page_signs_out_by_a_button_and_hands_htmx_the_token(people):
    request = RequestFactory().get("/")
    request.user = people.head
    markup = Markup(render_to_string("base_signed_in.html", {}, request))
    assert [form["method"] for form in markup.all("form")] == ["post"]
    assert set(json.loads(markup.one("body")["hx-headers"])) == {"X-CSRFToken", "X-Held-For"}


def test_nothing_comes_from_elsewhere_and_nothing_is_inline():
    request = RequestFactory().get("/")
    markup = Markup(render_to_string("base_public.html", {}, request))
    addresses = [
        each.get("src") or each["href"] for each in markup.elements if each.tag in {"script", "link", "img"}
    ]
    assert addresses
    assert [
        address for address in addresses if not address.startswith(f"/{settings.STATIC_URL.strip('/')}/")
    ] == []
    assert [each for each in markup.elements if each.get("style")] == []
    assert [each.text for each in markup.all("script") if each.text] == []
