"""Jobs that cannot be lost: a row first, claimed by compare-and-set with a lease; the message is only a wake-up.

A model that is a job inherits `LeasedJob`, says its four states in `states`, and is registered with the
task that does it. `hand_over` wakes a worker once the transaction is committed; `sweep` hands over again
whatever is queued and due, or was claimed by a worker that is gone.
"""

import logging
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Generic, TypeVar, cast

from celery import current_app
from django.conf import settings
from django.db import DatabaseError, connection, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.module_loading import import_string
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 8
"""How often a job may be claimed before it is called failed, crashes of the worker included."""


@dataclass(frozen=True)
class JobStates:
    """The words that one kind of job uses for its four states."""

    queued: str
    working: str
    done: str
    failed: str


@dataclass(frozen=True)
class Claim:
    """The right to do one job until the lease runs out."""

    pk: int
    token: uuid.UUID


J = TypeVar("J", bound="LeasedJob")


class LeasedQuerySet(models.QuerySet[J], Generic[J]):
    """Rows that are jobs: what is due, and the moves between states."""

    def due(self, now: datetime | None = None) -> "LeasedQuerySet[J]":
        """What a worker may claim now: queued and not held back, or claimed by a worker whose lease ran out."""
        now = now or timezone.now()
        states = self.model.states
        return self.filter(
            Q(status=states.queued, not_before__lte=now) | Q(status=states.working, lease_until__lt=now)
        )

    def claim(self, pk: int) -> Claim | None:
        """Claim the job, or return None when somebody else has it, it is done, or it is gone."""
        token = uuid.uuid4()
        now = timezone.now()
        claimed = (
            self.due(now)
            .filter(pk=pk)
            .update(
                status=self.model.states.working,
                lease_token=token,
                lease_until=now + timedelta(seconds=settings.JOB_LEASE_SECONDS),
                attempts=F("attempts") + 1,
            )
        )
        return Claim(pk, token) if claimed else None

    def held_by(self, claim: Claim) -> "LeasedQuerySet[J]":
        """The job, as long as it is ours; nothing once the lease is lost."""
        return self.filter(pk=claim.pk, lease_token=claim.token, status=self.model.states.working)

    def renew(self, claim: Claim) -> bool:
        """Lengthen the lease; False when the job is no longer ours."""
        until = timezone.now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)
        return bool(self.held_by(claim).update(lease_until=until))

    def finish(self, claim: Claim, **fields: Any) -> bool:
        """Mark the job done with its results; False (and nothing written) when it is no longer ours."""
        return bool(
            self.held_by(claim).update(
                status=self.model.states.done, lease_token=None, lease_until=None, failure="", **fields
            )
        )

    def fail(self, claim: Claim, reason: str, *, retry_at: datetime | None = None) -> bool:
        """Give the job back to be tried at `retry_at`, or for good when None; `reason` is read by people."""
        return bool(
            self.held_by(claim).update(
                status=self.model.states.queued if retry_at else self.model.states.failed,
                lease_token=None,
                lease_until=None,
                not_before=retry_at or F("not_before"),
                failure=reason,
            )
        )

    def give_up_on_the_hopeless(self) -> int:
        """Call failed what was claimed too often, so that one bad job cannot kill workers for ever."""
        return (
            self.due()
            .filter(attempts__gte=MOST_ATTEMPTS)
            .update(
                status=self.model.states.failed,
                lease_token=None,
                lease_until=None,
                failure=f"It was begun {MOST_ATTEMPTS} times and never finished.",
            )
        )


class LeasedJob(models.Model):
    """A row that something must be done about, once, whatever happens to workers and brokers.

    The concrete model has a `status` field of its own and says in `states` which words it uses there.
    """

    states: ClassVar[JobStates]
    status: str

    queued_at = models.DateTimeField(default=timezone.now, editable=False)
    not_before = models.DateTimeField(default=timezone.now, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    lease_token = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    failure = models.CharField(max_length=500, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_waiting(self) -> bool:
        """Whether a page that shows it should look again soon."""
        return self.status in (self.states.queued, self.states.working)


_tasks: dict[type[LeasedJob], str] = {}


def register(model: type[LeasedJob], *, task: str) -> None:
    """Name the task that does the jobs of `model`; called once from the app's `ready`."""
    _tasks[model] = task


def of(model: type[LeasedJob]) -> LeasedQuerySet[Any]:
    """All jobs of one kind."""
    return cast("LeasedQuerySet[Any]", model._default_manager.all())


def registered() -> tuple[type[LeasedJob], ...]:
    """The models that are jobs, in the order in which apps were loaded."""
    return tuple(_tasks)


def _wake(model: type[LeasedJob], pk: int) -> None:
    name = _tasks[model]
    try:
        if settings.CELERY_TASK_ALWAYS_EAGER:
            import_string(name).delay(pk)
        else:  # by name: a web process would load all that its tasks need
            current_app.send_task(name, (pk,))
    except (OSError, OperationalError):
        logger.warning("No broker took the wake-up for %s %s; the sweep will.", model.__name__, pk)


def hand_over(job: LeasedJob) -> None:
    """Wake a worker for this job once the transaction is committed; harmless if the broker is away."""
    model, pk = type(job), job.pk
    transaction.on_commit(lambda: _wake(model, pk))


def sweep() -> int:
    """Hand over again everything that is due; returns how many. Safe to run at any time, by anybody."""
    handed = 0
    for model in registered():
        jobs = of(model)
        jobs.give_up_on_the_hopeless()
        for pk in jobs.due().order_by("queued_at").values_list("pk", flat=True)[:500]:
            _wake(model, pk)
            handed += 1
    return handed


@contextmanager
def keep_lease(jobs: LeasedQuerySet[Any], claim: Claim) -> Iterator[None]:
    """Renew the lease in the background while the body works, every third of its length."""
    stop = threading.Event()

    def renew() -> None:
        while not stop.wait(settings.JOB_LEASE_SECONDS / 3):
            try:
                if not jobs.renew(claim):
                    return
            except DatabaseError:
                logger.warning("The lease of job %s could not be renewed; it is tried again.", claim.pk)
            finally:
                connection.close()

    if settings.CELERY_TASK_ALWAYS_EAGER:  # the caller's own transaction holds the row
        yield
        return
    keeper = threading.Thread(target=renew, name=f"lease-{claim.pk}", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stop.set()
        keeper.join()
