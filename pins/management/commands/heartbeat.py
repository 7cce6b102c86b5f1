"""When the worker or beat last spoke; for supervisors that want to know that one is there."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.models import Heartbeat
from pins.health import heartbeat_age, patience


class Command(BaseCommand):
    help = "Say when the worker (or beat) last spoke; fail when that is too long ago."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which of the two."""
        names = (Heartbeat.WORKER, Heartbeat.BEAT)
        parser.add_argument("name", nargs="?", choices=names, default=Heartbeat.WORKER)

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        """Both speak by themselves, so silence means that none is left or that it does not work."""
        called = "A worker" if name == Heartbeat.WORKER else "Beat"
        age = heartbeat_age(name)
        if age is None:
            raise CommandError(f"{called} has never spoken.")
        if age >= patience(name):
            raise CommandError(f"{called} last spoke {age} seconds ago.")
        self.stdout.write(f"{called} spoke {age} seconds ago.")
