"""What holds in every test, whoever wrote it: this machine only, and no undefined variable in our templates."""

from collections.abc import Iterator

import pytest

from tests.house.network import network_refused
from tests.house.undefined import refuse_undefined_variables


@pytest.fixture(scope="session", autouse=True)
def only_this_machine() -> Iterator[None]:
    """A connection to anywhere else fails the test."""
    with network_refused():
        yield


@pytest.fixture(scope="session", autouse=True)
def strict_templates() -> None:
    """An undefined variable in a template of ours fails the test."""
    refuse_undefined_variables()
