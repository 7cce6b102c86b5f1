"""The summary of a visit for the school's leaders: its page, sharing it, receipt, reply, closing the visit."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from schools.access import may_change
from schools.forms.programme import ReasonForm
from schools.services.errors import ProgrammeError
from schools.views.editing import EDIT, RowPage, edit, sent
from visits.enums import VisitStatus
from visits.forms.sharing import FinishForm, ReplyForm, ShareForm
from visits.models import Reply, Visit
from visits.queries.marked import digest_of_marked, innocent_names, marked_in_notes
from visits.queries.record import raised_by_more_than_came
from visits.queries.sharing import (
    leaves_safeguarding_open,
    notes_owed,
    only_reads,
    recipients,
    reply_of,
    sent_to,
    sharing_of,
    speaks_for_school,
    summary_of,
)
from visits.readers import Reader
from visits.services import sending_again, sharing
from visits.services.errors import NobodyToWriteTo, VisitError
from visits.summary_shown import summary_shown
from visits.views.crumbs import visit_crumbs
from visits.views.fetching import visit_to_change, visit_to_read
from visits.views.planning import SENT_JUST_NOW

NOTES_WRITTEN = "The notes are written. Read the summary as the school will, then share it."
THE_SCHOOLS_OWN = "This is for the leads of the school: what it says of the notes is its own affair."


@require_safe
def summary(request: SignedInRequest, visit_pk: int) -> HttpResponse:
    """What the school reads of the visit; before it is shared, what it would read, for those who write the notes."""
    visit = visit_to_read(request, visit_pk)
    writes = may_change(request.user, Verb.RECORD_VISITS, visit.school)
    is_there = visit.is_with_the_school or (writes and visit.was_held)
    if only_reads(request.user, visit.school):
        sharing.note_opened(visit=visit, by=request.user)
    context = {
        "visit": visit,
        "shown": summary_shown(visit) if is_there else None,
        "sharing": sharing_of(visit, request.user, today=timezone.localdate()),
        "breadcrumbs": _crumbs(request, visit),
    }
    return render(request, "visits/summary.html", context)


@require_POST
def finish(request: SignedInRequest, visit_pk: int) -> HttpResponse:
    """Say that the notes are written; the question about safeguarding is asked once more before, if it is open."""
    visit = visit_to_change(request, visit_pk)
    form = FinishForm(request.POST)
    if leaves_safeguarding_open(visit) and not form.is_valid():
        context = {
            "visit": visit,
            "form": FinishForm() if form.is_first_press else form,
            "breadcrumbs": _crumbs(request, visit, Crumb("Notes written")),
        }
        return render(request, "visits/finish_notes.html", context, status=422)

    def act() -> bool:
        return sharing.finish_notes(visit=visit, by=request.user, stays_open=form.is_valid())

    return _do(request, visit, act, NOTES_WRITTEN)


@require_POST
def write_on(request: SignedInRequest, visit_pk: int) -> HttpResponse:
    """Go back to writing: to the record, where it can be written on."""
    visit = visit_to_change(request, visit_pk)
    told = "The notes can be written on."
    return _do(
        request, visit, lambda: sharing.write_on(visit=visit, by=request.user), told, to="visits:record"
    )


@require_http_methods(EDIT)
def share(request: SignedInRequest, visit_pk: int) -> HttpResponse:
    """Say to whom the summary goes and what follows, then share it."""
    visit, today = visit_to_change(request, visit_pk), timezone.localdate()
    stands = visit.status == VisitStatus.NOTES_WRITTEN
    marked = marked_in_notes(visit) if stands else []
    form = ShareForm(sent(request), marked=digest_of_marked(marked))
    if form.is_valid():
        return _share(request, visit, form.cleaned_data["looked_at"], today)
    context = {
        "visit": visit,
        "form": form,
        "owed": notes_owed(visit),
        "marked": marked,
        "more_than_came": raised_by_more_than_came(visit) if stands else [],
        "recipients": recipients(visit.school),
        "reply_by": sharing.reply_wanted_by(today),
        "breadcrumbs": _crumbs(request, visit, Crumb("Share it")),
    }
    return render(request, "visits/share.html", context, status=422 if form.is_bound else 200)


def _share(request: SignedInRequest, visit: Visit, looked_at: str, today: date) -> HttpResponse:
    """Share it, and say to whom it was written, or that it was to nobody; or show what stands in the way."""

    def act() -> bool:
        return sharing.share(visit=visit, by=request.user, today=today, looked_at=looked_at)

    told = f"The summary is shared with {visit.school}."
    answer = _do(request, visit, act, told, refused_to="visits:share")
    if (stored := Visit.objects.get(pk=visit.pk)).is_with_the_school:
        readers = sent_to(stored)
        told = f"A link was e-mailed to {', '.join(readers)}." if readers else str(NobodyToWriteTo())
        messages.add_message(request, messages.INFO if readers else messages.WARNING, told)
    return answer


@require_POST
def send_again(request: SignedInRequest, visit_pk: int) -> HttpResponse:
    """The link to the summary, once more to those whom it is for."""
    visit, today = visit_to_change(request, visit_pk), timezone.localdate()
    try:
        if sending_again.send_summary_again(visit=visit, by=request.user, today=today):
            told = f"A new link was e-mailed to {', '.join(sent_to(visit))}. A link that they had before has ended."
            messages.success(request, told)
        else:
            messages.info(request, SENT_JUST_NOW)
    except (VisitError, ProgrammeError) as refusal:
        messages.error(request, str(refusal))
    return redirect("visits:summary", visit.pk)


@require_POST
def receipt(request: SignedInRequest, visit_pk: int) -> HttpResponse:
    """Note that somebody of the school has read it."""
    visit = _visit_of_ones_school(request, visit_pk)
    reader = Reader.signed_in(request.user)
    told = "Thank you. It is noted that you have read the summary."
    return _do(request, visit, lambda: sharing.note_receipt(visit=visit, by=reader), told)


@require_http_methods(EDIT)
def reply(request: SignedInRequest, visit_pk: int) -> HttpResponse:
    """What the school says of the notes."""
    visit = _visit_of_ones_school(request, visit_pk)
    back = reverse("visits:summary", args=[visit.pk])
    page = reply_page("visits/reply.html", visit)
    crumbs = _crumbs(request, visit, Crumb("Reply"))
    form = reply_form(request, visit)
    save = save_reply_of(Reader.signed_in(request.user))
    return edit(request, form, save=save, back=back, crumbs=crumbs, page=page)


def reply_page(template: str, visit: Visit) -> RowPage:
    """The page of the reply: by when it is wanted, or why there is none to give."""
    more = {
        "visit": visit,
        "summary": summary_of(visit),
        "refused": sharing.why_no_reply(visit),
    }
    return RowPage(template, more, told="Thank you. Your reply stands beside the notes.")


def reply_form(request: HttpRequest, visit: Visit) -> ReplyForm:
    """The school's reply as it stands, or a new one, read by the guard."""
    instance = reply_of(visit) or Reply(visit=visit)
    allowed, accepted = innocent_names(visit), [instance.left_as_read]
    return ReplyForm(sent(request), instance=instance, allowed=allowed, accepted=accepted)


