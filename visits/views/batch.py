"""Planning many visits at once: chosen, read as they would be and changed, then done."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from schools.decorators import requires
from schools.views.editing import sent
from visits.batch import ToPlan, found_preview, sent_preview, shown_again, visits_of_preview, visits_to_plan
from visits.batch_check import check_preview
from visits.forms.batch import PROPOSE, ChooseVisitsForm, HowForm, PlannedVisitForm
from visits.forms.choosing import WhichForm
from visits.planner_words import of_words
from visits.services.batch import Planned, PlannedVisit, plan_visits
from visits.views.crumbs import planner_crumb

NOTHING_TO_PLAN = "Nothing was planned: no visit has both a day and a tick. What you typed is still here."


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.RECORD_VISITS)
def choose(request: SignedInRequest) -> HttpResponse:
    """Choose visits without a date, who goes and when; the dates that are found are shown, not stored."""
    which = WhichForm(request.GET)
    to_plan = visits_to_plan(request.user, which.asked(timezone.localdate()))
    form = ChooseVisitsForm(
        sent(request), visits=to_plan.listed, by=request.user, ticked=which.narrows, initial=which.beginning
    )
    if not form.is_valid():
        return _choose(request, which, form, to_plan)
    ticked = set(form.cleaned_data["visits"])
    chosen = [visit for visit in to_plan.listed if visit.pk in ticked]
    rows = found_preview(form.cleaned_data, chosen)
    how = {name: form.cleaned_data[name] for name in ("how", "offers")}
    return _preview(request, rows, HowForm(initial=how))


@require_POST
@requires(Verb.RECORD_VISITS)
def apply(request: SignedInRequest) -> HttpResponse:
    """Do exactly what was read; whatever is refused stays on the page with the reason."""
    visits = visits_of_preview(request.user, request.POST.getlist("visit"))
    how = HowForm(request.POST)
    rows = sent_preview(visits, request.POST, how.chosen)
    if not visits:
        which = WhichForm(request.GET)
        to_plan = visits_to_plan(request.user, which.asked(timezone.localdate()))
        form = ChooseVisitsForm(request.POST, visits=to_plan.listed, by=request.user)
        return _choose(request, which, form, to_plan)
    if not all([how.is_valid(), check_preview(rows)]):
        return _preview(request, shown_again(rows), how, status=422)
    plans = [
        PlannedVisit(row.visit, row.times, row.workers, row.cleaned_data["is_meant"])
        for row in rows
        if row.is_taken
    ]
    if not plans:
        how.add_error(None, NOTHING_TO_PLAN)
        return _preview(request, shown_again(rows), how, status=422)
    proposing = how.cleaned_data["how"] == PROPOSE
    return _told(request, plan_visits(plans=plans, proposing=proposing, by=request.user), rows, how)


def _told(
    request: SignedInRequest, results: list[Planned], rows: Sequence[PlannedVisitForm], how: HowForm
) -> HttpResponse:
    done = [one for one in results if one.is_done]
    refused = {one.plan.visit.pk: one.refusal for one in results if not one.is_done}
    schools = "its school" if len(done) == 1 else "their schools"
    did = f"proposed to {schools}" if how.cleaned_data["how"] == PROPOSE else "confirmed"
    if not refused:
        left_out = [str(row.visit.school) for row in rows if row.is_left_out]
        without = f" Left out, without a tick: {', '.join(left_out)}." if left_out else ""
        messages.success(request, f"{of_words(len(done), 'visit')} {did}.{without}")
        return redirect("visits:planner")
    left = [row for row in rows if row.visit.pk in refused]
    for row in left:
        row.refusal = refused[row.visit.pk]
    return _preview(request, shown_again(left), how, status=409, done=done, did=did)


def _choose(
    request: SignedInRequest, which: WhichForm, form: ChooseVisitsForm, to_plan: ToPlan
) -> HttpResponse:
    context = {
        "which": which,
        "form": form,
        "to_plan": to_plan,
        "breadcrumbs": [planner_crumb(), Crumb("Plan many at once")],
    }
    faulty = form.errors or which.errors
    return render(request, "visits/plan.html", context, status=422 if faulty else 200)


def _preview(
    request: SignedInRequest,
    rows: Sequence[PlannedVisitForm],
    how: HowForm,
    *,
    status: int = 200,
    done: Sequence[Planned] = (),
    did: str = "",
) -> HttpResponse:
    crumbs = [planner_crumb(), Crumb("Plan many at once", reverse("visits:plan")), Crumb("Dates")]
    context = {"rows": rows, "how": how, "done": done, "did": did, "breadcrumbs": crumbs}
    return render(request, "visits/plan_preview.html", context, status=status)
