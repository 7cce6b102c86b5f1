"""What a browser and a proxy may keep of our answers."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from core.private_answers import NothingStored

pytestmark = pytest.mark.django_db


def directives(response) -> set[str]:
    return {part.strip() for part in response.get("Cache-Control", "").split(",") if part.strip()}


def test_nothing_that_somebody_signed_in_gets_may_be_stored(people, sign_in):
    assert directives(sign_in(people.head).get(reverse("home"))) == {"no-store", "private"}


def test_nor_may_a_public_page_that_shows_who_is_signed_in(people, sign_in):
    assert directives(sign_in(people.head).get(reverse("front"))) == {"no-store", "private"}


def test_nor_may_a_page_that_is_not_there(people, sign_in):
    assert directives(sign_in(people.head).get("/nowhere/")) == {"no-store", "private"}


def test_what_a_view_allowed_everybody_is_taken_back():
    request = RequestFactory().get("/", headers={"cookie": "sessionid=x"})
    answer = NothingStored(lambda _: HttpResponse(headers={"Cache-Control": "public, max-age=60"}))(request)
    assert directives(answer) == {"no-store", "private", "max-age=60"}


@pytest.mark.parametrize("name", ["front", "schools:public_list", "schools:public_csv"])
def test_visitors_may_keep_public_pages_and_ask_whether_they_are_the_same(client, name: str):
    assert directives(client.get(reverse(name))) == {"no-cache"}
