"""Sharing the notes of a visit: what is owed before, to whom they go, and how the school's reply stands."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ObjectDoesNotExist

from accounts.models import User
from accounts.permissions import Reach, Verb
from core.demonstration import is_left_over
from core.guard import Reading
from core.models import OutgoingEmail
from core.words import date_words
from schools.access import may_change, reaches
from schools.models import Membership, School, SchoolContact
from schools.queries.people import contacts_of
from visits.enums import LinkPurpose, VisitStatus
from visits.links import links_that_may_open
from visits.models import (
    Attendance,
    Receipt,
    Reply,
    SafeguardingAnswer,
    Theme,
    Visit,
    VisitLink,
    VisitNotes,
    VisitSummary,
)
from visits.queries.marked import marked_in_notes

_PURPOSE = LinkPurpose.READ_THE_SUMMARY
_WRITING = (VisitStatus.HELD, VisitStatus.NOTES_WRITTEN)
NOT_SHARED, NO_COMMENT = "Not shared yet", "No comment received"
SUMMARY_OPENED = "visit.summary_opened"
"""The access line of who reads for the school without answering for it."""


@dataclass(frozen=True)
class Recipient:
    """Somebody to whom the link to a summary goes."""

    name: str
    email: str


@dataclass(frozen=True)
class ReplyShown:
    """What the school says of the notes, beside the notes; or that it said nothing."""

    words: str
    colour: str
    is_open: bool
    """Whether the school can still reply."""
    comment: str = ""
    who: str = ""
    when: datetime | None = None


@dataclass(frozen=True)
class Sharing:
    """How far the notes of a visit have come on their way to the school, and what the reader can do about it."""

    visit: Visit
    summary: VisitSummary | None
    reply: ReplyShown
    receipts: list[Receipt]
    sent_to: list[str]
    not_sent_to: list[str]
    """The addresses of which the e-mail with the link failed for good."""
    days_begin_anew: bool
    """Whether the ten school days to reply count from the day on which the link is sent again."""
    owed: list[str]
    marked: list[Reading]
    """What the guard marked in notes that are not shared yet, and nobody has looked at."""
    records: bool
    """Whether the reader writes the notes."""
    speaks: bool
    """Whether the reader speaks for the school."""
    has_read: bool

    @property
    def can_finish(self) -> bool:
        """Whether the notes can be called written."""
        return self.records and self.visit.status == VisitStatus.HELD

    @property
    def can_share(self) -> bool:
        """Whether they can be shared, or written on."""
        return self.records and self.visit.status == VisitStatus.NOTES_WRITTEN

    @property
    def can_close(self) -> bool:
        """Whether nothing more is to come of the school."""
        return self.records and self.visit.status == VisitStatus.SHARED and not self.waits

    @property
    def can_send_again(self) -> bool:
        """Whether the link can be e-mailed once more."""
        is_open = self.visit.status == VisitStatus.SHARED and not self.visit.programme_year.is_archive
        return self.records and is_open

    @property
    def send_label(self) -> str:
        """What the button says."""
        return "Send the link again" if self.sent_to or self.not_sent_to else "Send the link"

    @property
    def not_sent_words(self) -> str:
        """Whom the e-mail did not reach, and what to do; empty where it reached everybody."""
        if not self.not_sent_to:
            return ""
        what = f"The e-mail to {', '.join(self.not_sent_to)} could not be sent."
        if not self.can_send_again:
            return f"{what} The link can be sent again while the visit is open."
        anew = " The ten school days to reply count from then." if self.days_begin_anew else ""
        return f"{what} Check the address, then send the link again.{anew}"

    @property
    def can_reopen(self) -> bool:
        """Whether it is closed, and theirs to open."""
        return self.records and self.visit.status == VisitStatus.CLOSED

    @property
    def can_reply(self) -> bool:
        """Whether the reader can reply for the school, or change the reply."""
        return self.speaks and self.visit.status == VisitStatus.SHARED

    @property
    def can_note_receipt(self) -> bool:
        """Whether the reader has not said yet that they read it."""
        return self.speaks and self.visit.is_with_the_school and not self.has_read

    @property
    def waits(self) -> bool:
        """Whether the school still has time to reply and has not."""
        return self.reply.is_open and not self.reply.who


def notes_owed(visit: Visit) -> list[str]:
    """What has to be written down before the notes can be shared, each as the end of a sentence."""
    owed = []
    came = Attendance.objects.filter(visit=visit).values_list("parent_carers", flat=True).first()
    if came is None:
        owed.append("say how many parent carers came (0 is a true answer)")
    told = VisitNotes.objects.filter(visit=visit).exclude(told_leaders="")
    if not Theme.objects.filter(visit=visit).exists() and not told.exists():
        owed.append("write down a theme, or what the leaders were told")
    return owed


def leaves_safeguarding_open(visit: Visit) -> bool:
    """Whether its notes could be called written but for the question about safeguarding, which nobody answered."""
    if visit.status != VisitStatus.HELD or SafeguardingAnswer.objects.filter(visit=visit).exists():
        return False
    return not notes_owed(visit)


def recipients(school: School) -> list[Recipient]:
    """Each school lead who can sign in and each head teacher of the contacts; an address once, leads first."""
    leads = Membership.objects.leading().filter(school=school).select_related("user").order_by("user__name")
    heads = contacts_of(school).written_to().filter(role=SchoolContact.Role.HEAD_TEACHER)
    people = [Recipient(str(lead.user), lead.user.email) for lead in leads]
    people += [Recipient(head.name, head.email) for head in heads]
    found = {person.email.lower(): person for person in reversed(people) if not is_left_over(person.email)}
    return [Recipient(one.name, email) for email, one in reversed(found.items())]


def sent_to(visit: Visit) -> list[str]:
    """The addresses to which the link to its summary was e-mailed; without those whom it could not reach."""
    return sorted(set(links_that_may_open(visit, _PURPOSE).mailed().values_list("email", flat=True)))


def not_sent_to(visit: Visit) -> list[str]:
    """The addresses of which the e-mail with the link failed for good."""
    return sorted(links_that_may_open(visit, _PURPOSE).not_sent().values_list("email", flat=True))


def reached_anybody(visit: Visit) -> bool:
    """Whether a link to its summary was ever sent, or somebody at the school has read it without one."""
    unsent = (OutgoingEmail.Status.QUEUED, OutgoingEmail.Status.FAILED)
    links = VisitLink.objects.filter(visit=visit, purpose=_PURPOSE)
    return links.exclude(mail__status__in=unsent).exists() or Receipt.objects.filter(visit=visit).exists()


def is_meant_for(link: VisitLink) -> bool:
    """Whether the address that the link was sent to still belongs to somebody who would be sent it today."""
    return any(one.email == link.email for one in recipients(link.visit.school))


def summary_of(visit: Visit) -> VisitSummary | None:
    """What was shared; None before that."""
    try:
        return visit.summary
    except ObjectDoesNotExist:
        return None


def reply_of(visit: Visit) -> Reply | None:
    """The school's reply; None while there is none."""
    try:
        return visit.reply
    except ObjectDoesNotExist:
        return None


