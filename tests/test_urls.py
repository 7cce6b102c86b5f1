"""Closed until opened: every address is on the short public list, or asks for a sign-in."""

import pytest
from django.urls import reverse

from tests.urlconf import ADMIN, Address, addresses

PUBLIC = {
    "front",
    "healthz",
    "readyz",
    "outbox",  # the demonstration alone, where a newcomer reads the code that was sent to them
    "schools:public_list",
    "schools:public_csv",
    "schools:public_excel",
    "schools:public_json",
    "schools:public_school",
    "visits:families_public",
    "visits:families_sheet",
    "visits:times_by_link",  # who holds the link; it opens nothing but the times of one visit
    "schools:invitation",  # who holds the link; it opens nothing but the invitation
    "visits:summary_by_link",  # these three: who holds the link, and only of the one visit
    "visits:receipt_by_link",
    "visits:reply_by_link",
    "visits:calendar_feed",  # who holds its secret; a calendar program cannot sign in
    "visits:public_support",
    "about",
    "forum",
    "parent_carers",
    "for_schools",
    "accessibility",
    "privacy",
    "contact",
    "look_css",
    "look_logo",
    "sitemap",
    "robots",
    "account_login",
    "account_request_login_code",
    "account_confirm_login_code",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}


def to_sign_in(response) -> bool:
    pages = (reverse("account_login"), reverse("admin:login"))  # the admin's leads to ours
    return response.status_code == 302 and response.url.partition("?")[0] in pages


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", addresses(), ids=lambda address: address.name)
def test_somebody_signed_out_sees_only_what_is_public(client, address: Address, method: str):
    response = getattr(client, method)(address.path())
    assert to_sign_in(response) is (address.name not in PUBLIC), response


def test_the_public_list_names_only_what_exists():
    assert {address.name for address in addresses()} >= PUBLIC


def test_no_two_addresses_share_a_name():
    names = [address.name for address in addresses()]
    assert sorted(names) == sorted(set(names))


def test_the_admin_is_there_once():
    assert [address.name for address in addresses()].count(ADMIN) == 1


@pytest.mark.django_db
def test_nobody_signs_up_by_themselves(client):
    page = client.get(reverse("account_signup"))
    assert "<form" not in page.content.decode()
    assert client.post(reverse("account_signup")).status_code == 405
