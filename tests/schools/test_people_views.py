"""The pages of a school's people and contacts, as those who may open them meet them."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.permissions import LETS, Role, Verb, reach_of
from core.models import HistoryEntry, OutgoingEmail
from schools.models import Invitation, Membership, SchoolContact
from tests.factories import InvitationFactory, MembershipFactory, SchoolContactFactory
from tests.forms_on_page import post_forms
from tests.naughty import naughty_strings

pytestmark = pytest.mark.django_db


def address(name: str, people, *more) -> str:
    return reverse(f"schools:{name}", args=[people.school.pk, *more])


def words_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()).replace("\xa0", " "))


def member(person) -> Membership:
    return Membership.objects.get(user=person)


class TestTakingBack:
    def asked(self, people, sign_in, **fields) -> str:
        made = InvitationFactory(
            school=people.school, email="jo@school.example", invited_by=people.head, **fields
        )
        return words_of(sign_in(people.head).get(address("revoke_invitation", people, made.pk)))

    def test_of_one_that_waits_the_link_stops_working(self, people, sign_in):
        said = self.asked(people, sign_in, name="Jo Ash")
        assert "Take the invitation to Jo Ash back?" in said
        assert "Head invited Jo Ash, jo@school.example, as a contributor on" in said
        assert "The link in the e-mail stops working. Jo Ash gets no e-mail about it" in said

    def test_of_one_that_ran_out_it_stopped_already(self, people, sign_in):
        said = self.asked(people, sign_in, invited_at=timezone.now() - timedelta(days=20))
        assert "Take the invitation to jo@school.example back?" in said
        assert "so its link lets nobody in already; taken back, it leaves the list." in said
        assert "stops working" not in said

    def test_of_one_that_was_accepted_there_is_nothing_to_take_back(self, people, sign_in):
        said = self.asked(people, sign_in, accepted_at=timezone.now(), accepted_by=people.colleague)
        assert "It was accepted since, so there is nothing to take back." in said
        assert "gets no e-mail" not in said


class TestThePage:
    def test_who_is_here_and_who_is_invited(self, people, sign_in):
        InvitationFactory(school=people.school, email="jo@school.example", invited_by=people.head)
        page = words_of(sign_in(people.liaison).get(address("people", people)))
        for words in (
            "Head head@school.example School lead",
            "jo@school.example",
            "Waiting until",
            "by Head",
        ):
            assert words in page

    def test_what_never_happened_is_said_calmly(self, people, sign_in):
        assert "Not yet" in words_of(sign_in(people.admin).get(address("people", people)))

    def test_a_liaison_reads_and_changes_nothing(self, people, sign_in):
        InvitationFactory(school=people.school)
        html = sign_in(people.liaison).get(address("people", people)).content.decode()
        assert [form.action for form in post_forms(html) if "logout" not in form.action] == []
        for word in ("Invite somebody", "Remove", "Hand over", "Take back"):
            assert word not in html

    def test_a_lead_changes_no_other_lead(self, people, sign_in):
        other = MembershipFactory(school=people.school)
        client = sign_in(people.head)
        assert (
            address("end_membership", people, other.pk)
            not in client.get(address("people", people)).content.decode()
        )
        for name in ("end_membership", "change_role", "hand_over"):
            assert client.post(address(name, people, other.pk)).status_code == 403

    def test_a_lead_leaves_alone_who_was_invited_to_lead(self, people, sign_in):
        made = InvitationFactory(school=people.school, role=Role.SCHOOL_LEAD, invited_by=people.admin)
        assert sign_in(people.head).post(address("revoke_invitation", people, made.pk)).status_code == 403

    def test_but_not_their_own_successor(self, people, sign_in):
        made = InvitationFactory(
            school=people.school, role=Role.SCHOOL_LEAD, replaces=member(people.head), invited_by=people.admin
        )
        assert sign_in(people.head).post(address("revoke_invitation", people, made.pk)).status_code == 302
        assert Invitation.objects.get().revoked_by == people.head

    def test_the_file_holds_both_and_no_formula(self, people, sign_in):
        User.objects.filter(pk=people.head.pk).update(name="=1+1")
        InvitationFactory(school=people.school, email="jo@school.example", name="Jo", invited_by=people.admin)
        content = sign_in(people.head).get(address("people_csv", people)).content.decode("utf-8-sig")
        _, first, *_, last = csv.reader(io.StringIO(content))
        assert first[:5] == ["'=1+1", "head@school.example", "School lead", "", "Belongs here"]
        assert (*last[:5], last[7]) == (
            *("Jo", "jo@school.example", "Contributor", "", "Invitation: waiting"),
            "Admin",
        )


class TestInviting:
    def test_a_lead_offers_two_roles_and_an_administrator_three(self, people, sign_in):
        def offered(person):
            html = sign_in(person).get(address("invite", people)).content.decode()
            return re.findall(r'<input[^>]*type="radio"[^>]*>', html)

        assert [len(offered(person)) for person in (people.head, people.admin)] == [2, 3]

    def test_a_lead_cannot_invite_a_lead_by_another_way(self, people, sign_in):
        data = {"email": "jo@school.example", "role": "school_lead"}
        assert sign_in(people.head).post(address("invite", people), data).status_code == 422
        assert not Invitation.objects.exists()

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("  Jo.SMITH@School.Example ", "jo.smith@school.example"),
            ("jo@schüle.example", "jo@schüle.example"),
            ("o'brien+pins@school.example", "o'brien+pins@school.example"),
        ],
    )
    def test_an_address_is_kept_in_small_letters(self, people, sign_in, typed, kept):
        data = {"email": typed, "role": "governor"}
        assert sign_in(people.head).post(address("invite", people), data).status_code == 302
        assert Invitation.objects.get().email == OutgoingEmail.objects.get().to == kept

    @pytest.mark.parametrize(
        "typed", ["jo", "jo@", "jo@school.example, al@school.example", f"{'j' * 250}@a.example"]
    )
    def test_what_is_no_address_says_how_to_mend_it(self, people, sign_in, typed):
        page = sign_in(people.head).post(address("invite", people), {"email": typed, "role": "governor"})
        assert page.status_code == 422
        assert 'href="#id_email"' in page.content.decode()
        assert typed in page.content.decode()

    def test_who_belongs_here_already_is_said_at_the_address(self, people, sign_in):
        data = {"email": people.colleague.email, "role": "governor"}
        page = sign_in(people.head).post(address("invite", people), data)
        assert page.status_code == 422
        assert '<a href="#id_email">Colleague belongs here already' in page.content.decode()

    def test_a_name_of_any_letters_comes_through(self, people, sign_in):
        client = sign_in(people.admin)
        for number, name in enumerate([one for one in naughty_strings() if len(one) <= 150][:40]):
            data = {"email": f"n{number}@school.example", "name": name, "role": "governor"}
            assert client.post(address("invite", people), data).status_code == 302, name
            assert Invitation.objects.first().name == name.strip()

    @pytest.mark.parametrize("role", LETS)
    def test_what_a_role_lets_somebody_do_agrees_with_the_table(self, role):
        words = {
            Verb.ANSWER_AUDIT: "answer",
            Verb.LEAD_AUDIT: "submit the self-audit, give",
            Verb.MANAGE_PEOPLE: "look after the people",
            Verb.READ_REPORT: "support report",
        }
        said = {verb for verb, word in words.items() if re.search(rf"(?<!the ){word}", LETS[role])}
        assert said | {Verb.READ_REPORT} == {verb for verb in words if reach_of(role, verb)} | {
            Verb.READ_REPORT
        }

    def test_sending_again_says_that_the_old_link_ends(self, people, sign_in):
        made = InvitationFactory(school=people.school, email="jo@school.example")
        page = sign_in(people.head).post(address("resend_invitation", people, made.pk), follow=True)
        assert "A new e-mail is on its way to jo@school.example. The old link ends." in words_of(page)


class TestLeaving:
    def test_the_last_lead_is_shown_the_way_and_no_button(self, people, sign_in):
        url = address("end_membership", people, member(people.head).pk)
        client = sign_in(people.head)
        page = client.get(url)
        assert "Hand the lead over first" in words_of(page)
        assert [form for form in post_forms(page.content.decode()) if "logout" not in form.action] == []
        client.post(url, {"leaves_nobody": "on"})
        assert member(people.head).ended_at is None

    def test_the_forum_is_told_that_nobody_leads_then(self, people, sign_in):
        url = address("end_membership", people, member(people.head).pk)
        client = sign_in(people.admin)
        page = client.get(url)
        assert "Nobody else leads this school" in words_of(page)
        assert f"{address('invite', people)}?role=school_lead" in page.content.decode()
        client.post(url)  # from a page that was drawn while somebody else led too
        assert member(people.head).ended_at is None
        client.post(url, {"leaves_nobody": "on"})
        assert member(people.head).ended_at is not None

    def test_who_hands_over_lands_at_home(self, people, sign_in):
        data = {"to": member(people.colleague).pk, "then": "leave"}
        answer = sign_in(people.head).post(address("hand_over", people, member(people.head).pk), data)
        assert answer.url == reverse("home")
        assert member(people.colleague).role == "school_lead"

    def test_somebody_new_needs_an_address(self, people, sign_in):
        url = address("hand_over", people, member(people.head).pk)
        client = sign_in(people.head)
        page = client.post(url, {"to": "new", "then": "stay"})
        assert page.status_code == 422
        assert '<a href="#id_email">Enter their work e-mail address</a>' in page.content.decode()
        answer = client.post(url, {"to": "new", "email": "New@School.Example", "then": "stay"}, follow=True)
        assert "You lead the school until it is accepted." in words_of(answer)

    def test_only_a_lead_hands_over(self, people, sign_in):
        url = address("hand_over", people, member(people.colleague).pk)
        assert sign_in(people.admin).get(url).status_code == 404

    def test_somebody_of_another_school_is_not_found_here(self, people, sign_in):
        url = address("end_membership", people, member(people.other_head).pk)
        assert sign_in(people.admin).get(url).status_code == 404


class TestContacts:
    DATA = {"role": "senco", "name": "Ann-Marie O’Shea", "email": "SENCo@School.Example"}

    def test_added_in_small_letters_with_a_line(self, people, sign_in):
        assert sign_in(people.head).post(address("add_contact", people), self.DATA).status_code == 302
        contact = SchoolContact.objects.get()
        assert (contact.school, contact.name, contact.email) == (
            people.school,
            "Ann-Marie O’Shea",
            "senco@school.example",
        )
        assert HistoryEntry.objects.get(kind="contact.saved").school_id == str(people.school.pk)

    def test_one_person_is_once_in_a_role(self, people, sign_in):
        client = sign_in(people.head)
        client.post(address("add_contact", people), self.DATA)
        page = client.post(address("add_contact", people), self.DATA)
        assert page.status_code == 422
        assert "This person is on the list in this role already." in words_of(page)
        assert (
            client.post(address("add_contact", people), {**self.DATA, "role": "pins_lead"}).status_code == 302
        )

    def test_of_two_who_change_one_the_second_sees_both(self, people, sign_in):
        contact = SchoolContactFactory(school=people.school, name="As it was")
        url = address("change_contact", people, contact.pk)
        form = post_forms(sign_in(people.head).get(url).content.decode())[-1]
        for person, name in ((people.head, "First"), (people.admin, "Second")):
            data = {"role": "head_teacher", "name": name, "email": contact.email, "seen": form.hidden["seen"]}
            page = sign_in(person).post(url, data)
        assert page.status_code == 409
        assert "First" in words_of(page)
        assert 'value="Second"' in page.content.decode()
        assert SchoolContact.objects.get().name == "First"

    def test_removed_with_a_line(self, people, sign_in):
        contact = SchoolContactFactory(school=people.school)
        client = sign_in(people.head)
        client.get(address("remove_contact", people, contact.pk))
        assert SchoolContact.objects.exists()
        client.post(address("remove_contact", people, contact.pk))
        assert not SchoolContact.objects.exists()
        assert HistoryEntry.objects.filter(kind="contact.removed").count() == 1

    def test_who_only_reads_sees_no_buttons(self, people, sign_in):
        SchoolContactFactory(school=people.school)
        html = sign_in(people.governor).get(address("contacts", people)).content.decode()
        for word in ("Add a contact", "Change", "Remove"):
            assert word not in html

    def test_head_teacher_first(self, people, sign_in):
        for role in ("pins_lead", "senco", "head_teacher"):
            SchoolContactFactory(school=people.school, role=role)
        content = sign_in(people.head).get(address("contacts_csv", people)).content.decode("utf-8-sig")
        assert [row[0] for row in csv.reader(io.StringIO(content))][1:] == [
            "Head teacher",
            "SENCo",
            "PINS lead",
        ]


class TestQueries:
    """The same at one row and at three; session and person are two of each."""

    def count(self, client, url) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    @pytest.fixture(params=[1, 3])
    def rows(self, people, request):
        SchoolContactFactory.create_batch(request.param, school=people.school)
        MembershipFactory.create_batch(request.param, school=people.school, role="contributor")
        for _ in range(request.param):
            lead = MembershipFactory(school=people.school)
            InvitationFactory(school=people.school, replaces=lead, role="school_lead")
        return people

    @pytest.mark.parametrize(("name", "number"), [("head", 7), ("admin", 7)])
    def test_people(self, rows, sign_in, name, number):
        assert self.count(sign_in(getattr(rows, name)), address("people", rows)) == number

    def test_the_file_of_people(self, rows, sign_in):
        assert self.count(sign_in(rows.head), address("people_csv", rows)) == 6

    def test_contacts(self, rows, sign_in):
        assert self.count(sign_in(rows.head), address("contacts", rows)) == 6

    def test_handing_over(self, rows, sign_in):
        url = address("hand_over", rows, member(rows.head).pk)
        assert self.count(sign_in(rows.head), url) == 7


def test_a_contacts_telephone_number_is_a_link_and_in_the_file(people, sign_in):
    client = sign_in(people.head)
    data = {
        "role": "senco",
        "name": "Sam",
        "email": "sam@school.example",
        "telephone": "+44 1632960123 ext 4",
    }
    assert client.post(address("add_contact", people), data).status_code == 302
    page = client.get(address("contacts", people)).content.decode()
    assert '<a class="govuk-link" href="tel:01632960123;ext=4">01632 960123 x4</a>' in page
    assert '"01632 960123 x4"' in client.get(address("contacts_csv", people)).content.decode("utf-8-sig")


def test_what_is_no_telephone_number_is_kept_and_explained(people, sign_in):
    data = {"role": "senco", "name": "Sam", "email": "sam@school.example", "telephone": "ask Joan"}
    page = sign_in(people.head).post(address("add_contact", people), data)
    assert page.status_code == 422
    assert "Enter one telephone number, like 01743 254254" in words_of(page)
    assert 'value="ask Joan"' in page.content.decode()


def test_an_invitation_that_ran_out_says_so(people, sign_in):
    InvitationFactory(school=people.school, invited_at=timezone.now() - timedelta(days=15))
    assert "Run out on" in words_of(sign_in(people.head).get(address("people", people)))
