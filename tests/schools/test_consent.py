"""Whether a school is named on the public list: whose choice it is, and that the list follows at once."""

import pytest
from django.urls import reverse

from core.models import HistoryEntry
from tests.factories import UserFactory
from tests.forms_on_page import post_forms

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(people):
    return reverse("schools:consent", args=[people.school.pk])


def choose(client, address: str, choice: str, seen: str | None = None):
    shown = post_forms(client.get(address).content.decode())[-1].hidden["seen"]
    return client.post(address, {"public_consent": choice, "seen": shown if seen is None else seen})


def test_the_public_pages_follow_at_once_both_ways(people, sign_in, client, address):
    head = sign_in(people.head)
    public = reverse("schools:public_school", args=[people.school.slug])
    assert client.get(public).status_code == 200
    choose(head, address, "False")
    assert client.get(public).status_code == 404
    assert "Wenlock Brook" not in client.get("/schools/").content.decode()
    choose(head, address, "True")
    assert client.get(public).status_code == 200
    assert "Wenlock Brook" in client.get("/schools/").content.decode()


def test_each_choice_is_a_line_in_the_schools_history(people, sign_in, address):
    head = sign_in(people.head)
    choose(head, address, "False")
    choose(head, address, "True")
    lines = HistoryEntry.objects.order_by("pk")
    assert [(line.kind, line.summary) for line in lines] == [
        (
            "school.not_named",
            "Head noted that Wenlock Brook Primary School is no longer named on the public list.",
        ),
        ("school.named", "Head noted that Wenlock Brook Primary School may be named on the public list."),
    ]
    assert {line.school_id for line in lines} == {str(people.school.pk)}


def test_the_same_choice_again_writes_nothing(people, sign_in, address):
    choose(sign_in(people.head), address, "True")
    assert not HistoryEntry.objects.exists()


def test_says_what_the_public_sees_and_that_it_can_be_taken_back(people, sign_in, address):
    html = sign_in(people.head).get(address).content.decode()
    assert "its name, town and phase: Wenlock Brook Primary School, Much Wenlock, primary" in html
    assert "You can change this here at any time, without a reason." in html


def test_who_comes_second_with_the_same_wish_changes_nothing_and_with_another_sees_both(
    people, sign_in, address
):
    head, admin = sign_in(people.head), sign_in(UserFactory(name="Ola", is_administrator=True))
    seen = post_forms(head.get(address).content.decode())[-1].hidden["seen"]
    choose(admin, address, "False")
    assert choose(head, address, "False", seen).status_code == 302
    answer = choose(head, address, "True", seen)
    assert answer.status_code == 409
    assert "Ola saved this while you were writing" in answer.content.decode()
    people.school.refresh_from_db()
    assert people.school.public_consent is False


@pytest.mark.parametrize("choice", ["", "yes", "1", "true"])
def test_what_is_no_choice_is_refused(people, sign_in, address, choice):
    answer = choose(sign_in(people.head), address, choice)
    assert answer.status_code == 422
    people.school.refresh_from_db()
    assert people.school.public_consent is True
