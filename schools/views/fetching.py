"""The school that a page is about, fetched through the person who asks."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.permissions import Role, Verb
from accounts.requests import SignedInRequest
from schools.access import may, may_change, may_change_action, may_change_invitation, roles_to_give
from schools.decorators import who_may
from schools.models import Action, Invitation, Membership, School


def school_to_read(request: SignedInRequest, school_pk: int, verb: Verb = Verb.VIEW_SCHOOL) -> School:
    """The school, for somebody who may do or look at this there; 404 for another's, 403 where it is not theirs.

    The bar above the page names it.
    """
    school = get_object_or_404(School.objects.visible_to(request.user), pk=school_pk)
    if not may(request.user, verb, school):
        raise PermissionDenied(who_may(verb, to_change=False))
    request.school_here = school
    return school


def school_to_change(request: SignedInRequest, school_pk: int, verb: Verb) -> School:
    """The same for somebody who may change it; 403 also for those whose right is to look."""
    school = get_object_or_404(School.objects.visible_to(request.user), pk=school_pk)
    if not may_change(request.user, verb, school):
        raise PermissionDenied(who_may(verb))
    request.school_here = school
    return school


def membership_to_change(
    request: SignedInRequest, school_pk: int, membership_pk: int, *, role: Role | None = None
) -> Membership:
    """A current membership (of that role) which this person may change, or their own; 403 for another lead's."""
    school = school_to_change(request, school_pk, Verb.MANAGE_PEOPLE)
    current = Membership.objects.current().select_related("user", "school")
    membership = get_object_or_404(current, pk=membership_pk, school=school)
    if role is not None and membership.role != role:
        raise Http404
    if membership.user_id != request.user.pk and membership.role not in roles_to_give(request.user, school):
        raise PermissionDenied(
            "A school lead’s own role changes when they hand over, or through whoever runs the programme."
        )
    return membership


def invitation_to_change(request: SignedInRequest, school_pk: int, invitation_pk: int) -> Invitation:
    """An invitation that this person may send again or take back; 403 for one that was not theirs to give."""
    school = school_to_change(request, school_pk, Verb.MANAGE_PEOPLE)
    of_school = Invitation.objects.select_related("school", "replaces")
    invitation = get_object_or_404(of_school, pk=invitation_pk, school=school)
    if not may_change_invitation(roles_to_give(request.user, school), invitation, request.user):
        raise PermissionDenied("Whoever runs the programme looks after this invitation.")
    return invitation


def action_to_read(request: SignedInRequest, school_pk: int, action_pk: int) -> Action:
    """An action of a school whose workspace this person may open."""
    school = school_to_read(request, school_pk)
    actions = Action.objects.visible_to(request.user).filter(school=school)
    return get_object_or_404(
        actions.select_related("school", "programme_year", "area", "added_by"), pk=action_pk
    )


def action_to_change(request: SignedInRequest, school_pk: int, action_pk: int) -> Action:
    """The same for somebody who may change it; 403 also for a contributor who did not add it."""
    action = action_to_read(request, school_pk, action_pk)
    if not may_change(request.user, Verb.CHANGE_ACTIONS, action.school):
        raise PermissionDenied(who_may(Verb.CHANGE_ACTIONS))
    if not may_change_action(request.user, action):
        raise PermissionDenied(
            "A contributor changes the actions that they added. The school lead can change this one."
        )
    return action
