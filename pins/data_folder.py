"""The folder that holds everything of the embedded default: database, uploads, reports, queue, logs.

The marker file says that PINS Hub made the folder, so that `--fresh` can never empty somebody's documents.
"""

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pins.logs import begin

MARKER = ".pins-hub"
STAMPS = ".stamps"
DATABASE = "pins.sqlite3"
_MADE_BY_ANY_COMMAND = {"secret_key", "queue", "cache", DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"}
_FILLED_BY_PEOPLE = ("accounts_user", "schools_school")


class DataFolderError(Exception):
    """The folder cannot be used as asked; the message says why, for the person who typed the command."""


@contextmanager
def refusing(path: Path, use: str = "its data folder") -> Iterator[None]:
    """Raises DataFolderError, with what the machine says, when what is at `path` cannot be used."""
    try:
        yield
    except OSError as error:
        where = f" ({error.filename})" if error.filename not in (None, str(path)) else ""
        raise DataFolderError(
            f"PINS Hub cannot use {path} as {use}: {error.strerror or error}{where}. "
            "Let this account write in it, or name another folder in PINS_DATA_DIR."
        ) from error


class DataFolder:
    """A data folder and what it remembers about itself. Nothing is touched until a method is called."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def is_empty(self) -> bool:
        """Whether nothing is in it, or it does not exist."""
        return not self.path.exists() or not any(self.path.iterdir())

    @property
    def is_new(self) -> bool:
        """Whether it holds at most what `bin/manage` leaves behind, and no row of anybody's."""
        if self.is_empty:
            return True
        held = {entry.name for entry in self.path.iterdir()}
        return held <= _MADE_BY_ANY_COMMAND and not _has_rows(self.path / DATABASE)

    @property
    def is_ours(self) -> bool:
        """Whether PINS Hub made it."""
        return (self.path / MARKER).is_file()

    def log(self, name: str) -> Path:
        """Where the process of this name writes what it has to say."""
        return self.path / "logs" / f"{name}.log"

    def begin_log(self, name: str) -> None:
        """Notes in the log of this name that a start begins here; raises DataFolderError where it cannot."""
        with refusing(self.path):
            begin(self.log(name))

    def prepare(self) -> None:
        """Makes the folder where there is none. One that already held something is never marked as ours.

        Raises DataFolderError where the folder, or anything in it, cannot be made.
        """
        with refusing(self.path):
            unclaimed = self.is_new
            self.path.mkdir(parents=True, exist_ok=True)
            if unclaimed:
                self.path.chmod(0o700)
                (self.path / MARKER).write_text("PINS Hub made this folder. `bin/run --fresh` empties it.\n")
            for name in ("logs", STAMPS):
                (self.path / name).mkdir(exist_ok=True)

    def make_empty(self) -> None:
        """Removes all that is in the folder; raises DataFolderError unless PINS Hub made it and may."""
        with refusing(self.path):
            self._make_empty()

    def _make_empty(self) -> None:
        if self.is_empty:
            return
        if not self.is_ours:
            raise DataFolderError(
                f"PINS Hub did not make {self.path}, so --fresh leaves it as it is. "
                "Empty it yourself, or name another folder in PINS_DATA_DIR."
            )
        for entry in self.path.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keeps any other `bin/run` off this folder.

        Raises DataFolderError when one is already there, or the folder cannot be used.
        """
        with refusing(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            folder = os.open(self.path, os.O_RDONLY)
        try:
            self._lock(folder)
            yield
        finally:
            os.close(folder)

    def _lock(self, folder: int) -> None:
        with refusing(self.path):
            try:
                fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise DataFolderError(
                    f"PINS Hub is already running on {self.path}. "
                    "Stop it first, or name another folder in PINS_DATA_DIR."
                ) from None

    def stamp_matches(self, name: str, value: str) -> bool:
        """Whether the last `write_stamp` of this name had this value."""
        stamp = self.path / STAMPS / name
        return stamp.is_file() and stamp.read_text() == value

    def write_stamp(self, name: str, value: str) -> None:
        """Remembers that the work of this name is done for this value; raises DataFolderError where it cannot."""
        with refusing(self.path):
            (self.path / STAMPS / name).write_text(value)


def _has_rows(database: Path) -> bool:
    """Whether a person or a school is in this SQLite file, or it is something else that nobody may touch."""
    if not database.exists():
        return False
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
            there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
            wanted = (table for table in _FILLED_BY_PEOPLE if table in there)
            return any(connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() for table in wanted)  # noqa: S608
    except sqlite3.Error:
        return True
