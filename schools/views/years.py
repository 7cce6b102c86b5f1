"""One programme year: its schools, closing it, opening it again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from core.spreadsheets import Cell, Table, csv_response, excel_response
from schools.decorators import requires
from schools.forms.participation import PartFilterForm
from schools.forms.programme import ReasonForm
from schools.models import Participation, ProgrammeYear
from schools.queries.tables import has_confirmed, standing_of
from schools.services import years
from schools.services.errors import ProgrammeError
from schools.views.editing import EDIT, sent

PAGE = 50
FILE_NAME = "schools-of-the-year"


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def one(request: SignedInRequest, year_pk: int) -> HttpResponse:
    """The year, its standing and its schools."""
    year = get_object_or_404(ProgrammeYear.objects.select_related("closed_by"), pk=year_pk)
    filters, standing = PartFilterForm(request.GET), standing_of(year)
    context = {
        "year": year,
        "filters": filters,
        "page": Paginator(filters.found(year), PAGE).get_page(request.GET.get("page")),
        "query": request.GET.urlencode(),
        "standing": standing,
        "can_begin": has_confirmed(standing) and not year.is_archive,
        "breadcrumbs": _crumbs(year),
    }
    return render(request, "schools/year.html", context)


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def schools_csv(request: SignedInRequest, year_pk: int) -> HttpResponse:
    """The schools of the year, narrowed like the page, as CSV."""
    return csv_response(_table(request, year_pk), FILE_NAME)


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def schools_excel(request: SignedInRequest, year_pk: int) -> HttpResponse:
    """The same for Excel."""
    return excel_response(_table(request, year_pk), FILE_NAME)


def _table(request: SignedInRequest, year_pk: int) -> Table:
    year = get_object_or_404(ProgrammeYear, pk=year_pk)
    parts = PartFilterForm(request.GET).found(year)
    header = ["School", "Joined with", "Offer", "Status", "Hours of support", "Withdrew on", "Why"]
    return Table(f"Schools in {year}", header, (_row(part) for part in parts))


def _row(part: Participation) -> list[Cell]:
    return [
        part.school.name,
        part.cohort.name,
        part.get_offer_display(),
        part.get_status_display(),
        part.support_hours,
        part.withdrawn_on,
        part.withdrawal_reason,
    ]


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
