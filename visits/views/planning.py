"""The moves of a visit: times proposed, a date, another one, none, held, and who goes."""

from collections.abc import Callable
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core.look import Crumb
from schools.services.errors import ProgrammeError
from schools.views.editing import EDIT, sent
from visits.calendar import when
from visits.enums import BEFORE_IT, VisitStatus
from visits.forms.planning import (
    CancelForm,
    ConfirmForm,
    LogForm,
    NotHeldForm,
    ProposeForm,
    RescheduleForm,
    TakeDateBackForm,
    WorkersForm,
)
from visits.forms.times import MoveForm
from visits.models import Visit
from visits.queries.concerned import everybody, whom_at
from visits.queries.times import date_before_held, proposed_by_forum
from visits.services import planning, sending_again
from visits.services.errors import ChangedSince, MoveNotAllowed, VisitError
from visits.views.crumbs import visit_crumbs
from visits.views.fetching import visit_to_change
from visits.who_words import WHO_GOES

_S = VisitStatus
DONE_ALREADY = "It stands like that already, so nothing was changed and nobody was e-mailed."
NO_OTHER = "No other is planned in its place: the school does not take part in that year."
SENT_JUST_NOW = "The link was e-mailed a few minutes ago. Nothing was sent again."


class MovePage(NamedTuple):
    """The page of one move: its heading, from where it can be done, what is said once it is, what it means."""

    heading: str
    befores: tuple[VisitStatus, ...]
    said: str
    means: str = ""
    is_mailed: bool = False
    """Whether everybody concerned is written to, where the visit has a day to come, or had one."""


def _page(
    request: SignedInRequest, visit: Visit, form: MoveForm, page: MovePage, act: Callable[[], bool]
) -> HttpResponse:
    """The page of a move: drawn, done, or drawn again with all that was typed and why it was not done."""
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            messages.success(request, _done(visit, page, act))
            return redirect(visit)
        except (VisitError, ProgrammeError) as refusal:
            form.refuse(refusal)
            status = 409 if isinstance(refusal, MoveNotAllowed | ChangedSince) else 422
    context = {
        "visit": visit,
        "form": form,
        "page": page,
        "can_be_done": visit.status in page.befores or form.is_bound,
        "offered": _on_offer(visit) if isinstance(form, ConfirmForm) else [],
        "asked": whom_at(visit.school) if isinstance(form, ProposeForm) else [],
        "breadcrumbs": visit_crumbs(request, visit, Crumb(page.heading)),
    }
    return render(request, "visits/move.html", context, status=status)


def _on_offer(visit: Visit) -> list[str]:
    """The times that the school was offered, for whoever has it on the telephone."""
    return [when(one.starts_at, one.ends_at) for one in proposed_by_forum(visit)]


def _done(visit: Visit, page: MovePage, act: Callable[[], bool]) -> str:
    """Do it; what is said of it, with whom it was e-mailed to."""
    had_a_day = _is_to_come(visit)
    if not act():
        return DONE_ALREADY
    visit.refresh_from_db()
    if not page.is_mailed or not (had_a_day or _is_to_come(visit)):
        return page.said
    names = [person.name or person.mail for person in everybody(visit)]
    return (
        f"{page.said} E-mailed to {', '.join(names)}." if names else f"{page.said} Nobody could be e-mailed."
    )


def _is_to_come(visit: Visit) -> bool:
    return visit.starts_at is not None and not visit.is_over


@require_http_methods(EDIT)
def propose(request: SignedInRequest, visit_pk: int) -> HttpResponse:
    """Up to three times, of which the school picks one."""
    visit = visit_to_change(request, visit_pk)
    form = ProposeForm(sent(request), visit=visit, by=request.user)
    page = MovePage("Propose times", (_S.TO_SCHEDULE, _S.PROPOSED), _who_was_asked(visit))
    return _page(
        request,
        visit,
        form,
        page,
        lambda: planning.propose_times(
            visit=visit,
            times=form.times,
            where=form.where,
            workers=form.going(),
            is_meant=form.is_meant,
            by=request.user,
        ),
    )


def _who_was_asked(visit: Visit) -> str:
    asked = [person.name or person.mail for person in whom_at(visit.school)]
    if asked:
        return f"The times were e-mailed to {', '.join(asked)}."
    return (
        "The times are put forward, but nobody could be written to: the school has neither a lead with an account "
        "nor a contact. Tell them by telephone, or add a contact and propose the times again."
    )


@require_POST
def send_link_again(request: SignedInRequest, visit_pk: int) -> HttpResponse:
    """The link to pick one of the times, once more to the school."""
    visit = visit_to_change(request, visit_pk)
    try:
        if sending_again.send_link_again(visit=visit, by=request.user):
            messages.success(request, f"{_who_was_asked(visit)} The link that they had before has ended.")
        else:
            messages.info(request, SENT_JUST_NOW)
    except (VisitError, ProgrammeError) as refusal:
        messages.error(request, str(refusal))
    return redirect(visit)


