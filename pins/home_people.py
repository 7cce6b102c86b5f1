"""What is to be done about the people of schools: nobody leads, an invitation ran out, a contact has left."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from accounts.models import User
from accounts.permissions import Role, Verb
from core.words import date_words, lower_first
from pins.next_step import NO_DATE_YET, NextStep
from schools.access import may, may_change_invitation, own_schools, roles_to_give
from schools.models import Invitation, School
from schools.queries.people import contacts_who_left, run_out_invitations, to_invite_a_lead_for

MINUTES_TO_INVITE, MINUTES_TO_SEND_AGAIN, MINUTES_TO_NAME = 2, 1, 2


def people_steps(user: User, today: date, at: School | None = None) -> Iterator[NextStep]:
    """For a school lead invitations that ran out and contacts who left; administrators also where nobody leads.

    Narrowed to one school where one is given.
    """
    own = own_schools(user, Verb.MANAGE_PEOPLE)
    if may(user, Verb.MANAGE_PROGRAMME):
        yield from _leads_to_invite(today, at)
    elif not own:
        return
    yield from _to_send_again(user, own, at)
    yield from _contacts_to_name(user, own, at)


def _leads_to_invite(today: date, at: School | None) -> Iterator[NextStep]:
    schools = to_invite_a_lead_for(today)
    for school in schools if at is None else schools.filter(pk=at.pk):
        yield NextStep(
            verb="Invite a school lead: nobody leads the school here",
            url=f"{reverse('schools:invite', args=[school.pk])}?role={Role.SCHOOL_LEAD}",
            school=school.name,
            school_pk=school.pk,
            minutes=MINUTES_TO_INVITE,
            since=NO_DATE_YET,
        )


def _to_send_again(user: User, own: frozenset[int], at: School | None) -> Iterator[NextStep]:
    """Who sent it may have left, so every lead is told of what they may send again; administrators, of their own."""
    invitations = run_out_invitations(own, of_programme=may(user, Verb.MANAGE_PROGRAMME))
    for invitation in invitations if at is None else invitations.filter(school=at):
        if not may_change_invitation(roles_to_give(user, invitation.school), invitation, user):
            continue
        yield NextStep(
            verb=f"Send the invitation to {invitation.name or invitation.email} again, or take it back",
            url=f"{reverse('schools:people', args=[invitation.school_id])}#invitations",
            school=invitation.school.name,
            school_pk=invitation.school_id,
            minutes=MINUTES_TO_SEND_AGAIN,
            since=_ran_out(invitation, user),
        )


def _ran_out(invitation: Invitation, user: User) -> str:
    by = "" if invitation.invited_by_id == user.pk else f"{invitation.invited_by} sent it, and it "
    return f"{by}ran out on {date_words(invitation.expires_at)}"


def _contacts_to_name(user: User, own: frozenset[int], at: School | None) -> Iterator[NextStep]:
    contacts = contacts_who_left()
    if not may(user, Verb.MANAGE_PROGRAMME):
        contacts = contacts.filter(school_id__in=own)
    for contact in contacts if at is None else contacts.filter(school=at):
        yield NextStep(
            verb=f"Say who is {lower_first(contact.get_role_display())} now",
            url=reverse("schools:contacts", args=[contact.school_id]),
            school=contact.school.name,
            school_pk=contact.school_id,
            minutes=MINUTES_TO_NAME,
            since=f"{contact.name} left on {date_words(contact.left_at)}",  # type: ignore[attr-defined]  # contacts_who_left adds it
        )
