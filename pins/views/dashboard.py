"""The dashboard: a card for each cohort, and the board of schools by stage."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from core.models import ProgrammeSettings
from core.spreadsheets import csv_response, excel_response
from pins.dashboard.board import Row, narrowed, rows_of, shown
from pins.dashboard.cards import Card, cards_of
from pins.dashboard.column import Reader
from pins.dashboard.columns import COLUMNS
from pins.dashboard.filters import BoardFilterForm, YearForm, board_url, years_newest_first
from pins.dashboard.reading import reader_of
from pins.dashboard.stages import stages_of
from pins.dashboard.tables import board_table, cards_table
from pins.navigation import address
from schools.decorators import requires
from schools.models import Cohort

PAGE = 50
MOST_OVERDUE = 5
"""Schools that the page of cards names itself."""


@dataclass(frozen=True)
class _Asked:
    """What was asked for, and what it finds: no reader and no rows where the address names no year."""

    form: YearForm
    reader: Reader | None
    rows: list[Row]
    forum: str


def _all(request: SignedInRequest, form: YearForm, forum: str) -> _Asked:
    year = form.asked_year
    if year is None:
        return _Asked(form, None, [], forum)
    reader = reader_of(request.user, year, timezone.now())
    return _Asked(form, reader, rows_of(request.user, reader), forum)


def _year(request: SignedInRequest) -> _Asked:
    form = YearForm(request.GET, years=years_newest_first(), today=timezone.localdate())
    return _all(request, form, ProgrammeSettings.load().forum_short_name)


def _cards(asked: _Asked) -> list[Card]:
    if asked.reader is None:
        return []
    return cards_of(asked.rows, Cohort.objects.values_list("pk", "name", "slug"), asked.reader.year)


@require_safe
@requires(Verb.SEE_DASHBOARDS)
def dashboard(request: SignedInRequest) -> HttpResponse:
    """What is overdue, then a card for each cohort of the year."""
    asked = _year(request)
    late = [row for row in asked.rows if row.is_overdue]
    context = {
        "filters": asked.form,
        "year": asked.reader.year if asked.reader else None,
        "late": shown(late[:MOST_OVERDUE], asked.reader, asked.forum) if asked.reader else [],
        "late_count": len(late),
        "board_url": board_url(asked.reader.year) if asked.reader else "",
        "cards": _cards(asked),
        "query": request.GET.urlencode(),
    }
    return render(request, "pins/dashboard/cards.html", context, status=422 if asked.form.errors else 200)


@require_safe
@requires(Verb.SEE_DASHBOARDS)
def cards_csv(request: SignedInRequest) -> HttpResponse:
    """Every figure of the cards as CSV."""
    asked = _year(request)
    return csv_response(cards_table(_cards(asked), str(asked.reader.year) if asked.reader else ""), "cohorts")


@require_safe
@requires(Verb.SEE_DASHBOARDS)
def cards_excel(request: SignedInRequest) -> HttpResponse:
    """The same for Excel."""
    asked = _year(request)
    return excel_response(
        cards_table(_cards(asked), str(asked.reader.year) if asked.reader else ""), "cohorts"
    )


def _board(request: SignedInRequest) -> _Asked:
    forum = ProgrammeSettings.load().forum_short_name
    form = BoardFilterForm(request.GET, years=years_newest_first(), today=timezone.localdate(), forum=forum)
    asked = _all(request, form, forum)
    rows = narrowed(asked.rows, form.asked, request.user) if asked.reader else []
    return _Asked(form, asked.reader, rows, forum)


@require_safe
@requires(Verb.SEE_DASHBOARDS)
def board(request: SignedInRequest) -> HttpResponse:
    """Schools by stage, fifty a page."""
    asked = _board(request)
    page = Paginator(asked.rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": asked.form,
        "year": asked.reader.year if asked.reader else None,
        "page": page,
        "rows": shown(page.object_list, asked.reader, asked.forum) if asked.reader else [],
        "columns": COLUMNS,
        "stages": stages_of(asked.rows),
        "query": request.GET.urlencode(),
        "breadcrumbs": [Crumb("Dashboard", address("dashboard")), Crumb("Schools by stage")],
    }
    return render(request, "pins/dashboard/board.html", context, status=422 if asked.form.errors else 200)


@require_safe
@requires(Verb.SEE_DASHBOARDS)
def board_csv(request: SignedInRequest) -> HttpResponse:
    """The board, narrowed like the page, as CSV."""
    asked = _board(request)
    return csv_response(board_table(asked.rows, asked.reader, asked.forum), "schools-by-stage")


@require_safe
@requires(Verb.SEE_DASHBOARDS)
def board_excel(request: SignedInRequest) -> HttpResponse:
    """The same for Excel."""
    asked = _board(request)
    return excel_response(board_table(asked.rows, asked.reader, asked.forum), "schools-by-stage")
