"""Adding a school to a programme year: found in the register, or by hand before the register here has it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from core.spreadsheets import Table, csv_response, excel_response
from schools.decorators import requires
from schools.forms.participation import ParticipationForm, RegisterSearchForm
from schools.forms.schools import HandMadeSchoolForm
from schools.models import Participation, ProgrammeYear, School
from schools.queries.finding import MOST_FOUND, find_in_register
from schools.queries.matching import home_authority
from schools.queries.programme import cohorts_joined
from schools.services.errors import ProgrammeError
from schools.services.participation import save_participation
from schools.services.schools import add_school_by_hand
from schools.views.editing import EDIT, RowPage, edit, sent


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def find(request: SignedInRequest, year_pk: int) -> HttpResponse:
    """Find a school of the register to add to the year."""
    year = get_object_or_404(ProgrammeYear, pk=year_pk)
    form = RegisterSearchForm(request.GET or None)
    schools = _found(request, form, MOST_FOUND + 1)
    context = {
        "form": form,
        "year": year,
        "rows": _with_parts(year, schools[:MOST_FOUND]),
        "more": len(schools) > MOST_FOUND,
        "asked": form.is_bound,
        "query": request.GET.urlencode(),
        "breadcrumbs": _crumbs(year, Crumb("Add a school")),
    }
    return render(request, "schools/find_school.html", context, status=422 if form.errors else 200)


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def found_csv(request: SignedInRequest, year_pk: int) -> HttpResponse:
    """What was found, as CSV."""
    return csv_response(_table(request, year_pk), "schools-found")


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def found_excel(request: SignedInRequest, year_pk: int) -> HttpResponse:
    """The same for Excel."""
    return excel_response(_table(request, year_pk), "schools-found")


def _table(request: SignedInRequest, year_pk: int) -> Table:
    year = get_object_or_404(ProgrammeYear, pk=year_pk)
    found = _with_parts(year, _found(request, RegisterSearchForm(request.GET), MOST_FOUND))
    rows = [
        [
            *(school.name, school.town, school.postcode, ", ".join(str(one) for one in school.urns.all())),
            *(school.get_status_display(), part.get_status_display() if part else ""),
        ]
        for school, part in found
    ]
    return Table("Schools found", ["School", "Town", "Postcode", "URN", "Stands", f"In {year}"], rows)


def _found(request: SignedInRequest, form: RegisterSearchForm, most: int) -> list[School]:
    return find_in_register(request.user, form.cleaned_data["q"], most=most) if form.is_valid() else []


def _with_parts(year: ProgrammeYear, schools: list[School]) -> list[tuple[School, Participation | None]]:
    """Each school with its part in the year, if it has one."""
    parts = Participation.objects.filter(programme_year=year, school__in=schools)
    here = {part.school_id: part for part in parts}
    return [(school, here.get(school.pk)) for school in schools]


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def add(request: SignedInRequest, year_pk: int, school_pk: int) -> HttpResponse:
    """Add one school to the year."""
    year = get_object_or_404(ProgrammeYear, pk=year_pk)
    school = get_object_or_404(School.objects.visible_to(request.user), pk=school_pk)
    there = Participation.objects.filter(programme_year=year, school=school).first()
    if there is not None:
        messages.info(request, f"{school} takes part in {year} already.")
        return redirect("schools:part", there.pk)
    part = Participation(school=school, programme_year=year)
    joined = cohorts_joined(year, [school.pk]).get(school.pk)
    form = ParticipationForm(sent(request), instance=part, unusual=_unusual(school), joined=joined)
    crumbs = _crumbs(year, Crumb(f"Add {school}"))
    back = reverse("schools:year", args=[year.pk])
    page = RowPage("schools/part_add.html", {"school": school, "joined": joined})
    return edit(request, form, save=save_participation, back=back, crumbs=crumbs, page=page)


def _unusual(school: School) -> str:
    """What about a school makes it one to think twice about; nothing for most."""
    home = home_authority()
    said = [
        *(["is closed"] if school.status == School.Status.CLOSED else ()),
        *(["is in another local authority"] if home and school.la_code and school.la_code != home else ()),
    ]
    return " and ".join(said)


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def by_hand(request: SignedInRequest, year_pk: int) -> HttpResponse:
    """Add a school that the register here does not have; then its part in the year is asked for."""
    year = get_object_or_404(ProgrammeYear, pk=year_pk)
    form = HandMadeSchoolForm(sent(request))
    if form.is_valid():
        try:
            made = add_school_by_hand(values=form.values, urn=form.cleaned_data["urn"], by=request.user)
            return redirect("schools:add_part", year.pk, made.pk)
        except ProgrammeError as refusal:
            form.add_error("urn", str(refusal))
    context = {"form": form, "year": year, "breadcrumbs": _crumbs(year, Crumb("Add a school by hand"))}
    return render(request, "schools/by_hand.html", context, status=422 if form.errors else 200)


def _crumbs(year: ProgrammeYear, *inside: Crumb) -> list[Crumb]:
    first = Crumb("Programme", reverse("schools:programme"))
    return [first, Crumb(year.name, reverse("schools:year", args=[year.pk])), *inside]
