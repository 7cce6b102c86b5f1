"""Thin tasks of the visits app."""

from celery import shared_task

from visits import reminding
from visits.due import make_due_visits


@shared_task
def make_visits() -> None:
    """Put every visit that a school is owed on the list of what is to be planned."""
    make_due_visits()


@shared_task
def send_reminder(pk: int) -> None:
    """Send one reminder of a visit, if it still waits for that."""
    reminding.remind(pk)
