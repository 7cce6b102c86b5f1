"""The steps of .ci/run, in order; each prints a line with its time, and the first that fails ends the run."""

import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import containers
from servers import ROOT, NoServerError, free_port, servers

from bench.lighthouse_run import LOUDLY, LighthouseError, is_possible, judge

TAIL = 80
PYTHON = [sys.executable, "-m"]
PRODUCTION = {
    "PINS_SITE_URL": "https://pins.example.org",
    "ALLOWED_HOSTS": "pins.example.org",
    "CSRF_TRUSTED_ORIGINS": "https://pins.example.org",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "EMAIL_URL": "smtp+tls://user:password@mail.example.org:587",
    "DEFAULT_FROM_EMAIL": "PINS Hub <pins@example.org>",
}
SERVERS_ONLY_NAMED = {
    "DATABASE_URL": "postgres://pins@postgres:5432/pins",
    "REDIS_URL": "redis://redis:6379/0",
}
DJLINT = [*PYTHON, "djlint", "templates", "--lint", "--quiet"]
GATES = {
    "ruff check": [*PYTHON, "ruff", "check", "--output-format=concise", ".", ".ci"],
    "ruff format": [*PYTHON, "ruff", "format", "--check", ".", ".ci"],
    "mypy": [*PYTHON, "mypy", "."],
    "import-linter": [str(Path(sys.executable).parent / "lint-imports")],
    "djlint": DJLINT,
    "djlint on parts": [*DJLINT, "--profile", "jinja", "--extension", "jinja"],
    "Migrations match the models": [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
}
OTHER_SETTINGS = {*PRODUCTION, *SERVERS_ONLY_NAMED, "DEBUG", "SENTRY_DSN", "GRANIAN_WORKERS", "LOG_LEVEL"}
"""Besides those that begin with PINS_."""


class StepFailedError(Exception):
    """What the step had to say, for the end of the run."""


def without_settings(given: Mapping[str, str]) -> dict[str, str]:
    """This environment with only the given settings of the product: nothing of the machine's own leaks in."""
    own = {name for name in os.environ if name.startswith("PINS_") or name in OTHER_SETTINGS}
    return {**{name: value for name, value in os.environ.items() if name not in own}, **given}


def run(command: list[str], **given: str) -> str:
    """Runs a command; returns its last line, or raises StepFailedError with the end of its output."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=without_settings(given),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    lines = done.stdout.rstrip().splitlines()
    if done.returncode:
        failed = [line for line in lines[:-TAIL] if line.startswith(("FAILED ", "ERROR ", "E   "))]
        raise StepFailedError("\n".join([*failed[:TAIL], *lines[-TAIL:], f"(exit status {done.returncode})"]))
    return lines[-1] if lines else ""


def quietly(command: list[str], **given: str) -> str:
    """Runs a command of whose output only failure matters."""
    run(command, **given)
    return "ok"


def step(title: str, work: Callable[[], str]) -> None:
    print(f"{title} ... ", end="", flush=True)
    started = time.monotonic()
    try:
        outcome = work()
    except (StepFailedError, NoServerError, containers.NotUpError) as error:
        print(f"FAILED ({time.monotonic() - started:.0f} s)\n{error}\n\nCI failed: {title}", flush=True)
        sys.exit(1)
    print(f"{outcome or 'ok'} ({time.monotonic() - started:.0f} s)", flush=True)


def gates(scratch: Path) -> None:
    """What can be seen without running the suite."""
    data = str(scratch / "gates")
    for title, command in GATES.items():
        step(title, partial(quietly, command, PINS_DATA_DIR=data))
    production = {**PRODUCTION, **SERVERS_ONLY_NAMED, "PINS_DATA_DIR": data}
    check = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    step(
        "check --deploy in production",
        partial(quietly, check, **production),
    )
    step("check --deploy refuses development defaults", lambda: must_fail(check, PINS_DATA_DIR=data))


def must_fail(command: list[str], **given: str) -> str:
    """Runs a command that has to refuse."""
    try:
        run(command, **given)
    except StepFailedError:
        return "refused"
    raise StepFailedError(f"{' '.join(command)} should have refused, and did not.")


def lighthouse(scratch: Path) -> str:
    """The public pages in Lighthouse: accessibility, best practices and search have to be 100."""
    if not is_possible():
        return f"\n{'*' * 100}\n{LOUDLY}\n{'*' * 100}\n"
    try:
        pages = judge(scratch, without_settings({}))
    except LighthouseError as error:
        raise StepFailedError(str(error)) from error
    told = "\n".join(page.words for page in pages)
    if not all(page.is_whole for page in pages):
        raise StepFailedError(f"Less than 100 where 100 is wanted:\n{told}")
    return f"ok\n{told}\n"


def start_containers(given: Mapping[str, str], scratch: Path) -> str:
    """The commands of docker-compose.yml, on PostgreSQL and Redis."""
    settings = {
        **PRODUCTION,
        **given,
        "PINS_DATA_DIR": str(scratch / "data"),
        "PINS_STATIC_ROOT": str(scratch / "static"),
    }
    run([sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"], **settings)
    containers.start_and_stop(without_settings(settings), scratch, free_port())
    return "all well"


def main() -> None:
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="pins-ci-") as name:
        scratch = Path(name)
        gates(scratch)
        step("Lighthouse on the public pages", lambda: lighthouse(scratch))
        step("Suite on SQLite and the embedded queue", lambda: run(["bin/test", "-q"]))
        with servers() as given:
            step("Suite on PostgreSQL and Redis", lambda: run(["bin/test", "-q"], **given))
            step("The commands of docker-compose.yml", lambda: start_containers(given, scratch))
    print(f"CI passed: every step ({time.monotonic() - started:.0f} s)")


if __name__ == "__main__":
    main()
