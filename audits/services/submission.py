"""Submitting an audit: from then on it is read-only, and its report is on the way."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from audits.enums import AuditStatus
from audits.models import Audit, Report
from audits.queries import what_is_missing
from audits.services.answering import lock_open_audit
from audits.services.errors import MoveNotAllowed, NotReadyToSubmit
from audits.snapshot import take_snapshot
from core import history, jobs


def submit(*, audit: Audit, by: User) -> Report:
    """Submit the audit and queue its support report, in one transaction; a newer report supersedes the older.

    Raises AuditIsClosed for one that is submitted already, NotReadyToSubmit while statements are blank or
    lack the reason why they do not apply.
    """
    with transaction.atomic():
        locked = lock_open_audit(audit)
        if locked.status == AuditStatus.NOT_STARTED:
            raise MoveNotAllowed("Nobody has answered anything yet, so there is nothing to submit.")
        missing = what_is_missing(locked)
        if missing.stops_submission:
            raise NotReadyToSubmit("Some statements still need an answer or a reason.")
        now = timezone.now()
        locked.status = AuditStatus.SUBMITTED
        locked.submitted_at, locked.submitted_by = now, by
        locked.reviewed_at = locked.reviewed_by = None
        locked.save(update_fields=["status", "submitted_at", "submitted_by", "reviewed_at", "reviewed_by"])
        report = _queue_report(locked, by)
        history.record(
            "audit.submitted",
            f"{by} submitted the self-audit; report {report.edition} was asked for.",
            by=by,
            target=locked,
            school=locked.school,
            details={"report": report.pk, "edition": report.edition},
        )
    return report


def _queue_report(audit: Audit, by: User) -> Report:
    latest = audit.reports.aggregate(Max("edition"))["edition__max"] or 0
    report = Report.objects.create(
        audit=audit,
        edition=latest + 1,
        snapshot=take_snapshot(audit),
        requested_at=timezone.now(),
        requested_by=by,
    )
    audit.reports.filter(edition__lt=report.edition, superseded_by__isnull=True).update(superseded_by=report)
    jobs.hand_over(report)
    return report
