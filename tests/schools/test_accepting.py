"""The page behind an invitation's link: who gets in by it, and who does not."""

import re
from datetime import timedelta

import pytest
from django.db.models import RestrictedError
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Role
from core.models import HistoryEntry, OutgoingEmail
from schools.models import Invitation, Membership
from schools.services.accepting import accept
from schools.services.errors import InvitationGone, SignInFirst
from schools.services.invitations import send_again
from schools.services.memberships import invite_successor
from tests.accounts.test_sign_in import code_in_mail
from tests.factories import InvitationFactory, UserFactory
from tests.naughty import naughty_strings

pytestmark = pytest.mark.django_db
TOKEN = "the-secret-of-the-link"
PAGE = f"/invitations/{TOKEN}/"
ADDRESS = "jo@school.example"
FILLED = {"name": "Jo Smith", "job_title": "SENCo"}


@pytest.fixture
def invited(people) -> Invitation:
    """Somebody invited to the cast's school by its head."""
    return InvitationFactory(school=people.school, email=ADDRESS, token=TOKEN, invited_by=people.head)


def words_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def who(client) -> str | None:
    return client.session.get("_auth_user_id")


def roles_of(person, school) -> list[str]:
    return list(person.memberships.current().filter(school=school).values_list("role", flat=True))


class TestSomebodyNew:
    def test_opening_the_link_changes_nothing(self, client, invited):
        page = client.get(PAGE)
        assert page.status_code == 200
        assert "Head invites you to Wenlock Brook Primary School on PINS Hub, as a contributor" in words_of(
            page
        )
        assert not User.objects.filter(email=ADDRESS).exists()
        assert Invitation.objects.acceptable().exists()

    def test_the_button_makes_an_account_without_a_password_and_signs_in(self, client, people, invited):
        response = client.post(PAGE, FILLED)
        person = User.objects.get(email=ADDRESS)
        assert (response.status_code, response.url) == (302, reverse("home"))
        assert (person.name, person.job_title) == ("Jo Smith", "SENCo")
        assert not person.has_usable_password()
        assert who(client) == str(person.pk)
        assert roles_of(person, people.school) == ["contributor"]
        assert person.last_login is not None

    def test_home_says_quietly_that_it_is_done(self, client, invited):
        page = client.post(PAGE, FILLED, follow=True)
        assert "You belong to Wenlock Brook Primary School now, as a contributor." in words_of(page)

    def test_the_session_is_a_new_one(self, client, invited):
        session = client.session
        session["before"] = "1"
        session.save()
        before = session.session_key
        client.cookies["sessionid"] = before
        client.post(PAGE, FILLED)
        assert client.session.session_key != before

    def test_history_says_who_accepted(self, client, invited):
        client.post(PAGE, FILLED)
        line = HistoryEntry.objects.get(kind="invitation.accepted")
        assert (line.actor_label, line.summary) == (
            "Jo Smith",
            "Jo Smith accepted the invitation as a contributor.",
        )

    def test_a_name_is_wanted(self, client, invited):
        page = client.post(PAGE, {"name": "  ", "job_title": "SENCo"})
        assert page.status_code == 422
        assert 'value="SENCo"' in page.content.decode()
        assert not User.objects.filter(email=ADDRESS).exists()

    def test_a_name_of_any_letters_is_kept(self, invited):
        for number, name in enumerate(naughty_strings()[:120]):
            InvitationFactory(school=invited.school, token=f"n{number}")
            assert accept(token=f"n{number}", by=None, name=name[:150]).user.name == name[:150].strip()

    def test_a_second_press_changes_nothing(self, client, people, invited):
        client.post(PAGE, FILLED)
        again = client.post(PAGE, FILLED)
        assert (again.status_code, again.url) == (302, reverse("home"))
        assert Membership.objects.filter(user__email=ADDRESS).count() == 1

    def test_another_tab_without_the_session_signs_nobody_in(self, client, sign_in, invited):
        client.post(PAGE, FILLED)
        other = sign_in(None)
        page = other.post(PAGE, FILLED)
        assert page.status_code == 410
        assert who(other) is None
        assert Membership.objects.filter(user__email=ADDRESS).count() == 1


