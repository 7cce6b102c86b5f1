"""What a person reads who came to an address the wrong way."""

import pytest
from django.db import OperationalError, connection
from django.test import RequestFactory
from django.urls import reverse

from pins.errors import server_error
from tests.core.markup import Markup
from tests.factories import AuditFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def submit_url(people) -> str:
    """Where a button sends, and nothing is to be seen."""
    return reverse("audits:submit", args=[AuditFactory(school=people.school).pk])


def heading(answer) -> str:
    return Markup(answer.content.decode()).one("h1").text


def test_an_address_that_only_takes_a_button_says_so_and_leads_on(people, sign_in, submit_url):
    answer = sign_in(people.head).get(submit_url, headers={"accept": "text/html,*/*;q=0.8"})
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert heading(answer) == "There is nothing to see at this address"
    links = [link["href"] for link in Markup(answer.content.decode()).all("a")]
    assert reverse("home") in links
    assert answer["Content-Length"] == str(len(answer.content))


def test_a_page_that_is_only_for_reading_says_so(client):
    answer = client.post(reverse("schools:public_list"))
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert heading(answer) == "This page takes nothing in"


@pytest.mark.parametrize("headers", [{"accept": "application/json"}, {"hx-request": "true"}])
def test_programs_and_htmx_get_the_header_alone(people, sign_in, submit_url, headers):
    answer = sign_in(people.head).get(submit_url, headers=headers)
    assert (answer.status_code, answer["Allow"], answer.content) == (405, "POST", b"")


STRANGER = "if you have an account"
CONTACT = "mailto:pins@pacc.example"


@pytest.mark.parametrize(
    ("path", "status"), [("/no-such-page/", 404), (reverse("mail"), 403), (reverse("mail_test"), 405)]
)
def test_somebody_signed_in_is_shown_the_way_on(people, sign_in, path, status):
    client = sign_in(people.admin if status == 405 else people.head)
    answer = client.get(path, headers={"accept": "text/html"})
    page = answer.content.decode()
    assert (answer.status_code, STRANGER in page, CONTACT in page) == (status, False, True)
    ways = [link.text for link in Markup(page).all("a") if link["href"] == reverse("home")]
    assert ways == ["What to do next"]


def test_a_stranger_is_shown_the_public_pages(client):
    page = client.get("/no-such-page/").content.decode()
    assert (STRANGER in page, CONTACT in page) == (True, True)


def test_our_own_mistake_leads_on_too(people):
    request = RequestFactory().get("/")
    request.user = people.head
    answer = server_error(request)
    assert (answer.status_code, heading(answer)) == (500, "Something went wrong on our side")
    assert STRANGER not in answer.content.decode()


@pytest.mark.parametrize(("path", "status"), [("/no-such-page/", 404), (reverse("home"), 500)])
def test_they_need_no_database(people, sign_in, path, status):
    client = sign_in(people.head)
    client.raise_request_exception = False

    def gone(*_):
        raise OperationalError("The database is gone.")

    with connection.execute_wrapper(gone):
        answer = client.get(path)
    assert (answer.status_code, STRANGER in answer.content.decode()) == (status, True)
