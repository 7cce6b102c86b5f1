"""PostgreSQL and Redis for a CI run: those that answer on this machine, else started here in a folder of their own.

Of a server that answers only that is used which the run made itself (a database of its own in PostgreSQL) or found
empty (a row of databases in Redis), and it is cleared up at the end. As a command, this names the Debian packages
that are missing.
"""

import getpass
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg2
import redis
from psycopg2 import sql

from pins.processes import Program, Supervisor

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 30
REDIS_DATABASES = 16
NEEDED = 8
"""Redis databases of a run: one for the services, and one for each process of the suite."""


class NoServerError(Exception):
    """A server neither answers nor can be started."""


def free_port() -> int:
    """A port that nothing listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(what: str, answers: Callable[[], object]) -> None:
    """Returns once `answers` gives something; raises NoServerError when that takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while not answers():
        if time.monotonic() > deadline:
            raise NoServerError(f"{what} did not answer within {START_SECONDS} seconds.")
        time.sleep(0.1)


# PostgreSQL ------------------------------------------------------------------------------------


def connect(user: str, port: int) -> "psycopg2.extensions.connection | None":
    """A connection to the maintenance database, or None."""
    with suppress(psycopg2.OperationalError):
        connection = psycopg2.connect(
            host="127.0.0.1", port=port, user=user, dbname="postgres", connect_timeout=3
        )
        connection.autocommit = True
        return connection
    return None


def answering_postgresql() -> str | None:
    """The user as whom the server on the usual port lets us make a database."""
    for user in dict.fromkeys((os.environ.get("PGUSER") or getpass.getuser(), "postgres")):
        if connection := connect(user, 5432):
            with connection, connection.cursor() as cursor:
                cursor.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
                may_create = cursor.fetchone()
            connection.close()
            if may_create and may_create[0]:
                return user
    return None


def postgresql_programs() -> Path | None:
    """Where initdb and postgres are; Debian keeps them off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: path.parts[4].zfill(4))
    return found[-1].parent if found else None


def as_ordinary_user(folder: Path) -> list[str]:
    """What to put before a command that refuses to be root; the folder then belongs to that user."""
    if os.geteuid() != 0:
        return []
    names = {user.pw_name for user in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return [
        "setpriv",
        f"--reuid={user.pw_uid}",
        f"--regid={user.pw_gid}",
        "--clear-groups",
        "--pdeathsig=TERM",
    ]


def started_postgresql(supervisor: Supervisor, folder: Path) -> tuple[str, int]:
    """Starts a server of our own; returns its user and port."""
    programs = postgresql_programs()
    if programs is None:
        raise NoServerError("PostgreSQL neither answers on 127.0.0.1:5432 nor is it installed.")
    home = folder / "postgresql"
    home.mkdir()
    before, port = as_ordinary_user(home), free_port()
    data = str(home / "data")
    make = [str(programs / "initdb"), "-D", data, "-U", "pins", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run([*before, *make], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    options = ["-p", str(port), "-k", str(home), "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
    run = [*before, str(programs / "postgres"), "-D", data, *options]
    supervisor.start(Program("postgresql", run, folder / "postgresql.log"))
    wait_for("PostgreSQL", lambda: connect("pins", port))
    return "pins", port


@contextmanager
def scratch_database(user: str, port: int) -> Iterator[str]:
    """A database of the run's own, as a DATABASE_URL; it is dropped at the end, whoever is still connected."""
    name = f"pins_ci_{secrets.token_hex(4)}"
    connection = connect(user, port)
    if connection is None:
        raise NoServerError("PostgreSQL answered before, and does not any more.")
    cursor = connection.cursor()
    cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield f"postgres://{user}@127.0.0.1:{port}/{name}"
    finally:
        cursor.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.close()


# Redis -----------------------------------------------------------------------------------------


def answering_redis() -> int | None:
    """The first of a row of empty databases in the server on the usual port."""
    with suppress(redis.RedisError):
        for first in range(REDIS_DATABASES - NEEDED, -1, -NEEDED):
            row = range(first, first + NEEDED)
            if all(redis.Redis(db=number, socket_timeout=3).dbsize() == 0 for number in row):
                return first
    return None


def answers_redis(port: int) -> bool:
    with suppress(redis.RedisError):
        return bool(redis.Redis(port=port, socket_timeout=3).ping())
    return False


def started_redis(supervisor: Supervisor, folder: Path) -> int:
    """Starts a server of our own; returns its port."""
    program = shutil.which("redis-server")
    if program is None:
        raise NoServerError("Redis has no empty databases on 127.0.0.1:6379, nor is it installed.")
    port = free_port()
    options = ["--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", str(folder)]
    supervisor.start(Program("redis", [program, *options], folder / "redis.log"))
    wait_for("Redis", lambda: answers_redis(port))
    return port


@contextmanager
def redis_databases(port: int, first: int) -> Iterator[str]:
    """A row of Redis databases, as the REDIS_URL of the first; they are emptied at the end.

    A key in the first says that they are taken, so that another run looks for others.
    """
    redis.Redis(port=port, db=first).set("taken-by-a-ci-run", os.getpid())
    try:
        yield f"redis://127.0.0.1:{port}/{first}"
    finally:
        for number in range(first, first + NEEDED):
            redis.Redis(port=port, db=number).flushdb()


# Both ------------------------------------------------------------------------------------------


@contextmanager
def servers() -> Iterator[dict[str, str]]:
    """DATABASE_URL and REDIS_URL of servers that are ours for the time being."""
    with tempfile.TemporaryDirectory(prefix="pins-ci-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        supervisor = Supervisor(os.environ, folder)
        try:
            user, postgresql_port = answering_postgresql(), 5432
            if user is None:
                user, postgresql_port = started_postgresql(supervisor, folder)
            first, redis_port = answering_redis(), 6379
            if first is None:
                first, redis_port = 0, started_redis(supervisor, folder)
            with (
                scratch_database(user, postgresql_port) as database_url,
                redis_databases(redis_port, first) as redis_url,
            ):
                yield {"DATABASE_URL": database_url, "REDIS_URL": redis_url}
        finally:
            supervisor.stop()


def missing_packages() -> list[str]:
    """Debian's packages for the servers that neither answer nor can be started."""
    missing = []
    if answering_postgresql() is None and postgresql_programs() is None:
        missing.append("postgresql")
    if answering_redis() is None and shutil.which("redis-server") is None:
        missing.append("redis-server")
    return missing


if __name__ == "__main__":
    sys.stdout.write(" ".join(missing_packages()))
