"""The national register of schools: its first load and a run that changes nothing, beside one bare reading."""

import csv
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from bench.environment import ROOT
from bench.measure import Result, Scale, Side, side_by_side
from bench.programme import empty_database
from bench.registers import COUNTRY, write_register
from schools.register.importing import import_register

ENCODING = "cp1252"
MOST_MEGABYTES = 300


def register_import(scale: Scale) -> Iterator[Result]:
    """Both runs in processor time over a csv.DictReader that reads every cell and keeps none; and memory."""
    with tempfile.TemporaryDirectory(prefix="pins-register-") as folder:
        rows = COUNTRY if scale.pace.rounds > 1 else 200
        file = write_register(Path(folder) / "register.csv", rows)
        pace = scale.pace.fewer(3)
        bare = Side(lambda: _read(file))
        first = Side(lambda: import_register(file=file), before=empty_database)
        yield side_by_side("register/first-load", first, bare, aim=15, pace=pace)
        again = Side(lambda: import_register(file=file))
        yield side_by_side("register/no-change", again, bare, aim=4, pace=pace)
        connection.close()
        peak = _peak_memory(file)
        yield Result("register/memory", peak / MOST_MEGABYTES, 1, peak, MOST_MEGABYTES, "MB")


def _read(file: Path) -> None:
    with file.open(encoding=ENCODING, newline="") as opened:
        for _ in csv.DictReader(opened):
            pass


def _peak_memory(file: Path) -> float:
    """Megabytes that a process of its own needs for the first load, all of Django included."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.memory", str(file)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout.split()[-1])


BENCHES = (register_import,)
