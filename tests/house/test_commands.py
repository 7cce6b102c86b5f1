"""`bin/run` and `bin/manage` as somebody types them: a whole start, all that it started, and its end.

Set-up itself needs a bare machine; here it finds everything there already.
"""

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from pins.probe import ask
from tests.house.project import ROOT

pytestmark = pytest.mark.worker
SECONDS = 120
SETTINGS = ("DATABASE_URL", "REDIS_URL", "PINS_DEMO", "SECRET_KEY", "PINS_SITE_URL", "GRANIAN_PORT")


def environment(data: Path) -> dict[str, str]:
    """The embedded default in a data folder of the test's own, whatever the suite runs on."""
    kept = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    return {**kept, "PINS_DATA_DIR": str(data)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def processes_of(data: Path) -> set[int]:
    """Processes whose environment names this data folder: everything that a run started, and the run itself."""
    mark = f"PINS_DATA_DIR={data}\0".encode()
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            given = (folder / "environ").read_bytes() + b"\0"
        except OSError:
            continue
        if mark in given:
            found.add(int(folder.name))
    return found


@dataclass
class Run:
    """A running `bin/run`."""

    process: subprocess.Popen[str]
    data: Path
    port: int
    said: str = ""

    def wait_until_it_says(self, words: str) -> None:
        """Reads on until the words come; fails when the command ends before."""
        assert self.process.stdout
        while words not in self.said:
            line = self.process.stdout.readline()
            assert line, f"bin/run ended, having said:\n{self.said}"
            self.said += line

    def end(self) -> int:
        """What it says until its end, and its status."""
        rest, _ = self.process.communicate(timeout=SECONDS)
        self.said += rest
        return self.process.returncode


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    """One data folder for the module: what the first start makes, the others find."""
    return tmp_path_factory.mktemp("run") / "data"


@contextmanager
def running_on(data: Path) -> Iterator[Run]:
    """`bin/run` on this folder, from when it says that it stands until it has ended."""
    port = free_port()
    process = subprocess.Popen(
        ["bin/run", "--port", str(port)],
        cwd=ROOT,
        env=environment(data),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    running = Run(process, data, port)
    try:
        running.wait_until_it_says("Ctrl-C stops everything.")
        yield running
    finally:
        process.terminate()
        process.communicate(timeout=SECONDS)


@pytest.fixture
def run(data: Path) -> Iterator[Run]:
    with running_on(data) as running:
        yield running


@pytest.fixture(scope="class")
def standing(data: Path) -> Iterator[Run]:
    """One run for tests that leave it as it is."""
    with running_on(data) as running:
        yield running


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_starts_everything_and_stops_everything(run: Run, how: signal.Signals):
    assert ask(run.port, "/readyz", timeout=60).is_well  # a busy machine may take its time
    assert len(processes_of(run.data)) >= 5
    assert f"http://localhost:{run.port}/" in run.said
    assert "head@pins.example" in run.said
    run.process.send_signal(how)
    assert run.end() == 0
    assert processes_of(run.data) == set()


def test_when_one_process_dies_the_rest_are_stopped_and_it_is_named(run: Run):
    beat = next(
        pid for pid in processes_of(run.data) if b"\0beat\0" in Path(f"/proc/{pid}/cmdline").read_bytes()
    )
    os.kill(beat, signal.SIGKILL)
    assert run.end() == 1
    assert f"The beat process was ended by signal 9. Its log is {run.data / 'logs' / 'beat.log'}" in run.said
    assert processes_of(run.data) == set()


def test_nothing_is_left_when_the_command_itself_is_killed(run: Run):
    run.process.kill()
    deadline = time.monotonic() + 30
    while processes_of(run.data) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert processes_of(run.data) == set()


class TestASecondStart:
    def test_the_next_start_finds_its_work_done(self, standing: Run):
        assert re.findall(r"\d of 6  (.+?) \.\.\. (.+) \(", standing.said)[2:5] == [
            ("Database", "up to date"),
            ("Styles and scripts", "up to date"),
            ("Demonstration", "loaded before"),
        ]

    def test_a_second_one_on_the_same_folder_is_refused(self, standing: Run):
        second = subprocess.run(
            ["bin/run", "--port", str(free_port())],
            cwd=ROOT,
            env=environment(standing.data),
            capture_output=True,
            text=True,
            check=False,
        )
        assert second.returncode == 1
        assert f"already running on {standing.data}" in second.stdout

    def test_a_taken_port_is_refused_and_named(self, standing: Run, tmp_path: Path):
        second = subprocess.run(
            ["bin/run", "--port", str(standing.port)],
            cwd=ROOT,
            env=environment(tmp_path / "other"),
            capture_output=True,
            text=True,
            check=False,
        )
        assert second.returncode == 1
        assert f"Port {standing.port} is taken" in second.stdout
        assert "bin/run --port" in second.stdout


def test_manage_says_only_what_its_command_says(tmp_path: Path):
    done = subprocess.run(
        [ROOT / "bin" / "manage", "diffsettings"],
        cwd=tmp_path,
        env=environment(tmp_path / "data"),
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"DATA_DIR = {tmp_path / 'data'!r}" in done.stdout
    assert "..." not in done.stdout.splitlines()[0]
    assert done.stderr == ""


def test_what_was_compiled_is_kept_out_of_the_sources_even_where_it_is_forbidden_there(tmp_path: Path):
    asked = "import sys; print(sys.dont_write_bytecode, sys.pycache_prefix)"
    done = subprocess.run(
        [ROOT / "bin" / "manage", "shell", "--no-imports", "-c", asked],
        cwd=tmp_path,
        env={**environment(tmp_path / "data"), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"False {ROOT / '.venv' / 'compiled'}\n"
