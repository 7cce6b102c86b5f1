"""A prepared query gives what the query set itself gives, however often and for whatever values."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from django.db import connection
from django.db.models.functions import Coalesce, Now
from django.test.utils import CaptureQueriesContext

from core.models import HistoryEntry, ProgrammeSettings
from core.prepared import Prepared

pytestmark = pytest.mark.django_db


def lines(kind, school):
    return HistoryEntry.objects.filter(kind=kind, school_id=school).order_by("pk")


@pytest.fixture
def history():
    return HistoryEntry.objects.bulk_create(
        HistoryEntry(kind=kind, school_id=school, summary=f"{kind} at {school}", details={"of": school})
        for kind in ("a", "b")
        for school in ("1", "2", "2")
    )


def test_rows_are_those_of_the_query_set_for_each_pair_of_values(history):
    prepared = Prepared(lines, str, str)
    for values in [("a", "1"), ("b", "2"), ("a", "2"), ("c", "1"), ("b", "2")]:
        assert prepared(*values) == list(lines(*values))


def test_values_from_the_database_are_converted_as_ever(history):
    row = Prepared(lines, str, str)("a", "1")[0]
    assert row.details == {"of": "1"}
    assert row.at == HistoryEntry.objects.get(pk=row.pk).at


@pytest.mark.parametrize(
    "shape",
    [
        lambda rows: rows.values_list("summary", "details"),
        lambda rows: rows.values_list("summary", flat=True),
        lambda rows: rows.values("summary", "at"),
        lambda rows: rows.only("summary")[:1],
    ],
)
def test_tuples_single_values_dicts_and_slices_come_as_from_the_query_set(history, shape):
    prepared = Prepared(lambda kind, school: shape(lines(kind, school)), str, str)
    assert prepared("b", "2") == list(shape(lines("b", "2")))


def test_a_value_is_data_and_never_sql(history):
    assert Prepared(lines, str, str)("a' OR '1'='1", "1") == []


def test_first_is_none_when_nothing_is_found(history):
    assert Prepared(lines, str, str).first("c", "1") is None


def test_each_call_sees_what_is_stored_by_then():
    settings = Prepared(lambda: ProgrammeSettings.objects.filter(pk=1))
    ProgrammeSettings.objects.all().delete()
    assert settings.first() is None
    ProgrammeSettings(pk=1, county="Rutland").save()
    assert settings.first().county == "Rutland"
    ProgrammeSettings.objects.update(county="Shropshire")
    assert settings.first().county == "Shropshire"


def test_the_query_set_is_built_once_and_each_call_is_one_query(history):
    built = []

    def build(kind, school):
        built.append((kind, school))
        return lines(kind, school)

    prepared = Prepared(build, str, str)
    with CaptureQueriesContext(connection) as queries:
        prepared("a", "1")
        prepared("b", "2")
    assert (len(built), len(queries)) == (1, 2)


def test_a_value_that_does_not_reach_the_database_as_it_is_is_refused():
    build = lambda kind, school: HistoryEntry.objects.filter(kind=kind, school_id=f"0{school}")  # noqa: E731
    with pytest.raises(ValueError, match="has to reach the database as it is"):
        Prepared(build, str, str)("a", "1")


@pytest.mark.django_db(transaction=True)
def test_another_thread_uses_its_own_connection(history):
    prepared = Prepared(lines, str, str)
    prepared("a", "1")
    found = []

    def ask():
        found.extend(prepared("b", "2"))
        connection.close()

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert [row.summary for row in found] == ["b at 2", "b at 2"]


@pytest.mark.parametrize("number", [2**63 - 1, 2**63, -(2**63), -(2**63) - 1, 10**30])
def test_a_number_beyond_every_id_finds_nothing(history, number):
    prepared = Prepared(lambda pk: HistoryEntry.objects.filter(pk=pk), int)
    assert prepared.first(number) is None


def test_a_value_that_makes_no_difference_may_be_given(history):
    prepared = Prepared(lambda kind, school: HistoryEntry.objects.filter(kind=kind), str, str)
    assert prepared("a", "1") == prepared("a", "2") == list(HistoryEntry.objects.filter(kind="a"))


def test_moments_are_compared_as_ever(history):
    first, second, *_ = HistoryEntry.objects.order_by("at", "pk")
    HistoryEntry.objects.filter(pk=second.pk).update(at=first.at + timedelta(microseconds=1))
    rows = HistoryEntry.objects.filter(pk__in=(first.pk, second.pk)).order_by("pk")
    prepared = Prepared(lambda before, after: rows.filter(at__lte=before, at__gte=after), datetime, datetime)
    later = first.at + timedelta(microseconds=1)
    assert prepared(first.at, first.at) == [first]
    assert prepared(later, later) == [second]
    assert prepared(later, first.at) == [first, second]


def test_what_rows_are_put_in_order_by_is_not_among_what_is_asked_for(history):
    prepared = Prepared(
        lambda kind: (
            HistoryEntry.objects.filter(kind=kind)
            .order_by("-school_id", "pk")
            .values_list("summary")
            .distinct()
        ),
        str,
    )
    assert prepared("a") == [("a at 2",), ("a at 2",), ("a at 1",)]


def test_moments_that_were_worked_out_are_converted_as_ever(history):
    rows = (
        HistoryEntry.objects.order_by("pk").annotate(known=Coalesce("at", Now())).values_list("at", "known")
    )
    found = Prepared(lambda: rows)()
    assert found == list(rows)
    assert {moment.tzinfo for row in found for moment in row} == {UTC}
