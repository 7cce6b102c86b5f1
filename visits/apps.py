"""Three meetings a school with its parent carers, and what becomes of them."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "visits"
    verbose_name = "Visits"

    def ready(self) -> None:
        from core import jobs
        from schools import more_pages
        from visits.models import FamiliesEdition, VisitReminder
        from visits.queries.families_public import page_of

        jobs.register(VisitReminder, task="visits.tasks.send_reminder")
        jobs.register(FamiliesEdition, task="visits.tasks.build_families_sheet")
        more_pages.register(page_of)