@require_http_methods(EDIT)
def confirm(request: SignedInRequest, visit_pk: int) -> HttpResponse:
    """The date that was agreed, in one step."""
    visit = visit_to_change(request, visit_pk)
    form = ConfirmForm(sent(request), visit=visit, by=request.user)
    means = "Once you press the button, the school and whoever goes are sent a calendar invitation."
    page = MovePage(
        "Confirm a date", (_S.TO_SCHEDULE, _S.PROPOSED), "The date is confirmed.", means, is_mailed=True
    )
    return _page(
        request,
        visit,
        form,
        page,
        lambda: planning.confirm(
            visit=visit,
            time=form.time,
            where=form.where,
            workers=form.going(),
            is_meant=form.is_meant,
            by=request.user,
        ),
    )


@require_http_methods(EDIT)
def move(request: SignedInRequest, visit_pk: int) -> HttpResponse:
    """Another date, and why."""
    visit = visit_to_change(request, visit_pk)
    form = RescheduleForm(sent(request), visit=visit)
    means = "Everybody who was invited gets the new time or place, also in their calendars."
    page = MovePage("Move it to another time", (_S.CONFIRMED,), "The visit is moved.", means, is_mailed=True)
    return _page(
        request,
        visit,
        form,
        page,
        lambda: planning.move_visit(
            visit=visit,
            time=form.time,
            where=form.where,
            reason=form.cleaned_data["reason"],
            is_meant=form.is_meant,
            seen_at=form.cleaned_data["seen"],
            by=request.user,
        ),
    )


@require_http_methods(EDIT)
def take_times_back(request: SignedInRequest, visit_pk: int) -> HttpResponse:
    """No time is put forward any more."""
    visit = visit_to_change(request, visit_pk)
    form = MoveForm(sent(request), visit=visit)
    form.helper.submit_label = "Take the times back"
    means = "The links that were e-mailed say so to whoever opens them. Nobody is told by e-mail."
    page = MovePage("Take the proposed times back", (_S.PROPOSED,), "No time is put forward any more.", means)
    return _page(request, visit, form, page, lambda: planning.take_times_back(visit=visit, by=request.user))


@require_http_methods(EDIT)
def take_date_back(request: SignedInRequest, visit_pk: int) -> HttpResponse:
    """A confirmed visit is to be planned again, for a reason."""
    visit = visit_to_change(request, visit_pk)
    form = TakeDateBackForm(sent(request), visit=visit)
    means = "Everybody who was invited is told that the visit is off for now. It is to be planned again."
    page = MovePage(
        "Take the date back", (_S.CONFIRMED,), "The visit has no date any more.", means, is_mailed=True
    )
    return _page(
        request,
        visit,
        form,
        page,
        lambda: planning.take_date_back(visit=visit, reason=form.cleaned_data["reason"], by=request.user),
    )


@require_http_methods(EDIT)
def cancel(request: SignedInRequest, visit_pk: int) -> HttpResponse:
    """The visit will not be, for a reason; another may take its place."""
    visit = visit_to_change(request, visit_pk)
    form = CancelForm(sent(request), visit=visit)
    none = "" if form.can_be_replaced else f" {NO_OTHER}"
    means = f"A cancelled visit stays cancelled. If it has a date, everybody who was invited is told.{none}"
    page = MovePage("Cancel the visit", BEFORE_IT, f"The visit is cancelled.{none}", means, is_mailed=True)
    return _page(
        request, visit, form, page, lambda: planning.cancel(visit=visit, by=request.user, **form.cleaned_data)
    )


@require_http_methods(EDIT)
def log(request: SignedInRequest, visit_pk: int) -> HttpResponse:
    """It was held: when, and who went."""
    visit = visit_to_change(request, visit_pk)
    form = LogForm(sent(request), visit=visit, by=request.user)
    means = "You can write down what was said straight afterwards. It takes about 3 minutes."
    page = MovePage("Log that it was held", BEFORE_IT, "The visit is logged as held.", means)
    return _page(
        request,
        visit,
        form,
        page,
        lambda: planning.log_held(visit=visit, time=form.time, workers=form.going(), by=request.user),
    )


@require_http_methods(EDIT)
def not_held(request: SignedInRequest, visit_pk: int) -> HttpResponse:
    """It was not held after all, for a reason."""
    visit = visit_to_change(request, visit_pk)
    form = NotHeldForm(sent(request), visit=visit)
    page = MovePage(
        "It was not held after all",
        (_S.HELD,),
        "The visit counts as not held.",
        _where_it_goes_back_to(visit),
    )
    return _page(
        request,
        visit,
        form,
        page,
        lambda: planning.undo_held(visit=visit, reason=form.cleaned_data["reason"], by=request.user),
    )


def _where_it_goes_back_to(visit: Visit) -> str:
    had = date_before_held(visit)
    if had is None:
        return "It has no date then, and is to be planned again. What was recorded of it stays."
    again = " Everybody is invited again." if had.starts_at > timezone.now() else ""
    return f"It is confirmed again for {had}.{again} What was recorded of it stays."


@require_http_methods(EDIT)
def workers(request: SignedInRequest, visit_pk: int) -> HttpResponse:
    """Who goes for the forum."""
    visit = visit_to_change(request, visit_pk)
    form = WorkersForm(sent(request), visit=visit)
    anywhere = tuple(status for status in VisitStatus if status != _S.CANCELLED)
    page = MovePage(WHO_GOES, anywhere, "Saved who goes.")
    return _page(
        request,
        visit,
        form,
        page,
        lambda: planning.set_workers(
            visit=visit,
            workers=form.cleaned_data["workers"],
            seen_at=form.cleaned_data["seen"],
            by=request.user,
        ),
    )
