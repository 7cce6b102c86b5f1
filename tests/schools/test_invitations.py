"""Inviting somebody to a school, sending it again, taking it back."""

import re
from datetime import datetime, timedelta

import pytest
from django.db import DataError, IntegrityError
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Role
from core.emails import AddressTooLong
from core.models import HistoryEntry, OutgoingEmail
from core.words import date_words, moment_words
from schools.models import Invitation, Membership
from schools.models.invitations import digest_of
from schools.services import invitations, mail_limits
from schools.services.errors import InvitationGone, NotInvited
from tests.factories import InvitationFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
ADDRESS = "jo@school.example"


def invite(people, email=ADDRESS, role=Role.CONTRIBUTOR, by=None, **more):
    return invitations.invite(school=people.school, email=email, role=role, by=by or people.head, **more)


def refusal(people, email, by=None):
    with pytest.raises(NotInvited) as refused:
        invite(people, email, by=by)
    assert not OutgoingEmail.objects.exists()
    return str(refused.value)


def token_in_mail() -> str:
    return re.search(r"/invitations/([\w-]+)/", OutgoingEmail.objects.latest("pk").body)[1]


class TestInviting:
    def test_it_is_good_for_two_weeks(self, people):
        made = invite(people)
        assert made.expires_at - made.sent_at == timedelta(days=14)
        assert made.standing is Invitation.Standing.WAITING

    def test_the_digest_of_the_link_is_stored_and_not_the_link(self, people):
        made = invite(people)
        token = token_in_mail()
        assert len(token) == 43
        assert made.token_digest == digest_of(token)
        assert token not in str(vars(made))

    def test_the_e_mail_says_who_invites_where_to_what_and_until_when(self, people):
        made = invite(people, name="Jo O’Neill-“Smith” & Söhne")
        mail = OutgoingEmail.objects.get()
        assert (mail.to, mail.kind, mail.is_secret) == (ADDRESS, "Invitation", True)
        assert mail.subject == "Invitation to PINS at Wenlock Brook Primary School"
        for words in (
            "Hello Jo O’Neill-“Smith” & Söhne,",
            "Head invites you to Wenlock Brook Primary School on PINS Hub, as a contributor.",
            "answer the sections of the self-audit that are given to you",
            f"Accept by {date_words(made.expires_at)}. It takes about 1 minute, and you need no password",
            "Ask Head (head@school.example), or write to pins@pacc.example.",
        ):
            assert words in mail.body

    def test_one_line_of_history(self, people):
        invite(people)
        line = HistoryEntry.objects.get(kind="invitation.invited")
        assert (line.actor_label, line.school_id) == ("Head", str(people.school.pk))
        assert line.summary == "Head invited jo@school.example as a contributor."

    def test_nothing_of_it_stays_when_its_mail_cannot_be_queued(self, people):
        with pytest.raises((AddressTooLong, DataError)):  # PostgreSQL says no to the row before
            invite(people, f"{'j' * 300}@school.example")
        assert not Invitation.objects.exists()

    def test_the_database_holds_one_invitation_an_address(self, people):
        InvitationFactory(school=people.school, email=ADDRESS)
        with pytest.raises(IntegrityError):
            InvitationFactory(school=people.school, email=ADDRESS)


class TestWhomNot:
    def test_oneself(self, people):
        assert refusal(people, people.head.email) == "This is your own address. Enter that of a colleague."

    def test_who_belongs_here(self, people):
        assert refusal(people, people.colleague.email) == (
            "Colleague belongs here already, as a contributor. "
            "To give them another role, change it in the list of people."
        )

    def test_who_belongs_here_and_is_switched_off(self, people):
        User.objects.filter(pk=people.colleague.pk).update(is_active=False)
        assert "their sign-in is switched off. Ask whoever runs the programme" in refusal(
            people, people.colleague.email
        )

    def test_who_is_invited(self, people):
        there = InvitationFactory(school=people.school, email=ADDRESS)
        until = date_words(there.expires_at)
        assert refusal(people, ADDRESS).startswith(f"This person is invited already, until {until}.")

    def test_whose_invitation_ran_out_is_sent_it_again(self, people):
        InvitationFactory(school=people.school, email=ADDRESS, invited_at=timezone.now() - timedelta(days=20))
        assert "but it ran out on" in refusal(people, ADDRESS)

    def test_a_left_over_of_the_demonstration(self, people):
        assert "belongs to the demonstration" in refusal(people, "jo@pins.example")

    def test_a_real_address_in_the_demonstration(self, people, settings):
        settings.DEMO = True
        assert "a made-up address that ends in @pins.example" in refusal(people, ADDRESS)

    def test_an_administrator_is_told_that_an_account_is_switched_off(self, people):
        UserFactory(email=ADDRESS, is_active=False)
        assert "is switched off, so nobody could accept" in refusal(people, ADDRESS, by=people.admin)

    @pytest.mark.parametrize("is_active", [True, False])
    def test_a_school_lead_learns_nothing_of_accounts_elsewhere(self, people, is_active):
        UserFactory(email=ADDRESS, is_active=is_active)
        with_account = invite(people)
        without = invite(people, "nobody@school.example")
        mails = [mail.body for mail in OutgoingEmail.objects.order_by("pk")]
        assert with_account.standing is without.standing is Invitation.Standing.WAITING
        assert re.sub(r"/invitations/\S+", "", mails[0]) == re.sub(r"/invitations/\S+", "", mails[1])

    def test_who_left_is_invited_again(self, people):
        Membership.objects.filter(user=people.colleague).update(ended_at=timezone.now())
        assert invite(people, people.colleague.email).pk


