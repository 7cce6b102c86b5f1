"""Run as a program in a data folder of its own: send a register file of so many rows, or approve what was checked."""

import os
import sys
import tempfile
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pins.settings")
django.setup()

from accounts.models import User  # noqa: E402 - models need the settings
from bench.registers import write_register  # noqa: E402
from core import jobs  # noqa: E402
from schools.models import RegisterRun  # noqa: E402
from schools.services.register import apply  # noqa: E402
from tests.factories import UserFactory  # noqa: E402
from tests.schools.register_uploads import a_run  # noqa: E402


def send(rows: int) -> None:
    """As the page does: the files, the row, and the wake-up."""
    with tempfile.TemporaryDirectory() as folder:
        file = write_register(Path(folder) / "register.csv", rows)
        jobs.hand_over(a_run(UserFactory(is_administrator=True), file))


def main(what: str) -> None:
    """A number of rows to send, or "apply"."""
    if what == "apply":
        apply(run=RegisterRun.objects.get(), by=User.objects.get())
    else:
        send(int(what))


if __name__ == "__main__":
    main(sys.argv[1])
