"""Outgoing mail for administrators, and the outbox of the demonstration."""

from collections.abc import Iterator

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core import emails, services
from core.demonstration import stays_here
from core.look import Crumb
from core.models import OutgoingEmail
from core.spreadsheets import Cell, Table, csv_response, excel_response
from pins.forms import MailFilterForm, MailTestForm
from schools.decorators import requires

PAGE_SIZE = 50
OUTBOX_SIZE = 30
FILE_NAME = "outgoing-mail"
HEADER = ("Queued", "To", "Subject", "About", "Status", "Sent", "Tries", "Tried next", "Why it failed")


def _asked_for(form: MailFilterForm) -> QuerySet[OutgoingEmail]:
    """The mail that the filter asks for, newest first, without what they hold; none when the filter is wrong."""
    found = OutgoingEmail.objects.defer("body", "calendar")
    if not form.is_valid():
        return found.none()
    status = form.cleaned_data["status"]
    return found.filter(status=status) if status else found


def _page(request: SignedInRequest, test_form: MailTestForm, *, status: int = 200) -> HttpResponse:
    filters = MailFilterForm(request.GET)
    page = Paginator(_asked_for(filters), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"filters": filters, "page": page, "form": test_form, "query": request.GET.urlencode()}
    return render(request, "core/mail.html", context, status=status)


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def outgoing(request: SignedInRequest) -> HttpResponse:
    """The list, newest first, and the form for a test."""
    return _page(request, MailTestForm(initial={"to": request.user.email}))


@require_POST
@requires(Verb.MANAGE_PROGRAMME)
def send_test(request: SignedInRequest) -> HttpResponse:
    """Queue a test e-mail; its own page shows what becomes of it."""
    form = MailTestForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    email = services.send_test_email(to=form.cleaned_data["to"], by=request.user)
    return redirect("mail_one", pk=email.pk)


@never_cache
@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def one(request: SignedInRequest, pk: int) -> HttpResponse:
    """One e-mail and what became of it; looks again by itself while it waits."""
    email = get_object_or_404(OutgoingEmail, pk=pk)
    waits = email.is_waiting and email.attempts < 2
    context = {
        "email": email,
        "may_be_read": emails.may_be_read(email),
        "waits": waits,
        "stayed_here": email.status == OutgoingEmail.Status.SENT and stays_here(email.to),
        "breadcrumbs": [Crumb("Outgoing mail", reverse("mail")), Crumb(email.subject)],
    }
    response = render(request, "core/mail_one.html", context)
    if waits:
        response["Refresh"] = "3"
    return response


@require_POST
@requires(Verb.MANAGE_PROGRAMME)
def retry(request: SignedInRequest, pk: int) -> HttpResponse:
    """Try a failed e-mail again."""
    email = get_object_or_404(OutgoingEmail, pk=pk)
    try:
        services.try_email_again(email=email, by=request.user)
    except services.NotToBeRetried:
        messages.warning(request, "This e-mail is not waiting for another try.")
    return redirect("mail_one", pk=pk)


def _table(request: HttpRequest) -> Table:
    return Table("Outgoing mail", HEADER, _rows(_asked_for(MailFilterForm(request.GET))))


def _rows(found: QuerySet[OutgoingEmail]) -> Iterator[list[Cell]]:
    for email in found.iterator(chunk_size=500):
        yield [
            email.queued_at,
            email.to,
            email.subject,
            email.kind,
            email.get_status_display(),
            email.sent_at,
            email.attempts,
            email.tried_next,
            email.failure,
        ]


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def outgoing_csv(request: SignedInRequest) -> HttpResponse:
    """The same list as CSV, never with a body."""
    return csv_response(_table(request), FILE_NAME)


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def outgoing_excel(request: SignedInRequest) -> HttpResponse:
    """The same list for Excel, never with a body."""
    return excel_response(_table(request), FILE_NAME)


@login_not_required
@never_cache
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """The newest messages to made-up people with their words, for anybody, in the demonstration alone."""
    if not settings.DEMO:
        raise Http404
    return render(request, "core/mail_outbox.html", {"newest": emails.to_made_up_people()[:OUTBOX_SIZE]})
