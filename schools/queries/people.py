"""Who belongs to a school, who is invited, and where nobody leads."""

from datetime import date, datetime

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from accounts.backends import may_sign_in
from accounts.models import User
from accounts.permissions import SCHOOL_ROLES, Role
from schools.models import (
    FormerLink,
    Invitation,
    Membership,
    MembershipQuerySet,
    Participation,
    School,
    SchoolContact,
)
from schools.models.invitations import digest_of


def members_of(school: School) -> MembershipQuerySet:
    """Who belongs to the school now, with the person: leads first, then by name."""
    order = [When(role=role, then=Value(place)) for place, role in enumerate(SCHOOL_ROLES)]
    members = Membership.objects.current().filter(school=school).select_related("user")
    return members.order_by(Case(*order), "user__name", "user__email")


def invitations_of(school: School) -> QuerySet[Invitation]:
    """Invitations that wait for somebody or have run out, with who invited, the newest first."""
    return Invitation.objects.waiting().filter(school=school).select_related("invited_by", "replaces__user")


def invitations_ending_with(membership: Membership) -> QuerySet[Invitation]:
    """What waits at the school for this person's successor, or was sent by them: it ends when their role does."""
    of_theirs = Q(replaces=membership) | Q(invited_by_id=membership.user_id)
    waiting = Invitation.objects.waiting().filter(of_theirs, school_id=membership.school_id)
    return waiting.select_related("school").order_by("email")


def others_lead(membership: Membership) -> bool:
    """Whether somebody else who can sign in leads the school."""
    leads = Membership.objects.leading().filter(school=membership.school_id)
    return leads.exclude(pk=membership.pk).exists()


def colleagues_to_lead(lead: Membership) -> list[Membership]:
    """Who could take the lead over at once: everybody else who belongs to the school and can sign in."""
    members = members_of(lead.school).exclude(pk=lead.pk)
    return [one for one in members if may_sign_in(one.user) and not one.is_lead]


def without_lead(schools: QuerySet[School]) -> QuerySet[School]:
    """Those of the schools that have no school lead who can sign in: mail to their leads reaches nobody."""
    return schools.exclude(pk__in=Membership.objects.leading().values("school_id"))


def to_invite_a_lead_for(today: date) -> QuerySet[School]:
    """Schools that take part in a running year where nobody leads and nobody is invited to."""
    taking_part = Participation.objects.filter(
        school=OuterRef("pk"),
        status__in=[Participation.Status.CONFIRMED, Participation.Status.ACTIVE],
        programme_year__starts_on__lte=today,
        programme_year__ends_on__gte=today,
        programme_year__closed_at__isnull=True,
    )
    invited = Invitation.objects.acceptable().filter(school=OuterRef("pk"), role=Role.SCHOOL_LEAD)
    return without_lead(School.objects.filter(Exists(taking_part), ~Exists(invited)))


def run_out_invitations(user: User) -> QuerySet[Invitation]:
    """Invitations that this person sent and nobody accepted in time, the oldest first."""
    acceptable = Invitation.objects.acceptable()
    waiting = Invitation.objects.waiting().filter(invited_by_id=user.pk).exclude(pk__in=acceptable)
    return waiting.select_related("school").order_by("expires_at", "pk")


def invitation_with(token: str) -> Invitation | None:
    """The invitation whose newest link holds this secret."""
    found = Invitation.objects.filter(token_digest=digest_of(token))
    return found.select_related("school", "invited_by", "replaces__user").first()


def invitation_mails(school: School, since: datetime) -> list[tuple[datetime, str]]:
    """When and to whom invitations to the school were e-mailed since then, taken back ones too, the oldest first."""
    newest = Invitation.objects.filter(school=school, sent_at__gt=since)
    former = FormerLink.objects.filter(invitation__school=school, sent_at__gt=since)
    return sorted(
        [*newest.values_list("sent_at", "email"), *former.values_list("sent_at", "invitation__email")]
    )


def is_former_link(token: str) -> bool:
    """Whether the secret is of a link in place of which a newer one was sent."""
    return FormerLink.objects.filter(token_digest=digest_of(token)).exists()


def contacts_of(school: School) -> QuerySet[SchoolContact]:
    """Whom to write to at the school: head teacher, SENCo, PINS lead."""
    return SchoolContact.objects.filter(school=school).in_order()
