"""Adding and changing a row that two people may have open at once."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from accounts.requests import SignedInRequest
from core.look import Crumb
from core.seen import ChangedMeanwhile, RemovedMeanwhile, SavedTwice, SeenForm, stand_beside
from schools.services.errors import ProgrammeError

EDIT = ("GET", "HEAD", "POST")
ADDED_TWICE = "Somebody added the same at this moment. Look at the list before you add another."
REMOVED = "Somebody removed this at the same moment. What you typed is still here: copy what you need of it."


def sent(request: HttpRequest) -> QueryDict | None:
    """What was posted, were it nothing at all; None on the way to the page."""
    return request.POST if request.method == "POST" else None


class RowPage(NamedTuple):
    """The template of a row's page, what it shows besides the form, and what is said once it is saved."""

    template: str
    more: dict[str, Any]
    told: str = ""

    def context(self, form: SeenForm, back: str, crumbs: list[Crumb]) -> dict[str, Any]:
        """All that the template wants while nobody else has saved the row."""
        return {**self.more, "form": form, "back": back, "breadcrumbs": crumbs, "meanwhile": None}


ROW_PAGE = RowPage("schools/row_form.html", {})


def edit(
    request: SignedInRequest,
    form: SeenForm,
    *,
    save: Callable[..., bool],
    back: str,
    crumbs: list[Crumb],
    after: Callable[[], str] | None = None,
    page: RowPage = ROW_PAGE,
) -> HttpResponse:
    """The page of one row: drawn, saved, or drawn again with what was typed and why it was not saved.

    Saving leads `back`, or where `after` says. `crumbs` are where the page stands, the last its heading. `page` is
    for a row that needs more than its form.
    """
    context = page.context(form, back, crumbs)
    if not form.is_valid():
        return render(request, page.template, context, status=422 if form.is_bound else 200)
    if _is_saved(request, form, save, context, told=page.told):
        return redirect(after() if after else back)
    return render(request, page.template, context, status=409)


def _is_saved(
    request: SignedInRequest,
    form: SeenForm,
    save: Callable[..., bool],
    context: dict[str, Any],
    *,
    told: str,
) -> bool:
    """Whether nothing stood in the way; else the form, or what the page shows beside it, says what did."""
    try:
        if save(form=form, by=request.user):
            messages.success(request, told or f"Saved: {form.instance}.")
    except ChangedMeanwhile as refusal:
        context["meanwhile"] = stand_beside(form, refusal.stored)
    except RemovedMeanwhile:
        form.add_error(None, REMOVED)
    except SavedTwice:
        form.add_error(None, ADDED_TWICE)
    except ProgrammeError as refusal:
        form.add_error(None, str(refusal))
    else:
        return True
    return False
