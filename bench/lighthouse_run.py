"""Google's Lighthouse on the public pages of the product as `bin/run` starts it, with the demonstration in it.

Lighthouse comes from npm, in the versions of bench/lighthouse/package-lock.json, into a folder that git ignores.
Where Node is missing nothing can be said about these pages, and whoever asks is told so loudly.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
VERSIONS = ROOT / "bench" / "lighthouse"
INSTALLED = ROOT / ".test" / "lighthouse"
PAGES = ("/", "/schools/", "/schools/caer-ridge-primary-school/")
GATES = {"accessibility": "accessibility", "best-practices": "best practices", "seo": "search"}
"""What has to be 100, by the names that Lighthouse gives them."""
PERFORMANCE = "performance"
CHROMIUM_OPTIONS = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run"
TRIES = 3
"""How often a page is asked for while Lighthouse itself cannot measure, as it does on a busy machine (NO_NAVSTART)."""
COULD_NOT_MEASURE = ("Runtime error encountered:", "Unable to connect to Chrome")
"""A page at fault says so each time it is asked for; a busy machine does not."""
LOUDLY = "SKIPPED: Node and npm are not installed here, so Lighthouse did not run and its gate says nothing."


class LighthouseError(Exception):
    """Lighthouse could not be installed or run; holds the end of what it said."""


class NotMeasuredError(LighthouseError):
    """Chromium gave Lighthouse nothing to measure by, which says nothing of the page."""


@dataclass(frozen=True)
class Judged:
    """One page: each score of 100, and the audits that took points off what has to be whole."""

    page: str
    scores: dict[str, int]
    failed: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing that has to be 100 is less."""
        return all(self.scores[name] == 100 for name in GATES)

    @property
    def words(self) -> str:
        """One line, and one for each audit that failed."""
        scores = ", ".join(f"{words} {self.scores[name]}" for name, words in GATES.items())
        line = f"{self.page}: {scores} (performance {self.scores[PERFORMANCE]})"
        return "\n".join([line, *(f"  {failed}" for failed in self.failed)])


def is_possible() -> bool:
    """Whether Node and npm are here."""
    return bool(shutil.which("node") and shutil.which("npm"))


def judge(scratch: Path, surroundings: Mapping[str, str]) -> list[Judged]:
    """What Lighthouse says of each page; raises LighthouseError when it cannot say anything."""
    _install()
    with _product(scratch, surroundings) as address:
        _warm(address)
        return [_judge_whole(page, address, scratch, surroundings) for page in PAGES]


def _warm(address: str) -> None:
    """Ask each server process for everything first: Lighthouse has little patience with robots.txt."""
    for path in (*PAGES, "/robots.txt") * 4:
        with urlopen(f"{address}{path}", timeout=60) as answer:  # noqa: S310 - our own server
            answer.read()


def _judge_whole(page: str, address: str, scratch: Path, surroundings: Mapping[str, str]) -> Judged:
    """A page that is not whole is judged once more: a fault is there again, a busy machine's hiccup is not."""
    judge_it = partial(_judge_page, page, address, scratch, surroundings)
    first = measured(judge_it)
    return first if first.is_whole else measured(judge_it)


def measured(judge_it: Callable[[], Judged]) -> Judged:
    """What `judge_it` finds; asked up to TRIES times while Lighthouse says that it could not measure at all.

    Raises LighthouseError with what it said last; any other fault at once.
    """
    for _ in range(TRIES - 1):
        try:
            return judge_it()
        except NotMeasuredError:
            continue
    return judge_it()


def judged(page: str, report: Mapping[str, Any]) -> Judged:
    """What a report of Lighthouse says of a page."""
    categories = report["categories"]
    scores = {name: int(100 * (categories[name]["score"] or 0)) for name in (*GATES, PERFORMANCE)}
    wanted = {one["id"] for name in GATES for one in categories[name]["auditRefs"] if one["weight"]}
    audits = (audit for key, audit in report["audits"].items() if key in wanted)
    failed = (audit for audit in audits if audit["score"] is not None and audit["score"] < 1)
    return Judged(page, scores, tuple(_told(audit) for audit in failed))


def _told(audit: Mapping[str, Any]) -> str:
    """An audit that failed, with the first places where it did."""
    items = (audit.get("details") or {}).get("items", [])
    nodes = [item["node"]["snippet"][:120] for item in items if isinstance(item.get("node"), dict)]
    where = f": {'; '.join(nodes[:3])}" if nodes else ""
    return f"{audit['id']} - {audit['title']}{where}"


def _install() -> None:
    lock = (VERSIONS / "package-lock.json").read_text()
    stamp = INSTALLED / "installed.json"
    if stamp.is_file() and stamp.read_text() == lock:
        return
    shutil.rmtree(INSTALLED, ignore_errors=True)
    INSTALLED.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(VERSIONS / name, INSTALLED / name)
    _run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], os.environ, INSTALLED)
    stamp.write_text(lock)


def _judge_page(page: str, address: str, scratch: Path, surroundings: Mapping[str, str]) -> Judged:
    file = scratch / "lighthouse.json"
    chromium = os.environ.get("PINS_CHROMIUM") or shutil.which("chromium") or ""
    command = [
        *("node", str(INSTALLED / "node_modules" / "lighthouse" / "cli" / "index.js"), f"{address}{page}"),
        *("--quiet", "--output=json", f"--output-path={file}", f"--chrome-flags={CHROMIUM_OPTIONS}"),
        f"--only-categories={','.join([*GATES, PERFORMANCE])}",
        "--no-enable-error-reporting",
    ]
    _run(command, {**surroundings, "CHROME_PATH": chromium}, scratch)
    return judged(page, json.loads(file.read_text()))


def _run(command: list[str], surroundings: Mapping[str, str], folder: Path) -> None:
    done = subprocess.run(
        command, cwd=folder, env=dict(surroundings), capture_output=True, text=True, timeout=600, check=False
    )
    if done.returncode:
        raise refused(f"{' '.join(command[:3])}\n{done.stdout[-2000:]}\n{done.stderr[-3000:]}")


def refused(said: str) -> LighthouseError:
    """The error for a command that said this and failed."""
    return (
        NotMeasuredError(said) if any(words in said for words in COULD_NOT_MEASURE) else LighthouseError(said)
    )


@contextmanager
def _product(scratch: Path, surroundings: Mapping[str, str]) -> Iterator[str]:
    """The product with its demonstration on a free port, under the address by which it is asked."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    address = f"http://127.0.0.1:{port}"
    settings = {"PINS_SITE_URL": address, "PINS_DATA_DIR": str(scratch / "lighthouse"), "PINS_DEMO": "true"}
    log = scratch / "lighthouse.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "pins.serve", "--port", str(port)],
            cwd=ROOT,
            env={**surroundings, **settings},
            stdout=output,
            stderr=output,
        )
    try:
        while "Ctrl-C stops everything" not in log.read_text():
            if process.poll() is not None:
                raise LighthouseError(f"The product did not start.\n{log.read_text()[-3000:]}")
            time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=90)
