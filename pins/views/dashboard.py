"""The dashboard: a card for each cohort, and the board of schools by stage."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from core.models import ProgrammeSettings
from core.spreadsheets import csv_response, excel_response
from pins.dashboard.board import Row, narrowed, shown
from pins.dashboard.cards import Card
from pins.dashboard.column import Reader
from pins.dashboard.columns import COLUMNS
from pins.dashboard.filters import BoardFilterForm, YearForm, board_url, years_newest_first
from pins.dashboard.reading import reader_of
from pins.dashboard.stages import Stage, stages_of
from pins.dashboard.tables import board_table, cards_table
from pins.dashboard.whole import Board, board_of
from pins.navigation import address
from schools.decorators import requires

PAGE = 50
MOST_OVERDUE = 5
"""Schools that the page of cards names itself."""


@dataclass(frozen=True)
class _Asked:
    """What was asked for, and what it finds: no reader and no board where the address names no year."""

    form: YearForm
    programme: ProgrammeSettings
    reader: Reader | None
    board: Board | None

    @property
    def forum(self) -> str:
        return self.programme.forum_short_name

    @property
    def cards(self) -> list[Card]:
        return self.board.cards if self.board else []


def _asked(request: SignedInRequest, form: YearForm, programme: ProgrammeSettings) -> _Asked:
    year = form.asked_year
    if year is None:
        return _Asked(form, programme, None, None)
    reader = reader_of(request.user, year, timezone.now())
    return _Asked(form, programme, reader, board_of(request.user, reader))


def _year(request: SignedInRequest) -> _Asked:
    form = YearForm(request.GET, years=years_newest_first(), today=timezone.localdate())
    return _asked(request, form, ProgrammeSettings.load())


@require_safe
@requires(Verb.SEE_DASHBOARDS)
def dashboard(request: SignedInRequest) -> HttpResponse:
    """What is overdue, then a card for each cohort of the year."""
    asked = _year(request)
    late = asked.board.late if asked.board else []
    context = {
        "filters": asked.form,
        "year": asked.reader.year if asked.reader else None,
        "late": shown(late[:MOST_OVERDUE], asked.reader, asked.forum) if asked.reader else [],
        "late_count": len(late),
        "board_url": board_url(asked.reader.year) if asked.reader else "",
        "cards": asked.cards,
        "query": request.GET.urlencode(),
        "programme": asked.programme,
    }
    return render(request, "pins/dashboard/cards.html", context, status=422 if asked.form.errors else 200)


@require_safe
@requires(Verb.SEE_DASHBOARDS)
def cards_csv(request: SignedInRequest) -> HttpResponse:
    """Every figure of the cards as CSV."""
    asked = _year(request)
    return csv_response(cards_table(asked.cards, str(asked.reader.year) if asked.reader else ""), "cohorts")


@require_safe
@requires(Verb.SEE_DASHBOARDS)
def cards_excel(request: SignedInRequest) -> HttpResponse:
    """The same for Excel."""
    asked = _year(request)
    return excel_response(cards_table(asked.cards, str(asked.reader.year) if asked.reader else ""), "cohorts")


def _board(request: SignedInRequest) -> tuple[_Asked, list[Row]]:
    """What was asked of the board, and the rows that it finds."""
    programme = ProgrammeSettings.load()
    form = BoardFilterForm(
        request.GET,
        years=years_newest_first(),
        today=timezone.localdate(),
        forum=programme.forum_short_name,
    )
    asked = _asked(request, form, programme)
    return asked, narrowed(asked.board.rows, form.asked, request.user) if asked.board else []


def _stages(asked: _Asked, rows: list[Row], query: QueryDict) -> list[Stage]:
    """The pictures of these rows: those of the whole board, where nothing was left out.

    Their figures lead on within what was asked for; one standing at a time can be.
    """
    if asked.board and len(rows) == len(asked.board.rows):
        return asked.board.stages
    rest = query.copy()
    for name in ("page", "stands"):
        rest.pop(name, None)
    within = f"{address('dashboard_board')}?{rest.urlencode()}&stands="
    return stages_of(rows, None if query.get("stands") else lambda stands: f"{within}{stands}")


@require_safe
@requires(Verb.SEE_DASHBOARDS)
def board(request: SignedInRequest) -> HttpResponse:
    """Schools by stage, fifty a page."""
    asked, rows = _board(request)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    listed = (
        asked.board.page(list(page.object_list), asked.reader, asked.forum)
        if asked.board and asked.reader
        else None
    )
    context = {
        "filters": asked.form,
        "year": asked.reader.year if asked.reader else None,
        "page": page,
        "rows": listed.rows if listed else [],
        "printed": listed.printed if listed else "",
        "columns": COLUMNS,
        "stages": _stages(asked, rows, request.GET),
        "query": request.GET.urlencode(),
        "breadcrumbs": [Crumb("Dashboard", address("dashboard")), Crumb("Schools by stage")],
        "programme": asked.programme,
    }
    return render(request, "pins/dashboard/board.html", context, status=422 if asked.form.errors else 200)


@require_safe
@requires(Verb.SEE_DASHBOARDS)
def board_csv(request: SignedInRequest) -> HttpResponse:
    """The board, narrowed like the page, as CSV."""
    asked, rows = _board(request)
    return csv_response(board_table(rows, asked.reader, asked.forum), "schools-by-stage")


@require_safe
@requires(Verb.SEE_DASHBOARDS)
def board_excel(request: SignedInRequest) -> HttpResponse:
    """The same for Excel."""
    asked, rows = _board(request)
    return excel_response(board_table(rows, asked.reader, asked.forum), "schools-by-stage")
