"""How far a report is that is not there yet."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from audits.models import Report
from core.models import Heartbeat

LONG = timedelta(seconds=60)
"""A report that waits longer than this owes the reader an explanation."""


@dataclass(frozen=True)
class Step:
    """One step of the way, in the words of the progress component."""

    label: str
    state: str


@dataclass(frozen=True)
class Progress:
    """What a page can say of a report that is on its way."""

    steps: tuple[Step, ...]
    ahead: int
    """How many other reports were asked for earlier and wait too."""
    waits_long: bool
    heartbeat: datetime | None
    """When a worker was last heard of."""
    tried_again_at: datetime | None
    """When it is tried again, after a try that did not work."""


def progress_of(report: Report) -> Progress:
    """Where this waiting report stands."""
    now = timezone.now()
    waiting = Report.objects.filter(status__in=[Report.Status.QUEUED, Report.Status.BUILDING])
    beat = Heartbeat.objects.filter(name=Heartbeat.WORKER).first()
    held_back = bool(report.failure) and report.not_before > now
    return Progress(
        steps=_steps(report),
        ahead=waiting.filter(queued_at__lt=report.queued_at).exclude(pk=report.pk).count(),
        waits_long=now - report.queued_at > LONG,
        heartbeat=beat.at if beat else None,
        tried_again_at=report.not_before if held_back else None,
    )


def _steps(report: Report) -> tuple[Step, ...]:
    building = report.status == Report.Status.BUILDING
    return (
        Step("Waiting for its turn", "done" if building else "now"),
        Step("Laying out the pages, about 20 seconds", "now" if building else "later"),
        Step("Ready to read and to download", "later"),
    )
