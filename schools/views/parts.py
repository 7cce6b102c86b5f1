"""A school's part in a programme year: its page, changing it, and the moves of its status."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core import history
from core.look import Crumb
from schools.access import may_change
from schools.decorators import requires, who_may
from schools.forms.participation import ParticipationForm
from schools.forms.programme import ReasonForm
from schools.models import Participation, ProgrammeYear, School, move_between
from schools.services.errors import ProgrammeError
from schools.services.participation import move_participation, save_participation
from schools.services.removal import may_be_taken_back, take_back_part, why_it_stays
from schools.views.editing import EDIT, edit, sent


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def one(request: SignedInRequest, part_pk: int) -> HttpResponse:
    """A school's part in a year, what can be done with it, its other years and its history."""
    part = _part_or_404(request, part_pk)
    others = Participation.objects.filter(school=part.school).exclude(pk=part.pk)
    context = {
        "part": part,
        "can_take_back": may_be_taken_back(part, timezone.localdate()),
        "others": others.select_related("programme_year", "cohort").order_by("programme_year__starts_on"),
        "lines": history.of_school(part.school)[:20],
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
    if status not in Participation.Status.values:
        raise Http404
    known = move_between(part.status, status)
    if known is not None and not may_change(request.user, known.verb, part.school):
        raise PermissionDenied(who_may(known.verb))
    form = ReasonForm(sent(request), allowed=part.school.innocent_names)
    form.helper.submit_label = known.label if known else "Go on"
    owes = known is not None and known.owes_reason
    back = reverse("schools:part", args=[part.pk])
    if request.method != "POST" or (owes and not form.is_valid()):
        crumbs = _crumbs(part.programme_year, Crumb(part.school.name, back), Crumb(form.helper.submit_label))
        who = who_may(known.verb) if known else ""
        context = {"form": form, "part": part, "move": known, "owes": owes, "who": who, "breadcrumbs": crumbs}
        return render(request, "schools/part_move.html", context, status=422 if form.errors else 200)
    reason = form.cleaned_data["reason"] if owes else ""
    try:
        today = timezone.localdate()
        move_participation(part=part, to=status, by=request.user, today=today, reason=reason)
        messages.success(request, f"{part.school}: {Participation.Status(status).label.lower()}.")
    except ProgrammeError as refusal:
        messages.error(request, str(refusal))
    return redirect(back)


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def take_back(request: SignedInRequest, part_pk: int) -> HttpResponse:
    """Take a school that was added by mistake out of the year, after a page that says what that means."""
    part, today = _part_or_404(request, part_pk), timezone.localdate()
    back = reverse("schools:part", args=[part.pk])
    if request.method == "POST":
        try:
            take_back_part(part=part, by=request.user, today=today)
            messages.success(request, f"{part.school} is no longer in {part.programme_year}.")
            return redirect("schools:year", part.programme_year_id)
        except ProgrammeError as refusal:
            messages.error(request, str(refusal))
            return redirect(back)
    crumbs = _crumbs(part.programme_year, Crumb(part.school.name, back), Crumb("Take it out of the year"))
    context = {"part": part, "why_it_stays": why_it_stays(part, today), "breadcrumbs": crumbs}
    return render(request, "schools/part_take_back.html", context)


def _part_or_404(request: SignedInRequest, part_pk: int) -> Participation:
    parts = Participation.objects.filter(school__in=School.objects.visible_to(request.user))
    return get_object_or_404(parts.select_related("school", "programme_year", "cohort"), pk=part_pk)


def _crumbs(year: ProgrammeYear, *inside: Crumb) -> list[Crumb]:
    first = Crumb("Programme", reverse("schools:programme"))
    return [first, Crumb(year.name, reverse("schools:year", args=[year.pk])), *inside]
