"""The people of a school as its page and its files show them."""

from collections.abc import Iterator
from dataclasses import dataclass

from accounts.models import User
from core.spreadsheets import Cell, Table
from schools.access import may_change_invitation, roles_to_give
from schools.models import Invitation, Membership, School
from schools.queries.people import invitations_of, members_of


@dataclass(frozen=True)
class MemberRow:
    """Somebody who belongs to the school, and what the reader can do about it."""

    membership: Membership
    is_reader: bool
    may_change: bool
    """A contributor or governor in the hands of a lead; the reader's own role, which they may give up."""
    may_hand_over: bool


@dataclass(frozen=True)
class InvitationRow:
    """An invitation that waits or has run out."""

    invitation: Invitation
    may_change: bool

    @property
    def has_run_out(self) -> bool:
        """Whether it has to be sent again before it is good for anything."""
        return self.invitation.standing is Invitation.Standing.EXPIRED


def member_rows(school: School, user: User) -> list[MemberRow]:
    """Everybody who belongs to the school."""
    roles = roles_to_give(user, school)
    rows = []
    for one in members_of(school):
        own = one.user_id == user.pk
        may = one.role in roles or (own and bool(roles))
        rows.append(MemberRow(one, own, may, may and one.is_lead))
    return rows


def invitation_rows(school: School, user: User) -> list[InvitationRow]:
    """Every invitation that waits or has run out."""
    roles = roles_to_give(user, school)
    return [InvitationRow(one, may_change_invitation(roles, one, user)) for one in invitations_of(school)]


def people_table(school: School) -> Table:
    """The same as a file: who belongs here, then who is invited."""
    header = ("Name", "E-mail address", "Role", "Job title", "Standing", "Since", "Last signed in")
    return Table(
        f"People of {school}",
        (*header, "Invited by", "Invited until"),
        [*_members(school), *_invited(school)],
    )


def _members(school: School) -> Iterator[tuple[Cell, ...]]:
    for one in members_of(school):
        user = one.user
        standing = "Belongs here" if user.is_active else "Sign-in switched off"
        facts = (user.name, user.email, one.get_role_display(), user.job_title, standing)
        yield (*facts, one.started_at, user.last_login, "", None)


def _invited(school: School) -> Iterator[tuple[Cell, ...]]:
    for one in invitations_of(school):
        facts = (one.name, one.email, one.get_role_display(), "", f"Invitation: {one.standing.label.lower()}")
        yield (*facts, one.sent_at, None, str(one.invited_by), one.expires_at)
