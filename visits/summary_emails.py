"""What is written about the summary of a visit: to the leaders of the school, and to the forum's workers."""

from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from core import emails
from core.models import ProgrammeSettings
from visits.models import Reply, Visit
from visits.queries.sharing import Recipient


def _send(to: str, subject: str, template: str, kind: str, *, secret: bool, context: dict[str, Any]) -> None:
    body = render_to_string(f"emails/{template}.txt", {"programme": ProgrammeSettings.load(), **context})
    emails.queue(to=to, subject=subject, body=body, kind=kind, secret=secret)


def summary(*, visit: Visit, to: Recipient, token: str, reply_by: date) -> None:
    """Send the link to one leader of the school: how long it takes, and until when a reply is awaited."""
    link = f"{settings.SITE_URL}{reverse('visits:summary_by_link', args=[token])}"
    context = {"visit": visit, "person": to.name, "link": link, "reply_by": reply_by}
    subject = f"What parent carers said: {visit}"
    _send(to.email, subject, "visit_summary", "Visit summary", secret=True, context=context)


def replied(*, visit: Visit, reply: Reply) -> None:
    """Tell whoever went for the forum, or else whoever shared the notes, what the school says of them."""
    workers = list(visit.workers.filter(is_active=True).order_by("name", "pk"))
    told = workers or [one for one in (visit.shared_by,) if one is not None and one.is_active]
    link = f"{settings.SITE_URL}{reverse('visits:summary', args=[visit.pk])}"
    for person in told:
        context = {"visit": visit, "reply": reply, "person": person, "link": link}
        subject = f"{visit.school} has replied to the notes of visit {visit.step_id}"
        _send(person.email, subject, "visit_reply", "Reply to notes", secret=False, context=context)
