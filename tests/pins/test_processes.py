"""The supervisor: all processes or none, and none left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pins.data_folder import DataFolderError
from pins.processes import Program, Supervisor

ROOT = Path(__file__).resolve().parents[2]
SLEEP = "import time; time.sleep(60)"
SLEEP_WITH_CHILD = f"""
import subprocess, sys
print(subprocess.Popen([sys.executable, "-c", {SLEEP!r}]).pid, flush=True)
{SLEEP}
"""
DEAF = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); {SLEEP}"
SUPERVISED = """
import os, sys
from pathlib import Path
from pins.processes import Program, Supervisor
supervisor = Supervisor(os.environ, Path.cwd())
supervisor.start(Program("sleeper", [sys.executable, "-c", "import time; time.sleep(60)"], Path(sys.argv[1])))
print(supervisor.running[0][1].pid, flush=True)
supervisor.wait()
"""


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[Supervisor]:
    supervisor = Supervisor(os.environ, tmp_path)
    yield supervisor
    supervisor.stop()


def python(name: str, code: str, folder: Path) -> Program:
    return Program(name, [sys.executable, "-c", code], folder / f"{name}.log")


def first_line(program: Program) -> str:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if lines := program.log.read_text().splitlines()[1:]:
            return lines[0]
        time.sleep(0.02)
    raise AssertionError(f"{program.name} said nothing")


def is_alive(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def eventually_gone(pid: int) -> bool:
    deadline = time.monotonic() + 10
    while is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not is_alive(pid)


def test_stopping_ends_the_children_of_the_processes_too(supervisor: Supervisor, tmp_path: Path):
    program = python("parent", SLEEP_WITH_CHILD, tmp_path)
    supervisor.start(program)
    child = int(first_line(program))
    supervisor.stop()
    assert eventually_gone(child)


def test_a_process_that_will_not_listen_is_killed(supervisor: Supervisor, tmp_path: Path, monkeypatch):
    monkeypatch.setattr("pins.processes.PATIENCE_SECONDS", 0.2)
    program = python("deaf", DEAF, tmp_path)
    supervisor.start(program)
    first_line(program)
    process = supervisor.running[0][1]
    supervisor.stop()
    assert process.returncode == -signal.SIGKILL


def test_a_process_that_ends_by_itself_is_named_with_the_end_of_its_log(
    supervisor: Supervisor, tmp_path: Path
):
    supervisor.start(python("sleeper", SLEEP, tmp_path))
    supervisor.start(python("worker", "import sys; print('no broker'); sys.exit(3)", tmp_path))
    ended = supervisor.wait(interval=0.02)
    assert str(ended) == (
        f"The worker process ended with status 3. Its log is {tmp_path / 'worker.log'}:\n    no broker"
    )


def test_a_log_goes_on_where_the_last_start_left_it(supervisor: Supervisor, tmp_path: Path):
    for word in ("first", "second"):
        supervisor.start(python("worker", f"print({word!r})", tmp_path))
        ended = supervisor.wait(interval=0.02)
        supervisor.stop()
        assert str(ended).splitlines()[1:] == [f"    {word}"]
    said = [line.split()[0] for line in (tmp_path / "worker.log").read_text().splitlines()]
    assert said == ["Started", "first", "Started", "second"]


def test_a_log_that_cannot_be_written_is_refused_in_plain_words(supervisor: Supervisor, tmp_path: Path):
    program = python("worker", SLEEP, tmp_path)
    program.log.mkdir()
    with pytest.raises(DataFolderError) as refusal:
        supervisor.start(program)
    assert str(refusal.value) == (
        f"PINS Hub cannot use {program.log} as its log: Is a directory. "
        "Let this account write in it, or name another folder in PINS_DATA_DIR."
    )
    assert supervisor.running == []


def test_a_process_ended_by_a_signal_is_said_so(supervisor: Supervisor, tmp_path: Path):
    program = python("beat", SLEEP, tmp_path)
    supervisor.start(program)
    supervisor.running[0][1].kill()
    assert str(supervisor.wait(interval=0.02)).startswith("The beat process was ended by signal 9.")


def test_the_processes_end_when_the_supervisor_is_killed(tmp_path: Path):
    command = [sys.executable, "-c", SUPERVISED, str(tmp_path / "sleeper.log")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        sleeper = int(process.stdout.readline())
        process.kill()
    assert eventually_gone(sleeper)
