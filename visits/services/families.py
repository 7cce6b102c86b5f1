"""What families read: drafting the words, approving them on both sides, publishing, taking down.

Every change of words takes both approvals back, and an approval holds the digest of what was read: see
docs/decisions/0033. While the school waits for the answer to a change it asked for, nothing is approved or published.
"""

from datetime import datetime
from typing import cast

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import history, jobs
from core.models import ProgrammeSettings
from core.seen import SeenForm, save_seen
from schools.models import ProgrammeYear, School
from schools.services.years import lock_open_year
from visits import families_emails
from visits.models import FamiliesEdition, FamiliesLine, FamiliesPage
from visits.queries.families import Words, approvals_of, drafted, marked_in, themes_to_draft, words_of
from visits.queries.waiting import wanted_by
from visits.services.errors import (
    ChangeIsOpen,
    MarkedWords,
    MoreWasAsked,
    NothingToPublish,
    NotOnThePublicList,
    ReadInANewerEdition,
    ReasonOwed,
    VisitError,
    WordsChanged,
)

SCHOOL, FORUM = "school", "forum"
"""Who has to approve."""


def side_words(side: str) -> str:
    """Who has to approve, in words."""
    return "the school" if side == SCHOOL else ProgrammeSettings.load().forum_short_name


def draft(*, school: School, year: ProgrammeYear, by: User) -> int:
    """Begin the page of a year, or add what was decided since; returns how many lines came.

    Raises YearIsClosed. What stands on the page already is not touched, and a change that was asked for stays open.
    """
    with transaction.atomic():
        lock_open_year(year)
        page, began = FamiliesPage.objects.get_or_create(school=school, programme_year=year)
        page = _lock(page)
        themes = themes_to_draft(page)
        FamiliesLine.objects.bulk_create(FamiliesLine(page=page, **drafted(theme)) for theme in themes)
        if themes:
            _take_approvals_back(page)
        if themes or began:
            told = f"{by} drafted {len(themes)} lines for families in {year}."
            history.record("families.drafted", told, by=by, target=page, school=school)
    return len(themes)


def save_intro(*, form: SeenForm, by: User) -> bool:
    """Change the first words of a page; raises what `save_seen` does, and YearIsClosed."""
    return _save(cast(FamiliesPage, form.instance), form, "first words", by)


def save_line(*, form: SeenForm, by: User) -> bool:
    """Add or change a line of a page; raises what `save_seen` does, and YearIsClosed.

    A new one that says exactly what another says is that one, sent twice: it is not added again.
    """
    line = cast(FamiliesLine, form.instance)
    with transaction.atomic():
        _lock(line.page)
        said = {name: getattr(line, name) for name in form.fields if name != "seen"}
        if line.pk is None and FamiliesLine.objects.filter(page=line.page, **said).exists():
            return False
        return _save(line.page, form, "a line", by)


def _save(page: FamiliesPage, form: SeenForm, what: str, by: User) -> bool:
    with transaction.atomic():
        locked = _lock(page)
        saved = save_seen(
            form,
            kind="families.words",
            tell=lambda _: f"{by} wrote {what} for families in {page.programme_year}.",
            by=by,
            school=page.school,
        )
        if saved:
            _begin_anew(locked)
    return saved


def remove_line(*, line: FamiliesLine, by: User) -> None:
    """Take a line off the page; one that somebody else removed a moment ago is gone. Raises YearIsClosed."""
    with transaction.atomic():
        page = _lock(line.page)
        removed, _ = FamiliesLine.objects.filter(pk=line.pk).delete()
        if removed:
            _begin_anew(page)
            told = f"{by} took a line for families off the page of {page.programme_year}."
            history.record("families.words", told, by=by, target=page, school=page.school)


def approve(*, page: FamiliesPage, side: str, seen: str, by: User, names_nobody: bool = False) -> None:
    """Approve for one side the words whose digest is `seen`; pressing twice approves once.

    Raises YearIsClosed, NothingToPublish for an empty page, WordsChanged where the words are others now, ChangeIsOpen
    where the school waits for other words, and MarkedWords where the guard marks something of which `names_nobody` was
    not said.
    """
    with transaction.atomic():
        locked = _lock(page)
        words = words_of(locked)
        _refuse_empty(words)
        if seen != words.digest:
            raise WordsChanged
        _refuse_open(locked)
        if not names_nobody and marked_in(words, locked.school):
            raise MarkedWords
        if getattr(locked, f"{side}_approved_digest") == words.digest:
            return
        _write_approval(locked, side, words.digest, by)
        told = f"{by} approved for {side_words(side)} what families read in {locked.programme_year}."
        history.record(f"families.approved_{side}", told, by=by, target=locked, school=locked.school)
        _ask_the_other_side(locked, side, words, by)


