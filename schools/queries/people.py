"""Who belongs to a school, who is invited, and where nobody leads."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast

from accounts.backends import may_sign_in
from accounts.models import User
from accounts.permissions import SCHOOL_ROLES, Role
from core.models import HistoryEntry
from schools.models import (
    FormerLink,
    Invitation,
    Membership,
    MembershipQuerySet,
    Participation,
    School,
    SchoolContact,
    SchoolContactQuerySet,
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


def run_out_invitations(led: Collection[int], *, of_programme: bool) -> QuerySet[Invitation]:
    """Invitations that nobody accepted in time, the oldest first: to the schools `led`, whoever sent them.

    With `of_programme` also those that administrators sent to any other school.
    """
    asked = Q(school_id__in=led)
    if of_programme:
        asked |= Q(invited_by__is_administrator=True)
    acceptable = Invitation.objects.acceptable()
    waiting = Invitation.objects.waiting().filter(asked).exclude(pk__in=acceptable)
    return waiting.select_related("school", "invited_by", "replaces").order_by("expires_at", "pk")


def invitation_with(token: str) -> Invitation | None:
    """The invitation whose newest link holds this secret."""
    found = Invitation.objects.filter(token_digest=digest_of(token))
    return found.select_related("school", "invited_by", "replaces__user").first()


def handed_by(invitation: Invitation) -> User | None:
    """The school lead who hands over by this invitation, as long as they still lead."""
    lead = invitation.replaces
    return None if lead is None or invitation.has_lost_its_lead else lead.user


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


def contacts_who_left() -> QuerySet[SchoolContact]:
    """Contacts whose address is that of somebody who belongs to the school no more, with `left_at`.

    Until somebody changes or removes the contact, or the person belongs again.
    """
    here = Membership.objects.filter(school=OuterRef("school"), user__email=OuterRef("email"))
    left = here.filter(ended_at__isnull=False).order_by("-ended_at").values("ended_at")[:1]
    changed_since = HistoryEntry.objects.filter(
        kind="contact.saved",
        target_type=SchoolContact._meta.label_lower,
        target_id=Cast(OuterRef("pk"), CharField()),
        at__gt=OuterRef("left_at"),
    )
    contacts = SchoolContact.objects.annotate(left_at=Subquery(left)).filter(left_at__isnull=False)
    gone = contacts.filter(~Exists(here.filter(ended_at__isnull=True)), ~Exists(changed_since))
    return gone.select_related("school").order_by(F("left_at"), "pk")


class Number(NamedTuple):
    """Whom one reaches, and by which telephone number."""

    who: str
    telephone: str


def numbers_of(school: School) -> list[Number]:
    """The telephone numbers of a school, its office first."""
    own = contacts_of(school).exclude(telephone="")
    people = [Number(f"{one.name}, {one.get_role_display()}", one.telephone) for one in own]
    return [Number("Office", school.telephone), *people] if school.telephone else people


def contacts_of(school: School) -> SchoolContactQuerySet:
    """Whom to write to at the school: head teacher, SENCo, PINS lead."""
    return SchoolContact.objects.filter(school=school).in_order()
