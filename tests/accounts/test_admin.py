"""Django's own admin keeps to our sign-in and our history."""

import pytest
from django.db import IntegrityError, connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse

from accounts.models import User
from core.models import HistoryEntry
from tests.factories import UserFactory

NEW = "seven orange bicycles"

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(people, sign_in):
    """Somebody who looks after the installation."""
    return sign_in(User.objects.create_superuser("keeper@school.example", "pins-demo"))


def test_its_sign_in_is_ours(client):
    response = client.get(reverse("admin:login"))
    assert response.url.partition("?")[0] == reverse("account_login")


def test_an_administrator_of_the_programme_has_no_business_there(people, sign_in):
    assert sign_in(people.admin).get(reverse("admin:login")).status_code == 403


def test_somebody_added_has_no_password_and_a_history_line(keeper):
    data = {"email": "New@school.example", "name": "New", "is_active": "on", "is_liaison": "on"}
    assert keeper.post(reverse("admin:accounts_user_add"), data).status_code == 302
    person = User.objects.get(email="new@school.example")
    assert not person.has_usable_password()
    assert HistoryEntry.objects.get().kind == "person.added"


def test_a_change_leaves_a_line_that_names_what_changed(keeper, people):
    url = reverse("admin:accounts_user_change", args=[people.head.pk])
    keeper.post(url, {"email": people.head.email, "name": "Head", "is_active": "on", "is_trainer": "on"})
    assert HistoryEntry.objects.get().details == {"changed": ["is_trainer"]}


class TestAddresses:
    @pytest.fixture(params=["added", "changed"])
    def send(self, keeper, people, request):
        """Sends the form of somebody new, or of the head, with this address."""
        change = reverse("admin:accounts_user_change", args=[people.head.pk])
        url = reverse("admin:accounts_user_add") if request.param == "added" else change
        return lambda email: keeper.post(url, {"email": email, "name": "Robin", "is_active": "on"})

    def test_capitals_become_small_letters(self, send):
        assert send(" Robin@School.Example ").status_code == 302
        assert User.objects.get(name="Robin").email == "robin@school.example"

    def test_one_that_grows_too_long_in_small_letters_is_refused_in_words(self, send):
        assert "at most 254 characters" in send(f"a@{'İ' * 50}.{'İ' * 50}.{'b' * 60}.{'c' * 60}.example").text
        assert not User.objects.filter(name="Robin").exists()

    def test_somebody_elses_is_refused_in_words_however_it_is_written(self, send, people):
        assert "already" in send(people.colleague.email.upper()).text
        assert not User.objects.filter(name="Robin").exists()


def test_no_address_with_capitals_is_stored(people):
    with pytest.raises(IntegrityError, match="accounts_email_in_small_letters"):
        User.objects.filter(pk=people.head.pk).update(email="Head@school.example")


@pytest.fixture
def migrate(transactional_db):
    """Takes the table of people to a migration, and in the end to the newest."""

    def migrate(name: str) -> None:
        MigrationExecutor(connection).migrate([("accounts", name)])

    yield migrate
    migrate("0004_no_address_with_capitals")


def test_an_upgrade_puts_addresses_in_small_letters(migrate):
    migrate("0002_forget_former_addresses")
    person = UserFactory(email="Head@School.example")
    migrate("0004_no_address_with_capitals")
    person.refresh_from_db()
    assert person.email == "head@school.example"


def test_nobody_is_deleted(keeper, people):
    assert keeper.post(reverse("admin:accounts_user_delete", args=[people.head.pk])).status_code == 403


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_password_is_changed_on_our_own_page_alone(keeper, method):
    """There it leaves a history line, and the person is told."""
    data = {"old_password": "pins-demo", "new_password1": NEW, "new_password2": NEW}
    response = getattr(keeper, method)(reverse("admin:password_change"), data)
    assert (response.status_code, response.url) == (302, reverse("account_change_password"))
    assert User.objects.get(email="keeper@school.example").check_password("pins-demo")
