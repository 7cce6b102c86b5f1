"""Schools, who belongs to them, and their part in the programme."""

from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    name = "schools"
    verbose_name = "Schools"

    def ready(self) -> None:
        from core import jobs
        from schools.models import RegisterRun

        jobs.register(RegisterRun, task="schools.tasks.do_register_run")
