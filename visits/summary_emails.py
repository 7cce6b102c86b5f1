"""What is written about the summary of a visit: to the leaders of the school, and to the forum's workers."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from core import emails
from visits.enums import LinkPurpose
from visits.links import make_link
from visits.models import Reply, Visit, VisitLink
from visits.queries.sharing import Recipient

LINK_WORKS_FOR = timedelta(days=60)


def send_links(*, visit: Visit, to: Iterable[Recipient], reply_by: date) -> None:
    """Make each of these leaders of the school a link of their own and e-mail it. Part of a transaction."""
    for person in to:
        link, token = make_link(
            visit=visit,
            purpose=LinkPurpose.READ_THE_SUMMARY,
            email=person.email,
            name=person.name[:150],
            expires_at=timezone.now() + LINK_WORKS_FOR,
        )
        _summary(link, token, person, reply_by)


def _summary(link: VisitLink, token: str, to: Recipient, reply_by: date) -> None:
    """Send the link to one of them: how long it takes, and until when a reply is awaited."""
    visit, address = link.visit, f"{settings.SITE_URL}{reverse('visits:summary_by_link', args=[token])}"
    context = {"visit": visit, "person": to.name, "link": address, "reply_by": reply_by}
    subject = f"What parent carers said: {visit}"
    link.mail = emails.write(
        to.email,
        subject,
        "visit_summary",
        "Visit summary",
        useful_until=link.expires_at,
        context=context,
    )
    link.save(update_fields=["mail"])


def replied(*, visit: Visit, reply: Reply) -> None:
    """Tell whoever went for the forum, or else whoever shared the notes, what the school says of them."""
    workers = list(visit.workers.filter(is_active=True).order_by("name", "pk"))
    told = workers or [one for one in (visit.shared_by,) if one is not None and one.is_active]
    link = f"{settings.SITE_URL}{reverse('visits:summary', args=[visit.pk])}"
    for person in told:
        context = {"visit": visit, "reply": reply, "person": person, "link": link}
        subject = f"{visit.school} has replied to the notes of visit {visit.step_id}"
        emails.write(person.email, subject, "visit_reply", "Reply to notes", context=context)
