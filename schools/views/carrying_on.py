"""Starting a year with the schools of the year before: read first, then done in one step."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from schools.decorators import requires
from schools.forms.participation import CarryOnForm
from schools.models import ProgrammeYear
from schools.services import carrying_on
from schools.services.errors import ProgrammeError
from schools.views.editing import sent


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.MANAGE_PROGRAMME)
def carry_on(request: SignedInRequest, year_pk: int) -> HttpResponse:
    """Choose which schools of the year before go on; each gets the embedding offer."""
    year = get_object_or_404(ProgrammeYear, pk=year_pk)
    parts = list(carrying_on.parts_to_carry_on(year))
    form = CarryOnForm(sent(request), parts=parts)
    if request.method != "POST" or not form.is_valid():
        context = {
            "year": year,
            "before": carrying_on.year_before(year),
            "parts": parts,
            "form": form,
            "breadcrumbs": [
                Crumb("Programme", reverse("schools:programme")),
                Crumb(year.name, reverse("schools:year", args=[year.pk])),
                Crumb("Carry schools on"),
            ],
        }
        return render(request, "schools/carry_on.html", context, status=422 if form.errors else 200)
    try:
        made = carrying_on.carry_on(year=year, schools=form.cleaned_data["schools"], by=request.user)
        messages.success(
            request, f"Schools that go on in {year}: {len(made)}. Each is confirmed, as embedding."
        )
    except ProgrammeError as refusal:
        messages.error(request, str(refusal))
    return redirect("schools:year", year.pk)
