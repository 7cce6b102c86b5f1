"""The record as a form on paper: the same job where there is no telephone to write on."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from core.models import ProgrammeSettings
from schools.decorators import requires
from schools.models import Area
from visits.enums import Kind, RolePresent, Scope
from visits.models import LocalSupport, Visit
from visits.safeguarding_words import procedure_of
from visits.views.crumbs import visit_crumbs
from visits.views.fetching import visit_to_read

THEMES = range(1, 7)
"""As many as fit on one sheet of paper; another sheet has six more."""
LINES, MORE_LINES = range(3), range(5)


@require_safe
@requires(Verb.RECORD_VISITS)
def blank(request: SignedInRequest) -> HttpResponse:
    """One sheet for any visit."""
    return _sheet(request, None)


@require_safe
def of_visit(request: SignedInRequest, visit_pk: int) -> HttpResponse:
    """One sheet with the school and the date of this visit on it."""
    return _sheet(request, visit_to_read(request, visit_pk, Verb.RECORD_VISITS))


def _sheet(request: SignedInRequest, visit: Visit | None) -> HttpResponse:
    context = {
        "visit": visit,
        "areas": Area.objects.all(),
        "kinds": Kind.labels,
        "scopes": Scope.labels,
        "roles": RolePresent.labels,
        "supports": LocalSupport.objects.filter(is_shown=True),
        "themes": THEMES,
        "lines": LINES,
        "more_lines": MORE_LINES,
        "procedure": procedure_of(ProgrammeSettings.load()),
        "breadcrumbs": visit_crumbs(request, visit, Crumb("Blank form")) if visit else [],
    }
    return render(request, "visits/blank_record.html", context)
