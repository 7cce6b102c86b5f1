"""The planner: what the people who visit schools open in the morning."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.spreadsheets import csv_response, excel_response
from schools.access import may, own_schools
from schools.decorators import requires, who_may
from visits.planner import Planner
from visits.queries.planner import Listed

PAGE = 50
FEW = 8
"""So many visits are shown on a phone without a press, whatever they need."""


@require_safe
def planner(request: SignedInRequest) -> HttpResponse:
    """Every visit that needs something, the most urgent first; people of a school are led to their own visits."""
    if not may(request.user, Verb.RECORD_VISITS):
        return _to_own_school(request)
    asked = Planner(request.user, request.GET)
    page: Page[Listed] = Paginator(asked.slices, PAGE).get_page(request.GET.get("page"))
    piles, opens = asked.in_piles(list(page.object_list)), len(page.object_list) <= FEW
    context = {
        "filters": asked.filters,
        "groups": asked.links,
        "piles": piles,
        "printed": asked.printed(piles, opens=opens),
        "page": page,
        "capacity": asked.capacity,
        "query": request.GET.urlencode(),
        "is_empty": not any(asked.sizes.values()),
    }
    return render(request, "visits/planner.html", context, status=200 if asked.is_valid else 422)


def _to_own_school(request: SignedInRequest) -> HttpResponse:
    own = own_schools(request.user, Verb.TAKE_PART_IN_VISITS)
    if not own:
        raise PermissionDenied(who_may(Verb.RECORD_VISITS))
    if len(own) > 1:
        return redirect("workspaces")
    return redirect(f"{reverse('workspace', args=[*own])}#visits")


@require_safe
@requires(Verb.RECORD_VISITS)
def as_csv(request: SignedInRequest) -> HttpResponse:
    """The list, narrowed and in order like the page, as CSV."""
    return csv_response(Planner(request.user, request.GET).table(), "visits")


@require_safe
@requires(Verb.RECORD_VISITS)
def as_excel(request: SignedInRequest) -> HttpResponse:
    """The same for Excel."""
    return excel_response(Planner(request.user, request.GET).table(), "visits")
