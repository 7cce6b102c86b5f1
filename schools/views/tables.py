"""The small tables of the programme and of the register as files."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.spreadsheets import Table, csv_response, excel_response
from schools.decorators import requires
from schools.models import ProgrammeYear
from schools.queries.tables import PROGRAMME_TABLES, runs_table, standing_table, successions_table


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def programme_csv(request: SignedInRequest, table: str) -> HttpResponse:
    """Years, cohorts, areas or organisations, as CSV."""
    return csv_response(_of_programme(table), table)


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def programme_excel(request: SignedInRequest, table: str) -> HttpResponse:
    """The same for Excel."""
    return excel_response(_of_programme(table), table)


def _of_programme(table: str) -> Table:
    if table not in PROGRAMME_TABLES:
        raise Http404
    return PROGRAMME_TABLES[table]()


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def standing_csv(request: SignedInRequest, year_pk: int) -> HttpResponse:
    """Schools of a year by cohort and status, as CSV."""
    return csv_response(standing_table(get_object_or_404(ProgrammeYear, pk=year_pk)), "schools-by-status")


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def standing_excel(request: SignedInRequest, year_pk: int) -> HttpResponse:
    """The same for Excel."""
    return excel_response(standing_table(get_object_or_404(ProgrammeYear, pk=year_pk)), "schools-by-status")


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def runs_csv(request: SignedInRequest) -> HttpResponse:
    """Every refresh of the register, as CSV."""
    return csv_response(runs_table(), "register-refreshes")


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def runs_excel(request: SignedInRequest) -> HttpResponse:
    """The same for Excel."""
    return excel_response(runs_table(), "register-refreshes")


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def successions_csv(request: SignedInRequest) -> HttpResponse:
    """The successions that the page lists, as CSV."""
    return csv_response(successions_table(decided=request.GET.get("decided") == "1"), "successions")


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def successions_excel(request: SignedInRequest) -> HttpResponse:
    """The same for Excel."""
    return excel_response(successions_table(decided=request.GET.get("decided") == "1"), "successions")
