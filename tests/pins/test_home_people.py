"""What home says of the people of schools."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Role
from pins.home_people import people_steps
from schools.models import Membership, Participation, ProgrammeYear
from schools.services.invitations import send_again, take_back
from tests.factories import InvitationFactory, MembershipFactory, ParticipationFactory, SchoolFactory

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

    def test_home_says_one_minute(self, people, ran_out, sign_in):
        assert "About 1 minute, ran out" in sign_in(people.head).get(reverse("home")).content.decode()


@pytest.mark.parametrize("schools", [1, 3])
def test_the_number_of_queries_is_fixed(people, schools, django_assert_num_queries):
    for _ in range(schools):
        school = SchoolFactory()
        ParticipationFactory(school=school)
        InvitationFactory(school=people.school, invited_by=people.head, invited_at=LONG_AGO)
    with django_assert_num_queries(2):  # memberships, schools
        assert len(steps(people.admin)) == schools
    with django_assert_num_queries(2):  # memberships, invitations
        assert len(steps(people.head)) == schools
    MembershipFactory(school=school)
    assert len(steps(people.admin)) == schools - 1
