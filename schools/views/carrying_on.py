"""Starting a year with the schools of the year before: chosen, read as it would be, then done."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from schools.decorators import requires
from schools.forms.participation import CarryOnForm
from schools.models import Participation, ProgrammeYear
from schools.queries.programme import by_cohort
from schools.services import carrying_on
from schools.services.errors import ProgrammeError
from schools.views.editing import sent


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.MANAGE_PROGRAMME)
def choose(request: SignedInRequest, year_pk: int) -> HttpResponse:
    """Choose which schools of the year before go on and with which offer; what that does is shown, not done."""
    year = get_object_or_404(ProgrammeYear, pk=year_pk)
    parts = list(carrying_on.parts_to_carry_on(year))
    form = CarryOnForm(sent(request), parts=parts, cohort=request.GET.get("cohort"))
    if request.method != "POST" or not form.is_valid():
        return _choose(request, year, form, parts)
    return _preview(request, carrying_on.plan(year=year, **form.chosen))


@require_POST
@requires(Verb.MANAGE_PROGRAMME)
def apply(request: SignedInRequest, year_pk: int) -> HttpResponse:
    """Do exactly what was read; or go back to choosing."""
    year = get_object_or_404(ProgrammeYear, pk=year_pk)
    form = CarryOnForm(request.POST, parts=carrying_on.parts_before(year))
    if not form.is_valid():
        return _choose(request, year, form, list(carrying_on.parts_to_carry_on(year)))
    if request.POST.get("go") == "back":
        parts = list(carrying_on.parts_to_carry_on(year))
        return _choose(request, year, CarryOnForm(parts=parts, initial=form.chosen), parts)
    try:
        seen = form.cleaned_data["seen"]
        made = carrying_on.carry_on(year=year, **form.chosen, seen=seen, by=request.user)
    except ProgrammeError as refusal:
        messages.error(request, str(refusal))
        return _preview(request, carrying_on.plan(year=year, **form.chosen), status=409)
    messages.success(request, f"Schools that go on in {year}: {len(made)}. Each is confirmed.")
    return redirect("schools:year", year.pk)


def _choose(
    request: SignedInRequest, year: ProgrammeYear, form: CarryOnForm, parts: list[Participation]
) -> HttpResponse:
    before = carrying_on.year_before(year)
    context = {
        "year": year,
        "before": before,
        "cohorts": list(by_cohort(parts).items()),
        "form": form,
        "breadcrumbs": _crumbs(year),
    }
    return render(request, "schools/carry_on.html", context, status=422 if form.errors else 200)


def _preview(request: SignedInRequest, plan: carrying_on.Plan, *, status: int = 200) -> HttpResponse:
    context = {
        "year": plan.year,
        "before": carrying_on.year_before(plan.year),
        "plan": plan,
        "breadcrumbs": _crumbs(plan.year),
    }
    return render(request, "schools/carry_on_preview.html", context, status=status)


def _crumbs(year: ProgrammeYear) -> list[Crumb]:
    first = Crumb("Programme", reverse("schools:programme"))
    return [first, Crumb(year.name, reverse("schools:year", args=[year.pk])), Crumb("Carry schools on")]
