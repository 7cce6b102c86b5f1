"""Thin tasks of the visits app."""

from celery import shared_task

from visits import reminding
from visits.due import make_due_visits
from visits.forgetting import forget_what_is_over
from visits.pdf import families


@shared_task
def make_visits() -> None:
    """Put every visit that a school is owed on the list of what is to be planned."""
    make_due_visits()


@shared_task
def forget() -> None:
    """Delete what is over: who had a record open, and the words of themes that were removed."""
    forget_what_is_over()


@shared_task
def send_reminder(pk: int) -> None:
    """Send one reminder of a visit, if it still waits for that."""
    reminding.remind(pk)


@shared_task(soft_time_limit=120, time_limit=150)  # a minute would be long; a lease is renewed for ever
def build_families_sheet(pk: int) -> None:
    """Build the PDF of one published edition, if it is still to be built."""
    families.build(pk)
