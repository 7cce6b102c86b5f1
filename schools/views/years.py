"""One programme year: its schools, closing it, opening it again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from schools.decorators import requires
from schools.forms.programme import ReasonForm
from schools.models import ProgrammeYear
from schools.services import years
from schools.services.errors import ProgrammeError
from schools.views.editing import sent

EDIT = ("GET", "HEAD", "POST")


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def one(request: SignedInRequest, year_pk: int) -> HttpResponse:
    """The year, its standing and its schools."""
    year = get_object_or_404(ProgrammeYear.objects.select_related("closed_by"), pk=year_pk)
    return render(request, "schools/year.html", {"year": year, "breadcrumbs": _crumbs(year)})


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def close(request: SignedInRequest, year_pk: int) -> HttpResponse:
    """Make a finished year an archive, after a page that says what that means."""
    year = get_object_or_404(ProgrammeYear, pk=year_pk)
    if request.method == "POST":
        try:
            years.close_year(year=year, by=request.user, today=timezone.localdate())
            messages.success(
                request, f"The programme year {year} is closed. It can be read, and no longer changed."
            )
        except ProgrammeError as refusal:
            messages.error(request, str(refusal))
        return redirect("schools:year", year.pk)
    context = {
        "year": year,
        "undecided": years.undecided_parts(year),
        "to_complete": years.parts_to_complete(year),
        "breadcrumbs": _crumbs(year, "Close the year"),
    }
    return render(request, "schools/year_close.html", context)


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def open_again(request: SignedInRequest, year_pk: int) -> HttpResponse:
    """Let a closed year be changed again, with a reason."""
    year = get_object_or_404(ProgrammeYear, pk=year_pk)
    form = ReasonForm(sent(request))
    form.helper.submit_label = "Open the year again"
    if request.method == "POST" and form.is_valid():
        years.open_year_again(year=year, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"The programme year {year} is open again.")
        return redirect("schools:year", year.pk)
    context = {"form": form, "year": year, "breadcrumbs": _crumbs(year, "Open the year again")}
    return render(request, "schools/year_open.html", context, status=422 if form.errors else 200)


def _crumbs(year: ProgrammeYear, inside: str = "") -> list[Crumb]:
    first = Crumb("Programme", reverse("schools:programme"))
    if not inside:
        return [first, Crumb(year.name)]
    return [first, Crumb(year.name, reverse("schools:year", args=[year.pk])), Crumb(inside)]
