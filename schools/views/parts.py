"""Schools in a programme year: adding one, changing its part, and the moves of its status."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from core.models import HistoryEntry
from schools.decorators import requires
from schools.forms.participation import ParticipationForm, RegisterSearchForm
from schools.forms.programme import ReasonForm
from schools.models import MOVES, Participation, ProgrammeYear, School
from schools.queries.finding import find_in_register
from schools.services.errors import ProgrammeError
from schools.services.participation import move_participation, save_participation
from schools.views.editing import edit, sent

EDIT = ("GET", "HEAD", "POST")
MOST_FOUND = 50


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def find(request: SignedInRequest, year_pk: int) -> HttpResponse:
    """Find a school of the register to add to the year."""
    year = get_object_or_404(ProgrammeYear, pk=year_pk)
    form = RegisterSearchForm(request.GET or None)
    found = (
        find_in_register(request.user, form.cleaned_data["q"]) if form.is_valid() else School.objects.none()
    )
    schools = list(found.prefetch_related("urns")[: MOST_FOUND + 1])
    parts = Participation.objects.filter(programme_year=year, school__in=schools)
    context = {
        "form": form,
        "year": year,
        "schools": schools[:MOST_FOUND],
        "more": len(schools) > MOST_FOUND,
        "here": {part.school_id: part for part in parts},
        "asked": form.is_bound,
        "breadcrumbs": _crumbs(year, Crumb("Add a school")),
    }
    return render(request, "schools/find_school.html", context, status=422 if form.errors else 200)


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
    form = ParticipationForm(sent(request), instance=Participation(school=school, programme_year=year))
    crumbs = _crumbs(year, Crumb(f"Add {school}"))
    return edit(
        request, form, save=save_participation, back=reverse("schools:year", args=[year.pk]), crumbs=crumbs
    )


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def one(request: SignedInRequest, part_pk: int) -> HttpResponse:
    """A school's part in a year, what can be done with it, its other years and its history."""
    part = _part_or_404(request, part_pk)
    others = Participation.objects.filter(school=part.school).exclude(pk=part.pk)
    lines = HistoryEntry.objects.filter(school_id=str(part.school_id))
    context = {
        "part": part,
        "others": others.select_related("programme_year", "cohort").order_by("programme_year__starts_on"),
        "lines": lines[:20],
        "breadcrumbs": _crumbs(part.programme_year, Crumb(part.school.name)),
    }
    return render(request, "schools/part.html", context)


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def change(request: SignedInRequest, part_pk: int) -> HttpResponse:
    """Cohort, offer and hours."""
    part = _part_or_404(request, part_pk)
    back = reverse("schools:part", args=[part.pk])
    crumbs = _crumbs(part.programme_year, Crumb(part.school.name, back), Crumb("Change its part"))
    form = ParticipationForm(sent(request), instance=part)
    return edit(request, form, save=save_participation, back=back, crumbs=crumbs)


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def move(request: SignedInRequest, part_pk: int, status: str) -> HttpResponse:
    """Move the part to another status; asks for the reason where one is owed."""
    part = _part_or_404(request, part_pk)
    known = next((one for one in MOVES if (one.before, one.after) == (part.status, status)), None)
    if status not in Participation.Status.values:
        raise Http404
    form = ReasonForm(sent(request))
    form.helper.submit_label = known.label if known else "Go on"
    owes = known is not None and known.owes_reason
    back = reverse("schools:part", args=[part.pk])
    if request.method != "POST" or (owes and not form.is_valid()):
        crumbs = _crumbs(part.programme_year, Crumb(part.school.name, back), Crumb(form.helper.submit_label))
        context = {"form": form, "part": part, "move": known, "owes": owes, "breadcrumbs": crumbs}
        return render(request, "schools/part_move.html", context, status=422 if form.errors else 200)
    reason = form.cleaned_data["reason"] if owes else ""
    try:
        today = timezone.localdate()
        move_participation(part=part, to=status, by=request.user, today=today, reason=reason)
        messages.success(request, f"{part.school}: {Participation.Status(status).label.lower()}.")
    except ProgrammeError as refusal:
        messages.error(request, str(refusal))
    return redirect(back)


def _part_or_404(request: SignedInRequest, part_pk: int) -> Participation:
    parts = Participation.objects.filter(school__in=School.objects.visible_to(request.user))
    return get_object_or_404(parts.select_related("school", "programme_year", "cohort"), pk=part_pk)


def _crumbs(year: ProgrammeYear, *inside: Crumb) -> list[Crumb]:
    first = Crumb("Programme", reverse("schools:programme"))
    return [first, Crumb(year.name, reverse("schools:year", args=[year.pk])), *inside]
