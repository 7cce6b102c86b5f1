"""`bin/run`: the whole product on one machine, for looking at it and for developing it.

Brings the data folder up to date, loads the demonstration into an empty one, starts the web server, the
worker and beat, says where to look, and stops all of it on Ctrl-C. In production each of the three is started
by the machine's own supervisor or by containers (docs/operations.md).
"""

import argparse
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from accounts.demonstration import PASSWORD, PEOPLE
from pins.data_folder import DataFolder, DataFolderError
from pins.environment import Environment, SettingError, is_left_out
from pins.logs import end_of
from pins.probe import ask
from pins.processes import Ended, Program, Stopped, Supervisor, raise_stopped

ROOT = Path(__file__).resolve().parent.parent
STEPS = 6
READY_SECONDS = 60.0
WORKER_OPTIONS = ("--concurrency", "2", "--without-gossip", "--without-mingle")
"""Workers meet in the database; asking each other through the broker would only cost a second."""


class CannotRunError(Exception):
    """Why the product could not be started, in words for the person at the terminal."""


class Progress:
    """One line for each step, with what came of it and how long it took."""

    def __init__(self, done: int) -> None:
        self.done = done

    def step(self, title: str, work: Callable[[], str]) -> None:
        self.done += 1
        say(f"{self.done} of {STEPS}  {title} ... ", end="")
        started = time.monotonic()
        try:
            outcome = work()
        except BaseException:
            say("stopped")
            raise
        say(f"{outcome} ({time.monotonic() - started:.0f} s)")


def say(text: str = "", end: str = "\n") -> None:
    """Prints at once, so that a log or a pipe shows progress too."""
    sys.stdout.write(text + end)
    sys.stdout.flush()


def fingerprint(paths: Iterable[Path]) -> str:
    """Changes when one of the files is added, removed or changed."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        status = path.stat()
        digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


class Run:
    """One run of the product on one data folder and one port."""

    def __init__(self, folder: DataFolder, port: int) -> None:
        self.folder = folder
        self.port = port
        self.first = False
        self.supervisor = Supervisor(os.environ, ROOT)

    def manage(self, *arguments: str) -> None:
        """Runs one management command; raises CannotRunError with the end of what it said when it fails."""
        log = self.folder.log("set-up")
        with log.open("ab") as output:
            code = subprocess.call(
                [sys.executable, "manage.py", *arguments], cwd=ROOT, stdout=output, stderr=subprocess.STDOUT
            )
        if code:
            tail = "\n".join(end_of(log, lines=15))
            raise CannotRunError(
                f"{tail}\n\n`manage.py {arguments[0]}` failed. Its whole output is in {log}."
            )

    def bring_database_up_to_date(self) -> str:
        stamp = installed_packages() + fingerprint(ROOT.glob("*/migrations/*.py"))
        if is_left_out("DATABASE_URL") and self.folder.stamp_matches("database", stamp):
            return "up to date"
        self.manage("migrate", "--no-input", "--verbosity", "1")
        self.folder.write_stamp("database", stamp)
        return "ready"

    def collect_static_files(self) -> str:
        files = (path for path in (ROOT / "static").rglob("*") if path.is_file())
        stamp = installed_packages() + fingerprint(files)
        if self.folder.stamp_matches("static", stamp):
            return "up to date"
        self.manage("collectstatic", "--no-input", "--clear", "--verbosity", "0")
        self.folder.write_stamp("static", stamp)
        return "ready"

    def load_demonstration(self) -> str:
        if not is_demonstration():
            return "left out, because PINS_DEMO is off"
        if self.folder.stamp_matches("demonstration", "wanted"):
            self.manage("seed_demo")
            self.folder.write_stamp("demonstration", "loaded")
            return "loaded"
        if self.folder.stamp_matches("demonstration", "loaded"):
            return "loaded before"
        return "left out, because the data folder held something before"

    def start(self) -> str:
        for program in programs(self.folder, self.port):
            self.supervisor.start(program)
        started = time.monotonic()
        while not answers_ready(self.port, time.monotonic() - started):
            if ended := self.supervisor.ended():
                raise CannotRunError(str(ended))
            if time.monotonic() - started > READY_SECONDS:
                raise CannotRunError(
                    f"After {READY_SECONDS:.0f} seconds http://127.0.0.1:{self.port}/readyz does not say "
                    f"that all is well. The logs are in {self.folder.path / 'logs'}."
                )
            time.sleep(0.1)
        return "ready"

    def until_stopped(self) -> Ended:
        return self.supervisor.wait()


def installed_packages() -> str:
    """What bin/ installed, so that a new version of a package is a reason to look again."""
    stamp = Path(sys.prefix) / "installed"
    return stamp.read_text() if stamp.is_file() else ""


def programs(folder: DataFolder, port: int) -> list[Program]:
    """Web server, worker and beat, as they run in production too, but for where they listen."""
    python = [sys.executable, "-m"]
    web = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "2"]
    commands = {
        "web": [*web, "--blocking-threads", "1", "--respawn-failed-workers", "pins.wsgi:application"],
        "worker": ["celery", "-A", "pins", "worker", "--loglevel", "INFO", *WORKER_OPTIONS],
        "beat": ["celery", "-A", "pins", "beat", "--loglevel", "WARNING", "--pidfile="],
    }
    return [Program(name, [*python, *command], folder.log(name)) for name, command in commands.items()]


def answers_ready(port: int, seconds: float) -> bool:
    """Whether /readyz says that all is well, and it is this run's worker: it spoke within these seconds."""
    answer = ask(port, "/readyz")
    heartbeat = answer.part("worker").get("heartbeat_seconds")
    return answer.is_well and heartbeat is not None and heartbeat <= seconds


