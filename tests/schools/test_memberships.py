"""Another role, the end of belonging to a school, and handing the lead over."""

import re

import pytest
from django.urls import reverse

from accounts.models import User
from accounts.permissions import Role
from core.models import HistoryEntry, OutgoingEmail
from schools.models import Invitation, Membership
from schools.services import memberships
from schools.services.accepting import accept
from schools.services.errors import InvitationGone, LastLead, MembershipEnded, NotToBeHandedOver
from tests.factories import InvitationFactory, MembershipFactory

pytestmark = pytest.mark.django_db


def of(person) -> Membership:
    return Membership.objects.select_related("user", "school").filter(user=person).latest("pk")


def role_of(person) -> str | None:
    member = of(person)
    return None if member.ended_at else member.role


def lines(kind: str) -> list[str]:
    return list(HistoryEntry.objects.filter(kind=kind).values_list("summary", flat=True))


class TestRole:
    def test_changes_with_one_line_of_history(self, people):
        assert memberships.change_role(membership=of(people.colleague), role=Role.GOVERNOR, by=people.head)
        assert role_of(people.colleague) == "governor"
        assert lines("membership.role_changed") == ["Colleague was a contributor and is a governor now."]

    def test_the_same_role_is_no_change(self, people):
        assert not memberships.change_role(
            membership=of(people.colleague), role=Role.CONTRIBUTOR, by=people.head
        )
        assert lines("membership.role_changed") == []

    def test_not_of_the_last_lead(self, people):
        with pytest.raises(LastLead, match="Head is the only one who leads Wenlock Brook Primary School"):
            memberships.change_role(membership=of(people.head), role=Role.CONTRIBUTOR, by=people.admin)
        assert role_of(people.head) == "school_lead"

    def test_of_one_of_two_leads(self, people):
        MembershipFactory(school=people.school)
        assert memberships.change_role(membership=of(people.head), role=Role.CONTRIBUTOR, by=people.head)

    def test_not_of_who_has_left(self, people):
        member = of(people.colleague)
        memberships.end_membership(membership=member, by=people.head)
        with pytest.raises(MembershipEnded):
            memberships.change_role(membership=member, role=Role.GOVERNOR, by=people.head)


class TestEnd:
    def test_the_row_stays_with_its_day(self, people):
        memberships.end_membership(membership=of(people.colleague), by=people.head)
        assert role_of(people.colleague) is None
        assert lines("membership.ended") == ["Colleague was removed, who was a contributor."]

    def test_leaving_oneself(self, people):
        memberships.end_membership(membership=of(people.governor), by=people.governor)
        assert lines("membership.ended") == ["Governor left, who was a governor."]

    def test_the_last_lead_cannot_leave(self, people):
        with pytest.raises(LastLead):
            memberships.end_membership(membership=of(people.head), by=people.head)

    def test_a_second_lead_who_is_switched_off_does_not_count(self, people):
        second = MembershipFactory(school=people.school)
        User.objects.filter(pk=second.user_id).update(is_active=False)
        with pytest.raises(LastLead):
            memberships.end_membership(membership=of(people.head), by=people.head)

    def test_a_second_lead_left_over_from_the_demonstration_does_not_count(self, people):
        MembershipFactory(school=people.school, user__email="head@pins.example")
        with pytest.raises(LastLead):
            memberships.end_membership(membership=of(people.head), by=people.head)

    def test_whoever_knows_that_nobody_leads_then_may_end_it(self, people):
        memberships.end_membership(membership=of(people.head), by=people.admin, even_last_lead=True)
        assert role_of(people.head) is None

    def test_an_open_session_sees_the_school_no_more(self, people, sign_in):
        client = sign_in(people.colleague)
        address = f"/workspaces/{people.school.pk}/contacts/"
        assert client.get(address).status_code == 200
        memberships.end_membership(membership=of(people.colleague), by=people.head)
        assert client.get(address).status_code == 404


