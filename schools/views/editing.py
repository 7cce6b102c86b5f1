"""Adding and changing a row that two people may have open at once."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from accounts.requests import SignedInRequest
from core.look import Crumb
from core.seen import ChangedMeanwhile, SavedTwice, SeenForm, stand_beside
from schools.services.errors import ProgrammeError


def sent(request: HttpRequest) -> QueryDict | None:
    """What was posted, were it nothing at all; None on the way to the page."""
    return request.POST if request.method == "POST" else None


def edit(
    request: SignedInRequest,
    form: SeenForm,
    *,
    save: Callable[..., bool],
    back: str,
    crumbs: list[Crumb],
    template: str = "schools/row_form.html",
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """The page of one row: drawn, saved, or drawn again with what was typed and why it was not saved.

    `back` is the address to go to afterwards, `crumbs` where the page stands; the last of them is its heading. A
    page of its own looks names its `template` and what `more` it shows.
    """
    shown: dict[str, Any] = {"form": form, "back": back, "breadcrumbs": crumbs, "meanwhile": None}
    context = shown | (more or {})
    if request.method != "POST":
        return render(request, template, context)
    if not form.is_valid():
        return render(request, template, context, status=422)
    if _is_saved(request, form, save, context):
        return redirect(back)
    return render(request, template, context, status=409)


def _is_saved(
    request: SignedInRequest, form: SeenForm, save: Callable[..., bool], context: dict[str, Any]
) -> bool:
    """Whether nothing stood in the way; else the form, or what the page shows beside it, says what did."""
    try:
        if save(form=form, by=request.user):
            messages.success(request, f"Saved: {form.instance}.")
    except ChangedMeanwhile as refusal:
        context["meanwhile"] = stand_beside(form, refusal.stored)
    except SavedTwice:
        form.add_error(
            None, "Somebody added the same at this moment. Look at the list before you add another."
        )
    except ProgrammeError as refusal:
        form.add_error(None, str(refusal))
    else:
        return True
    return False
