"""Visits and hours by worker, against what the year still needs."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from core.spreadsheets import csv_response, excel_response
from schools.decorators import requires
from visits.planner import year_capacity
from visits.queries.capacity import Capacity, capacity_table
from visits.views.crumbs import planner_crumb


@require_safe
@requires(Verb.RECORD_VISITS)
def capacity(request: SignedInRequest) -> HttpResponse:
    """The running year: who has how many visits and hours, what has no date, and when it ends at this pace."""
    context = {"shown": _capacity(request), "breadcrumbs": [planner_crumb(), Crumb("Hours by worker")]}
    return render(request, "visits/capacity.html", context)


@require_safe
@requires(Verb.RECORD_VISITS)
def as_csv(request: SignedInRequest) -> HttpResponse:
    """The table as CSV."""
    return csv_response(capacity_table(_capacity(request)), "visits-and-hours")


@require_safe
@requires(Verb.RECORD_VISITS)
def as_excel(request: SignedInRequest) -> HttpResponse:
    """The same for Excel."""
    return excel_response(capacity_table(_capacity(request)), "visits-and-hours")


def _capacity(request: SignedInRequest) -> Capacity:
    return year_capacity(request.user)
