"""The summary behind an e-mailed link: read by opening it; the receipt and the reply count when a button is pressed."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from schools.services.errors import ProgrammeError
from schools.views.editing import EDIT, edit
from visits.enums import LinkPurpose, VisitStatus
from visits.links import find_link
from visits.models import Receipt, VisitLink
from visits.queries.sharing import is_meant_for, reply_shown, summary_of
from visits.readers import Reader
from visits.services import sharing
from visits.services.errors import VisitError
from visits.summary_shown import summary_shown
from visits.views.sharing import reply_form, reply_page, save_reply_of


@never_cache
@login_not_required
@require_safe
def summary(request: HttpRequest, token: str) -> HttpResponse:
    """What the school reads of the visit."""
    link = _link(token)
    if link is None or not _opens(link):
        return _gone(request, link)
    visit = link.visit
    context = {
        "token": token,
        "visit": visit,
        "shown": summary_shown(visit),
        "reply": reply_shown(visit, today=timezone.localdate()),
        "summary": summary_of(visit),
        "can_reply": visit.status == VisitStatus.SHARED,
        "has_read": Receipt.objects.filter(visit=visit, email=link.email).exists(),
    }
    return render(request, "visits/summary_by_link.html", context)


@never_cache
@login_not_required
@require_POST
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """Note that whoever the link was sent to has read it."""
    link = _link(token)
    if link is None or not _opens(link):
        return _gone(request, link)
    try:
        if sharing.note_receipt(visit=link.visit, by=Reader.by_link(link), link=link):
            messages.success(request, "Thank you. It is noted that you have read the summary.")
    except (VisitError, ProgrammeError) as refusal:
        messages.error(request, str(refusal))
    return redirect("visits:summary_by_link", token)


@never_cache
@login_not_required
@require_http_methods(EDIT)
def reply(request: HttpRequest, token: str) -> HttpResponse:
    """What the school says of the notes, from whoever the link was sent to."""
    link = _link(token)
    if link is None or not _opens(link):
        return _gone(request, link)
    visit, back = link.visit, reverse("visits:summary_by_link", args=[token])
    page = reply_page("visits/reply_by_link.html", visit)
    form, save = reply_form(request, visit), save_reply_of(Reader.by_link(link))
    return edit(cast(SignedInRequest, request), form, save=save, back=back, crumbs=[], page=page)


def _link(token: str) -> VisitLink | None:
    return find_link(token, LinkPurpose.READ_THE_SUMMARY)


def _opens(link: VisitLink) -> bool:
    """Whether it still does: it may be used as often as its reader wants to, for as long as it was sent for."""
    lasts = link.ended_at is None and link.expires_at > timezone.now()
    return lasts and link.visit.is_with_the_school and is_meant_for(link)


def _gone(request: HttpRequest, link: VisitLink | None) -> HttpResponse:
    is_replaced = link is not None and link.ended_at is not None and is_meant_for(link)
    context = {"is_known": link is not None, "has_newer": is_replaced}
    return render(request, "visits/summary_gone.html", context, status=410 if link is not None else 404)
