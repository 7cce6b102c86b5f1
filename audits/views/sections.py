"""One section at a sitting: its statements, its notes, and the saving of each answer as it is given."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.held_posts import SavedPart
from accounts.models import User
from accounts.requests import SignedInRequest
from audits.access import may_answer, may_be_given_sections, may_read_exact_counts
from audits.forms import AnswerForm, SectionNoteForm
from audits.models import Audit, Section
from audits.queries import note_on
from audits.report.told import contributors_told
from audits.services.answering import Outcome, as_open, save_into
from audits.services.errors import AuditIsClosed
from audits.services.noting import NoteValues
from audits.snapshot import is_published
from audits.views.fetching import (
    audit_or_404,
    audit_to_read,
    section_or_404,
    section_to_answer,
    statement_to_save,
)
from audits.views.shown import ShownAnswer
from audits.views.sitting import Sitting
from audits.wording import contributors_in_words
from core.parts import part
from schools.views.saved_parts import said, whole_part

STATEMENT, NOTES = "audits/parts/statement.jinja", "audits/parts/notes.jinja"


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: SignedInRequest, audit_pk: int, area_key: str) -> HttpResponse:
    """The section to answer, or to read for those who may not answer it or when the audit cannot be answered."""
    if request.method == "POST":
        return _save_section(request, audit_pk, area_key)
    audit = audit_to_read(request, audit_pk)
    this = section_or_404(audit, area_key)
    answers = audit.is_answerable and may_answer(request.user, audit, this)
    show = _page if answers else _page_to_read
    return show(request, Sitting.at(audit, this))


def _page(request: SignedInRequest, sitting: Sitting, *, status: int = 200) -> HttpResponse:
    context = {"sitting": sitting, "audit": sitting.audit, "section": sitting.section}
    return render(request, "audits/section.html", context, status=status)


def _page_to_read(request: SignedInRequest, sitting: Sitting) -> HttpResponse:
    contributors, rounds_counts = _who_helped(request, sitting)
    context = {
        "sitting": sitting,
        "audit": sitting.audit,
        "section": sitting.section,
        "contributors": contributors,
        "rounds_counts": rounds_counts,
        "may_be_given": may_be_given_sections(request.user, sitting.audit),
    }
    return render(request, "audits/section_to_read.html", context)


def _who_helped(request: SignedInRequest, sitting: Sitting) -> tuple[list[str], bool]:
    """A line for each role, and whether any number in them is a published one."""
    if may_read_exact_counts(request.user, sitting.audit):
        return contributors_in_words(NoteValues.of(sitting.stored_note).contributors), False
    told = contributors_told(sitting.audit, sitting.section)
    return [f"{one['label']}: {one['words']}" for one in told], any(is_published(one) for one in told)


def _save_section(request: SignedInRequest, audit_pk: int, area_key: str) -> HttpResponse:
    audit = audit_or_404(request, audit_pk)
    this = section_or_404(audit, area_key)
    if not may_answer(request.user, audit, this):
        return _not_yours(request, audit, this)
    sitting = Sitting.at(audit, this, request.POST)
    try:
        complete = sitting.save(request.user)
    except AuditIsClosed as closed:
        messages.error(request, str(closed))
        return _page(request, sitting, status=409)
    if not complete:
        return _page(request, sitting, status=409 if sitting.has_conflicts else 422)
    messages.success(request, f"Your answers in “{this.area}” are saved.")
    if "stay" in request.POST:
        return redirect("audits:section", audit.pk, this.area.key)
    return redirect("audits:tasks", audit.pk)


def _not_yours(request: SignedInRequest, audit: Audit, this: Section) -> HttpResponse:
    """A colleague whose section was taken back meanwhile sees what they had typed; others get the plain refusal."""
    if not may_be_given_sections(request.user, audit):
        raise PermissionDenied
    messages.error(
        request,
        "Nothing was saved: this section is not yours to answer now. "
        "What you wrote stands below, so that you can copy it. A school lead can give you the section.",
    )
    return _page(request, Sitting.at(audit, this, request.POST), status=403)


@require_POST
def save_statement(
    request: SignedInRequest, audit_pk: int, area_key: str, statement_key: str
) -> HttpResponse:
    """Save one answer as it is given; answers with the line that says so, or with both versions to choose from."""
    outcome, problem = Outcome(), ""
    with transaction.atomic():
        audit, statement, stored = statement_to_save(request, audit_pk, area_key, statement_key)
        form = AnswerForm(request.POST, statement=statement, stored=stored)
        try:
            outcome = _save_answer(form, audit, request.user)
        except AuditIsClosed as closed:
            problem = str(closed)
    if not form.is_valid():
        return HttpResponse(part("audits/parts/answer_saved.jinja", form=form))
    if problem:
        return said(form, problem=problem)
    if conflict := outcome.conflicts.get(statement.pk):
        form.stand_beside(conflict)
        return whole_part(form, STATEMENT)
    innocent = audit.school.innocent_names
    shown = ShownAnswer(statement, outcome.saved.get(statement.pk, stored), form.next_mark, innocent)
    if form.keep_was_chosen:
        return whole_part(shown, STATEMENT)
    return SavedPart(part("audits/parts/answer_saved.jinja", form=shown))


def _save_answer(form: AnswerForm, audit: Audit, by: User) -> Outcome:
    given = [form.given] if form.is_valid() and form.given else []
    known = {form.statement.pk: form.stored} if form.stored else {}
    return save_into(as_open(audit), given=given, known=known, by=by)


@require_POST
def save_notes(request: SignedInRequest, audit_pk: int, area_key: str) -> HttpResponse:
    """Save the notes of a section as they are written; answers as `save_statement` does."""
    audit, this = section_to_answer(request, audit_pk, area_key)
    sitting = Sitting(audit, this, {}, note_on(audit, this))
    sitting.note = form = SectionNoteForm(request.POST, stored=sitting.stored_note)
    if not form.is_valid():
        return said(form)
    sitting.mark = form.next_mark
    try:
        sitting.save(request.user)
    except AuditIsClosed as closed:
        return said(form, problem=str(closed))
    if form.in_conflict or form.keep_was_chosen:
        return whole_part(sitting.shown_notes, NOTES)
    return SavedPart(part("audits/parts/notes_saved.jinja", form=sitting.shown_notes))
