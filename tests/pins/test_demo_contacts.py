"""Contacts and invitations of the demonstration: made up, and made once."""

import pytest

from core.models import OutgoingEmail
from pins.demo.contacts import seed_contacts
from pins.demo.people import seed_people
from pins.demo.schools import HEADS_SCHOOL, seed_schools
from schools.models import Invitation, SchoolContact

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def seeded(settings):
    """The schools and people, then what belongs to them, twice."""
    settings.DEMO = True
    schools = seed_schools().schools
    people = seed_people(schools)
    for _ in range(2):
        seed_contacts(schools, people)


def test_the_heads_school_has_one_contact_of_each_kind():
    contacts = SchoolContact.objects.filter(school__name=HEADS_SCHOOL).in_order()
    assert [one.role for one in contacts] == ["head_teacher", "senco", "pins_lead"]


def test_other_schools_have_contacts_too():
    assert SchoolContact.objects.values("school").distinct().count() == 5


def test_one_invitation_waits_and_one_has_run_out():
    found = Invitation.objects.order_by("expires_at")
    assert [one.standing for one in found] == ["expired", "waiting"]


def test_the_link_of_the_one_that_waits_is_in_the_outbox():
    (mail,) = OutgoingEmail.objects.filter(kind="Invitation")
    assert mail.to == "new.teacher@pins.example"
    assert "/invitations/" in mail.body


def test_nobody_has_a_real_address():
    addresses = [
        *SchoolContact.objects.values_list("email", flat=True),
        *Invitation.objects.values_list("email", flat=True),
    ]
    assert [one for one in addresses if not one.endswith("@pins.example")] == []
