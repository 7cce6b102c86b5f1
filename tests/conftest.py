"""Fixtures for every test; the embedded default unless DATABASE_URL and REDIS_URL say otherwise."""

import os
import shutil
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import User
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
    """Sign-in limits of one test do not reach the next."""
    cache.clear()


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
