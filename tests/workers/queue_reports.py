"""Run as a program in a data folder of its own: queue so many small reports, and say nothing else."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pins.settings")
django.setup()

from django.db import transaction  # noqa: E402 - models need the settings

from core import jobs  # noqa: E402
from tests.audits.report_samples import area, snapshot  # noqa: E402
from tests.factories import AuditFactory, ReportFactory, UserFactory, small_framework  # noqa: E402


def main(count: int) -> None:
    """Queue them as submission does: the row first, and the wake-up on commit."""
    version, by = small_framework(sections=1, statements=1), UserFactory()
    for _ in range(count):
        with transaction.atomic():
            report = ReportFactory(
                audit=AuditFactory(version=version),
                requested_by=by,
                snapshot=snapshot(area("leadership", "Leadership, culture and values", [1, 4])),
            )
            jobs.hand_over(report)


if __name__ == "__main__":
    main(int(sys.argv[1]))
