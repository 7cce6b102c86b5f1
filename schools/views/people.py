"""The people of a school: who belongs to it, and who is invited."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Role, Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from core.spreadsheets import csv_response, excel_response
from schools.access import roles_to_give
from schools.forms.people import InviteForm
from schools.models.invitations import GOOD_FOR
from schools.people_rows import invitation_rows, member_rows, people_table
from schools.services import invitations
from schools.services.errors import PeopleError
from schools.views.crumbs import people_crumb, school_crumbs
from schools.views.editing import EDIT, sent
from schools.views.fetching import invitation_to_change, school_to_change, school_to_read


@require_safe
def people(request: SignedInRequest, school_pk: int) -> HttpResponse:
    """Who belongs to the school, and whose invitation waits or has run out."""
    school = school_to_read(request, school_pk, Verb.MANAGE_PEOPLE)
    context = {
        "school": school,
        "members": member_rows(school, request.user),
        "invited": invitation_rows(school, request.user),
        "manages": bool(roles_to_give(request.user, school)),
        "breadcrumbs": school_crumbs(request, school, Crumb("People")),
    }
    return render(request, "schools/people/people.html", context)


@require_safe
def people_csv(request: SignedInRequest, school_pk: int) -> HttpResponse:
    """The same as CSV."""
    school = school_to_read(request, school_pk, Verb.MANAGE_PEOPLE)
    return csv_response(people_table(school), f"people-{school.slug}")


@require_safe
def people_excel(request: SignedInRequest, school_pk: int) -> HttpResponse:
    """The same for Excel."""
    school = school_to_read(request, school_pk, Verb.MANAGE_PEOPLE)
    return excel_response(people_table(school), f"people-{school.slug}")


@require_http_methods(EDIT)
def invite(request: SignedInRequest, school_pk: int) -> HttpResponse:
    """Invite somebody by e-mail."""
    school = school_to_change(request, school_pk, Verb.MANAGE_PEOPLE)
    roles = roles_to_give(request.user, school)
    form = InviteForm(sent(request), roles=roles, initial={"role": request.GET.get("role", "")})
    if form.is_valid():
        fields = {**form.cleaned_data, "role": Role(form.cleaned_data["role"])}
        try:
            made = invitations.invite(school=school, by=request.user, **fields)
        except PeopleError as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(
                request, f"An invitation is on its way to {made.email}. It stands below until it is accepted."
            )
            return redirect("schools:people", school.pk)
    crumbs = school_crumbs(request, school, people_crumb(school), Crumb("Invite somebody"))
    context = {"school": school, "form": form, "days": GOOD_FOR.days, "breadcrumbs": crumbs}
    return render(request, "schools/people/invite.html", context, status=422 if form.errors else 200)


@require_POST
def resend_invitation(request: SignedInRequest, school_pk: int, invitation_pk: int) -> HttpResponse:
    """Send an invitation again, with a new link and new time."""
    invitation = invitation_to_change(request, school_pk, invitation_pk)
    try:
        if invitations.send_again(invitation=invitation, by=request.user):
            messages.success(request, f"A new e-mail is on its way to {invitation.email}. The old link ends.")
        else:
            messages.info(request, f"An e-mail to {invitation.email} went out just now. Give it a minute.")
    except PeopleError as refusal:
        messages.error(request, str(refusal))
    return redirect("schools:people", school_pk)


@require_http_methods(EDIT)
def revoke_invitation(request: SignedInRequest, school_pk: int, invitation_pk: int) -> HttpResponse:
    """Ask, then take an invitation back."""
    invitation = invitation_to_change(request, school_pk, invitation_pk)
    if request.method != "POST":
        school = invitation.school
        crumbs = school_crumbs(request, school, people_crumb(school), Crumb("Take an invitation back"))
        context = {"invitation": invitation, "school": school, "breadcrumbs": crumbs}
        return render(request, "schools/people/revoke.html", context)
    try:
        invitations.take_back(invitation=invitation, by=request.user)
        messages.success(request, f"The invitation to {invitation.email} is taken back. Its link ends.")
    except PeopleError as refusal:
        messages.error(request, str(refusal))
    return redirect("schools:people", school_pk)
