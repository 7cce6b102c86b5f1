"""Three meetings a school with its parent carers, and what becomes of them."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "visits"
    verbose_name = "Visits"

    def ready(self) -> None:
        from core import jobs
        from visits.models import VisitReminder

        jobs.register(VisitReminder, task="visits.tasks.send_reminder")
