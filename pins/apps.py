"""The top floor, as an app, so that it can have commands and checks."""

from django.apps import AppConfig


class PinsConfig(AppConfig):
    name = "pins"
    verbose_name = "PINS Hub"

    def ready(self) -> None:
        """Make the checks known."""
        from pins import checks  # noqa: F401
