"""The school answers which time suits it: signed in, or by a link that was e-mailed. Only a pressed button acts."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from core.models import ProgrammeSettings
from schools.queries.terms import SchoolCalendar
from schools.services.errors import ProgrammeError
from schools.views.editing import EDIT
from visits.calendar import when, where
from visits.enums import LinkPurpose, VisitStatus
from visits.forms.answering import PickForm, SuggestForm
from visits.links import Standing, find_link, standing_of
from visits.models import ProposedTime, Visit, VisitLink
from visits.queries.concerned import answers_for_school, who_goes
from visits.queries.ended_links import ended
from visits.queries.owed import takes_part
from visits.queries.times import proposed_by_forum, those_to_pick
from visits.services.answering import pick_time, suggest_time
from visits.services.errors import LinkGone, VisitError
from visits.times import answer_by, to_come
from visits.views.crumbs import visit_crumbs
from visits.views.fetching import visit_to_change


class Answer(NamedTuple):
    """The two forms of the page, and whether what was sent is done: then what is said of it."""

    pick: PickForm
    suggest: SuggestForm
    said: str = ""
    wanted_by: date | None = None
    """By which day an answer is wanted; none where nothing can be picked."""

    @property
    def sent(self) -> PickForm | SuggestForm:
        """The one that was sent."""
        return self.suggest if self.suggest.is_bound else self.pick


@require_http_methods(EDIT)
def times(request: SignedInRequest, visit_pk: int) -> HttpResponse:
    """The times that were put forward, for whoever answers for the school and is signed in."""
    visit = visit_to_change(request, visit_pk, Verb.TAKE_PART_IN_VISITS)
    if visit.status != VisitStatus.PROPOSED:
        if request.method == "POST":
            messages.info(request, "No times wait for an answer any more. This is how the visit stands.")
        return redirect(visit)
    answer = _answer(request, visit, request.user)
    if answer.said:
        messages.success(request, answer.said)
        return redirect(visit)
    context = {**_context(visit, answer), "breadcrumbs": visit_crumbs(request, visit, Crumb("Pick a time"))}
    return render(request, "visits/times/pick.html", context, status=422 if answer.sent.is_bound else 200)


@never_cache
@login_not_required
@require_http_methods(EDIT)
def times_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same for whoever holds the link; opening it changes nothing, since mail scanners open links."""
    link = find_link(token, LinkPurpose.PICK_A_TIME)
    if link is None:
        return render(request, "visits/times/gone.html", {"why": "unknown"}, status=404)
    if not answers_for_school(link.visit.school, link.email):
        return render(request, "visits/times/gone.html", {"why": "left", "visit": link.visit}, status=410)
    if standing_of(link) is not Standing.WORKS or not takes_part(link.visit):
        context = {"visit": link.visit, "ended": ended(link)}
        return render(request, "visits/times/gone.html", context, status=410)
    answer = _answer(request, link.visit, link)
    if answer.said:
        return redirect(request.path)
    status = 422 if answer.sent.is_bound else 200
    context = {**_context(link.visit, answer), "link": link, "suggested": _suggested(link)}
    return render(request, "visits/times/pick_by_link.html", context, status=status)


def _suggested(link: VisitLink) -> str:
    """The time that was suggested by this link, in words."""
    found = link.visit.proposed_times.filter(by_the_school=True, proposer_email=link.email).first()
    return when(found.starts_at, found.ends_at) if found else ""


def _context(visit: Visit, answer: Answer) -> dict[str, object]:
    return {
        "visit": visit,
        "form": answer.sent,
        "pick": answer.pick,
        "suggest": answer.suggest,
        "wanted_by": answer.wanted_by,
        "who": ", ".join(map(str, who_goes(visit))),
        "where": where(visit),
    }


def _answer(request: HttpRequest, visit: Visit, by: User | VisitLink) -> Answer:
    """What was sent, done if it can be; else both forms, with what stands in the way."""
    suggests = request.method == "POST" and SuggestForm.button_name in request.POST
    picks = request.method == "POST" and not suggests
    proposed = proposed_by_forum(visit)
    open_ones = those_to_pick(visit, proposed)
    wanted_by = _wanted_by(proposed) if open_ones else None
    offered = {one.starts_at.isoformat(): when(one.starts_at, one.ends_at) for one in open_ones}
    pick = PickForm(request.POST if picks else None, visit=visit, times=offered)
    suggest = SuggestForm(request.POST if suggests else None, visit=visit)
    said = ""
    if picks and pick.is_valid():
        said = _done(
            pick,
            lambda: pick_time(visit=visit, starts_at=pick.starts_at, by=by),
            "Thank you. The time is confirmed, and a calendar invitation is on its way.",
        )
    elif suggests and suggest.is_valid():
        note = suggest.cleaned_data["note"]
        said = _done(
            suggest,
            lambda: suggest_time(visit=visit, time=suggest.time, note=note, by=by, is_meant=suggest.is_meant),
            f"Thank you. Your suggestion is with {ProgrammeSettings.load().forum_short_name}, which will answer.",
        )
    return Answer(pick, suggest, said, wanted_by)


def _wanted_by(proposed: Sequence[ProposedTime]) -> date | None:
    """By the day that Home and the planner say, at whichever of the times to come the workers are free."""
    for first in to_come(proposed, timezone.now()):
        return answer_by(
            first.starts_at, SchoolCalendar.load(), timezone.localdate(), asked=first.proposed_at
        )
    return None  # the last of them began a moment ago


def _done(form: PickForm | SuggestForm, act: Callable[[], bool], said: str) -> str:
    try:
        act()
    except LinkGone:  # somebody was quicker, perhaps this person in another tab: the page says how it stands
        return said
    except (VisitError, ProgrammeError) as refusal:
        form.refuse(refusal)
        return ""
    return said
