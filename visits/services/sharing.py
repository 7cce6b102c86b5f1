"""From written notes to the leaders of the school: sharing them, the receipt, the reply, closing the visit.

Each is one transaction with one line of history. Each says whether it changed anything: a second press of the same
button does not. Each raises YearIsClosed for an archive, and MoveNotAllowed where the visit does not stand where
this can be done.
"""

from collections.abc import Callable
from datetime import date
from typing import cast

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import history
from core.models import ProgrammeSettings
from core.seen import SeenForm, save_seen
from core.words import date_words
from schools.queries.terms import SchoolCalendar
from visits import summary_emails
from visits.enums import VisitStatus
from visits.models import Receipt, RemovedTheme, Reply, Visit, VisitLink, VisitSummary
from visits.queries.marked import digest_of_marked, marked_in_notes
from visits.queries.sharing import (
    SUMMARY_OPENED,
    leaves_safeguarding_open,
    notes_owed,
    recipients,
    reply_of,
    reply_shown,
)
from visits.readers import Reader
from visits.services.errors import (
    MoveNotAllowed,
    NotesMarked,
    NotesOwed,
    NotWithTheSchool,
    ReplyStillOpen,
    SafeguardingOpen,
    TooManyReplies,
)
from visits.services.moving import check_move, lock_visit, write_status
from visits.snapshot import take_snapshot

DAYS_TO_REPLY = 10
"""School days: half a month of school, and holidays do not count."""
MOST_REPLIES = 10
"""For notes that were shared, until the visit is opened again.

Each is an e-mail to whoever goes, and who holds a link need not have an account.
"""


def finish_notes(*, visit: Visit, by: User, stays_open: bool = False) -> bool:
    """Say that the notes are written. Raises NotesOwed with what is missing.

    `stays_open` says that the question about safeguarding may stay without an answer; SafeguardingOpen without it.
    Nothing is kept of that: the question leaves no trace but its answer.
    """
    with transaction.atomic():
        stored = lock_visit(visit)
        if stored.status == VisitStatus.NOTES_WRITTEN:
            return False
        check_move(stored, VisitStatus.NOTES_WRITTEN)
        _check_notes(stored)
        if leaves_safeguarding_open(stored) and not stays_open:
            raise SafeguardingOpen
        write_status(stored, VisitStatus.NOTES_WRITTEN)
        RemovedTheme.objects.filter(visit=stored).forget_words()
        _write("notes_written", f"{by} finished the notes of {stored}.", stored, by)
    return True


def write_on(*, visit: Visit, by: User) -> bool:
    """Go back to writing notes that were called finished and were not shared."""
    with transaction.atomic():
        stored = lock_visit(visit)
        if stored.status == VisitStatus.HELD:
            return False
        _check_stands(stored, VisitStatus.NOTES_WRITTEN)
        write_status(stored, VisitStatus.HELD)
        _write("notes_opened", f"{by} goes on writing the notes of {stored}.", stored, by)
    return True


def share(*, visit: Visit, by: User, today: date, looked_at: str = "") -> bool:
    """Freeze what the school reads, e-mail a link to its leads and head teacher, and let ten school days begin.

    `looked_at` is the digest of the marked words of which `by` says that they name nobody. Raises NotesOwed, and
    NotesMarked where words are marked that are others than those.
    """
    with transaction.atomic():
        stored = lock_visit(visit)
        if stored.is_with_the_school:
            return False
        check_move(stored, VisitStatus.SHARED)
        _check_notes(stored)
        marked = digest_of_marked(marked_in_notes(stored))
        if marked and marked != looked_at:
            raise NotesMarked
        reply_by = reply_wanted_by(today)
        VisitSummary.objects.create(visit=stored, snapshot=take_snapshot(stored), reply_by=reply_by)
        stored.shared_at, stored.shared_by = timezone.now(), by
        write_status(stored, VisitStatus.SHARED, "shared_at", "shared_by")
        said = ", and said that the marked words in them name nobody" if marked else ""
        _write("shared", f"{by} shared the notes of {stored} with the school{said}.", stored, by)
        summary_emails.send_links(visit=stored, to=recipients(stored.school), reply_by=reply_by)
    return True


def reply_wanted_by(today: date) -> date:
    """The day until which a school can reply to what is shared today."""
    return SchoolCalendar.load().school_days_after(today, DAYS_TO_REPLY)


def note_receipt(*, visit: Visit, by: Reader, link: VisitLink | None = None) -> bool:
    """Write down that somebody at the school has read the summary; once a person. Raises NotWithTheSchool."""
    with transaction.atomic():
        stored = lock_visit(visit)
        if not stored.is_with_the_school:
            raise NotWithTheSchool("There is no summary of this visit to read yet.")
        _, is_new = Receipt.objects.get_or_create(visit=stored, email=by.email, defaults={"reader": by.name})
        if not is_new:
            return False
        if link is not None:
            VisitLink.objects.filter(pk=link.pk, used_at__isnull=True).update(used_at=timezone.now())
        _write("summary_read", f"{by} has read the summary of {stored}.", stored, by)
    return True


