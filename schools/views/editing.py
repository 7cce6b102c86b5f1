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
    after: Callable[[], str] | None = None,
) -> HttpResponse:
    """The page of one row: drawn, saved, or drawn again with what was typed and why it was not saved.

    Saving leads `back`, or where `after` says. `crumbs` are where the page stands, the last its heading.
    """
    context: dict[str, Any] = {"form": form, "back": back, "breadcrumbs": crumbs, "meanwhile": None}
    if not form.is_valid():
        return render(request, "schools/row_form.html", context, status=422 if form.is_bound else 200)
    try:
        if save(form=form, by=request.user):
            messages.success(request, f"Saved: {form.instance}.")
        return redirect(after() if after else back)
    except ChangedMeanwhile as refusal:
        context["meanwhile"] = stand_beside(form, refusal.stored)
    except SavedTwice:
        form.add_error(
            None, "Somebody added the same at this moment. Look at the list before you add another."
        )
    except ProgrammeError as refusal:
        form.add_error(None, str(refusal))
    return render(request, "schools/row_form.html", context, status=409)
