"""What PACC or a programme lead does with a submitted audit."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audits import emails
from audits.enums import ALLOWED_MOVES, AuditStatus
from audits.models import Audit
from audits.services.errors import AuditError, MoveNotAllowed
from core import history

_OPEN_ALREADY = "This self-audit is open already: the school can answer it."


def review(*, audit: Audit, by: User) -> Audit:
    """Mark a submitted audit as reviewed. Raises MoveNotAllowed for any other."""
    with transaction.atomic():
        locked = Audit.objects.select_for_update().get(pk=audit.pk)
        if AuditStatus.REVIEWED not in ALLOWED_MOVES[AuditStatus(locked.status)]:
            raise MoveNotAllowed("Only a submitted self-audit can be reviewed.")
        locked.status = AuditStatus.REVIEWED
        locked.reviewed_at, locked.reviewed_by = timezone.now(), by
        locked.save(update_fields=["status", "reviewed_at", "reviewed_by"])
        history.record(
            "audit.reviewed", f"{by} reviewed the self-audit.", by=by, target=locked, school=locked.school
        )
    return locked


def check_can_be_sent_back(audit: Audit) -> None:
    """Raises MoveNotAllowed, with the words for whoever asks, unless the audit waits for review."""
    if audit.is_open:
        raise MoveNotAllowed(_OPEN_ALREADY)
    if audit.status != AuditStatus.SUBMITTED:
        raise MoveNotAllowed(
            "Only a self-audit that waits for review can be sent back. You can reopen this one."
        )


def check_can_be_reopened(audit: Audit) -> None:
    """Raises MoveNotAllowed, with the words for whoever asks, unless the audit was submitted."""
    if audit.status == AuditStatus.NOT_STARTED:
        raise MoveNotAllowed("Nobody has begun this self-audit yet, so there is nothing to reopen.")
    if AuditStatus.IN_PROGRESS not in ALLOWED_MOVES[AuditStatus(audit.status)]:
        raise MoveNotAllowed(_OPEN_ALREADY)


def send_back(*, audit: Audit, by: User, note: str) -> Audit:
    """Give a submitted audit back to the school with a note, which may not be blank.

    Raises MoveNotAllowed unless it waits for review, AuditError without a note.
    """
    with transaction.atomic():
        locked = Audit.objects.select_for_update().get(pk=audit.pk)
        check_can_be_sent_back(locked)
        return _return(locked, Audit.Returned.SENT_BACK, note, by)


def reopen(*, audit: Audit, by: User, reason: str) -> Audit:
    """Let the school answer again after submission, for a reason, which may not be blank.

    Raises MoveNotAllowed for an open audit, AuditError without a reason.
    """
    with transaction.atomic():
        locked = Audit.objects.select_for_update().get(pk=audit.pk)
        check_can_be_reopened(locked)
        return _return(locked, Audit.Returned.REOPENED, reason, by)


def _return(audit: Audit, how: Audit.Returned, reason: str, by: User) -> Audit:
    if not reason.strip():
        raise AuditError("Write what the school should look at again.")
    audit.status = AuditStatus.IN_PROGRESS
    audit.returned, audit.returned_reason = how, reason
    audit.returned_at, audit.returned_by = timezone.now(), by
    audit.save(update_fields=["status", "returned", "returned_reason", "returned_at", "returned_by"])
    kind = "audit.sent_back" if how == Audit.Returned.SENT_BACK else "audit.reopened"
    summary = f"{by} {'sent the self-audit back' if how == Audit.Returned.SENT_BACK else 'reopened the self-audit'}."
    history.record(kind, summary, by=by, target=audit, school=audit.school, details={"reason": reason})
    emails.audit_returned(audit=audit)
    return audit
