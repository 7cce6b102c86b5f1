"""What becomes of who belongs to a school: another role, the end, handing the lead over."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.permissions import Role
from accounts.requests import SignedInRequest
from core.look import Crumb
from schools.access import roles_to_give
from schools.forms.people import EndForm, HandOverForm, RoleForm
from schools.models import Membership
from schools.models.invitations import GOOD_FOR
from schools.queries.people import colleagues_to_lead, invitations_ending_with, others_lead
from schools.services import memberships
from schools.services.errors import NotInvited, PeopleError
from schools.views.crumbs import people_crumb, school_crumbs
from schools.views.editing import EDIT, sent
from schools.views.fetching import membership_to_change


@require_http_methods(EDIT)
def change_role(request: SignedInRequest, school_pk: int, membership_pk: int) -> HttpResponse:
    """Another role at the school."""
    membership = membership_to_change(request, school_pk, membership_pk)
    roles = roles_to_give(request.user, membership.school)
    form = RoleForm(sent(request), roles=roles, initial={"role": membership.role})
    if form.is_valid():
        role = Role(form.cleaned_data["role"])
        try:
            if memberships.change_role(membership=membership, role=role, by=request.user):
                messages.success(request, f"{membership.user} is a {role.label.lower()} now.")
            own = membership.user_id == request.user.pk
            return redirect("home") if own else redirect("schools:people", school_pk)
        except PeopleError as refusal:
            form.add_error("role", str(refusal))
    crumbs = school_crumbs(
        request, membership.school, people_crumb(membership.school), Crumb("Change the role")
    )
    ending = [one.email for one in invitations_ending_with(membership)] if membership.is_lead else []
    context = {"form": form, "membership": membership, "ending": ending, "breadcrumbs": crumbs}
    return render(request, "schools/people/role.html", context, status=422 if form.errors else 200)


@require_http_methods(EDIT)
def end_membership(request: SignedInRequest, school_pk: int, membership_pk: int) -> HttpResponse:
    """Ask, then end it; says before that nobody would lead the school."""
    membership = membership_to_change(request, school_pk, membership_pk)
    form = EndForm(sent(request))
    if form.is_valid():
        return _end(request, membership, known=form.cleaned_data["leaves_nobody"])
    own = membership.user_id == request.user.pk
    last_lead = membership.is_lead and not others_lead(membership)
    crumbs = school_crumbs(
        request,
        membership.school,
        people_crumb(membership.school),
        Crumb("Leave" if own else "Remove somebody"),
    )
    context = {
        "membership": membership,
        "own": own,
        "last_lead": last_lead,
        "may_end": not last_lead or _may_end_last_lead(request, membership),
        "ending": [one.email for one in invitations_ending_with(membership)],
        "breadcrumbs": crumbs,
    }
    return render(request, "schools/people/end.html", context)


def _may_end_last_lead(request: SignedInRequest, membership: Membership) -> bool:
    return Role.SCHOOL_LEAD in roles_to_give(request.user, membership.school)


def _end(request: SignedInRequest, membership: Membership, *, known: bool) -> HttpResponse:
    own, school = membership.user_id == request.user.pk, membership.school
    anyway = known and _may_end_last_lead(request, membership)
    try:
        memberships.end_membership(membership=membership, by=request.user, even_last_lead=anyway)
        who = "You no longer belong" if own else f"{membership.user} no longer belongs"
        messages.success(request, f"{who} to {school}.")
    except PeopleError as refusal:
        messages.error(request, str(refusal))
        own = False
    return redirect("home") if own else redirect("schools:people", school.pk)


@require_http_methods(EDIT)
def hand_over(request: SignedInRequest, school_pk: int, membership_pk: int) -> HttpResponse:
    """Pass the lead on: to a colleague at once, or to somebody new once they accept."""
    lead = membership_to_change(request, school_pk, membership_pk, role=Role.SCHOOL_LEAD)
    colleagues = colleagues_to_lead(lead)
    form = HandOverForm(sent(request), lead=lead, colleagues=colleagues, by=request.user)
    if form.is_valid():
        try:
            return redirect(_hand_over(request, lead, form))
        except NotInvited as refusal:
            form.add_error("email", str(refusal))
        except PeopleError as refusal:
            form.add_error("to", str(refusal))
    crumbs = school_crumbs(request, lead.school, people_crumb(lead.school), Crumb("Hand the lead over"))
    own = lead.user_id == request.user.pk
    context = {"form": form, "lead": lead, "own": own, "days": GOOD_FOR.days, "breadcrumbs": crumbs}
    return render(request, "schools/people/hand_over.html", context, status=422 if form.errors else 200)


def _hand_over(request: SignedInRequest, lead: Membership, form: HandOverForm) -> str:
    """Does what was chosen, and where to go then: who handed over may not see the people of the school any more."""
    own, people = lead.user_id == request.user.pk, reverse("schools:people", args=[lead.school_id])
    to, stays, by = form.successor, form.stays, request.user
    if to is None:
        email = form.cleaned_data["email"]
        memberships.invite_successor(lead=lead, email=email, stays=stays, by=by)
        until = "You lead" if own else f"{lead.user} leads"
        messages.success(
            request, f"An invitation is on its way to {email}. {until} the school until it is accepted."
        )
        return people
    memberships.hand_over(lead=lead, to=to, stays=stays, by=by)
    messages.success(request, f"{to.user} leads {lead.school} now, and gets an e-mail that says so.")
    return reverse("home") if own else people
