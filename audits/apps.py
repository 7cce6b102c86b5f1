"""The framework, the self-audit and the support report."""

from django.apps import AppConfig


class AuditsConfig(AppConfig):
    name = "audits"
    verbose_name = "Self-audits"

    def ready(self) -> None:
        from audits.models import Report
        from core import jobs

        jobs.register(Report, task="audits.tasks.build_report")
