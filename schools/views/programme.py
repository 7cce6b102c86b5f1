"""The programme's years, cohorts, areas of practice and partner bodies, for administrators."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from core.models import ProgrammeSettings, PublicText
from core.seen import SeenForm
from schools.decorators import requires
from schools.forms.programme import AreaForm, CohortForm, PartnerBodyForm, SettingsForm, YearForm
from schools.models import Area, Cohort, PartnerBody, ProgrammeYear
from schools.queries.links import groups_with_counts, other_programmes_with_counts
from schools.queries.programme import cohorts_with_counts, years_with_counts
from schools.services.areas import move_area_up, save_area
from schools.services.carrying_on import parts_to_carry_on
from schools.services.programme import save_row, save_settings, save_year
from schools.views.editing import EDIT, edit, sent


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def overview(request: SignedInRequest) -> HttpResponse:
    """Everything that makes the programme, each with the way to change it."""
    context = {
        "years": years_with_counts(),
        "cohorts": cohorts_with_counts(),
        "groups": groups_with_counts(),
        "others": other_programmes_with_counts(),
        "areas": Area.objects.all(),
        "bodies": PartnerBody.objects.all(),
        "settings": ProgrammeSettings.load(),
        "changed_texts": PublicText.objects.count(),
    }
    return render(request, "schools/programme.html", context)


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def add_year(request: SignedInRequest) -> HttpResponse:
    """A new programme year; the schools of the year before are offered to go on in it."""
    form = YearForm(sent(request))
    back, crumbs = reverse("schools:programme"), _crumbs("Add a programme year")

    def after() -> str:
        year = cast(ProgrammeYear, form.instance)
        return reverse("schools:carry_on", args=[year.pk]) if parts_to_carry_on(year).exists() else back

    return edit(request, form, save=save_year, back=back, crumbs=crumbs, after=after)


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def change_year(request: SignedInRequest, year_pk: int) -> HttpResponse:
    """Name and days of a year that is not closed."""
    year = get_object_or_404(ProgrammeYear, pk=year_pk)
    back = reverse("schools:year", args=[year.pk])
    if year.is_archive:
        messages.warning(request, f"The programme year {year} is closed and can only be read.")
        return redirect(back)
    crumbs = [
        Crumb("Programme", reverse("schools:programme")),
        Crumb(year.name, back),
        Crumb("Change the year"),
    ]
    form = YearForm(sent(request), instance=year)
    return edit(request, form, save=save_year, back=back, crumbs=crumbs)


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def add_cohort(request: SignedInRequest) -> HttpResponse:
    """A new cohort."""
    return _row(request, CohortForm(sent(request)), "Add a cohort")


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def change_cohort(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """Name and year of a cohort."""
    cohort = get_object_or_404(Cohort, slug=cohort_slug)
    return _row(request, CohortForm(sent(request), instance=cohort), f"Change the cohort {cohort}")


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def add_area(request: SignedInRequest) -> HttpResponse:
    """A new area of practice, after the others."""
    return _row(request, AreaForm(sent(request)), "Add an area of practice", save=save_area)


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def change_area(request: SignedInRequest, area_key: str) -> HttpResponse:
    """Name and kind of an area."""
    area = get_object_or_404(Area, key=area_key)
    return _row(request, AreaForm(sent(request), instance=area), f"Change the area {area}", save=save_area)


@require_POST
@requires(Verb.MANAGE_PROGRAMME)
def area_up(request: SignedInRequest, area_key: str) -> HttpResponse:
    """One place up in the order of areas."""
    area = get_object_or_404(Area, key=area_key)
    if move_area_up(area=area, by=request.user):
        messages.success(request, f"{area} now comes one place earlier.")
    return redirect(f"{reverse('schools:programme')}#areas")


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def add_body(request: SignedInRequest) -> HttpResponse:
    """A new organisation behind the programme."""
    return _row(request, PartnerBodyForm(sent(request)), "Add an organisation")


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def change_body(request: SignedInRequest, body_pk: int) -> HttpResponse:
    """What is said of an organisation."""
    body = get_object_or_404(PartnerBody, pk=body_pk)
    return _row(request, PartnerBodyForm(sent(request), instance=body), f"Change {body}")


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def change_settings(request: SignedInRequest) -> HttpResponse:
    """The programme's own names and contacts."""
    form = SettingsForm(sent(request), instance=ProgrammeSettings.load())
    return _row(request, form, "Change names and contacts", save=save_settings)


def _row(
    request: SignedInRequest, form: SeenForm, title: str, *, save: Callable[..., bool] = save_row
) -> HttpResponse:
    return edit(request, form, save=save, back=reverse("schools:programme"), crumbs=_crumbs(title))


def _crumbs(title: str) -> list[Crumb]:
    return [Crumb("Programme", reverse("schools:programme")), Crumb(title)]
