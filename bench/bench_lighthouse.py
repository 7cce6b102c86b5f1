"""How fast Lighthouse finds the public pages: printed and compared with an aim, and no gate."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.lighthouse_run import LOUDLY, PERFORMANCE, is_possible, judge
from bench.measure import Result, Scale

AIM = 98


def lighthouse(scale: Scale) -> Iterator[Result]:
    """The performance figure of each page: of 100, where the aim is at least 98. It takes about two minutes."""
    if scale.is_quick:
        return
    if not is_possible():
        print(f"lighthouse: {LOUDLY}", flush=True)
        return
    kept = {name: value for name, value in os.environ.items() if name not in SETTINGS_OF_THE_BENCH}
    with tempfile.TemporaryDirectory(prefix="pins-lighthouse-") as folder:
        for found in judge(Path(folder), kept):
            figure = found.scores[PERFORMANCE]
            yield Result(f"lighthouse{found.page}", AIM / max(figure, 1), 1, figure, AIM, "of 100")


SETTINGS_OF_THE_BENCH = {"DATABASE_URL", "REDIS_URL", "PINS_STATIC_ROOT", "DEBUG"}
"""Those that bench.environment sets for itself, or that would lead to a database of somebody's own."""

BENCHES = (lighthouse,)
