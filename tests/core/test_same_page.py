"""Pages that are rendered once for the same contents, and those that never may be."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import info
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory

from core import same_page
from core.models import ProgrammeSettings
from core.same_page import MOST_PAGES, render_same_page
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
        ProgrammeSettings.objects.create(pk=1, county="Rutland")
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


@pytest.mark.usefixtures("rendered")
def test_no_more_are_kept_than_there_is_room_for():
    for number in range(MOST_PAGES + 5):
        ask(number)
    assert len(same_page._kept) <= MOST_PAGES
