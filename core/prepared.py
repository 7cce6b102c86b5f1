"""Queries that Django builds and compiles once in each process, and then runs again with other values.

Building a query and compiling it to SQL takes Django several times the processor time that the database
needs to answer. For the few queries that nearly every request asks, that is most of what a page costs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar, cast

from django.db import connection, connections
from django.db.models import QuerySet

Row = TypeVar("Row")

Value = int | str | datetime
LEAST, MOST = -(2**63), 2**63 - 1
"""What a big integer holds; an address may name any number."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    """What compiling gave: the query set, its compiler, the SQL, and which parameter each value fills."""

    queryset: QuerySet[Any, Any]
    compiler: Any
    sql: str
    params: tuple[Any, ...]
    slots: dict[int, int]
    converters: dict[int, Any]
    has_composites: bool


class Prepared(Generic[Row]):
    """A query set that is compiled when it is first asked for, and run with the values of each call.

    `build` makes the query set from the values; `kinds` says whether each is an int, a str or a moment. It is
    called once, with stand-ins: so it may not look at a value, nor use what changes from one request to the
    next (the time, a setting) without being given it. Rows are what the query set gives: model instances,
    tuples, single values.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]], *kinds: type[Value]) -> None:
        self._build = build
        self._stand_ins = tuple(_stand_in(kind, number) for number, kind in enumerate(kinds))
        self._compiled: _Compiled | None = None

    def __call__(self, *values: Value) -> list[Row]:
        """All rows for these values, in one query; none for a number that no database holds, as Django has it."""
        if any(isinstance(value, int) and not LEAST <= value <= MOST for value in values):
            return []
        compiled = self._compiled or self._compile()
        params = list(compiled.params)
        for position, number in compiled.slots.items():
            params[position] = _as_the_database_has_it(values[number])
        return list(_bound(compiled, tuple(params)))

    def first(self, *values: Value) -> Row | None:
        """The first row for these values, or None; the query set should be one that finds few."""
        return next(iter(self(*values)), None)

    def _compile(self) -> _Compiled:
        queryset, compiler, sql, params = _built(self._build, self._stand_ins)
        stand_ins = [_as_the_database_has_it(value) for value in self._stand_ins]
        slots = {
            position: stand_ins.index(value) for position, value in enumerate(params) if value in stand_ins
        }
        if set(slots.values()) != set(range(len(self._stand_ins))):
            self._check_unused(slots, sql, params)
        columns = [column for column, *_ in compiler.select[: compiler.col_count]]
        converters = _quicker(compiler.get_converters(columns))
        composites = compiler.has_composite_fields(columns)
        self._compiled = _Compiled(queryset, compiler, sql, tuple(params), slots, converters, composites)
        return self._compiled

    def _check_unused(self, slots: dict[int, int], sql: str, params: tuple[Any, ...]) -> None:
        """What is not found in the query has to make no difference to it."""
        others = [
            value if number in slots.values() else _stand_in(type(value), number + len(self._stand_ins))
            for number, value in enumerate(self._stand_ins)
        ]
        if _built(self._build, others)[2:] != (sql, params):
            raise ValueError("A value of a prepared query has to reach the database as it is.")


def _built(build: Callable[..., QuerySet[Any, Any]], values: Iterable[Value]) -> tuple[Any, Any, str, Any]:
    """The query set, its compiler, the SQL and the parameters."""
    queryset = build(*values)
    compiler = queryset.query.get_compiler(using=queryset.db)
    return queryset, compiler, *compiler.as_sql()


def _stand_in(kind: type[Value], number: int) -> Value:
    """A value that nothing else in a query can have."""
    if kind is datetime:
        return datetime(1000, 1, 1, tzinfo=UTC) + timedelta(days=number)
    return -(2**52) - number if kind is int else f"stand-in {number} \u2063"


def _as_the_database_has_it(value: Value) -> Value:
    """Some databases have moments as text."""
    if not isinstance(value, datetime):
        return value
    return cast(Value, connection.ops.adapt_datetimefield_value(value))


def _quicker(converters: dict[int, Any]) -> dict[int, Any]:
    """The same converters, but one of our own for SQLite's moments: a list has hundreds, and Django's asks more."""
    ours = getattr(connection.ops, "convert_datetimefield_value", None)
    if ours is None or connection.timezone is not UTC:
        return converters

    def moment(value: object, expression: object, connection: object) -> object:
        if type(value) is datetime and value.tzinfo is None:
            return value.replace(tzinfo=UTC)
        return ours(value, expression, connection)

    return {
        column: ([moment if each == ours else each for each in several], expression)
        for column, (several, expression) in converters.items()
    }


class _Query:
    """A query whose compiler has its rows already; everything else is the query's own."""

    def __init__(self, query: Any, compiler: Any) -> None:
        self._query = query
        self._compiler = compiler

    def get_compiler(self, using: str | None = None) -> Any:  # noqa: ARG002 - the shape is Django's
        return self._compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self._query, name)


def _bound(compiled: _Compiled, params: tuple[Any, ...]) -> QuerySet[Any, Any]:
    """A copy of the query set that has read its rows, by this thread's connection, with these parameters."""
    own = connections[compiled.compiler.using]
    with own.cursor() as cursor:
        cursor.execute(compiled.sql, params)
        rows = cursor.fetchall()
    if compiled.compiler.has_extra_select:  # what it is put in order by, and nobody asked for
        rows = [row[: compiled.compiler.col_count] for row in rows]
    compiler = object.__new__(type(compiled.compiler))
    compiler.__dict__.update(
        compiled.compiler.__dict__,
        connection=own,
        execute_sql=lambda *_, **__: (rows,),
        get_converters=lambda _columns: compiled.converters,
        has_composite_fields=lambda _columns: compiled.has_composites,
    )
    queryset: QuerySet[Any, Any] = object.__new__(type(compiled.queryset))
    queryset.__dict__.update(compiled.queryset.__dict__, _result_cache=None)
    queryset.__dict__["_query"] = _Query(compiled.queryset.query, compiler)
    return queryset
