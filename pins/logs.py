"""The logs of `bin/run`: each start goes on where the last one ended, and a log that grew large is set aside."""

from datetime import datetime
from os import SEEK_END
from pathlib import Path
from typing import BinaryIO

LARGEST = 5_000_000  # bytes
LOOKED_AT = (
    64_000  # bytes from its end: a process that ended may have said far more than a terminal should show
)
STARTED = "Started "


def begin(log: Path) -> None:
    """Note in the log, on a line of its own, that a start begins here.

    A log that is over LARGEST first takes the place of `NAME.log.1`. Raises OSError where it cannot be written.
    """
    if log.exists() and log.stat().st_size > LARGEST:
        log.replace(log.with_name(f"{log.name}.1"))
    with log.open("ab+") as file:
        if file.tell() and _last_byte(file) != b"\n":  # who wrote it was killed in the middle of a line
            file.write(b"\n")
        file.write(f"{STARTED}{datetime.now().astimezone().isoformat(' ', 'seconds')}\n".encode())


def _last_byte(file: BinaryIO) -> bytes:
    file.seek(-1, SEEK_END)
    return file.read()


def end_of(log: Path, *, lines: int) -> list[str]:
    """The last lines of what was said since the last start, at most `lines` of them."""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - LOOKED_AT))
        found = file.read().decode(errors="replace").splitlines()
    starts = [number for number, line in enumerate(found) if line.startswith(STARTED)]
    return found[starts[-1] + 1 if starts else 0 :][-lines:]
