"""What PACC and programme leads do with a submitted audit."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from audits.forms import ReasonForm
from audits.models import Audit
from audits.services import reviewing
from audits.services.errors import AuditError
from audits.views.fetching import audit_to_review


@require_POST
def review(request: SignedInRequest, audit_pk: int) -> HttpResponse:
    """Mark the audit as reviewed."""
    audit = audit_to_review(request, audit_pk)
    try:
        reviewing.review(audit=audit, by=request.user)
        messages.success(request, f"The self-audit of {audit.school} is reviewed.")
    except AuditError as refusal:
        messages.error(request, str(refusal))
    return redirect("audits:tasks", audit.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: SignedInRequest, audit_pk: int) -> HttpResponse:
    """Give the audit back to the school with a note."""
    return _return(request, audit_to_review(request, audit_pk), reopen=False)


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: SignedInRequest, audit_pk: int) -> HttpResponse:
    """Let the school answer again, with a reason."""
    return _return(request, audit_to_review(request, audit_pk), reopen=True)


def _return(request: SignedInRequest, audit: Audit, *, reopen: bool) -> HttpResponse:
    if request.method != "POST":
        return _ask_for_reason(request, audit, reopen=reopen)
    form = ReasonForm(request.POST, allowed=audit.school.innocent_names)
    if not form.is_valid():
        return _page(request, audit, form, reopen=reopen, status=422)
    reason = form.cleaned_data["reason"]
    try:
        if reopen:
            reviewing.reopen(audit=audit, by=request.user, reason=reason)
        else:
            reviewing.send_back(audit=audit, by=request.user, note=reason)
    except AuditError as refusal:
        form.add_error(None, str(refusal))  # on this page: it keeps the words that were typed
        return _page(request, audit_to_review(request, audit.pk), form, reopen=reopen, status=409)
    messages.success(request, f"{audit.school} can answer again. Its leads get an e-mail with your words.")
    return redirect("audits:tasks", audit.pk)


def _ask_for_reason(request: SignedInRequest, audit: Audit, *, reopen: bool) -> HttpResponse:
    """The form, unless sending it would be refused: then the audit, and why."""
    check = reviewing.check_can_be_reopened if reopen else reviewing.check_can_be_sent_back
    try:
        check(audit)
    except AuditError as refusal:
        messages.error(request, str(refusal))
        return redirect("audits:tasks", audit.pk)
    return _page(request, audit, ReasonForm(), reopen=reopen)


def _page(
    request: SignedInRequest, audit: Audit, form: ReasonForm, *, reopen: bool, status: int = 200
) -> HttpResponse:
    form.helper.submit_label = "Reopen the self-audit" if reopen else "Send it back"
    form.helper.form_id = "words"
    context = {
        "audit": audit,
        "form": form,
        "reopen": reopen,
        # Another reviewer was quicker: the same words may open the audit again.
        "or_reopen": status == 409 and not reopen and not audit.is_open,
    }
    return render(request, "audits/return.html", context, status=status)
