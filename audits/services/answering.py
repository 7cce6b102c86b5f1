"""Saving answers: nothing is overwritten unseen, nothing is written that did not change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NewType

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from audits.enums import OPEN_STATUSES, AnswerState, AuditStatus
from audits.models import Answer, Audit, Statement
from audits.services.errors import AuditIsClosed, SchoolWithdrew
from core import history
from core.page_marks import NO_PAGE, PageMark
from core.prepared import Prepared

LockedAudit = NewType("LockedAudit", Audit)
"""An open audit whose row is locked until the transaction ends, so that it stays open for as long."""

_LOCKED = Prepared(lambda audit: Audit.objects.with_withdrawal().select_for_update().filter(pk=audit), int)


@dataclass(frozen=True)
class AnswerValues:
    """What a person says about one statement."""

    state: AnswerState = AnswerState.BLANK
    rating: int | None = None
    reason: str = ""
    evidence_note: str = ""
    come_back: bool = False

    @classmethod
    def of(cls, answer: Answer | None) -> "AnswerValues":
        """The values that are stored; all blank when nothing is."""
        if answer is None:
            return cls()
        return cls(
            state=AnswerState(answer.state),
            rating=answer.rating,
            reason=answer.reason,
            evidence_note=answer.evidence_note,
            come_back=answer.come_back,
        )

    @property
    def choice(self) -> str:
        """The one of the options that was chosen, as a form has it; empty when none was."""
        return str(self.rating or (self.state if self.state != AnswerState.BLANK else ""))


@dataclass(frozen=True)
class Given:
    """One answer as it was sent: to which statement, what, the revision that was seen (0 for none), on which page."""

    statement: Statement
    values: AnswerValues
    seen_revision: int
    mark: PageMark = NO_PAGE


@dataclass
class Outcome:
    """What became of the answers that were sent, by statement id."""

    saved: dict[int, Answer] = field(default_factory=dict)
    conflicts: dict[int, Answer] = field(default_factory=dict)
    """The stored answers that somebody else changed meanwhile; nothing was written for these."""


def lock_open_audit(audit: Audit) -> LockedAudit:
    """The audit, locked until the transaction ends; raises as `as_open` does."""
    return as_open(_LOCKED.first(audit.pk))


def as_open(locked: Audit | None) -> LockedAudit:
    """An audit that was fetched with its lock; raises AuditIsClosed, or SchoolWithdrew, unless it can be answered."""
    if locked is None or locked.status not in OPEN_STATUSES:
        raise AuditIsClosed
    if locked.school_withdrew:
        raise SchoolWithdrew
    return LockedAudit(locked)


def begin(audit: Audit, *, by: User) -> None:
    """Move a locked audit that nobody has begun to "in progress"; does nothing to one that was."""
    if audit.status != AuditStatus.NOT_STARTED:
        return
    audit.status = AuditStatus.IN_PROGRESS
    audit.save(update_fields=["status"])
    history.record("audit.begun", f"{by} began the self-audit.", by=by, target=audit, school=audit.school)


def save_answers(*, audit: Audit, given: Iterable[Given], known: Mapping[int, Answer], by: User) -> Outcome:
    """Save what changed among the answers `given`, and begin the audit if this is its first answer.

    `known` are the stored answers by statement id, as read before the transaction. An answer that somebody
    else changed since the sender saw it is left alone and returned among the conflicts, unless it already
    says the same, or the same person wrote it from the very page that now sends again. Raises AuditIsClosed.
    """
    with transaction.atomic():
        return save_into(lock_open_audit(audit), given=given, known=known, by=by)


def save_into(
    audit: LockedAudit, *, given: Iterable[Given], known: Mapping[int, Answer], by: User
) -> Outcome:
    """What `save_answers` does, for who fetched the audit with its lock."""
    outcome = Outcome()
    for one in given:
        _save_one(audit, one, known.get(one.statement.pk), by, outcome)
    if outcome.saved:
        begin(audit, by=by)
    return outcome


def _save_one(audit: Audit, given: Given, known: Answer | None, by: User, outcome: Outcome) -> None:
    # Only what the sender had seen may spare the comparison: `known` may be older than the lock.
    if AnswerValues.of(known) == given.values and given.seen_revision == (known.revision if known else 0):
        return
    written = _insert(audit, given, by) if known is None else _update(known, given, by)
    if written is not None:
        outcome.saved[given.statement.pk] = written
        return
    current = Answer.objects.select_related("answered_by").get(audit=audit, statement=given.statement)
    if AnswerValues.of(current) == given.values or _replace_own(current, given, by):
        outcome.saved[given.statement.pk] = current
    else:
        outcome.conflicts[given.statement.pk] = current


def _replace_own(current: Answer, given: Given, by: User) -> Answer | None:
    """Write over what this page wrote already and never heard of; None when somebody or something else wrote it."""
    if current.answered_by_id != by.pk or not given.mark.continues(PageMark.read(current.page_mark)):
        return None
    return _update(current, replace(given, seen_revision=current.revision), by)


def _insert(audit: Audit, given: Given, by: User) -> Answer | None:
    try:
        with transaction.atomic():
            return Answer.objects.create(
                audit=audit,
                statement=given.statement,
                answered_by=by,
                answered_at=timezone.now(),
                page_mark=str(given.mark),
                **vars(given.values),
            )
    except IntegrityError:
        if not Answer.objects.filter(audit=audit, statement=given.statement).exists():
            raise  # not because somebody answered it first: the database refuses what was given
        return None


def _update(known: Answer, given: Given, by: User) -> Answer | None:
    changes = {
        **vars(given.values),
        "revision": given.seen_revision + 1,
        "answered_by": by,
        "answered_at": timezone.now(),
        "page_mark": str(given.mark),
    }
    rows = Answer.objects.filter(pk=known.pk, revision=given.seen_revision).update(**changes)
    if not rows:
        return None
    for name, value in changes.items():
        setattr(known, name, value)
    return known
