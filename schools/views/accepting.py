"""The page behind the link of an invitation: opening it changes nothing, its one button accepts."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.backends import may_sign_in, person_with
from accounts.entering import enter
from accounts.models import User
from accounts.permissions import LETS, Role
from core.demonstration import is_left_over
from schools.forms.people import AcceptForm
from schools.models import Invitation, Membership
from schools.queries.people import handed_by, invitation_with, is_former_link
from schools.services.accepting import accept
from schools.services.errors import PeopleError
from schools.views.editing import sent


@never_cache
@login_not_required
@require_http_methods(("GET", "HEAD", "POST"))
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites, to which school and as what; accepted by a button, since mail scanners open links."""
    found = invitation_with(token)
    if found is None or is_left_over(found.email):
        return _gone(request, "newer", 410) if is_former_link(token) else _gone(request, "unknown", 404)
    if found.standing is not Invitation.Standing.WAITING or found.has_lost_its_lead:
        return _no_more(request, found)
    account = person_with(found.email)
    if account is not None and not may_sign_in(account):
        return _gone(request, "switched_off", 403)
    if request.user.is_authenticated != (account is not None) or _is_somebody_else(request, found):
        return _not_as_they_are(request, found, account)
    form = AcceptForm(sent(request), person=account)
    if form.is_valid():
        return _accept(request, token, account, form)
    return _page(request, "invitation", found, 422 if form.errors else 200, form=form)


def _is_somebody_else(request: HttpRequest, found: Invitation) -> bool:
    return request.user.is_authenticated and request.user.email != found.email


def _not_as_they_are(request: HttpRequest, found: Invitation, account: User | None) -> HttpResponse:
    """Signed in as somebody else, or not signed in to the account that the address has."""
    if request.method == "POST":
        return redirect(request.path)
    if request.user.is_authenticated:
        return _page(request, "invitation_for_another", found)
    return _page(request, "invitation_sign_in", found, account=account)


def _page(request: HttpRequest, name: str, found: Invitation, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "invitation": found,
        "handed_by": handed_by(found),
        "lets": LETS[Role(found.role)].replace("given to them", "given to you"),
        **more,
    }
    return render(request, f"schools/people/{name}.html", context, status=status)


def _gone(request: HttpRequest, why: str, status: int) -> HttpResponse:
    return render(request, "schools/people/invitation_gone.html", {"why": why}, status=status)


def _no_more(request: HttpRequest, found: Invitation) -> HttpResponse:
    """Run out, taken back or accepted; who accepted it themselves, as by a second press, goes on to their pages.

    An invitation to take over a lead that is gone counts as taken back.
    """
    if found.accepted_by_id is not None and found.accepted_by_id == request.user.pk:
        return redirect("home")
    waits = found.standing is Invitation.Standing.WAITING
    return _gone(request, "revoked" if waits else found.standing.value, 410)


def _accept(request: HttpRequest, token: str, account: User | None, form: AcceptForm) -> HttpResponse:
    fields = {name: form.cleaned_data.get(name, "") for name in ("name", "job_title")}
    try:
        membership = accept(token=token, by=account, **fields)
    except (
        PeopleError
    ):  # somebody was quicker, perhaps this person in another tab: the page says how it stands
        return redirect(request.path)
    messages.success(request, _welcome(membership))
    if account is not None:
        return redirect("home")
    return enter(request, membership.user, then=reverse("home"))


def _welcome(membership: Membership) -> str:
    role = membership.get_role_display().lower()
    return f"You belong to {membership.school} now, as a {role}. What is for you to do will be here."
