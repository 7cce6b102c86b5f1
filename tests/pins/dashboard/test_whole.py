"""The board that is kept for as long as nothing changes: never another than what would be read afresh."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audits.models import Report
from pins.dashboard.reading import reader_of
from pins.dashboard.whole import board_of
from schools.models import Participation
from schools.services.participation import move_participation
from tests.factories import AuditFactory, ReportFactory, UserFactory, VisitFactory
from tests.factories.visits import at
from tests.pins.dashboard.asking import BOARD, CARDS, taking_part
from visits.services.planning import cancel

pytestmark = pytest.mark.django_db


@pytest.fixture
def liaison(people, sign_in):
    Participation.objects.all().delete()
    return sign_in(people.liaison)


def words(client):
    """The words of all cells, without making the process forget anything before."""
    return [cell.state.word for row in client.get(BOARD).context["rows"] for cell in row.cells]


@pytest.mark.parametrize("address", [BOARD, CARDS])
def test_reads_no_row_of_the_year_a_second_time(liaison, address):
    VisitFactory(school=taking_part("One").school)
    liaison.get(address)
    with CaptureQueriesContext(connection) as asked:
        liaison.get(address)
    tables = ("schools_participation", "visits_visit", "visits_proposedtime", "audits_audit", "audits_report")
    assert [
        query["sql"] for query in asked if any(f'FROM "{table}"' in query["sql"] for table in tables)
    ] == []


def test_shows_a_change_at_once(people, liaison):
    part = taking_part("One", status="invited", offer="embedding")
    assert liaison.get(BOARD).context["rows"][0].part.status == "invited"
    move_participation(part=part, to="confirmed", by=people.admin, today=timezone.localdate())
    assert liaison.get(BOARD).context["rows"][0].part.status == "confirmed"


def test_shows_at_once_that_a_visit_is_cancelled(people, liaison):
    visit = VisitFactory(school=taking_part("One").school)
    assert "To schedule" in words(liaison)
    cancel(visit=visit, reason="No room.", by=people.liaison)
    assert "To schedule" not in words(liaison)


def test_shows_at_once_that_a_report_is_made_of_which_no_history_tells(liaison):
    by = {"submitted_at": timezone.now(), "submitted_by": UserFactory()}
    report = ReportFactory(audit=AuditFactory(school=taking_part("One").school, status="submitted", **by))
    assert "Being made" in words(liaison)
    Report.objects.filter(pk=report.pk).update(status="failed", failure="It could not be made.")
    assert "Could not be made" in words(liaison)


def test_a_date_passes_within_a_minute(liaison):
    with time_machine.travel(at(date(2026, 11, 26)), tick=False) as clock:
        ends_at = timezone.now() + timedelta(seconds=30)
        starts_at = ends_at - timedelta(hours=1)
        school = taking_part("One").school
        VisitFactory(school=school, status="confirmed", starts_at=starts_at, ends_at=ends_at)
        assert "Confirmed" in words(liaison)
        clock.shift(timedelta(minutes=1))
        assert "Overdue" in words(liaison)


def test_who_reads_less_is_never_shown_what_is_kept_for_others(people, liaison, sign_in):
    AuditFactory(school=taking_part("One").school, status="in_progress")
    assert "In progress" in words(liaison)
    assert "With the school" in words(sign_in(people.programme))


def test_what_is_kept_for_a_minute_is_worked_out_by_a_clock_of_that_minute(people, liaison):
    part = taking_part("One")
    before, after = at(date(2026, 11, 26), 10, 30), at(date(2026, 11, 26), 10, 31)
    ends = after + timedelta(seconds=1)
    VisitFactory(school=part.school, status="confirmed", starts_at=ends - timedelta(hours=1), ends_at=ends)
    with time_machine.travel(before + timedelta(seconds=59), tick=False) as clock:
        reader = reader_of(people.liaison, part.programme_year, timezone.now())
        clock.move_to(after + timedelta(seconds=2))
        assert [row.is_overdue for row in board_of(people.liaison, reader).rows] == [True]


def test_rows_are_printed_once_for_those_who_may_open_the_same(people, liaison):
    part = taking_part("One")
    visit = VisitFactory(school=part.school)
    reader = reader_of(people.liaison, part.programme_year, timezone.now())
    board = board_of(people.liaison, reader)
    first, again = (board.page(board.rows, reader, "PACC") for _ in range(2))
    assert first is again
    link = f'href="/visits/{visit.pk}/"'
    closed = board.page(board.rows, replace(reader, opens_visits=False), "PACC").printed
    assert (link in first.printed, link in closed) == (True, False)
    assert "waits for The forum" in board.page(board.rows, reader, "The forum").printed
