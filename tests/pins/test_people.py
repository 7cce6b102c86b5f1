"""The people who sign in: an administrator adds them, changes what they may do, and never shuts everybody out."""

import csv
import io
import threading

import pytest
from django.db import connection
from django.urls import reverse

from accounts.forms import PersonForm
from accounts.models import User
from accounts.services import LastAdministrator, save_person
from core.models import HistoryEntry, OutgoingEmail
from schools.models import Invitation
from tests.factories import InvitationFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST, ADD = reverse("people"), reverse("add_person")
NEW = {"name": "Siân O’Neill–Jones", "email": "Sian@Forum.example", "is_liaison": "on"}


def text(response) -> str:
    return response.content.decode()


def change_of(person: User) -> str:
    return reverse("change_person", args=[person.pk])


def typed(person: User, **other) -> dict[str, str]:
    """What the form of a person sends when nothing was touched, but for these."""
    form = PersonForm(instance=person)
    values = {**form.initial, **other}
    return {name: "on" if value is True else value for name, value in values.items() if value}


@pytest.fixture
def admin(people, sign_in):
    return sign_in(people.admin)


class TestAdding:
    def test_somebody_new_has_a_role_no_password_and_an_address_in_small_letters(self, admin):
        assert admin.post(ADD, NEW).url == LIST
        person = User.objects.get(email="sian@forum.example")
        assert (person.name, person.is_liaison, person.is_administrator, person.is_active) == (
            NEW["name"],
            True,
            False,
            True,
        )
        assert not person.has_usable_password()

    def test_they_are_told_how_to_sign_in_and_as_what(self, admin):
        admin.post(ADD, NEW)
        email = OutgoingEmail.objects.get()
        assert email.to == "sian@forum.example"
        assert "You are there as: liaison." in email.body
        assert reverse("account_request_login_code") in email.body
        assert "about 1 minute" in email.body

    def test_it_is_in_the_history(self, admin, people):
        admin.post(ADD, NEW)
        line = HistoryEntry.objects.get()
        assert (line.kind, line.actor_label, line.target_label) == ("person.added", "Admin", NEW["name"])

    def test_nobody_is_added_without_a_role(self, admin):
        page = admin.post(ADD, {"name": "Kim", "email": "kim@forum.example"})
        assert page.status_code == 422
        assert "Choose at least one role" in text(page)
        assert not User.objects.filter(email="kim@forum.example").exists()

    def test_an_address_that_somebody_has_is_refused_whatever_its_letters(self, admin, people):
        page = admin.post(ADD, {**NEW, "email": people.head.email.upper()})
        assert page.status_code == 422
        assert (
            text(page).count("Somebody already signs in with this e-mail address.") == 2
        )  # above, and beside it
        assert "already exists" not in text(page)
        assert not OutgoingEmail.objects.exists()

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_a_name_has_one_line(self, admin, end):
        page = admin.post(ADD, {**NEW, "name": f"Bob{end}Click here: https://evil.example/"})
        assert page.status_code == 422
        assert "Write “Name” on one line." in text(page)


class TestChanging:
    def test_a_role_more_is_there_at_once(self, admin, people, sign_in):
        assert sign_in(people.liaison).get(LIST).status_code == 403
        admin.post(change_of(people.liaison), typed(people.liaison, is_administrator=True))
        assert sign_in(people.liaison).get(LIST).status_code == 200

    def test_who_is_switched_off_is_signed_out(self, admin, people, sign_in):
        theirs = sign_in(people.liaison)
        admin.post(change_of(people.liaison), typed(people.liaison, is_active=False))
        assert theirs.get(reverse("home")).status_code == 302

    def test_the_invitations_of_who_is_switched_off_end(self, admin, people):
        theirs = InvitationFactory(school=people.school, invited_by=people.head, email="al@school.example")
        other = InvitationFactory(school=people.school, invited_by=people.admin)
        admin.post(change_of(people.head), typed(people.head, is_active=False))
        assert list(Invitation.objects.waiting()) == [other]
        line = HistoryEntry.objects.get(kind="invitation.taken_back", target_id=str(theirs.pk))
        assert line.summary == "The invitation to al@school.example ended: Head is switched off."

    def test_another_change_ends_no_invitation(self, admin, people):
        InvitationFactory(school=people.school, invited_by=people.head)
        admin.post(change_of(people.head), typed(people.head, job_title="Head teacher"))
        assert Invitation.objects.waiting().count() == 1

    def test_the_history_has_what_was_there_before(self, admin, people):
        admin.post(change_of(people.liaison), typed(people.liaison, job_title="School Liaison Lead"))
        assert HistoryEntry.objects.get().details == {
            "job_title": {"before": "", "after": "School Liaison Lead"}
        }

    def test_of_two_at_once_the_second_sees_both_versions(self, admin, people):
        mine = typed(people.liaison, name="Mine")
        User.objects.filter(pk=people.liaison.pk).update(name="Theirs")
        page = admin.post(change_of(people.liaison), mine)
        assert page.status_code == 409
        assert "Saved: Theirs" in text(page)
        assert User.objects.get(pk=people.liaison.pk).name == "Theirs"

    def test_nothing_is_left_of_a_former_address(self, admin, people):
        people.liaison.emailaddress_set.create(email=people.liaison.email, verified=True)
        admin.post(change_of(people.liaison), typed(people.liaison, email="new@forum.example"))
        assert not people.liaison.emailaddress_set.exists()


