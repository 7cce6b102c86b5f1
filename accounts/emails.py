"""What people are told about their own account."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from core import emails
from core.models import ProgrammeSettings


def added(*, person: User, by: User) -> None:
    """Tell somebody that they can sign in now, with which address, and what they may do."""
    context = {
        "person": person,
        "by": by,
        "roles": sorted(role.label.lower() for role in person.site_roles),
        "programme": ProgrammeSettings.load(),
        "link": f"{settings.SITE_URL}{reverse('account_request_login_code')}",
    }
    emails.queue(
        to=person.email,
        subject="You can sign in to PINS Hub",
        body=render_to_string("emails/person_added.txt", context),
        kind="Person added",
    )