def _ask_the_other_side(page: FamiliesPage, side: str, words: Words, by: User) -> None:
    """By e-mail, unless it approved these words already."""
    other = FORUM if side == SCHOOL else SCHOOL
    if getattr(page, f"{other}_approved_digest") != words.digest:
        wanted = wanted_by(getattr(page, f"{side}_approved_at"))
        families_emails.approval_wanted(page, of_the_school=other == SCHOOL, by=by, wanted_by=wanted)


def ask_for_change(*, page: FamiliesPage, note: str, by: User) -> None:
    """Send the forum what the school would have otherwise, and take the school's own approval back.

    It stays open until the words change, the forum answers or the school withdraws it; what is asked meanwhile is added
    to it, and what is sent twice is there once. Raises YearIsClosed, and NothingToPublish for an empty page.
    """
    with transaction.atomic():
        locked = _lock(page)
        _refuse_empty(words_of(locked))
        more = f"\n\n{by}: {note}"
        if locked.change_note == note or locked.change_note.endswith(more):
            return
        _write_approval(locked, SCHOOL, "", None)
        if locked.change_asked_at:
            _write_change(locked, locked.change_note + more, locked.change_asked_by, locked.change_asked_at)
        else:
            _write_change(locked, note, by, timezone.now())
        told = f"{by} asked for a change of what families read in {locked.programme_year}."
        history.record(
            "families.change_asked",
            told,
            by=by,
            target=locked,
            school=locked.school,
            details={"reason": note},
        )
        families_emails.change_wanted(locked, note=note, by=by)


def withdraw_change(*, page: FamiliesPage, seen: str, by: User) -> bool:
    """Ask for no change any more, and tell the forum; the school approves these words anew. Says whether one was open.

    `seen` is the page's `change_seen` as it was shown. Raises YearIsClosed, and MoreWasAsked where more was added.
    """
    with transaction.atomic():
        locked = _lock(page)
        if locked.change_asked_at is None:
            return False
        _refuse_unseen(locked, seen)
        note = locked.change_note
        _write_change(locked, "", None, None)
        told = (
            f"{by} withdrew the change that was asked for of what families read in {locked.programme_year}."
        )
        details = {"asked": note}
        history.record(
            "families.change_withdrawn", told, by=by, target=locked, school=locked.school, details=details
        )
        families_emails.change_withdrawn(locked, note=note, by=by)
    return True


def answer_change(*, page: FamiliesPage, reason: str, seen: str, by: User) -> None:
    """Say that the words stay as they are, and why; both sides approve anew. Answered twice is answered once.

    The school reads why by e-mail. `seen` is the page's `change_seen` as it was shown. Raises YearIsClosed, ReasonOwed
    without a reason, and MoreWasAsked where more was added since.
    """
    if not reason.strip():
        raise ReasonOwed
    with transaction.atomic():
        locked = _lock(page)
        if locked.change_asked_at is None:
            return
        _refuse_unseen(locked, seen)
        note, asked_by = locked.change_note, locked.change_asked_by
        _begin_anew(locked)
        told = f"{by} answered {asked_by}: what families read in {locked.programme_year} stays as it is."
        details = {"reason": reason.strip(), "asked": note}
        history.record(
            "families.change_answered", told, by=by, target=locked, school=locked.school, details=details
        )
        families_emails.change_answered(locked, note=note, reason=reason.strip(), by=by)


def take_approval_back(*, page: FamiliesPage, side: str, by: User) -> None:
    """No longer approve for one side; what is published stays until it is taken down. Twice is once."""
    with transaction.atomic():
        locked = _lock(page)
        if not getattr(locked, f"{side}_approved_digest"):
            return
        _write_approval(locked, side, "", None)
        told = f"{by} took back for {side_words(side)} the approval of what families read in {locked.programme_year}."
        history.record(f"families.unapproved_{side}", told, by=by, target=locked, school=locked.school)


def publish(*, page: FamiliesPage, by: User) -> FamiliesEdition:
    """Put the words that both sides approved on the school's public address; a worker makes the sheet for printing.

    Publishing what is published already changes nothing. Raises YearIsClosed, ChangeIsOpen where the school waits for
    other words, NothingToPublish without both approvals of these words, NotOnThePublicList for a school that families
    do not find.
    """
    with transaction.atomic():
        locked = _lock(page)
        School.objects.select_for_update().get(pk=locked.school_id)
        words = words_of(locked)
        _refuse_empty(words)
        _refuse_open(locked)
        if not all(approval.stands for approval in approvals_of(locked, words)):
            raise NothingToPublish(
                f"Both the school and {side_words(FORUM)} have to approve these words first."
            )
        if not School.objects.on_public_list().filter(pk=locked.school_id).exists():
            raise NotOnThePublicList(locked.school)
        current = FamiliesEdition.objects.current().filter(school=locked.school).first()
        if current is not None and current.digest == words.digest:
            return current
        return _new_edition(locked, words, by)