class TestTheLastAdministrator:
    @pytest.mark.parametrize("loses", [{"is_administrator": False, "is_liaison": True}, {"is_active": False}])
    def test_stays(self, admin, people, loses):
        page = admin.post(change_of(people.admin), typed(people.admin, **loses))
        assert page.status_code == 409
        assert "Make somebody else administrator first." in text(page)
        people.admin.refresh_from_db()
        assert (people.admin.is_active, people.admin.is_administrator) == (True, True)

    def test_may_change_their_own_name(self, admin, people):
        admin.post(change_of(people.admin), typed(people.admin, name="Ruth"))
        assert User.objects.get(pk=people.admin.pk).name == "Ruth"

    def test_may_go_once_there_is_another(self, admin, people):
        UserFactory(is_administrator=True)
        admin.post(change_of(people.admin), typed(people.admin, is_active=False))
        assert not User.objects.get(pk=people.admin.pk).is_active

    def test_another_who_is_switched_off_does_not_count(self, admin, people):
        UserFactory(is_administrator=True, is_active=False)
        assert (
            admin.post(change_of(people.admin), typed(people.admin, is_administrator=False)).status_code
            == 409
        )


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("database_on_disk")
def test_of_two_administrators_who_go_at_the_same_moment_one_stays():
    pair = [UserFactory(is_administrator=True) for _ in range(2)]
    start = threading.Barrier(2)
    refused = []

    def go(person: User) -> None:
        form = PersonForm(typed(person, is_active=False), instance=User.objects.get(pk=person.pk))
        assert form.is_valid(), form.errors
        start.wait()
        try:
            save_person(form=form, by=person)
        except LastAdministrator:
            refused.append(person.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=[person]) for person in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert list(User.objects.filter(is_active=True).values_list("pk", flat=True)) == refused


class TestTheList:
    def test_it_has_those_who_work_for_the_programme(self, admin, people):
        page = text(admin.get(LIST))
        assert [name in page for name in ("Admin", "Liaison", "Trainer")] == [True, True, True]
        assert people.head.email not in page

    def test_everybody_on_request(self, admin, people):
        assert people.head.email in text(admin.get(LIST, {"role": "everybody"}))

    def test_one_role_alone(self, admin, people):
        page = text(admin.get(LIST, {"role": "trainer"}))
        assert (people.trainer.email in page, people.liaison.email in page) == (True, False)

    def test_words_are_looked_for_in_names_and_addresses(self, admin, people):
        page = text(admin.get(LIST, {"q": "head school.example", "role": "everybody"}))
        assert (people.head.email in page, people.colleague.email in page) == (True, False)

    def test_a_role_that_does_not_exist_says_so(self, admin):
        answer = admin.get(LIST, {"role": "king"})
        assert answer.status_code == 422
        assert "is not in the list" in text(answer)
        assert "<table" not in text(answer)

    def test_the_files_are_narrowed_alike(self, admin, people):
        people.trainer.name = "=1+1"
        people.trainer.save()
        rows = list(csv.reader(io.StringIO(text(admin.get(reverse("people_csv"), {"role": "trainer"})))))
        assert [row[:2] for row in rows[1:]] == [["'=1+1", people.trainer.email]]

    @pytest.mark.parametrize("more", [0, 2])
    def test_as_many_queries_for_one_as_for_three(self, admin, more, django_assert_num_queries):
        UserFactory.create_batch(more, is_trainer=True)
        with django_assert_num_queries(5):
            admin.get(LIST, {"role": "trainer"})


def test_a_persons_page_names_their_schools(admin, people):
    page = text(admin.get(reverse("person", args=[people.head.pk])))
    assert f"{people.school}: school lead" in page
