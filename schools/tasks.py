"""Thin tasks of the schools app."""

from celery import shared_task

from schools.register import keeping, runs


@shared_task(soft_time_limit=900, time_limit=930)  # the national file takes half a minute
def do_register_run(pk: int) -> None:
    """Check or apply one run of the register, if it still waits for that."""
    runs.do(pk)


@shared_task
def forget_old_register_files() -> None:
    """Give up runs that nobody applied, and delete their files."""
    keeping.forget_old_runs()
