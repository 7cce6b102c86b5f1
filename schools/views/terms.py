"""The county's school terms and days off, for administrators."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from core.seen import SeenForm
from core.spreadsheets import Cell, Table, csv_response, excel_response
from schools.decorators import requires
from schools.forms.terms import DayOffForm, TermForm
from schools.models import DayOff, Term
from schools.services.programme import save_row
from schools.services.terms import remove_term_row
from schools.views.editing import EDIT, edit, sent


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def index(request: SignedInRequest) -> HttpResponse:
    """All half terms and days off, by date."""
    context = {"terms": Term.objects.all(), "days": DayOff.objects.all(), "breadcrumbs": _crumbs()}
    return render(request, "schools/terms.html", context)


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def as_csv(request: SignedInRequest) -> HttpResponse:
    """Both as one table, as CSV."""
    return csv_response(_table(), "school-terms")


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def as_excel(request: SignedInRequest) -> HttpResponse:
    """The same for Excel."""
    return excel_response(_table(), "school-terms")


def _table() -> Table:
    terms: Iterable[list[Cell]] = (
        ["Term", one.name, one.starts_on, one.ends_on] for one in Term.objects.all()
    )
    days: Iterable[list[Cell]] = (["Day off", one.name, one.day, one.day] for one in DayOff.objects.all())
    return Table("School terms", ["Kind", "Name", "First day", "Last day"], [*terms, *days])


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def add_term(request: SignedInRequest) -> HttpResponse:
    """One more half term."""
    return _edit(request, TermForm(sent(request)), "Add a half term")


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def change_term(request: SignedInRequest, term_pk: int) -> HttpResponse:
    """Name and days of a half term."""
    term = get_object_or_404(Term, pk=term_pk)
    return _edit(request, TermForm(sent(request), instance=term), f"Change {term}")


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def remove_term(request: SignedInRequest, term_pk: int) -> HttpResponse:
    """Ask, then take a half term off the list."""
    return _remove(request, get_object_or_404(Term, pk=term_pk))


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def add_day_off(request: SignedInRequest) -> HttpResponse:
    """One more day on which schools are closed."""
    return _edit(request, DayOffForm(sent(request)), "Add a day off")


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def change_day_off(request: SignedInRequest, day_pk: int) -> HttpResponse:
    """Day and name of a day off."""
    day = get_object_or_404(DayOff, pk=day_pk)
    return _edit(request, DayOffForm(sent(request), instance=day), f"Change {day}")


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def remove_day_off(request: SignedInRequest, day_pk: int) -> HttpResponse:
    """Ask, then take a day off off the list."""
    return _remove(request, get_object_or_404(DayOff, pk=day_pk))


def _edit(request: SignedInRequest, form: SeenForm, title: str) -> HttpResponse:
    return edit(request, form, save=save_row, back=reverse("schools:terms"), crumbs=_crumbs(title))


def _remove(request: SignedInRequest, row: Term | DayOff) -> HttpResponse:
    if request.method == "POST":
        remove_term_row(row=row, by=request.user)
        messages.success(request, f"{row} is no longer on the list.")
        return redirect("schools:terms")
    context = {"row": row, "breadcrumbs": _crumbs(f"Remove {row}")}
    return render(request, "schools/term_remove.html", context)


def _crumbs(title: str = "") -> list[Crumb]:
    above = Crumb("Programme", reverse("schools:programme"))
    if not title:
        return [above, Crumb("School terms")]
    return [above, Crumb("School terms", reverse("schools:terms")), Crumb(title)]
