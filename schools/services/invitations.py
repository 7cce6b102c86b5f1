"""Inviting people to a school: sending, sending again, taking back."""

import secrets

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Role, Verb
from core import history
from core.demonstration import DOMAIN, is_left_over, is_out_of_place
from core.words import date_words
from schools import emails
from schools.access import may, may_change_invitation, roles_to_give_now
from schools.models import FormerLink, Invitation, Membership, School
from schools.models.invitations import GOOD_FOR, digest_of
from schools.queries.people import invitations_ending_with
from schools.services.errors import InvitationGone, NotInvited, RightLost
from schools.services.locking import lock_people
from schools.services.mail_limits import REST, refuse_more_mail


def invite(
    *,
    school: School,
    email: str,
    role: Role,
    by: User,
    name: str = "",
    replaces: Membership | None = None,
    predecessor_stays: bool = False,
) -> Invitation:
    """Invite whoever has this address, in small letters, to the school, with a history line and a secret e-mail.

    `replaces` is the membership of a lead who hands over: it ends, or becomes a contributor's, once this is accepted.
    Raises NotInvited, whose message says what to do instead, and RightLost.
    """
    token = secrets.token_urlsafe(32)
    now = timezone.now()
    with transaction.atomic():
        lock_people(school)
        passes_on_own_lead = replaces is not None and replaces.user_id == by.pk
        if not passes_on_own_lead and role not in roles_to_give_now(by, school):
            raise RightLost
        _refuse(school, email, by)
        invitation = Invitation.objects.create(
            school=school,
            email=email,
            name=name.strip(),
            role=role,
            token_digest=digest_of(token),
            invited_at=now,
            invited_by=by,
            sent_at=now,
            expires_at=now + GOOD_FOR,
            replaces=replaces,
            predecessor_stays=predecessor_stays,
        )
        emails.invitation(invitation=invitation, token=token, by=by)
        _write("invited", f"{by} invited {email} as a {role.label.lower()}.", invitation, by)
    return invitation


def send_again(*, invitation: Invitation, by: User) -> bool:
    """A new link and new time for an invitation that waits or ran out; the old link says that a newer one was sent.

    Says whether an e-mail goes out: within a minute of the last one nothing is done. Raises InvitationGone,
    RightLost, and NotInvited when too many went out.
    """
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        stored = _lock(invitation, by)
        now = timezone.now()
        if stored.sent_at > now - REST:
            return False
        refuse_more_mail(stored.school, stored.email)
        FormerLink.objects.create(invitation=stored, token_digest=stored.token_digest, sent_at=stored.sent_at)
        stored.token_digest, stored.sent_at, stored.expires_at = digest_of(token), now, now + GOOD_FOR
        stored.save(update_fields=["token_digest", "sent_at", "expires_at"])
        emails.invitation(invitation=stored, token=token, by=by)
        _write("sent_again", f"{by} sent the invitation to {stored.email} again.", stored, by)
    return True


def take_back(*, invitation: Invitation, by: User) -> Invitation:
    """The link opens nothing any more. Doing it twice is doing it once.

    Raises InvitationGone when it was accepted, and RightLost.
    """
    with transaction.atomic():
        stored = _lock(invitation, by, revoked_too=True)
        if stored.revoked_at is not None:
            return stored
        _revoke(stored, f"{by} took the invitation to {stored.email} back.", by)
    return stored


def end_invitations_with(*, membership: Membership, by: User) -> None:
    """Take back what waits for this person's successor and what they sent at the school; a history line each.

    Part of ending their role, in its transaction.
    """
    for one in invitations_ending_with(membership):
        _revoke(one, f"The invitation to {one.email} ended with the role of {membership.user}.", by)


def end_invitations_of(*, sender: User, by: User) -> None:
    """Take back whatever somebody who is switched off has sent and nobody accepted yet; a history line each."""
    with transaction.atomic():
        sent = Invitation.objects.waiting().filter(invited_by=sender).order_by("school_id", "pk")
        for one in sent.select_related("school"):
            lock_people(one.school)
            stored = Invitation.objects.waiting().select_related("school").filter(pk=one.pk).first()
            if stored is not None:
                _revoke(stored, f"The invitation to {one.email} ended: {sender} is switched off.", by)


def _revoke(invitation: Invitation, summary: str, by: User) -> None:
    invitation.revoked_at, invitation.revoked_by = timezone.now(), by
    invitation.save(update_fields=["revoked_at", "revoked_by"])
    _write("taken_back", summary, invitation, by)


def _lock(invitation: Invitation, by: User, *, revoked_too: bool = False) -> Invitation:
    lock_people(invitation.school)
    stored = Invitation.objects.select_related("school", "replaces__user").get(pk=invitation.pk)
    if not may_change_invitation(roles_to_give_now(by, stored.school), stored, by):
        raise RightLost
    if stored.accepted_at is not None or (stored.revoked_at is not None and not revoked_too):
        raise InvitationGone
    return stored


def _write(kind: str, summary: str, invitation: Invitation, by: User) -> None:
    details = {"email": invitation.email, "role": invitation.role}
    history.record(
        f"invitation.{kind}", summary, by=by, target=invitation, school=invitation.school, details=details
    )


def _refuse(school: School, email: str, by: User) -> None:
    """Raises NotInvited. What it says of an account elsewhere, it says to those who look after accounts alone."""
    if email == by.email:
        raise NotInvited("This is your own address. Enter that of a colleague.")
    if is_left_over(email):
        raise NotInvited(
            "This address belongs to the demonstration and nobody reads it. Enter a work address."
        )
    if is_out_of_place(email):
        raise NotInvited(f"In the demonstration, invite a made-up address that ends in @{DOMAIN}.")
    _refuse_member(school, email)
    waits = Invitation.objects.waiting().filter(school=school, email=email).first()
    if waits is not None:
        when = "until" if waits.standing is Invitation.Standing.WAITING else "but it ran out on"
        raise NotInvited(
            f"This person is invited already, {when} {date_words(waits.expires_at)}. "
            "Go back to the list of people and send that invitation again."
        )
    if may(by, Verb.MANAGE_PROGRAMME) and User.objects.filter(email=email, is_active=False).exists():
        raise NotInvited(
            "The account with this address is switched off, so nobody could accept. Switch it on first, or use "
            "another address."
        )
    refuse_more_mail(school, email)


def _refuse_member(school: School, email: str) -> None:
    member = Membership.objects.current().filter(school=school, user__email=email)
    found = member.select_related("user").first()
    if found is None:
        return
    role = found.get_role_display().lower()
    if not found.user.is_active:
        raise NotInvited(
            f"{found.user} belongs here already, as a {role}, but their sign-in is switched off. "
            "Ask whoever runs the programme to look at it."
        )
    raise NotInvited(
        f"{found.user} belongs here already, as a {role}. To give them another role, change it in the list of people."
    )
