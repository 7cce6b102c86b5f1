"""What the audits app writes to people: who gets it, and in which words."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Role
from audits.models import Audit, Section
from audits.queries import MINUTES_TO_LOOK_AGAIN, minutes_a_section, sitting_minutes
from core import emails
from schools.models import Membership


def _leads(audit: Audit) -> list[User]:
    members = Membership.objects.current().filter(school=audit.school, role=Role.SCHOOL_LEAD)
    return [member.user for member in members.select_related("user") if member.user.is_active]


def _send(to: User, subject: str, template: str, kind: str, context: dict[str, Any]) -> None:
    emails.write(to.email, subject, template, kind, context={"person": to, **context})


def _address(name: str, *args: Any) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=args)}"


def audit_asked(*, audit: Audit) -> None:
    """Ask the school's leads for the self-audit: how long it takes and by when."""
    minutes = minutes_a_section(audit)
    context = {
        "audit": audit,
        "sections": len(minutes),
        "minutes": max(minutes, default=0),
        "link": _address("audits:tasks", audit.pk),
    }
    for lead in _leads(audit):
        _send(lead, f"Self-audit for {audit.school}", "audit_asked", "Self-audit wanted", context)


def section_given(*, audit: Audit, section: Section, to: User, by: User) -> None:
    """Tell a colleague that a section waits for them."""
    link = _address("audits:section", audit.pk, section.area.key)
    minutes = sitting_minutes(section.statements.count())
    context = {"audit": audit, "section": section, "minutes": minutes, "by": by, "link": link}
    _send(to, f"Part of the self-audit for {audit.school}", "section_given", "Section given", context)


def audit_returned(*, audit: Audit) -> None:
    """Tell the school's leads that the audit can be answered again, why, and whether its date still holds."""
    done = "was sent back to you" if audit.returned == Audit.Returned.SENT_BACK else "is open again"
    context = {
        "audit": audit,
        "is_overdue": audit.wanted_by is not None and audit.wanted_by < timezone.localdate(),
        "minutes": MINUTES_TO_LOOK_AGAIN,
        "link": _address("audits:tasks", audit.pk),
    }
    for lead in _leads(audit):
        _send(
            lead,
            f"The self-audit for {audit.school} {done}",
            "audit_returned",
            "Self-audit returned",
            context,
        )
