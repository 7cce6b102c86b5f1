"""What becomes of a theme: deciding it, a new action for it, taking that back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core.look import Crumb
from core.seen import SeenForm
from schools.forms.actions import ActionForm
from schools.models import Action
from schools.services.errors import ProgrammeError
from schools.views.crumbs import school_crumbs
from schools.views.editing import EDIT, RowPage, edit, sent
from visits.enums import Outcome
from visits.forms.outcomes import KNOWN_ACTION, NEW_ACTION, OutcomeForm
from visits.models import Theme
from visits.queries.marked import innocent_names
from visits.queries.outcomes import actions_to_join, may_decide
from visits.services import outcomes
from visits.services.errors import VisitError
from visits.views.fetching import visit_to_read

NOT_YOURS = (
    "What becomes of it is decided by whoever visits the school, and by its lead once the notes are shared."
)


@require_http_methods(EDIT)
def decide(request: SignedInRequest, visit_pk: int, theme_pk: int) -> HttpResponse:
    """What becomes of a theme; a new action is asked for on the page after this."""
    theme = _theme_to_decide(request, visit_pk, theme_pk)
    actions, allowed = actions_to_join(theme.visit), innocent_names(theme.visit)
    form = OutcomeForm(sent(request), actions=actions, allowed=allowed)
    if not form.is_valid():
        crumbs = _crumbs(request, theme, "What becomes of it")
        context = {"form": form, "theme": theme, "breadcrumbs": crumbs}
        return render(request, "visits/outcome.html", context, status=422 if form.errors else 200)
    if form.cleaned_data["outcome"] == NEW_ACTION:
        return redirect("visits:theme_action", visit_pk, theme_pk)
    try:
        _save(theme, form.cleaned_data, request)
        messages.success(request, "Saved: what becomes of it.")
    except (VisitError, ProgrammeError) as refusal:
        messages.error(request, str(refusal))
    return redirect(_back(theme))


def _save(theme: Theme, given: dict[str, Any], request: SignedInRequest) -> None:
    if given["outcome"] == KNOWN_ACTION:
        outcomes.join_action(theme=theme, action=given["known_action"], by=request.user)
    elif given["outcome"] == Outcome.NOT_GOING_AHEAD:
        outcomes.not_going_ahead(theme=theme, reason=given["reason"], by=request.user)
    else:
        outcomes.needs_wider_system(theme=theme, what=given["needed"], by=request.user)


@require_http_methods(EDIT)
def new_action(request: SignedInRequest, visit_pk: int, theme_pk: int) -> HttpResponse:
    """A new action on the school's list, to which the theme leads."""
    theme = _theme_to_decide(request, visit_pk, theme_pk)
    visit, back = theme.visit, _back(theme)
    row = Action(school=visit.school, programme_year=visit.programme_year, area=theme.area)
    page = RowPage("visits/outcome_action.html", {"theme": theme}, "The action is on the school’s list.")

    def save(form: SeenForm, **given: Any) -> bool:
        return outcomes.make_action(theme=theme, form=form, **given)

    crumbs = _crumbs(request, theme, "A new action")
    form = ActionForm(sent(request), instance=row, allowed=innocent_names(visit))
    try:
        return edit(request, form, save=save, back=back, crumbs=crumbs, page=page)
    except VisitError as refusal:
        messages.error(request, str(refusal))
        return redirect(back)


@require_http_methods(EDIT)
def take_back(request: SignedInRequest, visit_pk: int, theme_pk: int) -> HttpResponse:
    """Ask, then leave open again what becomes of a theme."""
    theme = _theme_to_decide(request, visit_pk, theme_pk)
    if request.method != "POST":
        context = {"theme": theme, "breadcrumbs": _crumbs(request, theme, "Decide again")}
        return render(request, "visits/outcome_take_back.html", context)
    try:
        outcomes.take_outcome_back(theme=theme, by=request.user)
        messages.success(request, "It is open again what becomes of it.")
    except (VisitError, ProgrammeError) as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(_back(theme))


def _theme_to_decide(request: SignedInRequest, visit_pk: int, theme_pk: int) -> Theme:
    visit = visit_to_read(request, visit_pk)
    if not may_decide(request.user, visit):
        raise PermissionDenied(NOT_YOURS)
    theme = get_object_or_404(Theme.objects.select_related("area", "action"), pk=theme_pk, visit=visit)
    theme.visit = visit
    return theme


def _back(theme: Theme) -> str:
    return f"{reverse('visits:loop', args=[theme.visit.school_id])}#theme-{theme.pk}"


def _crumbs(request: SignedInRequest, theme: Theme, here: str) -> list[Crumb]:
    school = theme.visit.school
    loop = Crumb("You said, we are doing, done", reverse("visits:loop", args=[school.pk]))
    return school_crumbs(request, school, loop, Crumb(here))
