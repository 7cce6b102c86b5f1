"""Pages that are rendered once for the same contents, and those that never may be."""

import gzip

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import info
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory

from core import same_page
from core.models import ProgrammeSettings
from core.same_page import MOST_PAGES, render_same_page, same_file
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    same_page._kept.clear()


@pytest.fixture
def rendered(monkeypatch):
    """What was really rendered, one context each; `own` is called with the request while it is."""
    contexts = []

    def render(request, template, context):
        contexts.append(context)
        context.get("own", lambda request: None)(request)
        return HttpResponse(f"page {len(contexts)}")

    monkeypatch.setattr(same_page, "render", render)
    return contexts


def ask(contents=1, *, path="/schools/", user=None, message="", own=None):
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()
    request._messages = CookieStorage(request)
    if message:
        info(request, message)
    context = {"own": own} if own else {}
    return render_same_page(request, "schools/public_list.html", context, contents=contents).content


@pytest.mark.usefixtures("rendered")
class TestKept:
    def test_for_the_same_contents(self):
        assert [ask(), ask()] == [b"page 1", b"page 1"]

    def test_not_for_others(self):
        assert [ask(1), ask(2), ask(1)] == [b"page 1", b"page 2", b"page 1"]

    def test_not_for_another_address(self):
        assert [ask(), ask(path="/schools/?q=x")] == [b"page 1", b"page 2"]

    def test_not_once_the_programmes_names_change(self):
        ask()
        ProgrammeSettings(pk=1, county="Rutland").save()
        assert ask() == b"page 2"


@pytest.mark.usefixtures("rendered")
class TestSomebodysOwn:
    def test_a_page_of_somebody_signed_in(self):
        person = UserFactory()
        assert [ask(user=person), ask(user=person), ask()] == [b"page 1", b"page 2", b"page 3"]

    def test_a_page_with_a_message(self):
        ask()
        assert [ask(message="You have signed out."), ask()] == [b"page 2", b"page 1"]

    def test_a_page_with_a_forms_token(self):
        assert [ask(own=get_token), ask()] == [b"page 1", b"page 2"]


def answer(path="/schools/", *, method="get", status=200, user=None, address=None, **headers):
    request = getattr(RequestFactory(), method)(path, headers=headers)
    request.user = user or AnonymousUser()
    request._messages = CookieStorage(request)
    return render_same_page(request, "x.html", {}, contents=1, status=status, address=address)


@pytest.mark.usefixtures("rendered")
class TestSent:
    def test_with_what_it_is_known_by_and_to_be_asked_after(self):
        response = answer()
        assert response["ETag"].startswith('W/"')
        assert response["Cache-Control"] == "no-cache"
        assert response["Vary"] == "Accept-Encoding"

    def test_packed_to_who_can_unpack_it(self):
        response = answer(**{"accept-encoding": "br, gzip"})
        assert response["Content-Encoding"] == "gzip"
        assert gzip.decompress(response.content) == b"page 1"
        assert response["ETag"] == answer()["ETag"]

    @pytest.mark.parametrize("method", ["get", "head"])
    def test_not_again_to_who_has_it(self, method):
        again = answer(method=method, **{"if-none-match": answer()["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["Cache-Control"] == "no-cache"

    def test_again_to_who_has_another(self):
        assert answer(**{"if-none-match": 'W/"x"'}).status_code == 200

    def test_as_one_page_for_many_addresses(self):
        assert answer("/a/", address="one").content == answer("/b/", address="one").content == b"page 1"

    def test_with_its_status_and_then_never_as_unchanged(self):
        response = answer(status=404)
        assert (response.status_code, response.has_header("ETag")) == (404, False)
        person = answer(status=404, user=UserFactory())
        assert (person.status_code, person.has_header("Cache-Control")) == (404, False)


class TestFile:
    def ask(self, contents=(1, "x"), *, user=None, **headers):
        request = RequestFactory().get("/schools.csv", headers=headers)
        request.user = user or AnonymousUser()
        return same_file(request, lambda: HttpResponse("file", content_type="text/csv"), contents=contents)

    def test_is_made_for_who_does_not_have_it(self):
        response = self.ask()
        assert (response.content, response["Cache-Control"]) == (b"file", "no-cache")
        assert self.ask(contents=(2, "x"), **{"if-none-match": response["ETag"]}).status_code == 200

    def test_is_not_made_for_who_has(self):
        response = self.ask(**{"if-none-match": self.ask()["ETag"]})
        assert (response.status_code, response.content) == (304, b"")

    def test_is_anew_for_who_is_signed_in(self):
        response = self.ask(user=UserFactory(), **{"if-none-match": self.ask()["ETag"]})
        assert (response.content, response.has_header("ETag")) == (b"file", False)

    def test_may_hold_any_text(self):
        assert self.ask(contents=("\ud800",))["ETag"] != self.ask(contents=("?",))["ETag"]


@pytest.mark.usefixtures("rendered")
def test_no_more_are_kept_than_there_is_room_for():
    for number in range(MOST_PAGES + 5):
        ask(number)
    assert len(same_page._kept) <= MOST_PAGES
