"""A school that disagrees with a word that families would read says so, and the forum answers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from core.models import ProgrammeSettings
from schools.views.editing import EDIT, sent
from visits.forms.families import AnswerChangeForm, AskForChangeForm
from visits.services import families
from visits.services.errors import MoreWasAsked
from visits.views.families import REFUSALS, families_crumbs, page_or_404


@require_http_methods(EDIT)
def ask(request: SignedInRequest, school_pk: int, year_pk: int) -> HttpResponse:
    """What should read otherwise, for the forum."""
    found = page_or_404(request, school_pk, year_pk, to_change=Verb.APPROVE_FOR_FAMILIES)
    form = AskForChangeForm(sent(request), allowed=found.school.innocent_names)
    if form.is_valid():
        try:
            families.ask_for_change(page=found, note=form.cleaned_data["note"], by=request.user)
            forum = ProgrammeSettings.load().forum_short_name
            messages.success(request, f"Your note is on its way to {forum}. Nothing is published meanwhile.")
        except REFUSALS as refusal:
            messages.error(request, str(refusal))
        return redirect(found)
    if found.change_asked_at:
        form.helper.submit_label = "Add it"
    crumbs = families_crumbs(request, found, Crumb("Ask for a change"))
    context = {"page": found, "form": form, "breadcrumbs": crumbs}
    return render(request, "visits/families/ask.html", context, status=422 if form.errors else 200)


@require_http_methods(EDIT)
def withdraw(request: SignedInRequest, school_pk: int, year_pk: int) -> HttpResponse:
    """Ask, then take back what the school asked for."""
    found = page_or_404(request, school_pk, year_pk, to_change=Verb.APPROVE_FOR_FAMILIES)
    if request.method != "POST":
        crumbs = families_crumbs(request, found, Crumb("Withdraw the change"))
        return render(request, "visits/families/withdraw.html", {"page": found, "breadcrumbs": crumbs})
    try:
        if families.withdraw_change(page=found, seen=request.POST.get("asked", ""), by=request.user):
            messages.success(
                request, "It is withdrawn. Approve the words below if they are right as they are."
            )
        else:
            messages.info(request, "No change is asked for any more. See below how the words stand.")
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    return redirect(found)


@require_http_methods(EDIT)
def answer(request: SignedInRequest, school_pk: int, year_pk: int) -> HttpResponse:
    """That the words stay as they are, and why; whoever changes them instead has answered by that."""
    found = page_or_404(request, school_pk, year_pk, to_change=Verb.RECORD_VISITS)
    form = AnswerChangeForm(sent(request), page=found)
    if form.is_valid():
        try:
            answer = form.cleaned_data
            families.answer_change(page=found, reason=answer["reason"], seen=answer["asked"], by=request.user)
            messages.success(request, "It is answered, and the school hears why. Both approve anew.")
            return redirect(found)
        except MoreWasAsked as refusal:
            form.shows(found)
            form.add_error(None, str(refusal))
        except REFUSALS as refusal:
            messages.error(request, str(refusal))
            return redirect(found)
    crumbs = families_crumbs(request, found, Crumb("Answer the change"))
    context = {"page": found, "form": form, "breadcrumbs": crumbs}
    return render(request, "visits/families/answer.html", context, status=422 if form.errors else 200)
