"""Thin tasks of the audits app."""

from celery import shared_task

from audits.report import building


@shared_task(soft_time_limit=120, time_limit=150)  # a minute would be long; a lease is renewed for ever
def build_report(pk: int) -> None:
    """Build the PDF of one report, if it is still to be built."""
    building.build(pk)
