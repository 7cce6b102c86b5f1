"""Thin tasks of the ground floor."""

from celery import shared_task

from core import emails, jobs


@shared_task
def sweep() -> None:
    """Hand over again whatever is due; by beat every minute and when a worker starts."""
    jobs.sweep()


@shared_task
def send_email(pk: int) -> None:
    """Send one outgoing e-mail, if it is still to be sent."""
    emails.send(pk)


@shared_task
def forget_old_secrets() -> None:
    """Erase yesterday's sign-in mail."""
    emails.forget_old_secrets()
