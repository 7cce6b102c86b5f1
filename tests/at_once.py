"""Several people at the same moment: real threads, each with a connection of its own to a real database."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection


def run_at_once(*acts: Callable[[], Any], refusals: tuple[type[Exception], ...]) -> list[Any]:
    """What each act returned, or the refusal that it raised, all begun at the same moment."""
    together, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        connection.ensure_connection()
        together.wait(timeout=20)
        try:
            results[number] = act()
        except refusals as refusal:
            results[number] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return results
