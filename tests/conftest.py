"""Fixtures for every test; the embedded default unless DATABASE_URL and REDIS_URL say otherwise."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from accounts.models import User
from core.unchanged import Unchanged
from tests.house.fixtures import only_this_machine, strict_templates  # noqa: F401
from tests.house.reference_data import pytest_runtest_teardown  # noqa: F401
from tests.house.scheduling import pytest_collection_modifyitems, pytest_xdist_make_scheduler  # noqa: F401
from tests.people import People, make_people

# Playwright leaves a loop running in its process, and Django would refuse the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, quiet on a machine without a network."""
    return {"executable_path": os.environ.get("PINS_CHROMIUM") or shutil.which("chromium"), "args": QUIET}


@pytest.fixture(autouse=True)
def empty_cache():
    """Sign-in limits of one test do not reach the next, nor does what was worked out from its rows."""
    cache.clear()
    Unchanged.forget_all()


@pytest.fixture
def people(db: None) -> People:
    """The fixed cast."""
    return make_people()


@pytest.fixture
def sign_in() -> Callable[[User | None], Client]:
    """A browser-less client for a person; None is somebody who is not signed in."""

    def client_for(person: User | None) -> Client:
        client = Client()
        if person is not None:
            client.force_login(person)
        return client

    return client_for


@pytest.fixture
def database_on_disk(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """SQLite as the embedded default has it: a file that several connections write, not memory that threads share."""
    if connection.vendor != "sqlite":
        yield
        return
    import sqlite3

    memory, name = connection.connection, connection.settings_dict["NAME"]
    file = tmp_path / "pins.sqlite3"
    with sqlite3.connect(file) as copy:
        memory.backup(copy)
    copy.close()
    connection.settings_dict["NAME"], connection.connection = file, None
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"], connection.connection = name, memory