class TestSomebodyWithAnAccount:
    @pytest.fixture
    def person(self):
        """They work at another school and have an account."""
        return UserFactory(email=ADDRESS, name="Jo Smith")

    def test_the_link_alone_never_signs_them_in(self, client, person, invited):
        page = client.get(PAGE)
        assert "You have an account with this address, so sign in first." in words_of(page)
        answer = client.post(PAGE, FILLED)
        assert (answer.status_code, answer.url) == (302, PAGE)
        assert who(client) is None
        assert not person.memberships.exists()

    def test_the_service_lets_nobody_else_accept(self, people, person, invited):
        for by in (None, people.governor):
            with pytest.raises(SignInFirst):
                accept(token=TOKEN, by=by, name="Jo Smith")
        assert not person.memberships.exists()
        assert Invitation.objects.acceptable().exists()

    def test_the_code_leads_back_to_the_page(self, client, person, invited):
        page = client.get(PAGE).content.decode()
        ask = re.search(r'href="(/accounts/login/code/\?next=[^"]+)"', page)[1]
        form = client.get(ask).content.decode()
        following = re.search(r'name="next" value="([^"]+)"', form)[1]
        confirm = client.post(ask, {"email": ADDRESS, "next": following})
        answer = client.post(confirm.url, {"code": code_in_mail(), "next": following})
        assert answer.url == PAGE
        assert who(client) == str(person.pk)

    def test_signed_in_it_is_one_button(self, sign_in, people, person, invited):
        client = sign_in(person)
        assert 'name="name"' not in client.get(PAGE).content.decode()
        assert client.post(PAGE).url == reverse("home")
        assert roles_of(person, people.school) == ["contributor"]
        assert Invitation.objects.get().accepted_by == person

    def test_who_has_no_name_yet_gives_it(self, sign_in, person, invited):
        User.objects.filter(pk=person.pk).update(name="")
        client = sign_in(User.objects.get(pk=person.pk))
        assert client.post(PAGE, {"name": ""}).status_code == 422
        client.post(PAGE, FILLED)
        assert User.objects.get(pk=person.pk).name == "Jo Smith"

    def test_signed_in_as_somebody_else(self, sign_in, people, person, invited):
        client = sign_in(people.governor)
        page = client.get(PAGE)
        assert "You are signed in as Governor, with governor@school.example." in words_of(page)
        assert client.post(PAGE, FILLED).url == PAGE
        assert not person.memberships.exists()
        out = client.post(reverse("account_logout"), {"next": PAGE})
        assert out.url == PAGE

    def test_switched_off_they_do_not_get_in(self, client, person, invited):
        User.objects.filter(pk=person.pk).update(is_active=False)
        page = client.post(PAGE, FILLED)
        assert page.status_code == 403
        assert "Your account is switched off" in words_of(page)
        assert people_here(invited) == 3

    def test_a_left_over_of_the_demonstration_gets_no_account(self, client, people):
        InvitationFactory(school=people.school, email="jo@pins.example", token="left-over")
        assert client.post("/invitations/left-over/", FILLED).status_code == 404
        assert not User.objects.filter(email="jo@pins.example").exists()

    @pytest.mark.parametrize(
        ("has", "offered", "keeps"),
        [
            (Role.SCHOOL_LEAD, Role.GOVERNOR, "school_lead"),
            (Role.CONTRIBUTOR, Role.GOVERNOR, "contributor"),
            (Role.GOVERNOR, Role.SCHOOL_LEAD, "school_lead"),
        ],
    )
    def test_who_belongs_here_meanwhile_keeps_the_higher_role(self, people, person, has, offered, keeps):
        InvitationFactory(school=people.school, email=ADDRESS, token=TOKEN, role=offered)
        Membership.objects.create(user=person, school=people.school, role=has)
        accept(token=TOKEN, by=person)
        assert roles_of(person, people.school) == [keeps]


def people_here(invitation) -> int:
    return Membership.objects.current().filter(school=invitation.school).count()


