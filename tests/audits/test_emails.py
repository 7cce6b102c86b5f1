"""What the audits app writes to people: to whom, in which words, with minutes and date."""

from datetime import date

import pytest
import time_machine
from django.utils import timezone

from accounts.permissions import Role
from audits import emails
from audits.models import Audit
from core.models import OutgoingEmail
from schools.models import Membership
from tests.factories import AuditFactory, MembershipFactory, SchoolFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def returned(audit, people):
    """The audit, sent back by the programme lead."""
    Audit.objects.filter(pk=audit.pk).update(
        status="in_progress",
        returned="sent_back",
        returned_reason="Look at lunch & <play>.",
        returned_at=timezone.now(),
        returned_by=people.programme,
    )
    audit.refresh_from_db()
    return audit


def body():
    return OutgoingEmail.objects.get().body


def test_asking_says_how_long_by_when_and_where(audit, people):
    emails.audit_asked(audit=audit)
    mail = OutgoingEmail.objects.get()
    assert (mail.to, mail.kind, mail.is_secret) == (people.head.email, "Self-audit wanted", False)
    assert mail.subject == "Self-audit for Wenlock Brook Primary School"
    assert "It has 2 sections of about 5 minutes each." in mail.body
    assert "Please submit it by 3 March 2027." in mail.body
    assert f"http://127.0.0.1:8000/audits/{audit.pk}/" in mail.body
    assert "not an inspection" in mail.body


def test_asking_without_a_date_names_none(people):
    emails.audit_asked(audit=AuditFactory(school=people.school))
    assert "Please submit" not in body()


def test_giving_says_who_asks_how_long_by_when_and_where(audit, section, people):
    emails.section_given(audit=audit, section=section, to=people.colleague, by=people.head)
    mail = OutgoingEmail.objects.get()
    assert (mail.to, mail.kind) == (people.colleague.email, "Section given")
    assert f"Head asks you to answer one section of the self-audit for {people.school}: {section.area}." in (
        mail.body
    )
    assert "It takes about 5 minutes. The whole self-audit is wanted by 3 March 2027." in mail.body
    assert f"/audits/{audit.pk}/sections/{section.area.key}/" in mail.body


def test_returning_quotes_the_reason_as_it_was_typed(returned):
    emails.audit_returned(audit=returned)
    assert "Programme wrote:\n\nLook at lunch & <play>.\n" in body()


@pytest.mark.parametrize(
    ("how", "words"), [("sent_back", "was sent back to you"), ("reopened", "is open again")]
)
def test_the_subject_tells_sending_back_from_reopening(returned, how, words):
    returned.returned = how
    emails.audit_returned(audit=returned)
    assert OutgoingEmail.objects.get().subject == f"The self-audit for {returned.school} {words}"


@pytest.mark.parametrize(
    ("wanted_by", "words"),
    [
        (date(2026, 11, 24), "Please submit it again by 24 November 2026."),
        (date(2026, 11, 23), "Please submit it again by 23 November 2026."),
        (
            date(2026, 11, 22),
            "It was wanted by 22 November 2026, so please submit it again as soon as you can.",
        ),
        (None, "No date is set for this; please submit it again as soon as you can."),
    ],
)
def test_returning_says_minutes_and_whether_the_date_still_holds(returned, wanted_by, words):
    returned.wanted_by = wanted_by
    with time_machine.travel("2026-11-23T09:00:00Z", tick=False):
        emails.audit_returned(audit=returned)
    assert f"Allow about 10 minutes. {words} That makes a new report." in body()


class TestRecipients:
    """Leads who can act: current, and with an account that is switched on."""

    def recipients(self, audit):
        emails.audit_asked(audit=audit)
        return sorted(mail.to for mail in OutgoingEmail.objects.all())

    def test_every_lead_of_the_school_and_nobody_else(self, audit, people):
        second = MembershipFactory(school=people.school).user
        assert self.recipients(audit) == sorted([people.head.email, second.email])

    def test_not_a_lead_who_left(self, audit, people):
        Membership.objects.filter(user=people.head).update(ended_at=timezone.now())
        assert self.recipients(audit) == []

    def test_not_a_lead_whose_account_is_off(self, audit, people):
        people.head.is_active = False
        people.head.save()
        assert self.recipients(audit) == []

    @pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.GOVERNOR])
    def test_not_other_roles(self, audit, people, role):
        MembershipFactory(school=people.school, role=role)
        assert self.recipients(audit) == [people.head.email]


def test_a_subject_fits_its_column_whatever_the_school_is_called(people):
    school = SchoolFactory(name="St " + "A" * 197, slug="st-a")
    MembershipFactory(school=school, user=UserFactory())
    emails.audit_asked(audit=AuditFactory(school=school))
    assert len(OutgoingEmail.objects.get().subject) == 200


def test_a_subject_is_one_line(people):
    people.school.name = "Wenlock\r\nBcc: everybody@pins.example"
    people.school.save()
    emails.audit_asked(audit=AuditFactory(school=people.school))
    assert OutgoingEmail.objects.get().subject == "Self-audit for Wenlock Bcc: everybody@pins.example"
