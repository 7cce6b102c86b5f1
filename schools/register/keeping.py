"""Uploaded register files: where they lie, and when they go."""

from datetime import timedelta

from django.core.files.storage import default_storage
from django.utils import timezone

from schools.models import RegisterDifference, RegisterRun

FOLDER = "register"
DAYS_KEPT = 14
"""How long a file that nobody applies or throws away is kept; by then the register has another."""
HOURS_OF_AN_UPLOAD = 24
"""A file without a run that is younger may belong to an upload under way."""


def drop_files(run: RegisterRun) -> None:
    """Delete the run's files from the storage; harmless when they are gone."""
    for stored in (run.file, run.links):
        if stored:
            default_storage.delete(str(stored.name))
    RegisterRun.objects.filter(pk=run.pk).update(file="", links="")


def forget_old_runs() -> int:
    """Give up runs that nobody has applied in time, and delete files that no run has; returns how many."""
    outcome, now = RegisterRun.Outcome, timezone.now()
    ended = [RegisterRun.Status.DONE, RegisterRun.Status.FAILED]
    settled = [outcome.APPLIED, outcome.DISCARDED, outcome.REFUSED, outcome.EXPIRED]
    old = RegisterRun.objects.filter(status__in=ended, begun_at__lt=now - timedelta(days=DAYS_KEPT))
    forgotten = 0
    for run in old.exclude(outcome__in=settled):
        given_up = RegisterRun.objects.filter(pk=run.pk, status=run.status, outcome=run.outcome)
        if given_up.update(status=RegisterRun.Status.DONE, outcome=outcome.EXPIRED):
            drop_files(run)
            RegisterDifference.objects.filter(run=run).delete()
            forgotten += 1
    return forgotten + _delete_orphans()


def _delete_orphans() -> int:
    """Files of uploads that were cut off before their run was stored, or of runs that were killed as they ended."""
    if not default_storage.exists(FOLDER):
        return 0
    live = RegisterRun.objects.exclude(outcome__in=[RegisterRun.Outcome.APPLIED])
    known = {name for pair in live.values_list("file", "links") for name in pair}
    before = timezone.now() - timedelta(hours=HOURS_OF_AN_UPLOAD)
    orphans = [
        name
        for name in (f"{FOLDER}/{file}" for file in default_storage.listdir(FOLDER)[1])
        if name not in known and default_storage.get_modified_time(name) < before
    ]
    for name in orphans:
        default_storage.delete(name)
    return len(orphans)
