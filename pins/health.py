"""Is it alive, and can it do its work: for supervisors and proxies, signed in or not."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import jobs
from core.models import Heartbeat

WORKER_PATIENCE_SECONDS = 60
"""A worker that has not been heard for this long counts as gone; it speaks every 15 seconds."""


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The web process answers."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Database, queue, worker and beat, as JSON; 503 when any of them is not well."""
    try:
        report = _report()
    except Error:
        report = {"database": {"ok": False}}
    ready = all(part["ok"] for part in report.values())
    return JsonResponse({"ready": ready, **report}, status=200 if ready else 503)


def heartbeat_age(name: str) -> int | None:
    """Seconds since the worker or beat last spoke; None when none ever did."""
    spoken = Heartbeat.objects.filter(name=name).first()
    return int((timezone.now() - spoken.at).total_seconds()) if spoken else None


def patience(name: str) -> float:
    """Seconds of silence after which the worker or beat counts as gone.

    Beat speaks when it hands over the sweep: two in a row have to be missing, and a minute is for restarts.
    """
    if name == Heartbeat.WORKER:
        return WORKER_PATIENCE_SECONDS
    return 2 * float(settings.SWEEP_SECONDS) + 60


def _sign_of_life(name: str) -> dict[str, Any]:
    age = heartbeat_age(name)
    return {"ok": age is not None and age < patience(name), "heartbeat_seconds": age}


def _report() -> dict[str, dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    now = timezone.now()
    waiting = [
        first
        for model in jobs.registered()
        if (
            first := jobs.of(model).due(now).order_by("queued_at").values_list("queued_at", flat=True).first()
        )
    ]
    oldest = int((now - min(waiting)).total_seconds()) if waiting else 0
    return {
        "database": {"ok": True, "engine": connection.vendor},
        "queue": {"ok": oldest < 600, "oldest_seconds": oldest},
        "worker": _sign_of_life(Heartbeat.WORKER),
        "beat": _sign_of_life(Heartbeat.BEAT),
    }
