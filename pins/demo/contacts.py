"""Whom to write to at the made-up schools, and invitations that wait for somebody."""

import secrets
from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Role
from core.demonstration import DOMAIN
from pins.demo.schools import HEADS_SCHOOL, OTHER_HEADS_SCHOOL
from schools.models import Invitation, School, SchoolContact
from schools.models.invitations import GOOD_FOR, digest_of
from schools.services.invitations import invite

_HEAD, _SENCO, _LEAD = SchoolContact.Role.HEAD_TEACHER, SchoolContact.Role.SENCO, SchoolContact.Role.PINS_LEAD

CONTACTS = {
    HEADS_SCHOOL: (
        (_HEAD, "Helen Corfield", "head"),
        (_SENCO, "Sam Whitlock", "colleague"),
        (_LEAD, "Sam Whitlock", "colleague"),
    ),
    OTHER_HEADS_SCHOOL: (
        (_HEAD, "Tom Beddoes", "other.head"),
        (_SENCO, "Ann-Marie O’Shea", "senco.clun-hill"),
    ),
    "Skylark Rise Primary School": (
        (_HEAD, "Imogen Tranter", "head.skylark-rise"),
        (_LEAD, "Dev Kaur", "pins.skylark-rise"),
    ),
    "Teme Weir Primary School": ((_HEAD, "Rhys Gwilt", "office.teme-weir"),),
    "Castle Steps Primary School": (
        (_HEAD, "Beatrix Lacon", "head.castle-steps"),
        (_SENCO, "Zoë Hartshorne", "senco.castle-steps"),
    ),
}
"""Role, name and the part of the address before the @."""

DIRECT = {"colleague": "07700 900461", "senco.clun-hill": "01632 960012 x14"}
"""Numbers of their own, from the ranges that Ofcom keeps for made-up people."""

WAITS, RAN_OUT = ("new.teacher", "Robin Maddox"), ("former.governor", "Pat Instone")
RAN_OUT_FOR = timedelta(days=5)


def seed_contacts(schools: Mapping[str, School], people: Mapping[str, User]) -> None:
    """Make what is missing of the contacts, and the two invitations of the head's school."""
    for name, listed in CONTACTS.items():
        for role, person, mailbox in listed:
            known = {"name": person, "telephone": DIRECT.get(mailbox, "")}
            SchoolContact.objects.get_or_create(
                school=schools[name], role=role, email=f"{mailbox}@{DOMAIN}", defaults=known
            )
    school, head = schools[HEADS_SCHOOL], people["head"]
    if not settings.DEMO or Invitation.objects.filter(school=school).exists():
        return  # where the demonstration is off, nobody could accept
    mailbox, name = WAITS
    invite(school=school, email=f"{mailbox}@{DOMAIN}", name=name, role=Role.CONTRIBUTOR, by=head)
    _one_that_ran_out(school, head)


def _one_that_ran_out(school: School, head: User) -> None:
    mailbox, name = RAN_OUT
    expired = timezone.now() - RAN_OUT_FOR
    Invitation.objects.create(
        school=school,
        email=f"{mailbox}@{DOMAIN}",
        name=name,
        role=Role.GOVERNOR,
        token_digest=digest_of(secrets.token_urlsafe(32)),
        invited_at=expired - GOOD_FOR,
        invited_by=head,
        sent_at=expired - GOOD_FOR,
        expires_at=expired,
    )