class TestNoMore:
    @pytest.mark.parametrize(
        ("fields", "heading"),
        [
            ({"invited_at": timezone.now() - timedelta(days=15)}, "The time of this invitation has run out"),
            ({"revoked_at": timezone.now()}, "This invitation was taken back"),
            ({"accepted_at": timezone.now()}, "This invitation was accepted already"),
        ],
    )
    def test_a_calm_page_says_what_to_do(self, client, people, fields, heading):
        by = {f"{name.removesuffix('_at')}_by": people.admin for name in fields if name != "invited_at"}
        InvitationFactory(school=people.school, email=ADDRESS, token=TOKEN, **fields, **by)
        for page in (client.get(PAGE), client.post(PAGE, FILLED)):
            assert page.status_code == 410
            assert heading in words_of(page)
            assert "pins@pacc.example" in words_of(page)
            assert "Wenlock" not in words_of(page)
        assert not User.objects.filter(email=ADDRESS).exists()

    def test_an_old_link_says_that_a_newer_one_was_sent(self, client, people, invited):
        send_again(invitation=invited, by=people.head)
        page = client.post(PAGE, FILLED)
        assert page.status_code == 410
        assert "A newer e-mail was sent to you" in words_of(page)
        assert "Wenlock" not in words_of(page)

    @pytest.mark.parametrize("token", [TOKEN[:-1], f"{TOKEN}x", TOKEN.upper(), "%00", "ü" * 400])
    def test_an_altered_link_tells_nothing(self, client, invited, token):
        page = client.get(f"/invitations/{token}/")
        assert page.status_code == 404
        assert "This link does not work" in words_of(page)
        assert "Wenlock" not in words_of(page)


def test_questions_go_to_the_address_of_who_invited(client, invited):
    assert (
        'Head, <a class="govuk-link" href="mailto:head@school.example">' in client.get(PAGE).content.decode()
    )


class TestTakingOver:
    def make(self, people, **more):
        lead = Membership.objects.get(user=people.head)
        InvitationFactory(
            school=people.school, email=ADDRESS, token=TOKEN, role="school_lead", replaces=lead, **more
        )

    @pytest.mark.parametrize(
        ("stays", "what"),
        [
            (True, "Head becomes a contributor there"),
            (False, "Head no longer belongs to the school on PINS Hub"),
        ],
    )
    def test_who_is_asked_reads_what_it_means_for_who_led(self, people, client, stays, what):
        lead = Membership.objects.get(user=people.head)
        sent = invite_successor(lead=lead, email=ADDRESS, stays=stays, by=people.admin)
        mail = OutgoingEmail.objects.get().body
        assert "Head hands the lead of the school over to you." in mail
        assert f"{what}. Until then nothing changes." in mail
        page = client.get(re.search(r"/invitations/[^/]+/", mail)[0])
        assert f"Head hands the lead of the school over. With the invitation accepted, {what}" in words_of(
            page
        )
        Invitation.objects.update(sent_at=timezone.now() - timedelta(hours=1))
        send_again(invitation=sent, by=people.admin)
        assert what in OutgoingEmail.objects.latest("pk").body

    def test_nothing_is_said_of_somebody_who_leads_no_more(self, people, client):
        self.make(people)
        assert "hands the lead" in words_of(client.get(PAGE))
        Membership.objects.filter(user=people.head).update(ended_at=timezone.now())
        assert "hands the lead" not in words_of(client.get(PAGE))

    @pytest.mark.parametrize(("stays", "then"), [(True, ["contributor"]), (False, [])])
    def test_the_lead_steps_down_in_the_same_moment(self, people, stays, then):
        self.make(people, predecessor_stays=stays)
        after = accept(token=TOKEN, by=None, name="Jo Smith")
        assert (after.role, roles_of(people.head, people.school)) == ("school_lead", then)
        assert HistoryEntry.objects.filter(kind="lead.handed_over").count() == 1

    def test_who_led_is_told(self, people):
        self.make(people, predecessor_stays=True)
        accept(token=TOKEN, by=None, name="Jo Smith")
        mail = OutgoingEmail.objects.get()
        assert (mail.to, mail.subject) == (
            people.head.email,
            "Jo Smith now leads Wenlock Brook Primary School",
        )
        assert "You are a contributor there from now on." in mail.body

    @pytest.mark.parametrize("lost", [{"ended_at": timezone.now()}, {"role": Role.CONTRIBUTOR}])
    def test_who_leads_no_more_has_no_lead_to_hand_over(self, client, people, lost):
        self.make(people)
        Membership.objects.filter(user=people.head).update(**lost)
        with pytest.raises(InvitationGone):
            accept(token=TOKEN, by=None, name="Jo Smith")
        for page in (client.get(PAGE), client.post(PAGE, FILLED)):
            assert page.status_code == 410
            assert "This invitation was taken back" in words_of(page)
        assert not User.objects.filter(email=ADDRESS).exists()

    def test_the_membership_handed_over_cannot_be_deleted_and_so_forgotten(self, people):
        self.make(people)
        with pytest.raises(RestrictedError):
            Membership.objects.get(user=people.head).delete()
