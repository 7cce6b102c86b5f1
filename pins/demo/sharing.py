"""Summaries of the demonstration's shared visits, with receipts and replies, and groups of themes over schools."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from pins.demo.people import lead_for
from pins.demo.schools import HEADS_SCHOOL
from schools.queries.terms import SchoolCalendar
from visits import summary_emails
from visits.enums import TO_THE_SCHOOL, LinkPurpose, VisitStatus
from visits.links import make_link
from visits.models import Receipt, Reply, Theme, ThemeGroup, Visit, VisitLink, VisitSummary
from visits.queries.sharing import recipients
from visits.services.sharing import DAYS_TO_REPLY
from visits.snapshot import take_snapshot
from visits.summary_emails import LINK_WORKS_FOR

ACCURATE = "Thank you. This is what we hear at the gate too, and senior leaders have talked it over."
NOT_ACCURATE = (
    "The notes say that changes of the timetable are told on the day. Since September they go out by text message "
    "the evening before; the office shows you how on your next visit."
)
GROUPS = (
    # what the group is called, and a word of the themes that are in it
    ("Noise and crowds in halls and at the gate", "could_be_better", "loud"),
    ("Noise and crowds in halls and at the gate", "could_be_better", "dining hall"),
    ("Changes that are told too late", "could_be_better", "timetable"),
    ("A calm place or person to go to", "working_well", "quiet room"),
    ("A calm place or person to go to", "working_well", "adult"),
)


def seed_sharing() -> int:
    """Give each shared visit with a record its summary, receipts and reply, then gather themes; returns how many."""
    recorded = Visit.objects.filter(status__in=TO_THE_SCHOOL, attendance__isnull=False)
    calendar = SchoolCalendar.load()
    made = 0
    for visit in recorded.filter(summary=None).with_names().order_by("starts_at", "pk"):
        with transaction.atomic():
            _share(visit, calendar, made)
        made += 1
    if made:
        with transaction.atomic():
            _gather()
    return made


def _share(visit: Visit, calendar: SchoolCalendar, number: int) -> None:
    """By turns the school calls the notes accurate, calls them not accurate, or says nothing.

    The head of the demonstration has read nothing yet of what was shared last, so that it can be tried out.
    """
    shared_at = visit.shared_at or timezone.now()
    reply_by = calendar.school_days_after(timezone.localdate(shared_at), DAYS_TO_REPLY)
    VisitSummary.objects.create(
        visit=visit, snapshot=take_snapshot(visit), taken_at=shared_at, reply_by=reply_by
    )
    if visit.school.name == HEADS_SCHOOL and visit.status == VisitStatus.SHARED:
        _send(visit, reply_by)
        return
    lead, later = lead_for(visit.school), shared_at + timedelta(days=1)
    link, _ = make_link(
        visit=visit,
        purpose=LinkPurpose.READ_THE_SUMMARY,
        email=lead.email,
        name=str(lead),
        expires_at=timezone.now() + LINK_WORKS_FOR,
    )
    VisitLink.objects.filter(pk=link.pk).update(sent_at=shared_at, expires_at=shared_at + LINK_WORKS_FOR)
    if number % 4 != 3:
        Receipt.objects.create(visit=visit, email=lead.email, reader=str(lead), read_at=later)
    if number % 3 != 2:
        verdict, comment = (("accurate", ACCURATE), ("not_accurate", NOT_ACCURATE))[number % 3]
        Reply.objects.create(
            visit=visit, verdict=verdict, comment=comment, replier=str(lead), replied_at=later
        )


def _send(visit: Visit, reply_by: date) -> None:
    """The link as it is e-mailed, for the demonstration's outbox; where that is off, nobody could read it."""
    if not settings.DEMO:
        return
    summary_emails.send_links(visit=visit, to=recipients(visit.school), reply_by=reply_by)


def _gather() -> None:
    for name, kind, word in GROUPS:
        themes = Theme.objects.filter(group=None, kind=kind, text__icontains=word)
        first = themes.order_by("pk").first()
        if first is None:
            continue
        group = ThemeGroup.objects.filter(name=name, kind=kind).first()
        group = group or ThemeGroup.objects.create(name=name, kind=kind, area=first.area)
        themes.update(group=group)
