"""Real threads on a real database: two people who change the people of one school take turns."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from accounts.permissions import Role
from core.models import OutgoingEmail
from schools.models import Invitation, Membership
from schools.services import memberships
from schools.services.accepting import accept
from schools.services.errors import InvitationGone, LastLead, NotInvited, PeopleError
from schools.services.invitations import invite
from tests.factories import InvitationFactory, MembershipFactory

ROUNDS = range(3)
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("database_on_disk")]


def at_once(*acts: Callable[[], Any]) -> list[type]:
    """The kind of what each act returned or raised, all begun at the same moment."""
    together, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        connection.ensure_connection()
        together.wait(timeout=20)
        try:
            results[number] = act()
        except PeopleError as refusal:
            results[number] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return sorted((type(result) for result in results), key=lambda kind: kind.__name__)


@pytest.mark.parametrize("round_", ROUNDS)
def test_two_invite_the_same_person(people, round_):
    def act(by):
        return lambda: invite(school=people.school, email="jo@school.example", role=Role.CONTRIBUTOR, by=by)

    assert at_once(act(people.head), act(people.admin)) == [Invitation, NotInvited]
    assert (Invitation.objects.count(), OutgoingEmail.objects.count()) == (1, 1)


@pytest.mark.parametrize("round_", ROUNDS)
def test_two_tabs_accept(people, round_):
    InvitationFactory(school=people.school, email="jo@school.example", token="t")

    def act():
        return accept(token="t", by=None, name="Jo")

    assert at_once(act, act) == [InvitationGone, Membership]
    assert Membership.objects.filter(user__email="jo@school.example").count() == 1


@pytest.mark.parametrize("round_", ROUNDS)
def test_the_two_leads_of_a_school_leave(people, round_):
    second = MembershipFactory(school=people.school)
    first = Membership.objects.select_related("school", "user").get(user=people.head)

    def act(membership):
        return lambda: memberships.end_membership(membership=membership, by=membership.user)

    assert at_once(act(first), act(second)) == [LastLead, type(None)]
    assert Membership.objects.leading().filter(school=people.school).count() == 1


@pytest.mark.parametrize("round_", ROUNDS)
def test_one_lead_leaves_while_the_other_becomes_a_contributor(people, round_):
    second = MembershipFactory(school=people.school)
    first = Membership.objects.select_related("school", "user").get(user=people.head)

    def leave():
        memberships.end_membership(membership=first, by=first.user)

    def step_down():
        return memberships.change_role(membership=second, role=Role.CONTRIBUTOR, by=people.admin)

    assert LastLead in at_once(leave, step_down)
    assert Membership.objects.leading().filter(school=people.school).count() == 1
