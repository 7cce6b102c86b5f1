"""While an upgrade runs, processes of the release before go on writing: no new column may stop them.

They do not name the column, so it has to be nullable or have a default that the database knows itself.
"""

from collections.abc import Iterable

import pytest
from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddField
from django.db.migrations.operations.base import Operation

from tests.house.project import APPS


def stopping(operations: Iterable[Operation]) -> list[str]:
    """The columns added so that a row without them is refused, as model.field."""
    return [
        f"{operation.model_name}.{operation.name}"
        for operation in operations
        if isinstance(operation, AddField)
        and not (operation.field.many_to_many or operation.field.null or operation.field.has_db_default())
    ]


@pytest.mark.parametrize(
    ("field", "found"),
    [
        (models.CharField(max_length=9), ["answer.mark"]),
        (models.CharField(max_length=9, default=""), ["answer.mark"]),
        (models.CharField(max_length=9, default="", db_default=""), []),
        (models.DateField(null=True), []),
        (models.ManyToManyField("schools.School"), []),
    ],
    ids=["bare", "default_of_django_alone", "default_of_the_database", "nullable", "table_of_its_own"],
)
def test_a_column_that_stops_the_release_before_is_found(field, found):
    assert stopping([AddField("answer", "mark", field)]) == found


def test_no_column_of_ours_stops_the_release_before():
    migrations = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    ours = {key: migration for key, migration in migrations.items() if key[0] in APPS}
    assert {app for app, _ in ours} >= {"accounts", "audits", "core", "schools", "training"}
    found = {key: stopping(migration.operations) for key, migration in ours.items()}
    assert {key: columns for key, columns in found.items() if columns} == {}
