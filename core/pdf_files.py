"""A PDF that a worker makes of a row: claimed, laid out, stored, and said only if it is still ours to say.

Two builders never write the same file, since each file's name carries the token of the claim. The one whose
claim still holds at the end wins; the other takes its own file away, and the winner takes away whatever
builders that were killed have left behind.
"""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from core import jobs
from core.pdf import Pdf, PdfError

logger = logging.getLogger(__name__)

BACK_OFF_SECONDS = (20, 120)
"""How long to wait after the first and the second failure; the third is final."""

NO_ROOM = "The file could not be stored. The disk may be full or not writable."


@dataclass(frozen=True)
class Making:
    """How one kind of row becomes a file. The row has `edition`, `file`, `sha256`, `pages` and `built_at`."""

    model: type[jobs.LeasedJob]
    folder: str
    lay_out: Callable[[Any], Pdf]
    not_laid_out: str
    """What people read when it cannot be laid out."""
    hopeless: tuple[type[Exception], ...] = ()
    """What trying again will not mend; its message is for people."""


def build(making: Making, pk: int) -> None:
    """Build the file of a row if it is to be built and can be claimed; a failure is written down and tried again.

    Does nothing when the row is gone, done, or in another builder's hands. Safe to run any number of times.
    """
    rows = jobs.of(making.model)
    claim = rows.claim(pk)
    if claim is None:
        return
    row, what = rows.get(pk=pk), making.model.__name__
    try:
        with jobs.keep_lease(rows, claim):
            pdf = making.lay_out(row)
            name = _store(f"{making.folder}/{pk}", row, claim, pdf)
    except making.hopeless as error:
        rows.fail(claim, str(error))
    except OSError:
        logger.exception("%s %s could not be stored.", what, pk)
        _try_again(row, claim, NO_ROOM)
    except PdfError as error:
        logger.error("%s %s asked for something outside itself: %s", what, pk, error)  # noqa: TRY400
        _try_again(row, claim, making.not_laid_out)
    except Exception:  # a fault of ours must not take the worker with it, and people must be told
        logger.exception("%s %s could not be built.", what, pk)
        _try_again(row, claim, making.not_laid_out)
    else:
        _finish(f"{making.folder}/{pk}", rows, claim, name, pdf)


def _store(folder: str, row: Any, claim: jobs.Claim, pdf: Pdf) -> str:
    """Write the file under a name that no other builder can have; returns the name."""
    wanted = f"{folder}/{row.edition}-{claim.token.hex}.pdf"
    return default_storage.save(wanted, ContentFile(pdf.content))


def _finish(folder: str, rows: jobs.LeasedQuerySet[Any], claim: jobs.Claim, name: str, pdf: Pdf) -> None:
    won = rows.finish(
        claim,
        file=name,
        sha256=hashlib.sha256(pdf.content).hexdigest(),
        pages=pdf.pages,
        built_at=timezone.now(),
    )
    if won:
        _take_away_leftovers(folder, keep=name)
    else:
        default_storage.delete(name)


def _take_away_leftovers(folder: str, *, keep: str) -> None:
    """Delete every other file of this row: a killed builder's, or one that this build replaces."""
    for leftover in default_storage.listdir(folder)[1]:
        if f"{folder}/{leftover}" != keep:
            default_storage.delete(f"{folder}/{leftover}")


def _try_again(row: Any, claim: jobs.Claim, reason: str) -> None:
    last = row.attempts > len(BACK_OFF_SECONDS)
    wait = None if last else timedelta(seconds=BACK_OFF_SECONDS[row.attempts - 1])
    jobs.of(type(row)).fail(claim, reason, retry_at=timezone.now() + wait if wait else None)
