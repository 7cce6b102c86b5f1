"""What the planner has read is kept while nobody changes anything, and is never another than what stands there."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.visits import at
from tests.visits.planning import a_visit
from visits.enums import VisitStatus
from visits.services.planning import cancel

pytestmark = pytest.mark.django_db
LIST = "/visits/"


@pytest.fixture
def liaison(people, sign_in):
    return sign_in(people.liaison)


def names(client, **query):
    """The schools of the list, in its order, without making the process forget anything before."""
    return [row.school for _, _, rows in client.get(LIST, query).context["piles"] for row in rows]


def test_reads_no_visit_a_second_time(liaison):
    first = a_visit()
    assert names(liaison) == [first.school.name]
    with CaptureQueriesContext(connection) as asked:
        assert names(liaison) == [first.school.name]
    assert [query["sql"] for query in asked if 'FROM "visits_' in query["sql"]] == []


def test_shows_a_change_at_once(people, liaison):
    first, second = a_visit(), a_visit()
    assert names(liaison) == sorted([first.school.name, second.school.name])
    cancel(visit=first, reason="No room.", by=people.liaison)
    assert names(liaison) == [second.school.name]


def test_keeps_what_is_asked_for_apart(liaison):
    a_visit()
    one = a_visit()
    assert len(names(liaison)) == 2
    assert names(liaison, q=one.school.name) == [one.school.name]
    assert len(names(liaison)) == 2


def test_a_visit_is_overdue_within_a_minute_of_its_end(liaison):
    with time_machine.travel(at(date(2026, 11, 26)), tick=False) as clock:
        now = timezone.now()
        visit = a_visit(
            VisitStatus.CONFIRMED,
            None,
            starts_at=now - timedelta(hours=1),
            ends_at=now + timedelta(seconds=30),
        )
        assert [str(pile.label) for pile, _, _ in liaison.get(LIST).context["piles"]] == [
            "The next seven days"
        ]
        clock.shift(60)
        assert [str(pile.label) for pile, _, _ in liaison.get(LIST).context["piles"]] == ["Overdue"]
        assert names(liaison) == [visit.school.name]


def test_prints_the_rows_once_while_nothing_changes(people, liaison):
    visit = a_visit()
    printed = [liaison.get(LIST).context["printed"] for _ in range(2)]
    assert printed[0] is printed[1]
    cancel(visit=visit, reason="No room.", by=people.liaison)
    assert visit.school.name not in liaison.get(LIST).content.decode()


def test_prints_the_same_visits_anew_where_more_are_beside_them(liaison):
    one = a_visit()
    alone = liaison.get(LIST, {"q": one.school.name}).content.decode()
    for _ in range(9):
        a_visit()
    shown = liaison.get(LIST, {"q": one.school.name}).content.decode()
    assert ["No date yet (1)" in each for each in (alone, shown)] == [True, True]
