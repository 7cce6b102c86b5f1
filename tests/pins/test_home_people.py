"""What home says of the people of schools."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Role
from pins.home_people import people_steps
from schools.models import Membership, Participation, ProgrammeYear, SchoolContact
from schools.services.contacts import remove_contact
from schools.services.invitations import send_again, take_back
from schools.services.memberships import end_membership, hand_over
from tests.factories import (
    InvitationFactory,
    MembershipFactory,
    ParticipationFactory,
    SchoolContactFactory,
    SchoolFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
LONG_AGO = timezone.now() - timedelta(days=20)


def steps(person):
    person.__dict__.pop("_memberships", None)
    return list(people_steps(person, TODAY))


class TestWhereNobodyLeads:
    @pytest.fixture
    def left(self, people):
        """The head left without a word."""
        Membership.objects.filter(user=people.head).update(ended_at=timezone.now())
        return people.school

    def test_nothing_while_somebody_leads(self, people):
        assert steps(people.admin) == []

    def test_an_administrator_invites_a_lead(self, people, left):
        (step,) = steps(people.admin)
        assert (step.title, step.school, step.minutes, step.url) == (
            "Invite a school lead: nobody leads the school here",
            "Wenlock Brook Primary School",
            2,
            f"/workspaces/{left.pk}/people/invite/?role=school_lead",
        )

    def test_the_form_has_the_role_chosen(self, people, left, sign_in):
        page = sign_in(people.admin).get(steps(people.admin)[0].url).content.decode()
        assert page.count(" checked") == 1

    def test_a_lead_who_is_switched_off_is_none(self, people):
        User.objects.filter(pk=people.head.pk).update(is_active=False)
        assert len(steps(people.admin)) == 1

    def test_nothing_while_an_invitation_to_lead_waits(self, people, left):
        InvitationFactory(school=left, role=Role.SCHOOL_LEAD)
        assert steps(people.admin) == []

    def test_again_once_it_ran_out(self, people, left):
        InvitationFactory(school=left, role=Role.SCHOOL_LEAD, invited_at=LONG_AGO)
        assert len(steps(people.admin)) == 1

    def test_an_invitation_of_a_contributor_is_no_answer(self, people, left):
        InvitationFactory(school=left)
        assert len(steps(people.admin)) == 1

    @pytest.mark.parametrize("status", ["invited", "withdrawn", "completed"])
    def test_only_for_schools_that_take_part(self, people, left, status):
        more = {"withdrawn_on": TODAY, "withdrawal_reason": "Left"} if status == "withdrawn" else {}
        Participation.objects.filter(school=left).update(status=status, **more)
        assert steps(people.admin) == []

    def test_only_in_a_running_year(self, people, left):
        ProgrammeYear.objects.update(ends_on=TODAY - timedelta(days=1))
        assert steps(people.admin) == []

    @pytest.mark.parametrize("name", ["liaison", "programme", "colleague", "other_head"])
    def test_for_nobody_else(self, people, left, name):
        assert steps(getattr(people, name)) == []


class TestInvitationsThatRanOut:
    @pytest.fixture
    def ran_out(self, people):
        return InvitationFactory(school=people.school, invited_by=people.head, name="Jo", invited_at=LONG_AGO)

    def test_who_invited_sends_it_again(self, people, ran_out):
        (step,) = steps(people.head)
        assert (step.title, step.school, step.minutes, step.url) == (
            "Send the invitation to Jo again, or take it back",
            "Wenlock Brook Primary School",
            1,
            f"/workspaces/{people.school.pk}/people/#invitations",
        )
        assert step.when.startswith("ran out on ")

    def test_one_that_waits_is_nothing_to_do(self, people):
        InvitationFactory(school=people.school, invited_by=people.head)
        assert steps(people.head) == []

    @pytest.mark.parametrize("what", [send_again, take_back])
    def test_then_it_is_done(self, people, ran_out, what):
        what(invitation=ran_out, by=people.head)
        assert steps(people.head) == []

    def test_who_no_longer_leads_is_not_asked(self, people, ran_out):
        Membership.objects.filter(user=people.head).update(role=Role.CONTRIBUTOR)
        assert steps(people.head) == []

    def test_every_lead_of_the_school_is_told_who_sent_it(self, people, ran_out):
        Membership.objects.filter(user=people.head).update(ended_at=timezone.now())
        MembershipFactory(user=people.other_head, school=people.school)
        (step,) = steps(people.other_head)
        assert step.title == "Send the invitation to Jo again, or take it back"
        assert step.when.startswith("Head sent it, and it ran out on ")

    @pytest.mark.parametrize("name", ["admin", "liaison", "colleague", "other_head"])
    def test_nobody_else_is_told_of_it(self, people, ran_out, name):
        assert steps(getattr(people, name)) == []

    def test_what_the_programme_sent_is_told_to_every_administrator_and_the_lead(self, people):
        sent = InvitationFactory(school=people.school, invited_by=people.admin, invited_at=LONG_AGO)
        another = UserFactory(is_administrator=True)
        title = f"Send the invitation to {sent.email} again, or take it back"
        for person in (people.admin, another, people.head):
            assert [step.title for step in steps(person)] == [title]
        assert list(people_steps(people.admin, TODAY, people.other_school)) == []

    def test_a_lead_is_told_of_nothing_that_only_an_administrator_sends_again(self, people):
        of_lead = {"school": people.school, "role": Role.SCHOOL_LEAD, "invited_at": LONG_AGO}
        InvitationFactory(**of_lead, invited_by=people.admin)
        assert (len(steps(people.head)), len(steps(people.admin))) == (0, 1)
        InvitationFactory(
            **of_lead, invited_by=people.head, replaces=Membership.objects.get(user=people.head)
        )
        assert (len(steps(people.head)), len(steps(people.admin))) == (1, 1)

    def test_home_says_one_minute(self, people, ran_out, sign_in):
        assert "About 1 minute, ran out" in sign_in(people.head).get(reverse("home")).content.decode()


class TestContactsWhoLeft:
    @pytest.fixture
    def contact(self, people):
        """The colleague is SENCo, for those who write to the school."""
        return SchoolContactFactory(
            school=people.school, role="senco", name="Jo Ash", email="colleague@school.example"
        )

    @pytest.fixture
    def left(self, people, contact):
        end_membership(membership=Membership.objects.get(user=people.colleague), by=people.head)
        return contact

    def test_nothing_while_they_belong(self, people, contact):
        assert steps(people.head) == steps(people.admin) == []

    @pytest.mark.parametrize("name", ["head", "admin"])
    def test_leads_and_administrators_say_who_it_is_now(self, people, left, name):
        (step,) = steps(getattr(people, name))
        assert (step.title, step.school, step.minutes, step.url) == (
            "Say who is SENCo now",
            "Wenlock Brook Primary School",
            2,
            f"/workspaces/{people.school.pk}/contacts/",
        )
        assert step.when.startswith("Jo Ash left on ")

    @pytest.mark.parametrize("name", ["liaison", "programme", "governor", "other_head"])
    def test_nobody_else(self, people, left, name):
        assert steps(getattr(people, name)) == []

    def test_who_led_and_left_is_asked_about_by_who_leads_now(self, people, contact):
        SchoolContact.objects.update(role="head_teacher", email="head@school.example")
        lead, to = (Membership.objects.get(user=one) for one in (people.head, people.colleague))
        hand_over(lead=lead, to=to, stays=False, by=people.head)
        assert [step.title for step in steps(people.colleague)] == ["Say who is head teacher now"]

    def test_until_the_contact_is_changed(self, people, left, sign_in):
        url = reverse("schools:change_contact", args=[people.school.pk, left.pk])
        client = sign_in(people.head)
        seen = client.get(url).context["form"].initial["seen"]
        fields = {"role": "senco", "name": "Jo Ash, by e-mail only", "email": left.email, "seen": seen}
        assert client.post(url, fields).status_code == 302
        assert steps(people.head) == steps(people.admin) == []

    def test_until_it_is_removed(self, people, left):
        remove_contact(contact=left, by=people.head)
        assert steps(people.head) == []

    def test_until_they_belong_again(self, people, left):
        MembershipFactory(user=people.colleague, school=people.school, role=Role.CONTRIBUTOR)
        assert steps(people.head) == []

    def test_who_left_another_school_is_a_contact_still(self, people, contact):
        elsewhere = MembershipFactory(user=people.colleague, school=people.other_school)
        end_membership(membership=elsewhere, by=people.admin)
        assert steps(people.head) == []

    def test_a_workspace_speaks_of_its_own(self, people, left):
        assert list(people_steps(people.admin, TODAY, people.other_school)) == []
        assert len(list(people_steps(people.admin, TODAY, people.school))) == 1


@pytest.mark.parametrize("schools", [1, 3])
def test_the_number_of_queries_is_fixed(people, schools, django_assert_num_queries):
    for _ in range(schools):
        school = SchoolFactory()
        ParticipationFactory(school=school)
        InvitationFactory(school=people.school, invited_by=people.head, invited_at=LONG_AGO)
        gone = UserFactory()
        MembershipFactory(user=gone, school=people.school, ended_at=timezone.now())
        SchoolContactFactory(school=people.school, email=gone.email)
    with django_assert_num_queries(4):  # memberships, schools, invitations, contacts
        assert len(steps(people.admin)) == 2 * schools
    with django_assert_num_queries(3):  # memberships, invitations, contacts
        assert len(steps(people.head)) == 2 * schools
    MembershipFactory(school=school)
    assert len(steps(people.admin)) == 2 * schools - 1
