"""Asking schools for their self-audit."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from audits.enums import Round
from audits.forms import AskForm
from audits.services.asking import ask_for_audits
from audits.services.errors import AuditError
from audits.whom_to_ask import schools_not_to_ask, schools_to_ask
from schools.decorators import requires
from schools.models import School
from schools.queries.people import without_lead


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Verb.MANAGE_PROGRAMME)
def ask(request: SignedInRequest) -> HttpResponse:
    """Choose year, round and date; the next page names the schools before anything is sent."""
    if request.method != "POST":
        return _page(request, AskForm())
    form = AskForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    return _ask(request, form) if "confirmed" in request.POST else _names_first(request, form)


def _page(request: SignedInRequest, form: AskForm, *, status: int = 200, **found: Any) -> HttpResponse:
    context = {"form": form, "schools": None, "not_asked": None, **found}
    return render(request, "audits/ask.html", context, status=status)


def _names_first(request: SignedInRequest, form: AskForm) -> HttpResponse:
    wanted = form.cleaned_data
    round_asked, year = Round(wanted["round"]), wanted["programme_year"]
    schools = schools_to_ask(year, round_asked)
    return _page(
        request,
        form,
        schools=list(schools),
        round=round_asked.label.lower(),
        wanted=wanted,
        untold=without_lead(schools),
        not_asked=schools_not_to_ask(year, round_asked),
    )


def _ask(request: SignedInRequest, form: AskForm) -> HttpResponse:
    wanted = form.cleaned_data
    try:
        opened = ask_for_audits(
            programme_year=wanted["programme_year"],
            round=Round(wanted["round"]),
            wanted_by=wanted["wanted_by"],
            by=request.user,
        )
    except AuditError as refusal:
        form.add_error(None, str(refusal))  # on this page: it keeps what was chosen
        return _page(request, form, status=409)
    asked = School.objects.filter(pk__in=[audit.school_id for audit in opened])
    messages.success(request, _outcome(len(opened), [school.name for school in without_lead(asked)]))
    return redirect("audits:list")


def _outcome(asked: int, untold: list[str]) -> str:
    said = f"Schools asked for their self-audit: {asked}. "
    if not untold:
        return said + "Their leads get an e-mail."
    said += f"Nobody could be told by e-mail at: {', '.join(untold)}."
    return said if len(untold) == asked else said + " The leads of the others get one."
