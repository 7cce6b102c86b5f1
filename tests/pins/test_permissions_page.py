"""The page "Who can do what" is the permission table in words."""

import csv
import io
import re

import pytest
from django.urls import reverse

from accounts.permissions import TABLE, Role, Verb
from tests.house.project import ROOT

pytestmark = pytest.mark.django_db
PAGE = reverse("who_can_do_what")


def own_roles(client) -> str:
    page = client.get(PAGE).content.decode()
    return page[page.index("Your own roles") : page.index("Everybody’s")]


def test_the_file_holds_the_whole_table(people, sign_in):
    content = sign_in(people.head).get(reverse("who_can_do_what_csv")).content.decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(content))
    assert head == ["What", *(role.label for role in Role)]
    assert rows == [
        [rule.words, *(rule.reach[role].label if role in rule.reach else "no" for role in Role)]
        for rule in TABLE.values()
    ]


def test_the_page_holds_every_verb(people, sign_in):
    page = sign_in(people.head).get(PAGE).content.decode()
    assert [verb for verb in Verb if TABLE[verb].words not in page] == []


def test_a_member_reads_their_role_and_school(people, sign_in):
    assert "School lead at Wenlock Brook Primary School" in own_roles(sign_in(people.head))


def test_a_role_in_the_programme_holds_everywhere(people, sign_in):
    assert "Administrator, at all schools" in own_roles(sign_in(people.admin))


def test_a_trainers_role_does_not_reach_all_schools(people, sign_in):
    assert "<li>Trainer</li>" in own_roles(sign_in(people.trainer))


@pytest.mark.parametrize("verb", Verb)
def test_a_verb_is_marked_as_not_there_yet_until_something_asks_for_it(verb):
    asked_in = [
        file
        for app in ("audits", "visits", "schools", "pins", "training", "accounts")
        for file in (ROOT / app).rglob("*.py")
        if file.name != "permissions.py" and re.search(rf"\bVerb\.{verb.name}\b", file.read_text())
    ]
    assert TABLE[verb].not_yet == (not asked_in)
    assert ("not yet in PINS Hub" in TABLE[verb].words) == TABLE[verb].not_yet


def test_somebody_without_a_role_is_told_whom_to_ask(people, sign_in):
    people.head.memberships.update(ended_at="2026-01-01T00:00Z")
    assert "You have none yet." in own_roles(sign_in(people.head))


def test_it_takes_four_queries(people, sign_in, django_assert_num_queries):
    client = sign_in(people.head)
    with django_assert_num_queries(4):  # session, person, memberships, names of the programme
        client.get(PAGE)


def test_who_says_no_names_whose_step_it_is(people, sign_in):
    page = sign_in(people.head).get(reverse("mail")).content.decode()
    assert "This is for people with the role of administrator." in page
