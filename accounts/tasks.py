"""Thin tasks about people."""

from celery import shared_task

from accounts.models import HeldPost


@shared_task
def forget_expired_held_posts() -> None:
    """Erase what was held for somebody who did not come back in time."""
    HeldPost.objects.expired().delete()