def refuse_taken_port(port: int) -> None:
    """Raises CannotRunError when something else listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise CannotRunError(
                f"This account may not use port {port}. Choose one above 1023: bin/run --port 8001"
            ) from None
        except OSError:
            raise CannotRunError(
                f"Port {port} is taken by another program. "
                f"Stop that one, or choose another port: bin/run --port {port + 1}"
            ) from None


def port_number(text: str) -> int:
    """A port that a program may listen on; raises ArgumentTypeError in plain words otherwise."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to 65535, not {text}")
    return int(text)


def arguments(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/run",
        description="Starts PINS Hub with a made-up programme to look at. Ctrl-C stops all of it.",
    )
    parser.add_argument("--port", type=port_number, default=8000, metavar="N", help="where to listen (8000)")
    parser.add_argument(
        "--fresh", action="store_true", help="empty the data folder and load the demonstration anew"
    )
    parser.add_argument("--steps-done", type=int, default=0, help=argparse.SUPPRESS)
    return parser.parse_args(given)


def prepare_environment(port: int) -> DataFolder:
    """Reads .env as the settings do, makes this run a demonstration, and says which data folder it uses."""
    Environment.read_env(ROOT / ".env")
    if is_left_out("PINS_DEMO") and is_left_out("DATABASE_URL"):  # a database elsewhere may hold real people
        os.environ["PINS_DEMO"] = "true"
    if is_left_out("PINS_SITE_URL"):
        os.environ["PINS_SITE_URL"] = f"http://localhost:{port}"
    folder = DataFolder((ROOT / Environment()("PINS_DATA_DIR", default=".data")).resolve())
    os.environ["PINS_DATA_DIR"] = str(folder.path)
    return folder


def is_demonstration() -> bool:
    """Whether the people whose password everybody knows may be here."""
    return Environment().bool("PINS_DEMO", default=False)


def open_folder(folder: DataFolder, fresh: bool) -> None:  # noqa: FBT001 -- the command's own switch
    """Empties the folder if asked; notes in a new one that the demonstration is wanted."""
    if fresh and not is_left_out("DATABASE_URL"):
        raise CannotRunError(
            "--fresh empties the data folder, but DATABASE_URL names another place. Empty that one yourself."
        )
    if fresh:
        folder.make_empty()
    wanted = folder.is_new
    folder.prepare()
    folder.begin_log("set-up")
    if wanted:
        folder.write_stamp("demonstration", "wanted")


def greeting(folder: DataFolder, port: int) -> str:
    return f"\nPINS Hub is running: http://localhost:{port}/\n{sign_ins(folder)}\nCtrl-C stops everything."


def sign_ins(folder: DataFolder) -> str:
    """Who can sign in, where the demonstration was loaded; where it should have been, how to come by it."""
    if not is_demonstration():
        return ""
    if not folder.stamp_matches("demonstration", "loaded"):
        return (
            f"\nThe demonstration was left out: {folder.path} held something before.\n"
            "For a look at it, name a new folder in PINS_DATA_DIR.\n"
        )
    width = max(len(person.email) for person in PEOPLE)
    people = "\n".join(f"  {person.email:<{width}}  {person.what}" for person in PEOPLE)
    return f"\nSign in as one of these; the password is {PASSWORD}\n{people}\n"


def serve(options: argparse.Namespace) -> Ended:
    folder = prepare_environment(options.port)
    is_demonstration()  # refuses what says neither yes nor no, before anything is made
    refuse_taken_port(options.port)
    with folder.held():
        open_folder(folder, options.fresh)
        run = Run(folder, options.port)
        progress = Progress(options.steps_done)
        try:
            progress.step("Database", run.bring_database_up_to_date)
            progress.step("Styles and scripts", run.collect_static_files)
            progress.step("Demonstration", run.load_demonstration)
            progress.step("Web server, worker and beat", run.start)
            say(greeting(folder, options.port))
            return run.until_stopped()
        finally:
            run.supervisor.stop()


def main(given: list[str]) -> int:
    """Runs until told to stop (0), or until something goes wrong (1, with the reason on the terminal)."""
    options = arguments(given)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, raise_stopped)
    try:
        ended = serve(options)
    except Stopped:
        say("\nPINS Hub has stopped.")
        return 0
    except (CannotRunError, DataFolderError, SettingError) as error:
        say(f"\n{error}")
        return 1
    say(f"\n{ended}\nEverything else has been stopped too.")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
