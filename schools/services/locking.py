"""One at a time: whatever changes the people of a school holds the school's row first."""

from schools.models import Membership, School
from schools.queries.people import others_lead
from schools.services.errors import LastLead, MembershipEnded


def lock_people(school: School) -> School:
    """The school, held until the transaction ends, so that two changes to its people take turns."""
    return School.objects.select_for_update().get(pk=school.pk)


def lock_membership(membership: Membership) -> Membership:
    """The membership as it stands now, with its school held; raises MembershipEnded."""
    lock_people(membership.school)
    stored = Membership.objects.select_related("user", "school").get(pk=membership.pk)
    if stored.ended_at is not None:
        raise MembershipEnded
    return stored


def refuse_last_lead(membership: Membership) -> None:
    """Raises LastLead when nobody else who can sign in leads the school."""
    if membership.is_lead and not others_lead(membership):
        raise LastLead(membership.user, membership.school)
