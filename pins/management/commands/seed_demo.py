"""Load the demonstration programme: made-up schools, people and self-audits."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.demonstration import PASSWORD
from pins.demo.guard import why_not
from pins.demo.people import PEOPLE
from pins.demo.seeding import seed


class Command(BaseCommand):
    help = "Load the demonstration programme. Run again, it adds what is missing and changes nothing else."

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse where real people might be; otherwise load, saying how far it is."""
        refusal = why_not()
        if refusal:
            raise CommandError(f"Nothing was changed. {refusal}")
        seed(self.stdout.write, today=timezone.localdate())
        self.stdout.write(f"\nSign in with the password {PASSWORD} as:")
        for person in PEOPLE:
            self.stdout.write(f"  {person.email:<26}{person.job_title}{_at(person.schools)}")
        if not settings.DEMO:
            self.stdout.write("\nThey can sign in while PINS_DEMO is on, as it is under bin/run.")


def _at(schools: tuple[str, ...]) -> str:
    return "".join(f", {school}" for school in schools)