class TestInvitationsThatEndWithARole:
    @pytest.fixture
    def sent(self, people):
        """The head's successor and a contributor, both invited; and one invited by PACC, one elsewhere."""
        lead, school = of(people.head), people.school
        InvitationFactory(school=school, email="me@private.example", role="school_lead", replaces=lead)
        InvitationFactory(school=school, email="al@school.example", invited_by=people.head)
        InvitationFactory(school=school, email="stays@school.example", invited_by=people.admin)
        InvitationFactory(email="elsewhere@school.example", invited_by=people.head)

    def waiting(self) -> set[str]:
        return set(Invitation.objects.waiting().values_list("email", flat=True))

    STAY = frozenset({"stays@school.example", "elsewhere@school.example"})

    def test_when_a_lead_is_removed(self, people, sent):
        memberships.end_membership(membership=of(people.head), by=people.admin, even_last_lead=True)
        assert self.waiting() == self.STAY
        assert lines("invitation.taken_back") == [
            "The invitation to me@private.example ended with the role of Head.",
            "The invitation to al@school.example ended with the role of Head.",
        ]

    def test_when_a_lead_becomes_something_else(self, people, sent):
        MembershipFactory(school=people.school)
        memberships.change_role(membership=of(people.head), role=Role.GOVERNOR, by=people.admin)
        assert self.waiting() == self.STAY

    def test_not_when_a_contributor_becomes_something_else(self, people):
        InvitationFactory(school=people.school, email="al@school.example", invited_by=people.colleague)
        memberships.change_role(membership=of(people.colleague), role=Role.GOVERNOR, by=people.admin)
        assert self.waiting() == {"al@school.example"}

    def test_not_of_a_lead_who_hands_over(self, people):
        InvitationFactory(school=people.school, email="al@school.example", invited_by=people.head)
        memberships.hand_over(lead=of(people.head), to=of(people.colleague), stays=False, by=people.head)
        assert self.waiting() == {"al@school.example"}

    def test_a_removed_lead_has_no_way_back(self, people):
        memberships.invite_successor(
            lead=of(people.head), email="me@private.example", stays=False, by=people.head
        )
        mail = OutgoingEmail.objects.get().body
        memberships.end_membership(membership=of(people.head), by=people.admin, even_last_lead=True)
        with pytest.raises(InvitationGone):
            accept(token=re.search(r"/invitations/([\w-]+)/", mail)[1], by=None, name="Head")
        assert not User.objects.filter(email="me@private.example").exists()

    @pytest.mark.parametrize("name", ["end_membership", "change_role"])
    def test_the_page_names_them_before(self, people, sent, sign_in, name):
        url = reverse(f"schools:{name}", args=[people.school.pk, of(people.head).pk])
        words = "2 invitations that wait end: al@school.example, me@private.example."
        assert words in sign_in(people.admin).get(url).content.decode()


class TestHandingOver:
    def hand_over(self, people, to=None, *, stays=True, by=None):
        memberships.hand_over(
            lead=of(people.head), to=of(to or people.colleague), stays=stays, by=by or people.head
        )

    @pytest.mark.parametrize(("stays", "then"), [(True, "contributor"), (False, None)])
    def test_at_once(self, people, stays, then):
        self.hand_over(people, stays=stays)
        assert (role_of(people.colleague), role_of(people.head)) == ("school_lead", then)
        assert len(lines("lead.handed_over")) == 1

    def test_the_colleague_is_told(self, people):
        self.hand_over(people)
        mail = OutgoingEmail.objects.get()
        assert (mail.to, mail.subject) == (
            people.colleague.email,
            "You now lead PINS at Wenlock Brook Primary School",
        )
        assert "Head has handed the lead of PINS at Wenlock Brook Primary School over to you." in mail.body
        assert f"/workspaces/{people.school.pk}/people/" in mail.body

    def test_the_forum_can_do_it_too(self, people):
        self.hand_over(people, by=people.admin)
        words = "Admin has made you a school lead at Wenlock Brook Primary School, in place of Head."
        assert words in OutgoingEmail.objects.get().body

    def test_not_to_somebody_switched_off(self, people):
        User.objects.filter(pk=people.colleague.pk).update(is_active=False)
        with pytest.raises(NotToBeHandedOver):
            self.hand_over(people)

    def test_not_to_somebody_of_another_school(self, people):
        with pytest.raises(NotToBeHandedOver):
            self.hand_over(people, people.other_head)

    def test_not_to_who_has_left(self, people):
        memberships.end_membership(membership=of(people.colleague), by=people.head)
        with pytest.raises(MembershipEnded):
            self.hand_over(people)
        assert role_of(people.head) == "school_lead"

    def test_not_twice(self, people):
        lead = of(people.head)
        self.hand_over(people)
        with pytest.raises(NotToBeHandedOver, match="does not lead"):
            memberships.hand_over(lead=lead, to=of(people.governor), stays=True, by=people.head)

    def test_somebody_new_is_invited_and_the_lead_stays_until_then(self, people):
        made = memberships.invite_successor(
            lead=of(people.head), email="new.head@school.example", stays=False, by=people.head
        )
        assert (made.role, made.replaces, made.predecessor_stays) == ("school_lead", of(people.head), False)
        assert role_of(people.head) == "school_lead"

    def test_one_successor_at_a_time(self, people):
        InvitationFactory(
            school=people.school, role="school_lead", replaces=of(people.head), email="a@b.example"
        )
        with pytest.raises(NotToBeHandedOver, match=r"a@b\.example is invited to take over already"):
            self.hand_over(people)
        assert Invitation.objects.count() == 1
