"""Who belongs to a school: changing a role, ending it, handing the lead over."""

from django.db import transaction
from django.utils import timezone

from accounts.backends import may_sign_in
from accounts.models import User
from accounts.permissions import Role
from core import history
from schools import emails
from schools.access import roles_to_give_now
from schools.models import Invitation, Membership
from schools.services.accepting import step_down
from schools.services.errors import NotToBeHandedOver, RightLost
from schools.services.invitations import end_invitations_with, invite
from schools.services.locking import lock_membership, refuse_last_lead


def change_role(*, membership: Membership, role: Role, by: User) -> bool:
    """Give somebody another role, with a history line; says whether it is another.

    With a lead's role end the invitations that they sent here, and the one to their successor.
    Raises LastLead when nobody would lead the school then, MembershipEnded, RightLost.
    """
    with transaction.atomic():
        stored, roles = _lock_to_change(membership, by)
        if role not in roles:
            raise RightLost
        if stored.role == role:
            return False
        refuse_last_lead(stored)
        before, stored.role = Role(stored.role), role
        stored.save(update_fields=["role"])
        history.record(
            "membership.role_changed",
            f"{stored.user} was a {before.label.lower()} and is a {role.label.lower()} now.",
            by=by,
            target=stored,
            school=stored.school,
            details={"before": before, "after": role},
        )
        if before == Role.SCHOOL_LEAD:
            end_invitations_with(membership=stored, by=by)
    return True


def end_membership(*, membership: Membership, by: User, even_last_lead: bool = False) -> None:
    """Somebody no longer belongs to the school, from their next page on; what they wrote stays. One history line.

    The invitations that they sent here, and the one to their successor, end with it. Raises LastLead
    when nobody would lead the school then and `even_last_lead` does not say that this is known, MembershipEnded,
    RightLost.
    """
    with transaction.atomic():
        stored, roles = _lock_to_change(membership, by)
        if not (even_last_lead and Role.SCHOOL_LEAD in roles):
            refuse_last_lead(stored)
        stored.ended_at = timezone.now()
        stored.save(update_fields=["ended_at"])
        role = stored.get_role_display().lower()
        what = f"left, who was a {role}" if by == stored.user else f"was removed, who was a {role}"
        summary = f"{stored.user} {what}."
        history.record("membership.ended", summary, by=by, target=stored, school=stored.school)
        end_invitations_with(membership=stored, by=by)


def hand_over(*, lead: Membership, to: Membership, stays: bool, by: User) -> None:
    """Make a colleague the school lead at once, in place of `lead`, who stays as contributor or leaves.

    One history line, and an e-mail to the colleague. Raises NotToBeHandedOver, MembershipEnded, RightLost.
    """
    with transaction.atomic():
        before, after = _lock_lead(lead, by), lock_membership(to)
        if after.school_id != before.school_id or after.pk == before.pk or not may_sign_in(after.user):
            raise NotToBeHandedOver(f"{after.user} cannot take the lead here. Choose somebody else.")
        after.role = Role.SCHOOL_LEAD
        after.save(update_fields=["role"])
        step_down(before, stays=stays)
        what = "stays as a contributor" if stays else "left"
        summary = f"The lead passed from {before.user}, who {what}, to {after.user}."
        history.record("lead.handed_over", summary, by=by, target=after, school=after.school)
        emails.lead_handed_over(to=after, before=before.user, by=by)


def invite_successor(*, lead: Membership, email: str, stays: bool, by: User) -> Invitation:
    """Invite somebody new to take the lead over: `lead` stays what they are until that is accepted.

    Raises NotInvited, NotToBeHandedOver, MembershipEnded, RightLost.
    """
    with transaction.atomic():
        before = _lock_lead(lead, by)
        return invite(
            school=before.school,
            email=email,
            role=Role.SCHOOL_LEAD,
            by=by,
            replaces=before,
            predecessor_stays=stays,
        )


def _lock_to_change(membership: Membership, by: User) -> tuple[Membership, tuple[Role, ...]]:
    """The membership as it stands now, held, and the roles that `by` may give there now.

    Raises MembershipEnded, and RightLost when it is neither their own nor of a role that they may take.
    """
    stored = lock_membership(membership)
    roles = roles_to_give_now(by, stored.school)
    if stored.user_id != by.pk and stored.role not in roles:
        raise RightLost
    return stored, roles


def _lock_lead(membership: Membership, by: User) -> Membership:
    """The lead who hands over; raises NotToBeHandedOver when they lead no more, or have asked somebody already."""
    stored, _ = _lock_to_change(membership, by)
    if not stored.is_lead:
        raise NotToBeHandedOver(f"{stored.user} does not lead {stored.school} any more.")
    asked = Invitation.objects.waiting().filter(replaces=stored).first()
    if asked is not None:
        raise NotToBeHandedOver(
            f"{asked.email} is invited to take over already. Take that invitation back first, then hand over anew."
        )
    return stored
