"""The names, purposes and minutes of the three visits, for administrators."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from schools.decorators import requires
from schools.services.programme import save_row
from schools.views.editing import EDIT, edit, sent
from visits.forms.names import VisitStepForm
from visits.models import VisitStep


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def index(request: SignedInRequest) -> HttpResponse:
    """The three visits of a year."""
    context = {"steps": VisitStep.objects.all(), "breadcrumbs": _crumbs()}
    return render(request, "visits/names.html", context)


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def change(request: SignedInRequest, number: int) -> HttpResponse:
    """Name, purpose and minutes of one of them."""
    step = get_object_or_404(VisitStep, number=number)
    form = VisitStepForm(sent(request), instance=step)
    crumbs = _crumbs(f"Change visit {number}")
    return edit(request, form, save=save_row, back=reverse("visits:names"), crumbs=crumbs)


def _crumbs(title: str = "") -> list[Crumb]:
    above = Crumb("Programme", reverse("schools:programme"))
    if not title:
        return [above, Crumb("The three visits")]
    return [above, Crumb("The three visits", reverse("visits:names")), Crumb(title)]