def _new_edition(page: FamiliesPage, words: Words, by: User) -> FamiliesEdition:
    former = FamiliesEdition.objects.filter(school=page.school).first()
    FamiliesEdition.objects.current().filter(school=page.school).update(is_current=False)
    edition = FamiliesEdition.objects.create(
        page=page,
        school=page.school,
        edition=former.edition + 1 if former else 1,
        snapshot=words.content,
        digest=words.digest,
        published_by=by,
    )
    told = f"{by} published edition {edition.edition} for families, {page.programme_year}."
    history.record("families.published", told, by=by, target=edition, school=page.school)
    families_emails.published(page)
    jobs.hand_over(edition)
    return edition


def withdraw(*, edition: FamiliesEdition, reason: str, by: User) -> None:
    """Take what families read off the public address at once, also in a closed year; no older edition comes back.

    Both sides approve anew before anything is published, and the others of both read why. Taken down twice is taken
    down once. Raises ReasonOwed without a reason, and ReadInANewerEdition where families read another one by now.
    """
    if not reason.strip():
        raise ReasonOwed
    with transaction.atomic():
        page = FamiliesPage.objects.select_for_update(of=("self",)).get(pk=edition.page_id)
        locked = FamiliesEdition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
        if not locked.is_current:
            _refuse_newer(locked)
            return
        locked.is_current, locked.withdrawn_reason = False, reason.strip()
        locked.withdrawn_at, locked.withdrawn_by = timezone.now(), by
        locked.save(update_fields=["is_current", "withdrawn_reason", "withdrawn_at", "withdrawn_by"])
        _take_approvals_back(page)
        told = f"{by} took down what families read (edition {locked.edition})."
        details = {"reason": locked.withdrawn_reason}
        history.record(
            "families.withdrawn", told, by=by, target=locked, school=edition.school, details=details
        )
        families_emails.taken_down(page, reason=locked.withdrawn_reason, by=by)


def _refuse_newer(edition: FamiliesEdition) -> None:
    current = FamiliesEdition.objects.current().filter(school=edition.school_id).first()
    if current is not None:
        raise ReadInANewerEdition(current.edition)


def make_sheet_again(*, edition: FamiliesEdition, by: User) -> None:
    """Queue the sheet of an edition again that failed, or whose file is gone. Raises VisitError for any other."""
    wanted = FamiliesEdition.Status.FAILED, FamiliesEdition.Status.READY
    with transaction.atomic():
        rows = FamiliesEdition.objects.select_for_update(of=("self",))
        locked = rows.filter(pk=edition.pk, status__in=wanted).first()
        if locked is None or (locked.status == FamiliesEdition.Status.READY and locked.has_file):
            raise VisitError("The sheet is there already, or on its way.")
        locked.status, locked.attempts, locked.failure = FamiliesEdition.Status.QUEUED, 0, ""
        locked.queued_at = locked.not_before = timezone.now()
        locked.save(update_fields=["status", "attempts", "failure", "queued_at", "not_before"])
        told = f"{by} asked for the sheet of edition {locked.edition} to be made again."
        history.record("families.retried", told, by=by, target=locked, school=edition.school)
        jobs.hand_over(locked)


def _lock(page: FamiliesPage) -> FamiliesPage:
    """The page as stored, locked until the transaction ends. Raises YearIsClosed for an archive."""
    lock_open_year(page.programme_year)
    pages = FamiliesPage.objects.select_for_update(of=("self",))
    return pages.select_related("school", "programme_year").get(pk=page.pk)


def _refuse_empty(words: Words) -> None:
    if not words.content["lines"]:
        raise NothingToPublish(
            "Nothing stands on the page yet. Draft it from what was decided, or add a line."
        )


def _refuse_unseen(page: FamiliesPage, seen: str) -> None:
    if page.change_seen != seen:
        raise MoreWasAsked


def _refuse_open(page: FamiliesPage) -> None:
    if page.change_asked_at is not None:
        raise ChangeIsOpen(page.change_asked_by)


def _begin_anew(page: FamiliesPage) -> None:
    """Both sides approve what stands there now, and a change that was asked for is answered by it."""
    _take_approvals_back(page)
    _write_change(page, "", None, None)


def _take_approvals_back(page: FamiliesPage) -> None:
    for side in (SCHOOL, FORUM):
        _write_approval(page, side, "", None)


def _write_change(page: FamiliesPage, note: str, by: User | None, at: datetime | None) -> None:
    page.change_note, page.change_asked_by, page.change_asked_at = note, by, at
    page.save(update_fields=["change_note", "change_asked_by", "change_asked_at"])


def _write_approval(page: FamiliesPage, side: str, digest: str, by: User | None) -> None:
    fields = {
        f"{side}_approved_digest": digest,
        f"{side}_approved_by": by,
        f"{side}_approved_at": timezone.now() if by else None,
    }
    for name, value in fields.items():
        setattr(page, name, value)
    page.save(update_fields=list(fields))
