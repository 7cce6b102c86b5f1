"""The calendar of visits: a week by worker, and a month."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from core.spreadsheets import Table, csv_response, excel_response
from schools.decorators import requires
from schools.queries.links import link_workers
from visits.forms.weeks import CalendarForm
from visits.views.crumbs import planner_crumb
from visits.weeks import Stretch, calendar_table, month_of, week_of

Shower = Callable[..., Stretch]


@require_safe
@requires(Verb.RECORD_VISITS)
def week(request: SignedInRequest) -> HttpResponse:
    """A week, a row a day and a column a worker."""
    return _calendar(request, week_of, "visits/week.html", "week")


@require_safe
@requires(Verb.RECORD_VISITS)
def week_csv(request: SignedInRequest) -> HttpResponse:
    """The week as CSV."""
    return csv_response(_table(request, week_of), "visits-of-a-week")


@require_safe
@requires(Verb.RECORD_VISITS)
def week_excel(request: SignedInRequest) -> HttpResponse:
    """The same for Excel."""
    return excel_response(_table(request, week_of), "visits-of-a-week")


@require_safe
@requires(Verb.RECORD_VISITS)
def month(request: SignedInRequest) -> HttpResponse:
    """A month, a row a week and a column a weekday."""
    return _calendar(request, month_of, "visits/month.html", "month")


@require_safe
@requires(Verb.RECORD_VISITS)
def month_csv(request: SignedInRequest) -> HttpResponse:
    """The month as CSV."""
    return csv_response(_table(request, month_of), "visits-of-a-month")


@require_safe
@requires(Verb.RECORD_VISITS)
def month_excel(request: SignedInRequest) -> HttpResponse:
    """The same for Excel."""
    return excel_response(_table(request, month_of), "visits-of-a-month")


def _calendar(request: SignedInRequest, shower: Shower, template: str, here: str) -> HttpResponse:
    form = _form(request)
    stretch = _stretch(request, form, shower)
    context: dict[str, Any] = {
        "form": form,
        "shown": stretch,
        "here": here,
        "person": form.person,
        "worker": form.person.pk if form.person else "",
        "on": form.day,
        "breadcrumbs": [planner_crumb(), Crumb(stretch.title)],
    }
    return render(request, template, context, status=422 if form.errors else 200)


def _form(request: SignedInRequest) -> CalendarForm:
    return CalendarForm(request.GET, workers=link_workers(), today=timezone.localdate())


def _stretch(request: SignedInRequest, form: CalendarForm, shower: Shower) -> Stretch:
    return shower(request.user, form.day, today=timezone.localdate(), worker=form.person)


def _table(request: SignedInRequest, shower: Shower) -> Table:
    return calendar_table(_stretch(request, _form(request), shower))
