"""The ground floor: it knows no app of ours."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        from core import jobs
        from core.models import OutgoingEmail

        jobs.register(OutgoingEmail, task="core.tasks.send_email")
