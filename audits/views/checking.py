"""Check answers, then submit."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from audits.access import may_lead, only_answers_given
from audits.marked import marked_in
from audits.queries import minutes_left, progress, sections_given_to, what_is_missing
from audits.services.errors import AuditError, AuditIsClosed, SchoolWithdrew
from audits.services.submission import submit as submit_audit
from audits.views.fetching import audit_to_lead, audit_to_read


@require_safe
def check(request: SignedInRequest, audit_pk: int) -> HttpResponse:
    """What is blank, lacks its reason or evidence, or is marked to come back to; then the button.

    Words that may say who somebody is stand there too, and stop nothing. Who only answers what was given to them sees
    what is theirs of it.
    """
    audit = audit_to_read(request, audit_pk)
    if not audit.is_answerable:
        return redirect("audits:tasks", audit.pk)
    if only_answers_given(request.user, audit):
        mine = sections_given_to(request.user, progress(audit))
        context = {"audit": audit, "mine": mine, "minutes_left": minutes_left(mine)}
        context |= {"missing": what_is_missing(audit, mine), "marked": marked_in(audit, mine)}
        return render(request, "audits/still_to_answer.html", context)
    context = {"audit": audit, "missing": what_is_missing(audit), "leads": may_lead(request.user, audit)}
    context["marked"] = marked_in(audit)
    return render(request, "audits/check.html", context)


@require_POST
def submit(request: SignedInRequest, audit_pk: int) -> HttpResponse:
    """Submit the audit; a second press of the button changes nothing and leads to what the first one did."""
    audit = audit_to_lead(request, audit_pk)
    try:
        report = submit_audit(audit=audit, by=request.user)
    except SchoolWithdrew as refusal:
        messages.error(request, str(refusal))
        return redirect("audits:tasks", audit.pk)
    except AuditIsClosed:
        messages.info(request, "This self-audit was submitted already.")
        return redirect("audits:tasks", audit.pk)
    except AuditError as refusal:
        messages.error(request, str(refusal))
        return redirect("audits:check", audit.pk)
    messages.success(
        request, "Your self-audit is submitted. The support report is being made; this takes about a minute."
    )
    return redirect(report)
