"""What is to be done about the people of schools: where nobody leads, and invitations that ran out."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from accounts.models import User
from accounts.permissions import Role, Verb
from core.words import date_words
from pins.next_step import NextStep
from schools.access import may, own_schools
from schools.models import School
from schools.queries.people import run_out_invitations, to_invite_a_lead_for

MINUTES_TO_INVITE, MINUTES_TO_SEND_AGAIN = 2, 1


def people_steps(user: User, today: date, at: School | None = None) -> Iterator[NextStep]:
    """For administrators schools where nobody leads, for a school lead their own invitations that ran out.

    Narrowed to one school where one is given.
    """
    if may(user, Verb.MANAGE_PROGRAMME):
        yield from _leads_to_invite(today, at)
    own = own_schools(user, Verb.MANAGE_PEOPLE)
    if own := own if at is None else own & {at.pk}:
        yield from _to_send_again(user, own)


def _leads_to_invite(today: date, at: School | None) -> Iterator[NextStep]:
    schools = to_invite_a_lead_for(today)
    for school in schools if at is None else schools.filter(pk=at.pk):
        yield NextStep(
            verb="Invite a school lead: nobody leads the school here",
            url=f"{reverse('schools:invite', args=[school.pk])}?role={Role.SCHOOL_LEAD}",
            school=school.name,
            school_pk=school.pk,
            minutes=MINUTES_TO_INVITE,
        )


def _to_send_again(user: User, schools: frozenset[int]) -> Iterator[NextStep]:
    for invitation in run_out_invitations(user).filter(school_id__in=schools):
        yield NextStep(
            verb=f"Send the invitation to {invitation.name or invitation.email} again, or take it back",
            url=f"{reverse('schools:people', args=[invitation.school_id])}#invitations",
            school=invitation.school.name,
            school_pk=invitation.school_id,
            minutes=MINUTES_TO_SEND_AGAIN,
            since=f"ran out on {date_words(invitation.expires_at)}",
        )
