"""Who gets what, at every address: role by URL by own school, another school and signed out. The rows: tests/matrix."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse, reverse_lazy

from accounts.held_posts import PERSON_FIELD
from accounts.models import User
from tests.forms_on_page import post_forms
from tests.matrix import MATRIX
from tests.matrix.rows import COLUMNS, nothing
from tests.people import People, make_people
from tests.urlconf import ADMIN, addresses

NEED_NO_PERSON = {reverse_lazy("account_logout"), reverse_lazy("account_reset_password")}
"""Where forms lead that serve anybody, signed in or not."""


def outcome(response) -> str:
    """What somebody got, as the table writes it."""
    if response.status_code not in (301, 302, 303):
        return str(response.status_code)
    to_sign_in = response.url.partition("?")[0] in (reverse("account_login"), reverse("admin:login"))
    return "in" if to_sign_in else "go"


@pytest.fixture(scope="module")
def signed_in(django_db_setup, django_db_blocker):
    """The cast, and the cookies of each: made once for this module's tests and taken away after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_people()
        cookies = {person: signed_in_client(person).cookies for person in cast.named().values()}
        yield cast, cookies
        transaction.set_rollback(True)


@pytest.fixture
def people(signed_in, db: None) -> People:
    """The cast, each as it was made."""
    cast, _ = signed_in
    return deepcopy(cast)


@pytest.fixture
def sign_in(signed_in) -> Callable[[User | None], Client]:
    """A new client for one of the cast, who signed in before."""
    _, cookies = signed_in

    def client_for(person: User | None) -> Client:
        client = Client()
        client.cookies = deepcopy(cookies[person])
        return client

    return client_for


def signed_in_client(person: User | None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def answer(sign_in, person: User | None, method: str, path: str, data: dict[str, Any]) -> HttpResponse:
    """What this person is answered; whatever it changes is undone, so that the next one meets the same."""
    client = sign_in(person)
    with transaction.atomic():
        response = getattr(client, method.lower())(path, data)
        transaction.set_rollback(True)
    return response


def got(sign_in, person: User | None, method: str, path: str, data: dict[str, Any]) -> str:
    """What this person gets, as the table writes it."""
    return outcome(answer(sign_in, person, method, path, data))


def is_never_stored(response: HttpResponse) -> bool:
    return {"no-store", "private"} <= set(response.get("Cache-Control", "").split(", "))


def path_of(name: str, arguments: dict[str, Any]) -> str:
    return reverse("admin:index" if name == ADMIN else name, kwargs=arguments)


@pytest.mark.parametrize("key", MATRIX)
def test_everybody_gets_what_the_table_says(people: People, sign_in, key: str):
    """And nobody signed in gets what a browser may store: the Back button would show it to whoever comes next."""
    row = MATRIX[key]
    method, name = key.split()
    path = path_of(name, row.arguments(people, people.school))
    answers = {who: answer(sign_in, person, method, path, row.data) for who, person in people.named().items()}
    assert {who: outcome(answers[who]) for who in COLUMNS} == row.expected
    del answers["signed_out"]
    assert [who for who, given in answers.items() if not is_never_stored(given)] == []


OF_A_SCHOOL = [key for key, row in MATRIX.items() if row.arguments is not nothing and not row.is_a_persons]


@pytest.mark.parametrize("key", OF_A_SCHOOL)
def test_a_school_role_is_worth_nothing_at_another_school(people: People, sign_in, key: str):
    row = MATRIX[key]
    method, name = key.split()
    path = path_of(name, row.arguments(people, people.other_school))
    members = ("head", "colleague", "governor")
    cast = people.named()
    expected = dict.fromkeys(members, row.expected["other_head"])
    assert {who: got(sign_in, cast[who], method, path, row.data) for who in members} == expected


def test_every_address_has_a_row():
    known = {key.split()[1] for key in MATRIX}
    names = {address.name for address in addresses()}
    assert names - known == set(), "Add a row to MATRIX for each of these."
    assert known - names == set(), "These rows name no address any more."


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_method_without_a_row_is_refused(people: People, sign_in, method: str):
    client = sign_in(people.admin)
    unlisted = [a for a in addresses() if f"{method} {a.name}" not in MATRIX and a.name != ADMIN]
    taken = {a.name: getattr(client, method.lower())(a.path()).status_code for a in unlisted}
    assert {name: status for name, status in taken.items() if status != 405} == {}


@pytest.mark.parametrize(
    "key", [key for key, row in MATRIX.items() if key.startswith("GET") and "200" in row.codes]
)
def test_every_form_says_whom_it_was_shown_to(people: People, sign_in, key: str):
    """Else what is sent after the session has ended could not be kept for them: add {% held_for %}."""
    row = MATRIX[key]
    who = next((who for who in ("head", "admin") if row.expected[who] == "200"), None)
    if who is None:
        return
    path = path_of(key.split()[1], row.arguments(people, people.school))
    page = sign_in(people.named()[who]).get(path)
    if page["Content-Type"].startswith("text/html"):
        forms = [form for form in post_forms(page.content.decode()) if form.action not in NEED_NO_PERSON]
        assert [form.action for form in forms if PERSON_FIELD not in form.hidden] == []
