"""You said, we are doing, done: the page of a school."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from core.spreadsheets import Table, csv_response, excel_response
from core.status_bars import status_bars
from schools.access import may, may_change
from schools.models import School
from schools.views.crumbs import school_crumbs
from schools.views.fetching import school_to_read
from visits.forms.outcomes import LoopFilterForm
from visits.queries.loop import Loop, loop_of, loop_table

PAGE = 50


@require_safe
def loop(request: SignedInRequest, school_pk: int) -> HttpResponse:
    """Everything that was said at the school and what becomes of it, what nobody decided about first."""
    school = school_to_read(request, school_pk, Verb.TAKE_PART_IN_VISITS)
    filters = LoopFilterForm(request.GET, school=school)
    shown = _asked_of(request, school, filters)
    context = {
        "school": school,
        "filters": filters,
        "query": request.GET.urlencode(),
        "loop": shown,
        "page": Paginator(shown.rows, PAGE).get_page(request.GET.get("page")),
        "of_the_forum": may(request.user, Verb.RECORD_VISITS, school),
        "decides": may_change(request.user, Verb.CHANGE_ACTIONS, school),
        "breadcrumbs": school_crumbs(request, school, Crumb("You said, we are doing, done")),
    }
    return render(request, "visits/loop.html", context, status=422 if filters.errors else 200)


def _asked_of(request: SignedInRequest, school: School, filters: LoopFilterForm) -> Loop:
    if not filters.is_valid():
        return Loop([], status_bars([], []))
    return loop_of(school, request.user, asked=filters.asked, stage=filters.cleaned_data["stage"])


@require_safe
def as_csv(request: SignedInRequest, school_pk: int) -> HttpResponse:
    """The page, narrowed as it is, as CSV."""
    return csv_response(_table(request, school_pk), "you-said-we-are-doing-done")


@require_safe
def as_excel(request: SignedInRequest, school_pk: int) -> HttpResponse:
    """The same for Excel."""
    return excel_response(_table(request, school_pk), "you-said-we-are-doing-done")


def _table(request: SignedInRequest, school_pk: int) -> Table:
    school = school_to_read(request, school_pk, Verb.TAKE_PART_IN_VISITS)
    shown = _asked_of(request, school, LoopFilterForm(request.GET, school=school))
    return loop_table(school, shown.rows)
