"""Signing in by password or by code, signing out, and what the pages tell a stranger."""

import re

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.sessions.models import Session
from django.urls import reverse

from accounts.demonstration import PASSWORD, PEOPLE
from accounts.models import User
from core.models import OutgoingEmail
from tests.factories import UserFactory

SIGNED_OUT = "You have signed out."
LOGIN = reverse("account_login")
ASK = reverse("account_request_login_code")
CONFIRM = reverse("account_confirm_login_code")

pytestmark = pytest.mark.django_db


def sign_in(client, email, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": email, "password": password, **more})


def who(client) -> str | None:
    return client.session.get("_auth_user_id")


def code_in_mail() -> str:
    return re.search(r"^ +(\d{6})$", OutgoingEmail.objects.get().body, re.MULTILINE)[1]


class TestByPassword:
    def test_the_way_leads_home(self, client, people):
        response = sign_in(client, people.head.email)
        assert (response.status_code, response.url) == (302, reverse("home"))
        assert who(client) == str(people.head.pk)

    def test_the_address_may_be_typed_in_capitals(self, client, people):
        assert sign_in(client, "  HEAD@School.Example ").status_code == 302

    def test_a_session_lasts_a_working_day(self, client, people):
        sign_in(client, people.head.email)
        assert client.session.get_expiry_age() == 12 * 60 * 60

    def test_the_error_stands_at_a_field_and_leads_there(self, client, people):
        page = sign_in(client, people.head.email, "wrong").content.decode()
        words = "The e-mail address or the password is wrong. Check both and try again."
        assert page.count(words) == 2
        assert f'<a href="#id_login">{words}</a>' in page

    def test_what_was_typed_stays_but_for_the_password(self, client, people):
        page = sign_in(client, people.head.email, "wrong-password").content.decode()
        assert people.head.email in page
        assert "wrong-password" not in page

    def test_an_unknown_address_is_answered_as_a_wrong_password_is(self, client, people):
        def answer(email):
            page = sign_in(client, email, "wrong").content.decode()
            page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
            return page.replace(email, "")

        assert answer(people.head.email) == answer("nobody@school.example")

    def test_somebody_switched_off_is_told_so_after_the_right_password_only(self, client, people):
        User.objects.filter(pk=people.head.pk).update(is_active=False)
        assert sign_in(client, people.head.email).url == reverse("account_inactive")
        assert sign_in(client, people.head.email, "wrong").status_code == 422
        assert who(client) is None

    def test_a_hidden_character_is_refused_in_words(self, client, people):
        assert "hidden character" in sign_in(client, "he\x00ad@school.example").content.decode()


class TestNext:
    def test_the_way_goes_on_to_where_one_wanted(self, client, people):
        assert sign_in(client, people.head.email, next="/audits/?page=2").url == "/audits/?page=2"

    @pytest.mark.parametrize(
        "elsewhere",
        [
            "https://evil.example/",
            "//evil.example/",
            "/\\evil.example/",
            "\\\\evil.example",
            "http:evil.example",
            "javascript:alert(1)",
            "http://testserver.evil.example/",
            "http://localhost/home/",
            "\x00/evil",
            " https://evil.example",
        ],
    )
    def test_never_to_another_site(self, client, people, elsewhere):
        assert sign_in(client, people.head.email, next=elsewhere).url == reverse("home")

    def test_the_pages_hand_it_on_escaped(self, client):
        page = client.get(LOGIN, {"next": '/home/?a="><script>'}).content.decode()
        assert "<script>" not in page
        assert 'name="next" value="/home/?a=&quot;&gt;&lt;script&gt;"' in page

    def test_the_way_by_code_hands_it_on_too(self, client, people):
        response = client.post(ASK, {"email": people.head.email, "next": "/audits/"})
        assert response.url == f"{CONFIRM}?next=%2Faudits%2F"
        done = client.post(response.url, {"code": code_in_mail(), "next": "/audits/"})
        assert done.url == "/audits/"


class TestByCode:
    def test_the_code_signs_in(self, client, people):
        page = client.post(ASK, {"email": people.head.email}, follow=True).content.decode()
        assert people.head.email in page
        assert client.post(CONFIRM, {"code": code_in_mail()}).url == reverse("home")
        assert who(client) == str(people.head.pk)

    def test_blanks_and_dashes_in_it_do_no_harm(self, client, people):
        client.post(ASK, {"email": people.head.email})
        code = code_in_mail()
        client.post(CONFIRM, {"code": f" {code[:3]}-{code[3:]} "})
        assert who(client) == str(people.head.pk)

    def test_it_works_in_the_browser_that_asked_only(self, client, people, sign_in):
        client.post(ASK, {"email": people.head.email})
        other = sign_in(None)
        other.post(CONFIRM, {"code": code_in_mail()})
        assert who(other) is None

    def test_it_works_for_fifteen_minutes(self, client, people, clock):
        client.post(ASK, {"email": people.head.email})
        code = code_in_mail()
        clock.shift(15 * 60 + 1)
        assert client.post(CONFIRM, {"code": code}).url == ASK
        assert who(client) is None

    def test_after_three_wrong_ones_a_new_one_must_be_asked_for(self, client, people):
        client.post(ASK, {"email": people.head.email})
        code = code_in_mail()
        for _ in range(3):
            response = client.post(CONFIRM, {"code": "not it"})
        assert response.url == ASK
        client.post(CONFIRM, {"code": code})
        assert who(client) is None

    def test_a_wrong_one_is_said_at_the_field(self, client, people):
        client.post(ASK, {"email": people.head.email})
        page = client.post(CONFIRM, {"code": "000000"}).content.decode()
        assert '<a href="#id_code">That is not the code that we sent.' in page

    def test_an_unknown_address_gets_the_same_page_and_no_mail(self, client, people):
        def answer(email):
            pages = [
                client.post(ASK, {"email": email}, follow=True),
                client.post(CONFIRM, {"action": "resend"}, follow=True),
                client.post(CONFIRM, {"code": "000000"}),
            ]
            client.post(reverse("account_logout"))
            shown = [
                re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", one.content.decode()) for one in pages
            ]
            return [
                (
                    one.redirect_chain if hasattr(one, "redirect_chain") else [],
                    one.status_code,
                    text.replace(email, ""),
                )
                for one, text in zip(pages, shown, strict=True)
            ]

        assert answer(people.head.email) == answer("nobody@school.example")
        assert set(OutgoingEmail.objects.values_list("to", flat=True)) == {people.head.email}

    def test_one_can_go_back_and_use_another_address(self, client, people):
        client.post(ASK, {"email": "typo@school.example"})
        assert client.get(LOGIN).url == CONFIRM
        assert client.post(reverse("account_logout"), {"next": LOGIN}).url == LOGIN
        assert client.get(LOGIN).status_code == 200

    def test_a_new_one_can_be_sent_twice(self, client, people):
        client.post(ASK, {"email": people.head.email})
        for _ in range(3):
            client.post(CONFIRM, {"action": "resend"})
        assert OutgoingEmail.objects.count() == 3


@pytest.mark.parametrize(
    ("address", "sentences"),
    [
        (LOGIN, ["Enter your e-mail address", "Enter your password"]),
        (ASK, ["Enter your e-mail address"]),
        (reverse("account_reset_password"), ["Enter your e-mail address"]),
    ],
)
def test_what_is_missing_is_asked_for_as_one_would(client, address, sentences):
    page = client.post(address, {}).text
    assert [words for words in sentences if f">{words}</a>" not in page] == []


class TestSigningOut:
    def test_looking_does_not_sign_out(self, sign_in, people):
        client = sign_in(people.head)
        assert client.get(reverse("account_logout")).status_code == 200
        assert who(client) == str(people.head.pk)

    def test_the_button_does(self, sign_in, people):
        client = sign_in(people.head)
        assert client.post(reverse("account_logout")).url == reverse("front")
        assert who(client) is None

    def test_the_page_after_it_says_so_once_and_needs_no_session(self, sign_in, people, client):
        gone = sign_in(people.head)
        answer = gone.post(reverse("account_logout"), follow=True)
        assert SIGNED_OUT in answer.text
        assert settings.SESSION_COOKIE_NAME not in {name for name, one in gone.cookies.items() if one.value}
        assert Session.objects.count() == 0
        assert [SIGNED_OUT in one.get(reverse("front")).text for one in (gone, client)] == [False, False]

    def test_who_was_not_signed_in_is_told_nothing(self, client):
        assert SIGNED_OUT not in client.post(reverse("account_logout"), follow=True).text


class TestTheDemonstration:
    def test_the_sign_in_page_names_its_people(self, client, settings):
        settings.DEMO = True
        page = client.get(LOGIN).content.decode()
        assert [person.email for person in PEOPLE if person.email not in page] == []
        assert "pins-demo" in page

    def test_elsewhere_it_does_not(self, client):
        page = client.get(LOGIN).content.decode()
        assert "pins-demo" not in page
        assert reverse("outbox") not in page

    def test_the_code_page_leads_to_the_outbox(self, client, people, settings):
        settings.DEMO = True
        page = client.post(ASK, {"email": people.head.email}, follow=True).content.decode()
        assert reverse("outbox") in page


class TestWhatTheDemonstrationLeft:
    """Its people, whose password everybody knows, in a database where it is off."""

    @pytest.fixture
    def left_over(self, db):
        return UserFactory(email="admin@pins.example", is_administrator=True)

    def by_password(self, client, person):
        return sign_in(client, person.email)

    def by_code(self, client, person):
        client.post(ASK, {"email": person.email})
        return client.post(CONFIRM, {"code": code_in_mail()})

    @pytest.mark.parametrize("way", ["by_password", "by_code"])
    def test_cannot_sign_in(self, client, left_over, way):
        assert getattr(self, way)(client, left_over).url == reverse("account_inactive")
        assert who(client) is None
        left_over.refresh_from_db()
        assert (left_over.is_active, left_over.last_login) == (True, None)

    @pytest.mark.parametrize("way", ["by_password", "by_code"])
    def test_can_in_the_demonstration(self, client, left_over, settings, way):
        settings.DEMO = True
        assert getattr(self, way)(client, left_over).url == reverse("home")

    def test_is_nobody_in_a_session_that_was_open(self, client, left_over, settings):
        settings.DEMO = True
        sign_in(client, left_over.email)
        assert client.get(reverse("your_account")).status_code == 200
        settings.DEMO = False
        assert client.get(reverse("your_account")).url.startswith(LOGIN)

    def test_does_not_get_past_the_gate_of_other_ways_in(self, left_over):
        given = {"email": left_over.email, "password": PASSWORD}
        assert authenticate(None, **given) is None

    def test_an_address_that_only_looks_like_it_may(self, client):
        person = UserFactory(email="admin@pins.example.org")
        assert self.by_password(client, person).url == reverse("home")


def test_a_page_for_somebody_signed_in_asks_for_the_person_once(sign_in, people, django_assert_num_queries):
    client = sign_in(people.head)
    with django_assert_num_queries(4):  # session, person, names of the programme, the header's memberships
        client.get(reverse("your_account"))


def test_a_session_cookie_with_a_nul_in_it_is_nobodys(client):
    response = client.get(
        reverse("home"), headers={"Cookie": 'sessionid="\\000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"'}
    )
    assert response.url.startswith(LOGIN)
