"""An installation of its own, with a data folder, a database file, a queue and real processes."""

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pins.serve import WORKER_OPTIONS

ROOT = Path(__file__).resolve().parents[2]
SCALE = {"PINS_JOB_LEASE_SECONDS": "2", "PINS_SWEEP_SECONDS": "1"}
"""A minute and a minute in earnest."""
OF_THE_SUITE = (
    "DATABASE_URL",
    "REDIS_URL",
    "DEBUG",
    "PINS_DEMO",
    "PINS_SITE_URL",
    "SECRET_KEY",
    "PINS_STATIC_ROOT",
)


@dataclass(frozen=True)
class Built:
    """What the database says of one report."""

    pk: int
    status: str
    attempts: int
    file: str
    sha256: str
    failure: str


@dataclass
class Installation:
    """Where it lives, and what of it runs."""

    folder: Path
    environment: dict[str, str]
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def run(self, *command: str) -> None:
        """Run a command to its end."""
        subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=self.environment,
            check=True,
            capture_output=True,
            timeout=120,
        )

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """Start a process in a group of its own, as the supervisor of bin/run does."""
        log = (self.folder / f"{command[0]}.log").open("ab")
        with log:
            process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "pins", *command],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.running.append(process)
        return process

    def start_worker(self) -> subprocess.Popen[bytes]:
        """The worker of bin/run."""
        return self.start("worker", "--loglevel", "INFO", *WORKER_OPTIONS)

    def start_beat(self) -> subprocess.Popen[bytes]:
        """The beat of bin/run."""
        return self.start("beat", "--loglevel", "WARNING", "--pidfile=")

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """Kill -9 the process and all its children, and see them gone."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=10)
        self.running.remove(process)

    def stop(self) -> None:
        """Leave nothing running."""
        for process in list(self.running):
            self.kill(process)

    def reports(self) -> list[Built]:
        """All reports, as the database has them now."""
        query = "SELECT id, status, attempts, file, sha256, failure FROM audits_report ORDER BY id"
        with closing(sqlite3.connect(self.folder / "pins.sqlite3", timeout=20)) as database:
            return [Built(*row) for row in database.execute(query)]

    def statuses(self) -> Counter[str]:
        """How many reports stand where."""
        return Counter(report.status for report in self.reports())

    def wait_until(self, holds: str, count: int, seconds: float) -> bool:
        """Wait until at least so many reports have that status; False when they never do."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.statuses()[holds] >= count:
                return True
            time.sleep(0.02)
        return False

    def files(self) -> list[str]:
        """Every stored file."""
        stored = self.folder / "files"
        return sorted(str(path.relative_to(stored)) for path in stored.rglob("*") if path.is_file())

    def told(self) -> str:
        """How everything stands, for when a test fails: reports, processes, and the end of what they wrote."""
        ended = {process.args[5]: process.poll() for process in self.running}
        logs = [log.read_text()[-3000:] for log in self.folder.glob("*.log")]
        return "\n".join([str(self.statuses()), f"Ended, and how: {ended}", *logs])


def make(folder: Path, **environment: str) -> Installation:
    """An installation in this folder with its tables made; `environment` says what differs from the default."""
    installation = _without_tables(folder, environment)
    (folder / "pins.sqlite3").write_bytes(_tables())
    return installation


def _without_tables(folder: Path, environment: dict[str, str]) -> Installation:
    kept = {name: value for name, value in os.environ.items() if name not in OF_THE_SUITE}
    kept |= {"PINS_DATA_DIR": str(folder), "PYTHONPATH": str(ROOT), **SCALE, **environment}
    return Installation(folder, kept)


@cache
def _tables() -> bytes:
    """What `migrate` makes of an empty folder: once for all, since it takes longer than most of what follows."""
    with tempfile.TemporaryDirectory(prefix="pins-tables-") as name:
        folder = Path(name)
        _without_tables(folder, {}).run("manage.py", "migrate", "--verbosity", "0")
        return (folder / "pins.sqlite3").read_bytes()
