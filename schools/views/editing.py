"""Adding and changing a row that two people may have open at once."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from accounts.requests import SignedInRequest
from core.look import Crumb
from core.seen import ChangedMeanwhile, SavedTwice, SeenForm, stand_beside
from schools.services.errors import ProgrammeError

EDIT = ("GET", "HEAD", "POST")
ADDED_TWICE = "Somebody added the same at this moment. Look at the list before you add another."


def sent(request: SignedInRequest) -> QueryDict | None:
    """What was posted, were it nothing at all; None on the way to the page."""
    return request.POST if request.method == "POST" else None


def edit(
    request: SignedInRequest,
    form: SeenForm,
    *,
    save: Callable[..., bool],
    back: str,
    crumbs: list[Crumb],
    page: tuple[str, dict[str, Any]] = ("schools/row_form.html", {}),
) -> HttpResponse:
    """The page of one row: drawn, saved, or drawn again with what was typed and why it was not saved.

    `back`: where to go afterwards; `crumbs`: the last is the heading; `page`: a template and what it wants besides.
    """
    template, more = page
    context: dict[str, Any] = {**more, "form": form, "back": back, "breadcrumbs": crumbs, "meanwhile": None}
    if request.method != "POST":
        return render(request, template, context)
    if not form.is_valid():
        return render(request, template, context, status=422)
    try:
        if save(form=form, by=request.user):
            messages.success(request, f"Saved: {form.instance}.")
        return redirect(back)
    except ChangedMeanwhile as refusal:
        context["meanwhile"] = stand_beside(form, refusal.stored)
    except SavedTwice:
        form.add_error(None, ADDED_TWICE)
    except ProgrammeError as refusal:
        form.add_error(None, str(refusal))
    return render(request, template, context, status=409)
