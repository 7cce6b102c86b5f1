"""The record of a visit: the page of its parts, and the saving of each as it is typed."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.held_posts import SavedPart
from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from core.page_marks import NO_PAGE
from core.parts import part as part_markup
from schools.views.saved_parts import said, whole_part
from visits.forms.record import PartForm, ThemeForm
from visits.models import Visit
from visits.queries.record import Record, others_here, record_of, standing, themes_that_can_come_back
from visits.services.recording import note_presence
from visits.services.themes import forget_theme, put_theme_back, remove_theme
from visits.views.crumbs import visit_crumbs
from visits.views.fetching import visit_to_change, visit_to_read
from visits.views.record_page import (
    PARTS,
    REFUSALS,
    PageOf,
    RecordPage,
    counts_beside,
    part_form,
    save_form,
    save_signposting,
    signposting_form,
    theme_form,
)

NOT_IN_IT = "This theme is not in the record."
NOT_REMOVED = "Among what was removed from the record there are no such words any more. Nothing was changed."


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: SignedInRequest, visit_pk: int) -> HttpResponse:
    """The record to write while the visit stands where that can be done, and to read otherwise."""
    if request.method == "POST":
        return _save_record(request, visit_to_change(request, visit_pk))
    visit = visit_to_read(request, visit_pk, Verb.RECORD_VISITS)
    stands = standing(visit)
    if stands.is_open or stands.is_early:
        return _page(request, RecordPage.at(visit))
    context = {"record": record_of(visit), **_about(request, visit)}
    return render(request, "visits/record_to_read.html", context)


def _about(request: SignedInRequest, visit: Visit) -> dict[str, object]:
    return {
        "visit": visit,
        "standing": standing(visit),
        "breadcrumbs": visit_crumbs(request, visit, Crumb("Record")),
    }


def _page(request: SignedInRequest, page: RecordPage, *, status: int = 200) -> HttpResponse:
    visit = page.of.visit
    context = {"page": page, "removed": themes_that_can_come_back(visit), **_about(request, visit)}
    return render(request, "visits/record.html", context, status=status)


def _save_record(request: SignedInRequest, visit: Visit) -> HttpResponse:
    page = RecordPage.at(visit, request.POST)
    try:
        complete = page.save(request.user)
    except REFUSALS as refusal:
        messages.error(request, f"Nothing was saved. {refusal}")
        return _page(request, RecordPage.at(visit, request.POST), status=409)
    if not complete:
        return _page(request, page, status=409 if page.has_conflicts else 422)
    messages.success(request, f"The record of {visit} is saved.")
    return redirect("visits:record", visit.pk) if "stay" in request.POST else redirect(visit)


@require_POST
def save_part(request: SignedInRequest, visit_pk: int, part: str) -> HttpResponse:
    """Save one part as it is typed; answers with the line that says so, or with both versions to choose from."""
    if part not in PARTS:
        raise Http404
    visit = visit_to_change(request, visit_pk)
    written = record_of(visit)
    form = part_form(PageOf(visit, NO_PAGE), part, getattr(written, part), request.POST)
    return _answer(request, form, written)


@require_POST
def save_theme(request: SignedInRequest, visit_pk: int, key: uuid.UUID) -> HttpResponse:
    """The same of one theme."""
    visit = visit_to_change(request, visit_pk)
    written = record_of(visit)
    stored = next((theme for theme in written.themes if theme.key == key), None)
    return _answer(request, theme_form(PageOf(visit, NO_PAGE), key, stored, request.POST), written)


def _answer(request: SignedInRequest, form: PartForm, written: Record) -> HttpResponse:
    if not form.is_valid():
        return said(form)
    try:
        shown = save_form(form, request.user)
    except REFUSALS as refusal:
        return said(form, problem=str(refusal))
    if shown.in_conflict or form.keep_was_chosen:
        more = {"came": written.parent_carers} if isinstance(shown, ThemeForm) else {}
        return whole_part(shown, shown.TEMPLATE, **more)
    counts = counts_beside(shown, written)
    return SavedPart(part_markup("visits/record/part_saved.jinja", form=shown, counts=counts))


@require_POST
def save_support(request: SignedInRequest, visit_pk: int) -> HttpResponse:
    """Save which local support was mentioned, as it is ticked."""
    visit = visit_to_change(request, visit_pk)
    form = signposting_form(visit, record_of(visit), request.POST)
    if not form.is_valid():
        return said(form)
    try:
        return said(save_signposting(form, visit, request.user))
    except REFUSALS as refusal:
        return said(form, problem=str(refusal))


@require_POST
def here(request: SignedInRequest, visit_pk: int) -> HttpResponse:
    """Note that this page is open, and answer with who else has it open."""
    visit = visit_to_change(request, visit_pk)
    note_presence(visit=visit, by=request.user)
    return render(request, "visits/record/here.html", {"others": others_here(visit, request.user.pk)})


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: SignedInRequest, visit_pk: int, key: uuid.UUID) -> HttpResponse:
    """Ask, then take a theme out of the record."""
    visit = visit_to_change(request, visit_pk)
    back = _to_themes(visit)
    theme = visit.themes.select_related("area").filter(key=key).first()
    if request.method == "POST":
        try:
            if remove_theme(visit=visit, key=key, by=request.user, for_good="for_good" in request.POST):
                messages.success(request, "The theme is no longer in the record.")
            else:
                messages.info(request, NOT_IN_IT)
        except REFUSALS as refusal:
            messages.error(request, str(refusal))
        return redirect(back)
    if theme is None:
        messages.info(request, NOT_IN_IT)
        return redirect(back)
    return render(request, "visits/record/remove_theme.html", {"theme": theme, **_about(request, visit)})


@require_POST
def put_back(request: SignedInRequest, visit_pk: int, key: uuid.UUID) -> HttpResponse:
    """Put a theme that was removed back into the record."""
    visit = visit_to_change(request, visit_pk)
    try:
        if put_theme_back(visit=visit, key=key, by=request.user):
            messages.success(request, "The theme is in the record again.")
        else:
            messages.info(request, "This theme was not removed. Nothing was changed.")
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    return redirect(_to_themes(visit))


@require_http_methods(["GET", "HEAD", "POST"])
def forget(request: SignedInRequest, visit_pk: int, key: uuid.UUID) -> HttpResponse:
    """Ask, then remove for good the words of a theme that was taken out of the record before."""
    visit = visit_to_change(request, visit_pk)
    found = next((one for one in themes_that_can_come_back(visit) if one.removed.key == key), None)
    if request.method != "POST" and found is not None:
        return render(request, "visits/record/forget_theme.html", {"theme": found, **_about(request, visit)})
    try:
        if request.method == "POST" and forget_theme(visit=visit, key=key, by=request.user):
            messages.success(request, "The words of the theme are gone for good.")
        else:
            messages.info(request, NOT_REMOVED)
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    return redirect(_to_themes(visit))


def _to_themes(visit: Visit) -> str:
    return f"{reverse('visits:record', args=[visit.pk])}#themes"
