"""What an administrator does with a register file: send it, apply what was checked, check again, throw it away."""

from __future__ import annotations

import uuid
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import history, jobs
from schools.models import RegisterDifference, RegisterRun
from schools.register.keeping import drop_files
from schools.services.errors import RegisterError

Status, Step, Outcome = RegisterRun.Status, RegisterRun.Step, RegisterRun.Outcome


def upload(*, file: UploadedFile[Any], links: UploadedFile[Any] | None, by: User) -> RegisterRun:
    """Keep the files and have them checked; nothing of the schools is changed."""
    run = RegisterRun(asked_by=by, file_name=_plain_name(file))
    run.file.save(f"{uuid.uuid4().hex}.csv", file, save=False)
    if links is not None:
        run.links_name = _plain_name(links)
        run.links.save(f"{uuid.uuid4().hex}.csv", links, save=False)
    with transaction.atomic():
        run.save()
        history.record("register.uploaded", f"{run.file_name} was sent to be checked.", by=by, target=run)
        jobs.hand_over(run)
    return run


def _plain_name(file: UploadedFile[Any]) -> str:
    return PurePath(file.name or "register.csv").name[-120:]


def apply(*, run: RegisterRun, by: User) -> None:
    """Have exactly what was checked written; raises RegisterError when it is no longer there to be applied."""
    now = timezone.now()
    with transaction.atomic():
        waits = RegisterRun.objects.to_do().filter(pk=run.pk, digest=run.digest)
        approved = waits.update(
            step=Step.APPLY, approved_at=now, approved_by=by, **_queued_anew(), outcome=Outcome.NONE
        )
        if not approved:
            raise RegisterError("Somebody else has just applied this file, or thrown it away.")
        jobs.hand_over(run)


def check_again(*, run: RegisterRun, by: User) -> None:
    """Have the same files checked beside the schools as they are now; raises RegisterError when that is not open."""
    if not run.may_be_checked_again:
        raise RegisterError("This file cannot be checked again now.")
    with transaction.atomic():
        same = RegisterRun.objects.filter(pk=run.pk, status=run.status, outcome=run.outcome)
        again = {"approved_at": None, "approved_by": None, "outcome": Outcome.NONE}
        if not same.update(step=Step.CHECK, **_queued_anew(), **again):
            raise RegisterError("Somebody else is already working on this file.")
        history.record("register.checked_again", f"{run.file_name} is checked once more.", by=by, target=run)
        jobs.hand_over(run)


def _queued_anew() -> dict[str, object]:
    now = timezone.now()
    fresh = {"queued_at": now, "not_before": now, "attempts": 0, "failure": "", "rows_read": 0}
    return {"status": Status.QUEUED, **fresh}


def discard(*, run: RegisterRun, by: User) -> None:
    """Throw the files away; nothing of the schools is changed. Raises RegisterError when work on them is under way."""
    open_still = [Outcome.NONE, Outcome.CHECKED, Outcome.STALE]
    with transaction.atomic():
        idle = RegisterRun.objects.filter(
            pk=run.pk, status__in=[Status.DONE, Status.FAILED], outcome__in=open_still
        )
        if not idle.update(
            status=Status.DONE, outcome=Outcome.DISCARDED, discarded_at=timezone.now(), discarded_by=by
        ):
            raise RegisterError("This file is being worked on, or is no longer there.")
        RegisterDifference.objects.filter(run=run).delete()
        history.record("register.discarded", f"{run.file_name} was thrown away.", by=by, target=run)
        transaction.on_commit(lambda: drop_files(run))
