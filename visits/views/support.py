"""The list of local support: kept by the forum, read and printed by anybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from core.page_card import PageCard
from core.same_page import render_same_page
from core.spreadsheets import Table, csv_response, excel_response
from schools.decorators import requires
from schools.views.editing import EDIT, edit, sent
from visits.forms.support import SupportForm
from visits.models import LocalSupport
from visits.queries.support import shown_support, support_with_counts
from visits.services.support import save_support

TITLE = "Local support"
HEADER = (
    "Name",
    "What it is for",
    "How to reach it",
    "Website",
    "Checked on",
    "Shown to families",
    "Mentioned at visits",
)
FILE_NAME = "local-support"


@login_not_required
@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """Who else there is for families in the county, on a page that prints well."""
    shown = shown_support()
    words = "Groups and services for families of children with special educational needs and disabilities."
    context = {"shown": shown, "card": PageCard(TITLE, words, reverse("visits:public_support"))}
    return render_same_page(request, "visits/public_support.html", context, contents=shown)


@require_safe
@requires(Verb.RECORD_VISITS)
def support(request: SignedInRequest) -> HttpResponse:
    """The list as the forum keeps it, with what was last checked long ago."""
    listed = list(support_with_counts())
    context = {
        "listed": listed,
        "stale": sum(one.is_stale for one in listed),
        "breadcrumbs": [Crumb("Home", reverse("home")), Crumb(TITLE)],
    }
    return render(request, "visits/support.html", context)


def _table() -> Table:
    columns = ("name", "what_for", "how_to_reach", "website", "checked_on", "is_shown", "mentioned")
    rows = support_with_counts().values_list(*columns)
    return Table(TITLE, HEADER, rows)


@require_safe
@requires(Verb.RECORD_VISITS)
def support_csv(request: SignedInRequest) -> HttpResponse:
    """The same as CSV."""
    return csv_response(_table(), FILE_NAME)


@require_safe
@requires(Verb.RECORD_VISITS)
def support_excel(request: SignedInRequest) -> HttpResponse:
    """The same for Excel."""
    return excel_response(_table(), FILE_NAME)


@require_http_methods(EDIT)
@requires(Verb.RECORD_VISITS)
def add(request: SignedInRequest) -> HttpResponse:
    """One more entry."""
    return _edit(request, SupportForm(sent(request)), "Add local support")


@require_http_methods(EDIT)
@requires(Verb.RECORD_VISITS)
def change(request: SignedInRequest, support_pk: int) -> HttpResponse:
    """What is said of an entry, when it was checked, whether families see it."""
    row = get_object_or_404(LocalSupport, pk=support_pk)
    return _edit(request, SupportForm(sent(request), instance=row), f"Change {row}")


def _edit(request: SignedInRequest, form: SupportForm, title: str) -> HttpResponse:
    back = reverse("visits:support")
    crumbs = [Crumb("Home", reverse("home")), Crumb(TITLE, back), Crumb(title)]
    return edit(request, form, save=save_support, back=back, crumbs=crumbs)
