"""The words of the page for families, which the forum writes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from schools.services.errors import ProgrammeError
from schools.views.editing import EDIT, RowPage, edit, sent
from visits.forms.families import IntroForm, LineForm
from visits.models import FamiliesLine, FamiliesPage
from visits.services.families import remove_line, save_intro, save_line
from visits.views.families import families_crumbs, page_or_404

THERE_ALREADY = "This line stands on the page already, and was not added a second time."
SAVED = "Saved. Both approvals are needed for the words as they are now."


@require_http_methods(EDIT)
def intro(request: SignedInRequest, school_pk: int, year_pk: int) -> HttpResponse:
    """The first words."""
    page = _page_to_change(request, school_pk, year_pk)
    crumbs = families_crumbs(request, page, Crumb("First words"))
    form = IntroForm(sent(request), instance=page)
    return edit(
        request, form, save=save_intro, back=page.get_absolute_url(), crumbs=crumbs, page=_row_page(None)
    )


@require_http_methods(EDIT)
def add_line(request: SignedInRequest, school_pk: int, year_pk: int) -> HttpResponse:
    """One more line, which came from no theme."""
    page = _page_to_change(request, school_pk, year_pk)
    crumbs = families_crumbs(request, page, Crumb("Add a line"))
    form = LineForm(sent(request), instance=FamiliesLine(page=page))

    def save(*, form: LineForm, by: User) -> bool:
        added = save_line(form=form, by=by)
        if not added:
            messages.info(request, THERE_ALREADY)
        return added

    back = page.get_absolute_url()
    return edit(request, form, save=save, back=back, crumbs=crumbs, page=_row_page(None))


@require_http_methods(EDIT)
def change_line(request: SignedInRequest, school_pk: int, year_pk: int, line_pk: int) -> HttpResponse:
    """The words of a line, with what it was drafted from beside them."""
    page = _page_to_change(request, school_pk, year_pk)
    line = _line_or_404(page, line_pk)
    crumbs = families_crumbs(request, page, Crumb("Change a line"))
    form = LineForm(sent(request), instance=line)
    return edit(
        request, form, save=save_line, back=page.get_absolute_url(), crumbs=crumbs, page=_row_page(line)
    )


@require_http_methods(EDIT)
def remove(request: SignedInRequest, school_pk: int, year_pk: int, line_pk: int) -> HttpResponse:
    """Ask, then take a line off the page."""
    page = _page_to_change(request, school_pk, year_pk)
    line = _line_or_404(page, line_pk)
    if request.method != "POST":
        crumbs = families_crumbs(request, page, Crumb("Remove a line"))
        context = {"page": page, "line": line, "breadcrumbs": crumbs}
        return render(request, "visits/families/remove_line.html", context)
    try:
        remove_line(line=line, by=request.user)
        messages.success(request, "The line is removed. Both approvals are needed for what is left.")
    except ProgrammeError as refusal:
        messages.error(request, str(refusal))
    return redirect(page)


def _row_page(line: FamiliesLine | None) -> RowPage:
    return RowPage("visits/families/line.html", {"line": line}, SAVED)


def _page_to_change(request: SignedInRequest, school_pk: int, year_pk: int) -> FamiliesPage:
    return page_or_404(request, school_pk, year_pk, to_change=Verb.RECORD_VISITS)


def _line_or_404(page: FamiliesPage, line_pk: int) -> FamiliesLine:
    lines = FamiliesLine.objects.filter(page=page).select_related("theme__action", "area")
    line = get_object_or_404(lines, pk=line_pk)
    line.page = page
    return line
