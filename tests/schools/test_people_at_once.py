"""Real threads on a real database: two people who change the people of one school take turns."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Role
from core.models import OutgoingEmail
from schools.access import roles_to_give
from schools.models import Invitation, Membership
from schools.services import memberships
from schools.services.accepting import accept
from schools.services.errors import InvitationGone, LastLead, NotInvited, PeopleError, RightLost
from schools.services.invitations import invite, send_again, take_back
from tests.at_once import run_at_once
from tests.factories import InvitationFactory, MembershipFactory

ROUNDS = range(3)
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("database_on_disk")]


def at_once(*acts: Callable[[], Any]) -> list[type]:
    """The kind of what each act returned or raised."""
    results = run_at_once(*acts, refusals=(PeopleError,))
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


class TestWhatWasRightWhenThePageWasFetched:
    """Each service asks again once it holds the school: the person in hand was read before, and remembers."""

    @pytest.fixture
    def head(self, people):
        """The head as a request has read them, with what they may do; then PACC removes them."""
        assert roles_to_give(people.head, people.school)
        return people.head

    def remove(self, person):
        Membership.objects.filter(user=person).update(ended_at=timezone.now())

    def member(self, person):
        return Membership.objects.select_related("school", "user").get(user=person)

    def test_a_lead_who_is_removed_invites_nobody(self, people, head):
        self.remove(head)
        with pytest.raises(RightLost):
            invite(school=people.school, email="jo@school.example", role=Role.CONTRIBUTOR, by=head)
        assert not OutgoingEmail.objects.exists()

    @pytest.mark.parametrize("act", [send_again, take_back])
    def test_nor_does_anything_about_an_invitation(self, people, head, act):
        waiting = InvitationFactory(school=people.school)
        self.remove(head)
        with pytest.raises(RightLost):
            act(invitation=waiting, by=head)
        assert Invitation.objects.waiting().exists()

    def test_nor_ends_or_changes_a_colleagues_role(self, people, head):
        colleague = self.member(people.colleague)
        self.remove(head)
        with pytest.raises(RightLost):
            memberships.end_membership(membership=colleague, by=head)
        with pytest.raises(RightLost):
            memberships.change_role(membership=colleague, role=Role.GOVERNOR, by=head)
        assert self.member(people.colleague).role == "contributor"

    def test_nobody_ends_who_became_a_lead_meanwhile(self, people, head):
        colleague = self.member(people.colleague)
        Membership.objects.filter(pk=colleague.pk).update(role=Role.SCHOOL_LEAD)
        with pytest.raises(RightLost):
            memberships.end_membership(membership=colleague, by=head)
        with pytest.raises(RightLost):
            memberships.hand_over(lead=colleague, to=self.member(people.governor), stays=True, by=head)
        assert self.member(people.colleague).ended_at is None

    def test_nobody_gives_themselves_a_role_with_a_right_that_is_gone(self, people, head):
        own = self.member(head)
        Membership.objects.filter(pk=own.pk).update(role=Role.GOVERNOR)
        with pytest.raises(RightLost):
            memberships.change_role(membership=own, role=Role.CONTRIBUTOR, by=head)

    def test_only_who_makes_leads_leaves_a_school_without_one(self, people, head):
        with pytest.raises(LastLead):
            memberships.end_membership(membership=self.member(head), by=head, even_last_lead=True)

    def test_the_page_says_so(self, people, head, sign_in):
        """The role goes after the page was fetched, at the first query of the service's transaction."""
        client, gone = sign_in(head), []

        def removing(execute, sql, params, many, context):
            if connection.in_atomic_block and not gone:
                gone.append(head)
                self.remove(head)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(removing):
            data = {"email": "jo@school.example", "role": "contributor"}
            page = client.post(reverse("schools:invite", args=[people.school.pk]), data)
        assert page.status_code == 422
        assert "this is not yours to do any more" in page.content.decode()


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
