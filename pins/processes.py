"""Starts several processes, watches them, and stops every one of them, with their children, when it is time.

Each process leads a group of its own: a signal to the group reaches the children that it started, and Ctrl-C
in the terminal reaches only the supervisor, which then stops the groups.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from pins.data_folder import refusing
from pins.logs import begin, end_of

PATIENCE_SECONDS = 15.0
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class Stopped(Exception):  # noqa: N818 -- being asked to stop is not an error
    """Somebody asked the supervisor to stop (Ctrl-C, SIGTERM, or the terminal was closed)."""


@dataclass(frozen=True)
class Program:
    """What to start under which name, with an environment of its own or the supervisor's."""

    name: str
    command: Sequence[str]
    log: Path
    environment: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Ended:
    """A process that ended though nobody asked it to."""

    program: Program
    status: int

    def __str__(self) -> str:
        lines = end_of(self.program.log, lines=8)
        how = f"was ended by signal {-self.status}" if self.status < 0 else f"ended with status {self.status}"
        headline = f"The {self.program.name} process {how}. Its log is {self.program.log}:"
        return "\n".join([headline, *(f"    {line}" for line in lines)])


def raise_stopped(signal_number: int, _: FrameType | None) -> None:
    """Signal handler: turns the request to stop into an exception, once; while stopping, more are ignored."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    raise Stopped(signal.Signals(signal_number).name)


def end_with_supervisor() -> None:
    """In the child: be told to stop when the supervisor goes without a word (kill -9). Only Linux can."""
    if LIBC:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Supervisor:
    """The processes that run together: all of them, or none."""

    environment: Mapping[str, str]
    folder: Path
    running: list[tuple[Program, subprocess.Popen[bytes]]] = field(default_factory=list)

    def start(self, program: Program) -> None:
        """Starts one more. What it writes goes to its log, after what was there and a line that says when.

        Raises DataFolderError where the log cannot be written.
        """
        with refusing(program.log, "its log"):
            begin(program.log)
        with program.log.open("ab") as log:
            process = subprocess.Popen(
                program.command,
                cwd=self.folder,
                env=program.environment or self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=end_with_supervisor,  # noqa: PLW1509 -- the supervisor has one thread
            )
        self.running.append((program, process))

    def ended(self) -> Ended | None:
        """The first process that has ended by itself, if any."""
        for program, process in self.running:
            status = process.poll()
            if status is not None:
                return Ended(program, status)
        return None

    def wait(self, interval: float = 0.5) -> Ended:
        """Returns when a process has ended by itself."""
        while not (ended := self.ended()):
            time.sleep(interval)
        return ended

    def stop(self) -> None:
        """Stops all of them, with their children.

        Each is asked first, and finishes what its children have in hand; who is still there after
        PATIENCE_SECONDS, or was left behind by its parent, is killed.
        """
        for _, process in self.running:
            process.terminate()
        deadline = time.monotonic() + PATIENCE_SECONDS
        while any(process.poll() is None for _, process in self.running) and time.monotonic() < deadline:
            time.sleep(0.05)
        for _, process in self.running:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.running.clear()
