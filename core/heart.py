"""Signs of life of the background processes, as rows that any other process can read.

The worker's is written by a thread of its own, since a task would wait behind the jobs. Beat's is written whenever it
has handed something over: a thread would go on beating in a beat that no longer does its work.
"""

import logging
import threading
from typing import Any

from django.db import DatabaseError, connection
from django.utils import timezone

from core.models import Heartbeat

EVERY_SECONDS = 15.0
logger = logging.getLogger(__name__)


def beat(name: str = Heartbeat.WORKER) -> None:
    """Write down that this process is alive now."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": timezone.now()})


def try_to_beat(name: str) -> None:
    """The same for a process with work to do: a database that is away for a while does not stop it."""
    try:
        beat(name)
    except DatabaseError:
        logger.warning("The sign of life of the %s process could not be written.", name)
    finally:
        connection.close()  # a pool process that is forked later must not inherit it


class Heart:
    """The worker's: beats until it is stopped."""

    def __init__(self, every: float = EVERY_SECONDS) -> None:
        self._every = every
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heart", daemon=True)

    def start(self) -> None:
        """Beat at once, then every few seconds."""
        self._thread.start()

    def stop(self, **_: Any) -> None:
        """Beat no more."""
        self._stopped.set()

    def _run(self) -> None:
        while True:
            try_to_beat(Heartbeat.WORKER)
            if self._stopped.wait(self._every):
                return
