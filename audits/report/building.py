"""Building one report: claim it, lay it out, store the file, and say so only if it is still ours to say.

Two builders never write the same file, since each file's name carries the token of the claim. The one whose
claim still holds at the end wins; the other takes its own file away, and the winner takes away whatever
builders that were killed have left behind.
"""

import hashlib
import logging
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from audits.models import Report
from audits.report.rendering import paper_look, report_pdf
from audits.snapshot import UnreadableSnapshotError, read_snapshot
from core import jobs
from core.pdf import Pdf, PdfError

logger = logging.getLogger(__name__)

BACK_OFF_SECONDS = (20, 120)
"""How long to wait after the first and the second failure; the third is final."""

NO_ROOM = "The file could not be stored. The disk may be full or not writable."
NOT_LAID_OUT = "Something in this report could not be laid out. Nothing of your audit is lost."


def build(pk: int) -> None:
    """Build the report if it is to be built and can be claimed; a failure is written down and tried again.

    Does nothing when the report is gone, done, or in another builder's hands. Safe to run any number of times.
    """
    claim = Report.objects.claim(pk)
    if claim is None:
        return
    report = Report.objects.get(pk=pk)
    try:
        with jobs.keep_lease(Report.objects.all(), claim):
            pdf = report_pdf(read_snapshot(report.snapshot), paper_look())
            name = _store(report, claim, pdf)
    except UnreadableSnapshotError as error:
        Report.objects.fail(claim, str(error))
    except OSError:
        logger.exception("Report %s could not be stored.", pk)
        _try_again(report, claim, NO_ROOM)
    except PdfError as error:
        logger.error("Report %s asked for something outside itself: %s", pk, error)  # noqa: TRY400
        _try_again(report, claim, NOT_LAID_OUT)
    except Exception:  # a fault of ours must not take the worker with it, and the school must be told
        logger.exception("Report %s could not be built.", pk)
        _try_again(report, claim, NOT_LAID_OUT)
    else:
        _finish(report, claim, name, pdf)


def _folder(report: Report) -> str:
    return f"reports/{report.pk}"


def _store(report: Report, claim: jobs.Claim, pdf: Pdf) -> str:
    """Write the file under a name that no other builder can have; returns the name."""
    wanted = f"{_folder(report)}/{report.edition}-{claim.token.hex}.pdf"
    return default_storage.save(wanted, ContentFile(pdf.content))


def _finish(report: Report, claim: jobs.Claim, name: str, pdf: Pdf) -> None:
    won = Report.objects.finish(
        claim,
        file=name,
        sha256=hashlib.sha256(pdf.content).hexdigest(),
        pages=pdf.pages,
        built_at=timezone.now(),
    )
    if won:
        _take_away_leftovers(report, keep=name)
    else:
        default_storage.delete(name)


def _take_away_leftovers(report: Report, *, keep: str) -> None:
    """Delete every other file of this report: a killed builder's, or one that this build replaces."""
    folder = _folder(report)
    for leftover in default_storage.listdir(folder)[1]:
        if f"{folder}/{leftover}" != keep:
            default_storage.delete(f"{folder}/{leftover}")


def _try_again(report: Report, claim: jobs.Claim, reason: str) -> None:
    last = report.attempts > len(BACK_OFF_SECONDS)
    wait = None if last else timedelta(seconds=BACK_OFF_SECONDS[report.attempts - 1])
    Report.objects.fail(claim, reason, retry_at=timezone.now() + wait if wait else None)
