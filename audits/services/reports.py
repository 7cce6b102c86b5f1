"""What people can have done about a report."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audits.models import Report
from audits.services.errors import AuditError
from core import history, jobs


class NothingToRetry(AuditError):  # noqa: N818 - it says a state, and reads as one
    """The report is there, or on its way already."""

    def __init__(self) -> None:
        super().__init__("This report is there already, or on its way.")


def retry(*, report: Report, by: User) -> Report:
    """Queue a report again that failed, or whose file is gone; its snapshot stays as it was.

    Raises NothingToRetry for any other, also when somebody else asked for it a moment ago.
    """
    wanted = Report.objects.filter(pk=report.pk, status__in=[Report.Status.FAILED, Report.Status.READY])
    with transaction.atomic():
        # The report alone: a submission locks the audit before it, and the two would wait for each other.
        locked = wanted.select_for_update(of=("self",)).select_related("audit__school").first()
        if locked is None or (locked.status == Report.Status.READY and locked.has_file):
            raise NothingToRetry
        locked.status = Report.Status.QUEUED
        locked.attempts, locked.failure = 0, ""
        locked.queued_at = locked.not_before = timezone.now()
        locked.save(update_fields=["status", "attempts", "failure", "queued_at", "not_before"])
        history.record(
            "report.retried",
            f"{by} asked for report {locked.edition} to be built again.",
            by=by,
            target=locked,
            school=locked.audit.school,
        )
        jobs.hand_over(locked)
    return locked


def note_opened(*, report: Report, by: User, how: str) -> None:
    """Write the access line: who opened the report, and whether as a page or as a PDF."""
    history.record(
        "report.opened",
        f"{by} opened report {report.edition} {how}.",
        by=by,
        target=report,
        school=report.audit.school,
    )