def reply_shown(visit: Visit, *, today: date) -> ReplyShown:
    """How the reply stands; no query where the visit was fetched with its summary and reply."""
    reply, summary = reply_of(visit), summary_of(visit)
    if not visit.is_with_the_school:
        return ReplyShown(NOT_SHARED, "grey", is_open=False)
    is_open = visit.status == VisitStatus.SHARED
    if reply is not None:
        words = f"The school says: {reply.get_verdict_display().lower()}"
        colour = "green" if reply.verdict == Reply.Verdict.ACCURATE else "red"
        return ReplyShown(words, colour, is_open, reply.comment, reply.replier, reply.replied_at)
    if summary is None or not is_open or summary.reply_by < today:
        return ReplyShown(NO_COMMENT, "grey", is_open=False)
    return ReplyShown(f"The school can reply until {date_words(summary.reply_by)}", "amber", is_open=True)


def speaks_for_school(user: User, school: School) -> bool:
    """Whether the right to receipts and replies is theirs: a school's own, never the forum's."""
    return Reach.OWN in reaches(user, Verb.TAKE_PART_IN_VISITS, school)


def only_reads(user: User, school: School) -> bool:
    """Whether they read the notes as one of the school who does not answer for it: a governor."""
    return reaches(user, Verb.TAKE_PART_IN_VISITS, school) == {Reach.OWN_READ}


def sharing_of(visit: Visit, user: User, *, today: date) -> Sharing:
    """The part "sharing" of a visit's page, for this reader; a fixed number of queries."""
    records = may_change(user, Verb.RECORD_VISITS, visit.school)
    receipts = list(Receipt.objects.filter(visit=visit))
    not_sent = not_sent_to(visit) if records else []
    return Sharing(
        visit=visit,
        summary=summary_of(visit),
        reply=reply_shown(visit, today=today),
        receipts=receipts,
        sent_to=sent_to(visit) if records else [],
        not_sent_to=not_sent,
        days_begin_anew=bool(not_sent) and not reached_anybody(visit),
        owed=notes_owed(visit) if records and visit.status == VisitStatus.HELD else [],
        marked=marked_in_notes(visit) if records and visit.status in _WRITING else [],
        records=records,
        speaks=speaks_for_school(user, visit.school),
        has_read=any(one.email == user.email.lower() for one in receipts),
    )
