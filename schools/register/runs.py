"""Doing one run: check its files beside what is stored, or write exactly what was checked.

Either may be killed at any moment and is then done anew. A check stores what it finds under the token of its
claim, so that what a killed one left is never shown. Writing is one transaction that ends with the run's own
row, so that it happened wholly or not at all.
"""

import logging
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from core import jobs
from schools.models import RegisterDifference, RegisterRun
from schools.register.apply import MeanwhileError, write
from schools.register.comparison import Kept
from schools.register.differences import Digest, differences
from schools.register.importing import Progress, compare
from schools.register.keeping import drop_files
from schools.register.reading import RegisterRefusedError

logger = logging.getLogger(__name__)

Outcome = RegisterRun.Outcome

BACK_OFF_SECONDS = (10, 60)
"""How long to wait after the first and the second failure; the third is final."""
SECONDS_BETWEEN_NEWS = 0.5
GONE = "The file is no longer there. Upload it again."
OUR_FAULT = "Something went wrong in PINS Hub while it worked on this file. Nothing was changed."


class _NotOursError(Exception):
    """The lease was lost to another worker, which does the work: all of ours is taken back."""


def do(pk: int) -> None:
    """Do what the run waits for, if it can be claimed; a failure is written down and tried again.

    Does nothing when the run is gone, done, or in another worker's hands. Safe to run any number of times.
    """
    claim = RegisterRun.objects.claim(pk)
    if claim is None:
        return
    run = RegisterRun.objects.select_related("approved_by").get(pk=pk)
    step = _check if run.step == RegisterRun.Step.CHECK else _apply
    try:
        with jobs.keep_lease(RegisterRun.objects.all(), claim):
            step(run, claim)
    except _NotOursError:
        logger.warning("Run %s was taken over by another worker.", pk)
    except RegisterRefusedError as refusal:
        _refuse(run, claim, refusal)
    except (MeanwhileError, IntegrityError):
        RegisterRun.objects.finish(claim, outcome=Outcome.STALE)
    except FileNotFoundError:
        RegisterRun.objects.fail(claim, GONE)
    except Exception:  # a fault of ours must not take the worker with it, and people must be told
        logger.exception("Run %s of the register did not work.", pk)
        _try_again(run, claim)


def _check(run: RegisterRun, claim: jobs.Claim) -> None:
    with _copies(run) as (file, links):
        found = compare(file, links, progress=_news(claim))
    token = claim.token.hex
    kept, digest = Kept(run, token), Digest(found.plan)
    kept.keep(digest.over(differences(found.plan)))
    won = RegisterRun.objects.finish(
        claim,
        outcome=Outcome.CHECKED,
        digest=str(digest),
        check_token=token,
        rows_read=found.rows,
        rows_in_all=found.rows,
        **kept.report_on(found),
    )
    mine = RegisterDifference.objects.filter(run=run, check_token=token)
    (RegisterDifference.objects.filter(run=run).exclude(check_token=token) if won else mine).delete()


def _apply(run: RegisterRun, claim: jobs.Claim) -> None:
    with _copies(run) as (file, links):
        found = compare(file, links, progress=_news(claim))
    digest = Digest(found.plan)
    for _ in digest.over(differences(found.plan)):
        pass
    if str(digest) != run.digest:
        raise MeanwhileError
    with transaction.atomic():
        write(found.plan, run=run, compared_at=found.compared_at, by=run.approved_by)
        if not RegisterRun.objects.finish(claim, outcome=Outcome.APPLIED, written_at=timezone.now()):
            raise _NotOursError
    drop_files(run)


def _refuse(run: RegisterRun, claim: jobs.Claim, refusal: RegisterRefusedError) -> None:
    problems = [str(problem) for problem in refusal.problems]
    if RegisterRun.objects.finish(claim, outcome=Outcome.REFUSED, remarks={"problems": problems}):
        drop_files(run)


def _try_again(run: RegisterRun, claim: jobs.Claim) -> None:
    last = run.attempts > len(BACK_OFF_SECONDS)
    wait = None if last else timedelta(seconds=BACK_OFF_SECONDS[run.attempts - 1])
    RegisterRun.objects.fail(claim, OUR_FAULT, retry_at=timezone.now() + wait if wait else None)


def _news(claim: jobs.Claim) -> Progress:
    """Writes down how far the reading is, twice a second at most."""
    last = time.monotonic()

    def tell(read: int, in_all: int) -> None:
        nonlocal last
        if time.monotonic() - last > SECONDS_BETWEEN_NEWS:
            last = time.monotonic()
            RegisterRun.objects.held_by(claim).update(rows_read=read, rows_in_all=in_all)

    return tell


@contextmanager
def _copies(run: RegisterRun) -> Iterator[tuple[Path, Path | None]]:
    """The run's files on this machine, wherever the storage keeps them."""
    with tempfile.TemporaryDirectory(prefix="pins-register-") as folder:
        file = _copy(run.file, Path(folder) / "register.csv")
        links = _copy(run.links, Path(folder) / "links.csv") if run.links else None
        yield file, links


def _copy(stored: FieldFile, path: Path) -> Path:
    if not stored:
        raise FileNotFoundError
    with stored.open("rb") as source, path.open("wb") as target:
        shutil.copyfileobj(source, target, 1 << 16)
    return path