class TestSendingAgain:
    def test_a_new_link_and_new_time(self, people):
        old = InvitationFactory(
            school=people.school, token="old", invited_at=timezone.now() - timedelta(days=20)
        )
        assert invitations.send_again(invitation=old, by=people.admin)
        fresh = Invitation.objects.get()
        assert fresh.token_digest == digest_of(token_in_mail())
        assert fresh.standing is Invitation.Standing.WAITING
        assert list(fresh.former_links.values_list("token_digest", flat=True)) == [digest_of("old")]
        assert HistoryEntry.objects.get(kind="invitation.sent_again").actor_label == "Admin"

    def test_twice_in_a_minute_is_one_e_mail(self, people):
        made = invite(people)
        assert not invitations.send_again(invitation=made, by=people.head)
        assert OutgoingEmail.objects.count() == 1

    @pytest.mark.parametrize("what", ["accepted", "revoked"])
    def test_not_once_it_is_over(self, people, what):
        made = InvitationFactory(
            school=people.school, **{f"{what}_at": timezone.now(), f"{what}_by": people.admin}
        )
        with pytest.raises(InvitationGone):
            invitations.send_again(invitation=made, by=people.head)
        assert not OutgoingEmail.objects.exists()


class TestTakingBack:
    def test_it_stands_as_taken_back(self, people):
        made = InvitationFactory(school=people.school)
        invitations.take_back(invitation=made, by=people.head)
        made.refresh_from_db()
        assert (made.standing, made.revoked_by) == (Invitation.Standing.REVOKED, people.head)

    def test_twice_is_once(self, people):
        made = InvitationFactory(school=people.school)
        for by in (people.head, people.admin):
            invitations.take_back(invitation=made, by=by)
        assert HistoryEntry.objects.filter(kind="invitation.taken_back").count() == 1

    def test_not_once_it_was_accepted(self, people):
        made = InvitationFactory(
            school=people.school, accepted_at=timezone.now(), accepted_by=MembershipFactory().user
        )
        with pytest.raises(InvitationGone):
            invitations.take_back(invitation=made, by=people.head)

    def test_then_the_same_person_can_be_invited_anew(self, people):
        made = invite(people)
        invitations.take_back(invitation=made, by=people.head)
        earlier(made)
        assert invite(people).pk != made.pk


def earlier(invitation, minutes: int = 2) -> datetime:
    """As if its last e-mail had gone out so long ago; says when."""
    sent_at = timezone.now() - timedelta(minutes=minutes)
    Invitation.objects.filter(pk=invitation.pk).update(sent_at=sent_at)
    return sent_at


class TestHowManyMails:
    def test_taking_back_and_inviting_anew_is_no_second_e_mail_in_a_minute(self, people):
        invitations.take_back(invitation=invite(people), by=people.head)
        with pytest.raises(NotInvited, match="An e-mail to this address went out just now"):
            invite(people)
        assert OutgoingEmail.objects.count() == 1

    def test_another_school_and_another_address_do_not_wait(self, people):
        invite(people)
        invite(people, "al@school.example")
        invitations.invite(
            school=people.other_school, email=ADDRESS, role=Role.GOVERNOR, by=people.other_head
        )
        assert OutgoingEmail.objects.count() == 3

    def test_five_a_day_to_one_address_sent_again_or_invited_anew(self, people):
        made = invite(people)
        first = earlier(made, 90)
        assert invitations.send_again(invitation=made, by=people.head)
        earlier(made, 80)
        assert invitations.send_again(invitation=made, by=people.head)
        invitations.take_back(invitation=made, by=people.head)
        earlier(made)
        made = invite(people)
        earlier(made)
        assert invitations.send_again(invitation=made, by=people.head)
        earlier(made)
        again = moment_words(first + timedelta(days=1, minutes=1))
        with pytest.raises(NotInvited) as refused:
            invitations.send_again(invitation=made, by=people.head)
        assert str(refused.value) == (
            "5 invitations were e-mailed to this address in 24 hours. Ask them to look among unwanted mail too, "
            f"or try again from {again}."
        )
        invitations.take_back(invitation=made, by=people.head)
        with pytest.raises(NotInvited, match="5 invitations were e-mailed to this address"):
            invite(people)
        assert OutgoingEmail.objects.count() == 5

    def test_mails_of_the_day_before_do_not_count(self, people):
        made = invite(people)
        for _ in range(5):
            earlier(made, 60 * 24 + 1)
            assert invitations.send_again(invitation=made, by=people.head)

    def test_no_school_sends_hundreds(self, people):
        made = InvitationFactory.create_batch(mail_limits.MOST_A_DAY - 1, school=people.school)
        invitations.send_again(invitation=made[0], by=people.head)
        again = moment_words(made[0].sent_at + timedelta(days=1, minutes=1))
        words = f"50 invitations were e-mailed for this school in 24 hours. Go on from {again}."
        with pytest.raises(NotInvited) as refused:
            invite(people)
        assert str(refused.value) == words
        with pytest.raises(NotInvited):
            invitations.send_again(invitation=made[1], by=people.head)
