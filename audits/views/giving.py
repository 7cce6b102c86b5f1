"""Giving a section to a colleague."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from audits.forms import GiveSectionForm
from audits.models import Audit, Section
from audits.queries import colleagues, note_on, sitting_minutes
from audits.services import sharing
from audits.services.errors import AuditIsClosed
from audits.views.fetching import audit_to_lead, section_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: SignedInRequest, audit_pk: int, area_key: str) -> HttpResponse:
    """Choose a colleague; they get an e-mail."""
    audit = audit_to_lead(request, audit_pk)
    section = section_or_404(audit, area_key)
    note = note_on(audit, section)
    initial = {"colleague": note.given_to_id if note else None}
    data = request.POST if request.method == "POST" else None
    able = colleagues(audit)
    form = GiveSectionForm(data, colleagues=able, by=request.user, initial=initial)
    if form.is_valid() and _is_given(request, audit, section, form):
        return redirect("audits:tasks", audit.pk)
    status = 200 if data is None else 409 if form.non_field_errors() else 422
    minutes = sitting_minutes(section.statements.count())
    left = note is not None and note.given_to is not None and note.given_to not in able
    context = {
        "audit": audit,
        "section": section,
        "minutes": minutes,
        "note": note,
        "left": left,
        "form": form,
    }
    return render(request, "audits/give.html", context, status=status)


def _is_given(request: SignedInRequest, audit: Audit, section: Section, form: GiveSectionForm) -> bool:
    """Give it, and say so; otherwise the form says why not."""
    to = form.cleaned_data["colleague"]
    try:
        sharing.give_section(audit=audit, section=section, to=to, by=request.user)
    except AuditIsClosed as closed:
        form.add_error(None, str(closed))
        return False
    told = "" if to == request.user else " and gets an e-mail with a link"
    messages.success(request, f"{to} was asked to answer “{section.area}”{told}.")
    return True


@require_POST
def take_back(request: SignedInRequest, audit_pk: int, area_key: str) -> HttpResponse:
    """Nobody in particular is asked any more; what they answered stays."""
    audit = audit_to_lead(request, audit_pk)
    section = section_or_404(audit, area_key)
    try:
        sharing.take_back_section(audit=audit, section=section, by=request.user)
        messages.success(
            request, f"“{section.area}” is not given to anybody now. Its answers are still there."
        )
    except AuditIsClosed as closed:
        messages.error(request, str(closed))
    return redirect("audits:tasks", audit.pk)