def note_opened(*, visit: Visit, by: User) -> bool:
    """Write the access line of a governor who opened the shared summary; once a person, so that Home asks once."""
    if not visit.is_with_the_school or history.already(SUMMARY_OPENED, by=by, among=[visit]):
        return False
    history.record(
        SUMMARY_OPENED, f"{by} opened the summary of {visit}.", by=by, target=visit, school=visit.school
    )
    return True


def reply(*, form: SeenForm, by: Reader, left_as_read: str = "") -> bool:
    """Save the school's reply, or a change to it, and tell the forum's workers. Who replies has read the notes.

    `left_as_read` is the digest of a comment in which the guard marked something that may stay.

    Raises what `save_seen` does, NotWithTheSchool before the notes are shared and once the visit is closed, and
    TooManyReplies once so many were sent that one had better ring.
    """
    given = cast(Reply, form.instance)
    with transaction.atomic():
        stored = lock_visit(given.visit)
        if stored.status != VisitStatus.SHARED:
            raise NotWithTheSchool(why_no_reply(stored))
        given.replier, given.replied_at = by.name, timezone.now()
        is_changed = save_seen(form, kind="visit.replied", tell=_told(by), by=by, school=stored.school)
        Reply.objects.filter(pk=given.pk).update(left_as_read=left_as_read)
        if is_changed:
            _check_not_too_many(given, stored)
            Reply.objects.filter(pk=given.pk).update(replier=given.replier, replied_at=given.replied_at)
            Receipt.objects.get_or_create(visit=stored, email=by.email, defaults={"reader": by.name})
            summary_emails.replied(visit=stored, reply=given)
    return is_changed


def _check_not_too_many(reply: Reply, visit: Visit) -> None:
    """Raises TooManyReplies for one more than may be sent; its own line of history is among them."""
    sent = history.of_target(reply).filter(kind="visit.replied")
    opened = history.of_target(visit).filter(kind="visit.reopened").order_by("-pk").first()
    if (sent.filter(pk__gt=opened.pk) if opened else sent).count() > MOST_REPLIES:
        raise TooManyReplies


def _told(by: Reader) -> Callable[[Reply], str]:
    return lambda row: f"{by} replied to the notes of {row.visit}: {row.get_verdict_display().lower()}."


def why_no_reply(visit: Visit) -> str:
    """Why the school cannot reply as the visit stands, and whom to ask; empty where it can."""
    if visit.status == VisitStatus.SHARED:
        return ""
    if visit.status == VisitStatus.CLOSED:
        forum = ProgrammeSettings.load().forum_short_name
        return f"This visit is closed, so that the reply cannot be changed any more. Ask {forum} to open it again."
    return "The notes of this visit are not shared yet."


def close(*, visit: Visit, by: User, today: date) -> bool:
    """Close the visit. Raises ReplyStillOpen while the school has not replied and still has time to."""
    with transaction.atomic():
        stored = lock_visit(visit)
        if stored.status == VisitStatus.CLOSED:
            return False
        check_move(stored, VisitStatus.CLOSED)
        _check_reply(stored, today)
        stored.closed_at, stored.closed_by = timezone.now(), by
        write_status(stored, VisitStatus.CLOSED, "closed_at", "closed_by")
        _write("closed", f"{by} closed {stored}.", stored, by)
    return True


def reopen(*, visit: Visit, by: User, reason: str) -> bool:
    """Open a closed visit again, so that the reply can be changed. Raises ReasonOwed."""
    with transaction.atomic():
        stored = lock_visit(visit)
        if stored.status == VisitStatus.SHARED:
            return False
        _check_stands(stored, VisitStatus.CLOSED)
        check_move(stored, VisitStatus.SHARED, reason=reason)
        stored.closed_at = stored.closed_by = None
        write_status(stored, VisitStatus.SHARED, "closed_at", "closed_by")
        details = {"reason": reason.strip()}
        history.record(
            "visit.reopened",
            f"{by} opened {stored} again.",
            by=by,
            target=stored,
            school=stored.school,
            details=details,
        )
    return True


def _check_stands(visit: Visit, there: VisitStatus) -> None:
    """Raises MoveNotAllowed when it stands elsewhere, from where another move may lead to the same status."""
    if visit.status != there:
        stands = visit.get_status_display().lower()
        raise MoveNotAllowed(f"{visit} is “{stands}” now: this cannot be done from there.")


def _check_notes(visit: Visit) -> None:
    owed = notes_owed(visit)
    if owed:
        raise NotesOwed(f"Before that, {' and '.join(owed)}.")


def _check_reply(visit: Visit, today: date) -> None:
    if reply_of(visit) is None and reply_shown(visit, today=today).is_open:
        until = date_words(visit.summary.reply_by)
        raise ReplyStillOpen(
            f"The school can reply until {until}. Close the visit after that, or once it has replied."
        )


def _write(kind: str, summary: str, visit: Visit, by: User | Reader) -> None:
    history.record(f"visit.{kind}", summary, by=by, target=visit, school=visit.school)
