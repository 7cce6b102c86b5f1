"""Who signs in with which address, once an administrator has changed it."""

import re
from importlib import import_module

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth import authenticate
from django.urls import reverse

from accounts.models import User
from core.models import HistoryEntry, OutgoingEmail
from tests.factories import UserFactory

LOGIN = reverse("account_login")
ASK = reverse("account_request_login_code")
CONFIRM = reverse("account_confirm_login_code")
RESET = reverse("account_reset_password")
FORMER, PRESENT = "former@school.example", "present@school.example"

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(db):
    return UserFactory(email=FORMER, name="Robin")


@pytest.fixture
def change(person, sign_in):
    """Gives the person their present address on the admin pages."""

    def change() -> None:
        keeper = sign_in(User.objects.create_superuser("keeper@school.example"))
        url = reverse("admin:accounts_user_change", args=[person.pk])
        data = {"email": PRESENT, "name": person.name, "is_active": "on"}
        assert keeper.post(url, data).status_code == 302

    return change


def who(client) -> str | None:
    return client.session.get("_auth_user_id")


def kept(person) -> tuple[str, list[str]]:
    """The address that the person has, and what happened to them."""
    person.refresh_from_db()
    return person.email, list(HistoryEntry.objects.values_list("kind", flat=True))


def sent_to(address: str) -> str:
    """What was mailed there last."""
    return OutgoingEmail.objects.filter(to=address).order_by("pk").last().body


def code_sent_to(address: str) -> str:
    return re.search(r"^ +(\d{6})$", sent_to(address), re.MULTILINE)[1]


def link_sent_to(address: str) -> str:
    return re.search(r"https?://[^/]+(/\S+)", sent_to(address))[1]


@pytest.mark.parametrize("url", [ASK, RESET])
def test_the_former_address_gets_no_mail(client, person, change, url):
    client.post(RESET, {"email": FORMER})
    change()
    OutgoingEmail.objects.all().delete()
    client.post(url, {"email": FORMER})
    assert not OutgoingEmail.objects.exists()
    assert kept(person) == (PRESENT, ["person.changed"])


def test_the_present_one_signs_in_and_stays(client, person, change):
    client.post(RESET, {"email": FORMER})
    change()
    client.post(ASK, {"email": PRESENT})
    client.post(CONFIRM, {"code": code_sent_to(PRESENT)})
    assert who(client) == str(person.pk)
    assert kept(person) == (PRESENT, ["person.changed"])


def test_a_code_sent_before_the_change_signs_nobody_in(client, person, change):
    client.post(ASK, {"email": FORMER})
    change()
    EmailAddress.objects.create(user=person, email=FORMER)  # as a release before this one leaves it
    assert client.post(CONFIRM, {"code": code_sent_to(FORMER)}).url == ASK
    assert who(client) is None
    assert kept(person) == (PRESENT, ["person.changed"])


def test_nor_is_another_sent_in_its_place(client, person, change):
    client.post(ASK, {"email": FORMER})
    change()
    OutgoingEmail.objects.all().delete()
    assert client.post(CONFIRM, {"action": "resend"}).url == ASK
    assert not OutgoingEmail.objects.exists()


def test_a_link_sent_before_the_change_does_not_work(client, person, change):
    client.post(RESET, {"email": FORMER})
    change()
    assert "does not work any more" in client.get(link_sent_to(FORMER)).content.decode()


def test_whoever_is_given_the_former_address_signs_in_with_it(client, person, change):
    """The head's mailbox passes from one head to the next."""
    change()
    EmailAddress.objects.create(user=person, email=FORMER, verified=True, primary=True)
    next_one = UserFactory(email=FORMER)
    client.post(ASK, {"email": FORMER})
    client.post(CONFIRM, {"code": code_sent_to(FORMER)})
    assert who(client) == str(next_one.pk)


def test_a_password_goes_with_the_present_address_alone(person, change):
    change()
    EmailAddress.objects.create(user=person, email=FORMER, verified=True)
    assert authenticate(None, email=FORMER, password="pins-demo") is None
    assert authenticate(None, email=PRESENT.upper(), password="pins-demo") == person


@pytest.mark.parametrize("url", [ASK, RESET])
def test_asking_for_mail_gives_nobody_a_second_address(client, person, url):
    client.post(url, {"email": FORMER})
    if url == ASK:
        client.post(CONFIRM, {"code": code_sent_to(FORMER)})
    assert not EmailAddress.objects.exists()


def test_a_change_forgets_what_was_kept_of_the_former_one(person, change):
    EmailAddress.objects.create(user=person, email=FORMER, verified=True, primary=True)
    other = EmailAddress.objects.create(user=UserFactory(), email="other@school.example")
    change()
    assert list(EmailAddress.objects.all()) == [other]


def test_the_admin_pages_offer_no_second_address(sign_in, person):
    keeper = sign_in(User.objects.create_superuser("keeper@school.example"))
    assert "emailaddress" not in keeper.get(reverse("admin:index")).content.decode()


def test_the_migration_forgets_former_addresses(person):
    present = EmailAddress.objects.create(user=person, email=FORMER)
    EmailAddress.objects.create(user=person, email="older@school.example", verified=True)
    import_module("accounts.migrations.0002_forget_former_addresses").forget_former_addresses(apps, None)
    assert list(EmailAddress.objects.all()) == [present]


def test_who_is_signed_in_with_the_former_address_has_to_sign_in_again(person, sign_in, change):
    signed_in = sign_in(person)
    assert signed_in.get(reverse("home")).status_code == 200
    change()
    assert signed_in.get(reverse("home")).url.startswith(LOGIN)
