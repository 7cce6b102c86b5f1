"""What migrations wrote (settings, areas of practice, modules, visits) outlives the tests that empty the database."""

from collections.abc import Generator
from importlib import import_module

import pytest
from django.apps import apps
from pytest_django.plugin import blocking_manager_key

from tests.house.scheduling import empties_the_database


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None]:
    """Writes it anew once the test's own fixtures are gone, as the migrations did; nobody needs it after the last."""
    yield
    if nextitem is not None and empties_the_database(item):
        with item.config.stash[blocking_manager_key].unblock():
            import_module("core.migrations.0003_one_row_of_settings").make_settings(apps, None)
            import_module("schools.migrations.0002_areas_of_practice").add_areas(apps, None)
            import_module("training.migrations.0002_six_modules").add_modules(apps, None)
            import_module("visits.migrations.0002_three_visits").add_steps(apps, None)
