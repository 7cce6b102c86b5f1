"""Accepting an invitation."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.backends import may_sign_in, person_with
from accounts.models import User
from accounts.permissions import SCHOOL_ROLES, Role
from core import history
from schools import emails
from schools.models import Invitation, Membership
from schools.queries.people import invitation_with
from schools.services.errors import InvitationGone, SignInFirst
from schools.services.locking import lock_people


def accept(*, token: str, by: User | None, name: str = "", job_title: str = "") -> Membership:
    """Let whoever holds the link in, with a history line: a new person (`by` None) or the one whose address it is.

    A new person gets an account without a password; the membership's `user` is who came. Who belongs to the school
    already keeps the higher of the two roles. A lead who hands over steps down in the same moment. Raises
    SignInFirst where the address has an account and `by` is not signed in to it, InvitationGone.
    """
    with transaction.atomic():
        invitation = _lock(token)
        user = _person(invitation, by, name, job_title)
        membership = _join(invitation, user)
        invitation.accepted_at, invitation.accepted_by = timezone.now(), user
        invitation.save(update_fields=["accepted_at", "accepted_by"])
        history.record(
            "invitation.accepted",
            f"{user} accepted the invitation as a {invitation.get_role_display().lower()}.",
            by=user,
            target=membership,
            school=invitation.school,
            details={"email": invitation.email, "role": membership.role},
        )
        if invitation.replaces is not None:
            _take_over(invitation.replaces, membership, stays=invitation.predecessor_stays)
    return membership


def _lock(token: str) -> Invitation:
    found = invitation_with(token)
    if found is None:
        raise InvitationGone
    lock_people(found.school)
    stored = invitation_with(token)  # once more: it may have been accepted, or sent anew, a moment ago
    if stored is None or stored.standing is not Invitation.Standing.WAITING or stored.has_lost_its_lead:
        raise InvitationGone
    return stored


def _person(invitation: Invitation, by: User | None, name: str, job_title: str) -> User:
    """Whoever accepts; the holder of a link is never taken for somebody who has an account."""
    if by is None:
        if person_with(invitation.email) is not None:
            raise SignInFirst
        try:
            with transaction.atomic():
                return User.objects.create_user(
                    invitation.email, name=name.strip(), job_title=job_title.strip()
                )
        except IntegrityError:  # another school's invitation was accepted at this moment
            raise SignInFirst from None
    if by.email != invitation.email or not may_sign_in(by):
        raise SignInFirst
    if name.strip() and not by.name:
        by.name, by.job_title = name.strip(), job_title.strip() or by.job_title
        by.save(update_fields=["name", "job_title"])
    return by


def _join(invitation: Invitation, user: User) -> Membership:
    there = Membership.objects.current().filter(user=user, school=invitation.school)
    membership = there.select_related("user", "school").first()
    if membership is None:
        return Membership.objects.create(user=user, school=invitation.school, role=invitation.role)
    membership.role = min(Role(membership.role), Role(invitation.role), key=SCHOOL_ROLES.index)
    membership.save(update_fields=["role"])
    return membership


def _take_over(before: Membership, after: Membership, *, stays: bool) -> None:
    """The lead who handed over steps down, unless they have left or stepped down before."""
    if before.pk == after.pk or before.ended_at is not None or not before.is_lead:
        return
    step_down(before, stays=stays)
    what = "stays as a contributor" if stays else "left"
    summary = f"{after.user} took the lead over from {before.user}, who {what}."
    history.record("lead.handed_over", summary, by=after.user, target=after, school=after.school)
    emails.lead_taken_over(of=before, by=after.user, stays=stays)


def step_down(membership: Membership, *, stays: bool) -> None:
    """A lead becomes a contributor, or leaves; part of handing over, in its transaction."""
    if stays:
        membership.role = Role.CONTRIBUTOR
    else:
        membership.ended_at = timezone.now()
    membership.save(update_fields=["role", "ended_at"])
