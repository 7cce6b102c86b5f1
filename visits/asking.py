"""Asking a school which time suits it, and telling the workers what it answered; a link acts without an account."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core import emails
from core.models import OutgoingEmail
from core.words import local
from schools.queries.terms import SchoolCalendar
from visits.calendar import address_of, when, where
from visits.enums import LinkPurpose
from visits.links import make_link, replace_links_of, sent_just_now
from visits.models import ProposedTime, Visit, VisitLink
from visits.queries.concerned import who_goes, whom_at
from visits.queries.times import time_put_forward
from visits.times import ANSWER_WITHIN, END_OF_DAY, answer_by, moment, warning
from visits.who_words import WHO_COMES


def ask_for_a_time(visit: Visit, times: Sequence[ProposedTime], *, by: User) -> int:
    """E-mail a link of their own to everybody who answers for the school; returns to how many."""
    asked = {person.mail.lower(): person.name for person in whom_at(visit.school)}
    _ask(visit, times, asked, by=by)
    return len(asked)


def ask_again(visit: Visit, times: Sequence[ProposedTime], *, by: User) -> int:
    """E-mail a new link to whoever of them was sent none in the last minutes; their former ones end."""
    just_now = sent_just_now(visit, LinkPurpose.PICK_A_TIME)
    everybody = {person.mail.lower(): person.name for person in whom_at(visit.school)}
    asked = {email: name for email, name in everybody.items() if email not in just_now}
    if asked:
        replace_links_of(visit, LinkPurpose.PICK_A_TIME, asked)
        _ask(visit, times, asked, by=by)
    return len(asked)


def _ask(visit: Visit, times: Sequence[ProposedTime], asked: Mapping[str, str], *, by: User) -> None:
    """A link each for these addresses, with the names that go with them."""
    last = max(one.starts_at for one in times)
    expires_at = min(last, moment(local(timezone.now()).date() + ANSWER_WITHIN, END_OF_DAY))
    for email, name in asked.items():
        link, token = make_link(
            visit=visit, purpose=LinkPurpose.PICK_A_TIME, email=email, name=name, expires_at=expires_at
        )
        link.mail = _send_times(link, token, times, by)
        link.save(update_fields=["mail"])


def _send_times(link: VisitLink, token: str, times: Sequence[ProposedTime], by: User) -> OutgoingEmail:
    visit, now, first = link.visit, timezone.now(), min(one.starts_at for one in times)
    context = {
        "visit": visit,
        "link": link,
        "times": [(when(one.starts_at, one.ends_at), one.get_slot_display()) for one in times],
        "by": by,
        "wanted_by": answer_by(first, SchoolCalendar.load(), local(now).date(), asked=now),
        "where": where(visit),
        "who": ", ".join(map(str, who_goes(visit))),
        "who_comes": WHO_COMES,
        "address": f"{settings.SITE_URL}{reverse('visits:times_by_link', args=[token])}",
    }
    subject, until = f"Which time suits {visit.school}? {visit.step} with parent carers", link.expires_at
    kind = "Times for a visit"
    return emails.write(link.email, subject, "visit_times", kind, useful_until=until, context=context)


def tell_of_suggestion(visit: Visit, suggested: ProposedTime) -> None:
    """Tell whoever goes that the school suggests another time."""
    context = {
        "visit": visit,
        "suggested": suggested,
        "when": when(suggested.starts_at, suggested.ends_at),
        "odd": warning(time_put_forward(suggested), SchoolCalendar.load()),
        "address": address_of(visit),
    }
    for worker in who_goes(visit):
        subject = f"{visit.school} suggests another time"
        emails.write(
            worker.email, subject, "visit_time_suggested", "Another time for a visit", context=context
        )
