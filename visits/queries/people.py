"""Who is written to about a visit."""

from typing import NamedTuple

from core.demonstration import is_left_over
from schools.models import Membership, School
from schools.queries.people import contacts_of


class Addressee(NamedTuple):
    """Somebody at a school who is e-mailed."""

    email: str
    name: str


def to_ask(school: School) -> list[Addressee]:
    """Who answers for the school: each school lead who can sign in, or else each of its contacts, once an address."""
    leads = Membership.objects.leading().filter(school=school).select_related("user").order_by("user__email")
    found = {lead.user.email.lower(): lead.user.name for lead in leads}
    if not found:
        for contact in contacts_of(school):
            if not is_left_over(contact.email):
                found.setdefault(contact.email, contact.name)
    return [Addressee(email, name) for email, name in found.items()]
