"""The people of a school: who belongs to it, invitations, contacts."""

from typing import Any

from accounts.permissions import Role
from schools.models import Membership, School
from tests.factories import InvitationFactory, MembershipFactory, SchoolContactFactory
from tests.matrix.rows import Row
from tests.people import People


def a_school(people: People, school: School) -> dict[str, Any]:
    """The school itself."""
    return {"school_pk": school.pk}


def an_invitation(people: People, school: School) -> dict[str, Any]:
    """Somebody invited as a contributor."""
    made = InvitationFactory(school=school, invited_by=people.admin)
    return {"school_pk": school.pk, "invitation_pk": made.pk}


def a_leads_invitation(people: People, school: School) -> dict[str, Any]:
    """The token of somebody's invitation to lead."""
    token = "a-link-of-the-matrix"
    InvitationFactory(school=school, invited_by=people.admin, role=Role.SCHOOL_LEAD, token=token)
    return {"token": token}


def a_member(people: People, school: School) -> dict[str, Any]:
    """A contributor."""
    return {"school_pk": school.pk, "membership_pk": MembershipFactory(school=school, role="contributor").pk}


def own_lead(people: People, school: School) -> dict[str, Any]:
    """The membership of the school's lead."""
    member = Membership.objects.get(school=school, role=Role.SCHOOL_LEAD)
    return {"school_pk": school.pk, "membership_pk": member.pk}


def a_contact(people: People, school: School) -> dict[str, Any]:
    """A head teacher to write to."""
    return {"school_pk": school.pk, "contact_pk": SchoolContactFactory(school=school).pk}


ROWS: dict[str, Row] = {
    # ----------------------------- out admin liais progr train head  coll  gov   other
    "GET schools:people": Row("      in  200   200   403   404   200   403   403   404", a_school),
    "GET schools:people_csv": Row("  in  200   200   403   404   200   403   403   404", a_school),
    "GET schools:people_excel": Row("in  200   200   403   404   200   403   403   404", a_school),
    "GET schools:invite": Row("      in  200   403   403   404   200   403   403   404", a_school),
    "POST schools:invite": Row("     in  422   403   403   404   422   403   403   404", a_school),
    "POST schools:resend_invitation": Row("in go 403 403 404 go  403 403 404", an_invitation),
    "GET schools:revoke_invitation": Row(" in 200 403 403 404 200 403 403 404", an_invitation),
    "POST schools:revoke_invitation": Row("in go 403 403 404 go  403 403 404", an_invitation),
    "GET schools:change_role": Row("  in  200   403   403   404   200   403   403   404", a_member),
    "POST schools:change_role": Row(" in  422   403   403   404   422   403   403   404", a_member),
    "GET schools:end_membership": Row("  in 200 403 403 404 200 403 403 404", a_member),
    "POST schools:end_membership": Row(" in go  403 403 404 go  403 403 404", a_member),
    "GET schools:hand_over": Row("    in  200   403   403   404   200   403   403   404", own_lead),
    "POST schools:hand_over": Row("   in  422   403   403   404   422   403   403   404", own_lead),
    "GET schools:contacts": Row("    in  200   200   200   404   200   200   200   404", a_school),
    "GET schools:contacts_csv": Row("   in 200 200 200 404 200 200 200 404", a_school),
    "GET schools:contacts_excel": Row(" in 200 200 200 404 200 200 200 404", a_school),
    "GET schools:add_contact": Row("    in 200 403 403 404 200 403 403 404", a_school),
    "POST schools:add_contact": Row("   in 422 403 403 404 422 403 403 404", a_school),
    "GET schools:change_contact": Row(" in 200 403 403 404 200 403 403 404", a_contact),
    "POST schools:change_contact": Row("in 422 403 403 404 422 403 403 404", a_contact),
    "GET schools:remove_contact": Row(" in 200 403 403 404 200 403 403 404", a_contact),
    "POST schools:remove_contact": Row("in go  403 403 404 go  403 403 404", a_contact),
    "GET schools:invitation": Row(" 200 200 200 200 200 200 200 200 200", a_leads_invitation),
    "POST schools:invitation": Row("422 go  go  go  go  go  go  go  go", a_leads_invitation),
}