def save_reply_of(reader: Reader) -> Callable[..., bool]:
    """Saving the reply as this reader; what the service refuses is said on the form."""

    def save(*, form: ReplyForm, by: object) -> bool:
        try:
            return sharing.reply(form=form, by=reader, left_as_read="".join(form.answered()))
        except VisitError as refusal:
            raise ProgrammeError(str(refusal)) from refusal

    return save


@require_POST
def close(request: SignedInRequest, visit_pk: int) -> HttpResponse:
    """Close the visit."""
    visit, today = visit_to_change(request, visit_pk), timezone.localdate()
    told = f"{visit} is closed."
    return _do(request, visit, lambda: sharing.close(visit=visit, by=request.user, today=today), told)


@require_http_methods(EDIT)
def reopen(request: SignedInRequest, visit_pk: int) -> HttpResponse:
    """Ask why, then open a closed visit again."""
    visit = visit_to_change(request, visit_pk)
    form = ReasonForm(sent(request), allowed=innocent_names(visit))
    form.helper.submit_label = "Open the visit again"
    if form.is_valid():
        reason, told = form.cleaned_data["reason"], f"{visit} is open again, and the school can reply."
        return _do(request, visit, lambda: sharing.reopen(visit=visit, by=request.user, reason=reason), told)
    context = {"visit": visit, "form": form, "breadcrumbs": _crumbs(request, visit, Crumb("Open it again"))}
    return render(request, "visits/reopen.html", context, status=422 if form.errors else 200)


def _visit_of_ones_school(request: SignedInRequest, visit_pk: int) -> Visit:
    """For those who speak for the school: the forum has no part in what the school says of its notes."""
    visit = visit_to_read(request, visit_pk)
    if not speaks_for_school(request.user, visit.school):
        raise PermissionDenied(THE_SCHOOLS_OWN)
    return visit


def _do(
    request: SignedInRequest,
    visit: Visit,
    act: Callable[[], bool],
    told: str,
    *,
    to: str = "visits:summary",
    refused_to: str = "visits:summary",
) -> HttpResponse:
    """Do it, say so or why not, and show how the visit stands now."""
    try:
        if act():
            messages.success(request, told)
    except (VisitError, ProgrammeError) as refusal:
        messages.error(request, str(refusal))
        return redirect(refused_to, visit.pk)
    return redirect(to, visit.pk)


def _crumbs(request: SignedInRequest, visit: Visit, *inside: Crumb) -> list[Crumb]:
    own = Crumb("Summary", reverse("visits:summary", args=[visit.pk]) if inside else "")
    return visit_crumbs(request, visit, own, *inside)
