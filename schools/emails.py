"""What is written to the people of a school: who gets it, and in which words."""

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from accounts.permissions import LETS, Role
from core import emails
from core.models import ProgrammeSettings
from schools.models import Invitation, Membership
from schools.queries.people import handed_by


def invitation(*, invitation: Invitation, token: str, by: User) -> None:
    """Send the link: who invites, to which school, what it lets one do, how long it takes and until when."""
    programme = ProgrammeSettings.load()
    context = {
        "invitation": invitation,
        "by": by,
        "handed_by": handed_by(invitation),
        "lets": LETS[Role(invitation.role)].replace("given to them", "given to you"),
        "link": f"{settings.SITE_URL}{reverse('schools:invitation', args=[token])}",
    }
    emails.write(
        invitation.email,
        f"Invitation to {programme.programme_short_name} at {invitation.school}",
        "invitation",
        "Invitation",
        useful_until=invitation.expires_at,
        context=context,
    )


def lead_handed_over(*, to: Membership, before: User, by: User) -> None:
    """Tell a colleague that they lead the school from now on, and what that means."""
    context = {
        "person": to.user,
        "school": to.school,
        "before": before,
        "by": by,
        "lets": LETS[Role.SCHOOL_LEAD],
        "link": f"{settings.SITE_URL}{reverse('schools:people', args=[to.school_id])}",
    }
    subject = f"You now lead {ProgrammeSettings.load().programme_short_name} at {to.school}"
    emails.write(to.user.email, subject, "lead_handed_over", "Lead handed over", context=context)


def lead_taken_over(*, of: Membership, by: User, stays: bool) -> None:
    """Tell somebody who handed over by invitation that it was accepted, and what they are now."""
    context = {"person": of.user, "school": of.school, "by": by, "stays": stays}
    emails.write(
        of.user.email, f"{by} now leads {of.school}", "lead_taken_over", "Lead handed over", context=context
    )
