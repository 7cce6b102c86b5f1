"""The page of a visit."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from visits.views.crumbs import visit_crumbs
from visits.views.fetching import visit_to_read
from visits.visit_page import visit_page


@require_safe
def visit(request: SignedInRequest, visit_pk: int) -> HttpResponse:
    """Where it stands, when, where, who goes, what can be done now, and what became of it."""
    found = visit_to_read(request, visit_pk)
    context = {"page": visit_page(found, request.user), "breadcrumbs": visit_crumbs(request, found)}
    return render(request, "visits/visit.html", context)
