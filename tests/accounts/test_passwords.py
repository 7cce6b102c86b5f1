"""Choosing a new password: signed in, or by a link that came by e-mail."""

import re

import pytest
from django.urls import reverse

from accounts.models import User
from core.models import HistoryEntry, OutgoingEmail

NEW = "seven orange bicycles"
RESET = reverse("account_reset_password")

pytestmark = pytest.mark.django_db


def link_in_mail(person: User) -> str:
    body = OutgoingEmail.objects.filter(to=person.email).first().body
    return re.search(r"https?://[^/]+(/\S+)", body)[1]


def password_works(person: User, password: str) -> bool:
    return User.objects.get(pk=person.pk).check_password(password)


class TestChanging:
    URL = reverse("account_change_password")

    def test_it_needs_the_present_one(self, sign_in, people):
        page = sign_in(people.head).post(self.URL, {"oldpassword": "wrong", "password1": NEW})
        assert '<a href="#id_oldpassword">That is not your current password.' in page.content.decode()
        assert password_works(people.head, "pins-demo")

    def test_one_stays_signed_in_here(self, sign_in, people):
        client = sign_in(people.head)
        response = client.post(self.URL, {"oldpassword": "pins-demo", "password1": NEW})
        assert response.url == reverse("your_account")
        assert "Your new password is saved" in client.get(response.url).content.decode()
        assert password_works(people.head, NEW)

    def test_other_sessions_end(self, sign_in, people):
        elsewhere = sign_in(people.head)
        sign_in(people.head).post(self.URL, {"oldpassword": "pins-demo", "password1": NEW})
        assert elsewhere.get(reverse("home")).status_code == 302

    def test_it_leaves_a_history_line_and_tells_the_person(self, sign_in, people):
        sign_in(people.head).post(self.URL, {"oldpassword": "pins-demo", "password1": NEW})
        line = HistoryEntry.objects.get()
        assert (line.kind, line.actor_id) == ("account.password_changed", str(people.head.pk))
        email = OutgoingEmail.objects.get()
        assert (email.to, email.is_secret) == (people.head.email, False)
        assert NEW not in email.body

    @pytest.mark.parametrize(
        ("password", "sentence"),
        [
            ("short", "Use 10 characters or more."),
            ("password123", "Many people use this password"),
            ("head@school.example", "too much like your name or e-mail address"),
        ],
    )
    def test_a_weak_one_is_refused_in_words(self, sign_in, people, password, sentence):
        page = sign_in(people.head).post(self.URL, {"oldpassword": "pins-demo", "password1": password})
        assert sentence in page.content.decode()

    def test_somebody_without_one_is_led_to_choose_one(self, sign_in, people):
        people.head.set_unusable_password()
        people.head.save()
        client = sign_in(people.head)
        url = client.get(self.URL).url
        assert url == reverse("account_set_password")
        client.post(url, {"password1": NEW})
        assert password_works(people.head, NEW)
        assert HistoryEntry.objects.get().kind == "account.password_changed"


class TestByLink:
    def test_an_address_that_cannot_be_stored_is_said_at_the_field(self, client):
        page = client.post(RESET, {"email": f"{'a' * 242}@pins.example"}).content.decode()
        assert "Shorten “E-mail address” to 254 characters or fewer. It has 255." in page
        assert not OutgoingEmail.objects.exists()

    def test_nor_one_that_grows_too_long_in_small_letters(self, client):
        address = f"a@{'İ' * 50}.{'İ' * 50}.{'b' * 60}.{'c' * 60}.example"
        page = client.post(RESET, {"email": address}).content.decode()
        assert "Shorten “E-mail address” to 254 characters or fewer." in page
        assert not OutgoingEmail.objects.exists()

    def test_the_whole_way(self, client, people):
        assert client.post(RESET, {"email": people.head.email}).url == reverse("account_reset_password_done")
        form = client.get(link_in_mail(people.head)).url
        assert client.get(form).status_code == 200
        done = client.post(form, {"password1": NEW})
        assert done.url == reverse("account_reset_password_from_key_done")
        assert password_works(people.head, NEW)
        assert HistoryEntry.objects.get().kind == "account.password_changed"

    def test_wrong_tries_with_the_password_before_count_no_more(self, client, people):
        login = reverse("account_login")
        for _ in range(6):
            client.post(login, {"login": people.head.email, "password": "wrong"})
        client.post(RESET, {"email": people.head.email})
        client.post(client.get(link_in_mail(people.head)).url, {"password1": NEW})
        assert client.post(login, {"login": people.head.email, "password": NEW}).url == reverse("home")

    def test_the_key_leaves_the_address_bar(self, client, people):
        client.post(RESET, {"email": people.head.email})
        assert client.get(link_in_mail(people.head)).url.endswith("-set-password/")

    def test_a_link_works_once(self, client, people):
        client.post(RESET, {"email": people.head.email})
        link = link_in_mail(people.head)
        client.post(client.get(link).url, {"password1": NEW})
        assert "does not work any more" in client.get(link).content.decode()

    def test_and_for_an_hour(self, client, people, clock):
        client.post(RESET, {"email": people.head.email})
        clock.shift(60 * 60 + 1)
        assert "does not work any more" in client.get(link_in_mail(people.head)).content.decode()

    def test_looking_at_it_changes_nothing(self, client, people):
        """A mail scanner opens links."""
        client.post(RESET, {"email": people.head.email})
        client.get(link_in_mail(people.head), follow=True)
        assert password_works(people.head, "pins-demo")

    def test_it_stands_on_our_own_address_whatever_the_request_says(self, client, people, settings):
        settings.SITE_URL = "https://hub.pins.example"
        client.post(RESET, {"email": people.head.email}, headers={"host": "localhost"})
        assert "https://hub.pins.example/accounts/password/reset/key/" in OutgoingEmail.objects.get().body

    def test_an_unknown_address_gets_the_same_answer_and_no_mail(self, client, people):
        known = client.post(RESET, {"email": people.head.email})
        unknown = client.post(RESET, {"email": "nobody@school.example"})
        assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
        assert OutgoingEmail.objects.get().to == people.head.email

    def test_the_mail_is_secret_and_plain(self, client, people):
        User.objects.filter(pk=people.head.pk).update(name="Siân O’Brien & “co”")
        client.post(RESET, {"email": people.head.email})
        email = OutgoingEmail.objects.get()
        assert email.is_secret
        assert "Hello Siân O’Brien & “co”," in email.body
