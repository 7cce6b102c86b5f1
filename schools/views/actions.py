"""The actions of a school: the list, one of them, adding and changing, and the moves of their status."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core import history
from core.guard import Reading, read
from core.look import Crumb
from core.spreadsheets import Table, csv_response, excel_response
from schools.access import may_change, may_change_action
from schools.forms.actions import ActionFilterForm, ActionForm, NotGoingAheadForm, WhatChangedForm
from schools.models import Action, ActionMove, School, action_move
from schools.queries.actions import actions_of, bars_of, table_of, year_to_add_to
from schools.services.actions import move_action, save_action
from schools.services.errors import ProgrammeError
from schools.views.crumbs import actions_crumb, school_crumbs
from schools.views.editing import EDIT, edit, sent
from schools.views.fetching import action_to_change, action_to_read, school_to_change, school_to_read

PAGE = 50
NO_YEAR = "This school takes part in no programme year that is open, so nothing can be added to its list."


@require_safe
def index(request: SignedInRequest, school_pk: int) -> HttpResponse:
    """What the school is going to change, what is overdue first, with how many actions stand where."""
    school = school_to_read(request, school_pk)
    filters = ActionFilterForm(request.GET)
    actions = _asked_of(school, filters)
    context = {
        "school": school,
        "filters": filters,
        "query": request.GET.urlencode(),
        "page": Paginator(actions, PAGE).get_page(request.GET.get("page")),
        "bars": bars_of(actions),
        "may_add": may_change(request.user, Verb.CHANGE_ACTIONS, school),
        "breadcrumbs": school_crumbs(request, school, Crumb("Actions")),
    }
    return render(request, "schools/actions/list.html", context, status=422 if filters.errors else 200)


def _asked_of(school: School, filters: ActionFilterForm) -> list[Action]:
    if not filters.is_valid():
        return []
    return list(actions_of(school, today=timezone.localdate(), asked=filters.asked))


@require_safe
def as_csv(request: SignedInRequest, school_pk: int) -> HttpResponse:
    """The list, narrowed like the page, as CSV."""
    school = school_to_read(request, school_pk)
    return csv_response(_table(request, school), f"actions-{school.slug}")


@require_safe
def as_excel(request: SignedInRequest, school_pk: int) -> HttpResponse:
    """The same for Excel."""
    school = school_to_read(request, school_pk)
    return excel_response(_table(request, school), f"actions-{school.slug}")


def _table(request: SignedInRequest, school: School) -> Table:
    return table_of(school, _asked_of(school, ActionFilterForm(request.GET)))


@require_safe
def one(request: SignedInRequest, school_pk: int, action_pk: int) -> HttpResponse:
    """One action, what can be done with it, and what happened to it."""
    action = action_to_read(request, school_pk, action_pk)
    context = {
        "action": action,
        "may_change": may_change_action(request.user, action),
        "marked": _marked(action) if may_change_action(request.user, action) else [],
        "lines": history.of_target(action)[:20],
        "breadcrumbs": school_crumbs(
            request, action.school, actions_crumb(action.school), Crumb("An action")
        ),
    }
    return render(request, "schools/actions/one.html", context)


def _marked(action: Action) -> list[Reading]:
    """Texts in which the guard marks what could identify a child or a family."""
    texts = (action.what, action.what_changed, action.reason)
    return [
        reading
        for reading in (read(text, allowed=action.school.innocent_names) for text in texts)
        if reading.marks
    ]


@require_http_methods(EDIT)
def add(request: SignedInRequest, school_pk: int) -> HttpResponse:
    """One more action, in the year that runs."""
    school = school_to_change(request, school_pk, Verb.CHANGE_ACTIONS)
    year = year_to_add_to(school, today=timezone.localdate())
    back = reverse("schools:actions", args=[school.pk])
    if year is None:
        messages.error(request, NO_YEAR)
        return redirect(back)
    row = Action(school=school, programme_year=year)
    form = ActionForm(sent(request), instance=row, allowed=school.innocent_names)
    crumbs = school_crumbs(request, school, actions_crumb(school), Crumb("Add an action"))
    return edit(request, form, save=save_action, back=back, crumbs=crumbs)


@require_http_methods(EDIT)
def change(request: SignedInRequest, school_pk: int, action_pk: int) -> HttpResponse:
    """What an action says."""
    action = action_to_change(request, school_pk, action_pk)
    form = ActionForm(sent(request), instance=action, allowed=action.school.innocent_names)
    crumbs = school_crumbs(request, action.school, actions_crumb(action.school), Crumb("Change an action"))
    return edit(request, form, save=save_action, back=action.get_absolute_url(), crumbs=crumbs)


@require_http_methods(EDIT)
def move(request: SignedInRequest, school_pk: int, action_pk: int, status: str) -> HttpResponse:
    """Move an action to another status; asks what changed, or why, where that is owed."""
    action = action_to_change(request, school_pk, action_pk)
    if status not in Action.Status.values:
        raise Http404
    known = action_move(action.status, status)
    form = _form_for(request, action, known)
    if request.method != "POST" or (form is not None and not form.is_valid()):
        crumbs = school_crumbs(
            request, action.school, actions_crumb(action.school), Crumb(known.label if known else "Not now")
        )
        context = {"action": action, "move": known, "form": form, "breadcrumbs": crumbs}
        return render(
            request, "schools/actions/move.html", context, status=422 if form and form.errors else 200
        )
    try:
        move_action(action=action, to=status, by=request.user, **(form.cleaned_data if form else {}))
        messages.success(request, f"{action}: {Action.Status(status).label.lower()}.")
    except ProgrammeError as refusal:
        messages.error(request, str(refusal))
    return redirect(action)


def _form_for(
    request: SignedInRequest, action: Action, move: ActionMove | None
) -> WhatChangedForm | NotGoingAheadForm | None:
    """The form that a move asks for; none where it asks for nothing."""
    allowed = action.school.innocent_names
    if move is not None and move.owes_change:
        initial = {"what_changed": action.what_changed}
        return WhatChangedForm(sent(request), initial=initial, allowed=allowed)
    if move is not None and move.owes_reason:
        return NotGoingAheadForm(sent(request), allowed=allowed)
    return None
