"""Adding the schools of a council's list to a year: send it, look it through, have exactly that applied."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from core.spreadsheets import Table, csv_response, excel_response
from core.uploads import is_too_large, takes_files
from schools.decorators import manages_the_programme, requires
from schools.forms.lists import ListForm
from schools.models import Cohort, Participation, ProgrammeYear
from schools.school_lists import MOST_BYTES
from schools.services.errors import ProgrammeError
from schools.services.lists import Part, add_schools
from schools.views.list_review import ListReview

ADDED = "added_from_list"
"""Where the session keeps what the last list came to: lines that were left out are stored nowhere else."""


@takes_files(most_bytes=MOST_BYTES, may=manages_the_programme)
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.MANAGE_PROGRAMME)
def send(request: SignedInRequest, year_pk: int) -> HttpResponse:
    """Send a list; what it comes to is shown, and nothing is written."""
    year = get_object_or_404(ProgrammeYear, pk=year_pk)
    if year.is_archive:
        return _is_closed(request, year)
    if request.method != "POST":
        return _start(request, year, ListForm(year=year, initial=_usual(year)))
    form = ListForm(request.POST, request.FILES, year=year, is_too_large=is_too_large(request))
    if not form.is_valid():
        return _start(request, year, form, status=422)
    return _review(request, year, ListReview(form, year=year, user=request.user, sent=None))


@require_POST
@requires(Verb.MANAGE_PROGRAMME)
def apply(request: SignedInRequest, year_pk: int) -> HttpResponse:
    """Look lines up, go back to the list, or add exactly what this page showed and a person decided."""
    year = get_object_or_404(ProgrammeYear, pk=year_pk)
    if year.is_archive:
        return _is_closed(request, year)
    form = ListForm(request.POST, year=year)
    if not form.is_valid():
        return _start(request, year, form, status=422)
    if request.POST.get("go") == "back":
        return _start(request, year, ListForm(year=year, initial=request.POST.dict()))
    review = ListReview(form, year=year, user=request.user, sent=request.POST)
    if request.POST.get("go") == "look":
        review.only_look()
        return _review(request, year, review)
    return _apply(request, year, review)


def _apply(request: SignedInRequest, year: ProgrammeYear, review: ListReview) -> HttpResponse:
    if not review.is_as_shown:
        review.only_look()
        return _review(request, year, review, status=409)
    if not review.is_decided():
        return _review(request, year, review, status=422)
    wanted = review.form.cleaned_data
    part = Part(**{name: wanted[name] for name in ("cohort", "offer", "status", "support_hours")})
    try:
        made = add_schools(year=year, schools=review.schools, part=part, by=request.user)
    except ProgrammeError as refusal:
        messages.error(request, str(refusal))
        anew = ListReview(review.form, year=year, user=request.user, sent=request.POST)
        anew.only_look()
        return _review(request, year, anew, status=409)
    added = [(one.pk, one.school.name) for one in made]
    request.session[ADDED] = {"year": year.pk, "added": added, "left_out": review.left_out()}
    return redirect("schools:list_added", year.pk)


@never_cache
@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def added(request: SignedInRequest, year_pk: int) -> HttpResponse:
    """What the last list of this sitting came to."""
    year = get_object_or_404(ProgrammeYear, pk=year_pk)
    context = {"year": year, **_last(request, year), "breadcrumbs": _crumbs(year, "Added from a list")}
    return render(request, "schools/list_added.html", context)


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def left_out_csv(request: SignedInRequest, year_pk: int) -> HttpResponse:
    """The lines that were left out, as CSV."""
    return csv_response(_left_out(request, year_pk), "lines-left-out")


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def left_out_excel(request: SignedInRequest, year_pk: int) -> HttpResponse:
    """The same for Excel."""
    return excel_response(_left_out(request, year_pk), "lines-left-out")


def _left_out(request: SignedInRequest, year_pk: int) -> Table:
    year = get_object_or_404(ProgrammeYear, pk=year_pk)
    return Table("Lines left out", ["Line", "What it says", "Why"], _last(request, year)["left_out"])


def _last(request: SignedInRequest, year: ProgrammeYear) -> dict[str, Any]:
    kept = request.session.get(ADDED) or {}
    is_of_year = kept.get("year") == year.pk
    return {name: kept[name] if is_of_year else [] for name in ("added", "left_out")}


def _usual(year: ProgrammeYear) -> dict[str, object]:
    """What most lists are: the schools that join in this year, invited, on the full offer."""
    cohort = Cohort.objects.filter(joined_in=year).first()
    usual = {"offer": Participation.Offer.FULL, "status": Participation.Status.INVITED}
    return {**usual, "cohort": cohort.pk if cohort else None}


def _is_closed(request: SignedInRequest, year: ProgrammeYear) -> HttpResponse:
    messages.warning(request, f"The programme year {year} is closed, so no school is added to it.")
    return redirect("schools:year", year.pk)


def _start(
    request: SignedInRequest, year: ProgrammeYear, form: ListForm, *, status: int = 200
) -> HttpResponse:
    context = {"year": year, "form": form, "breadcrumbs": _crumbs(year, "Add schools from a list")}
    return render(request, "schools/list_send.html", context, status=status)


def _review(
    request: SignedInRequest, year: ProgrammeYear, review: ListReview, *, status: int = 200
) -> HttpResponse:
    context = {
        "year": year,
        **review.context(),
        "has_changed": status == 409,
        "faults": review.lines if status == 422 else [],
        "breadcrumbs": _crumbs(year, "Look the list through"),
    }
    return render(request, "schools/list_review.html", context, status=status)


def _crumbs(year: ProgrammeYear, here: str) -> list[Crumb]:
    first = Crumb("Programme", reverse("schools:programme"))
    return [first, Crumb(year.name, reverse("schools:year", args=[year.pk])), Crumb(here)]
