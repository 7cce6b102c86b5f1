"""Scope: which schools a person's rights reach. The verbs are in accounts.permissions."""

from collections.abc import Callable
from typing import Any, Generic, NamedTuple, TypeVar

from django.db.models import QuerySet

from accounts.models import User
from accounts.permissions import SCHOOL_ROLES, Reach, Role, Verb, reach_of
from core.prepared import Prepared
from schools.models import Action, Invitation, Membership, School, SchoolQuerySet, sees_every_school

_MEMBERSHIPS = Prepared(
    lambda user_pk: (
        Membership.objects.current()
        .filter(user_id=user_pk)
        .values_list("school_id", "role", "school__name")
        .order_by()
    ),
    int,
)


class _Membership(NamedTuple):
    """What a membership gives a person at a school, and what the school is called."""

    roles: frozenset[Role]
    school: str


READING = frozenset({Reach.ANY_READ, Reach.OWN_READ})
"""Rights that let somebody look, and no more."""

Row = TypeVar("Row")


class VisibleRow(Generic[Row]):
    """One row by its id, if it belongs to a school whose workspace the person may open; one prepared query.

    `visible_to` gives the rows that a person may see, as every QuerySet of ours does. That depends on nothing
    but whether a role of theirs opens every school, and else on their memberships.
    """

    def __init__(self, visible_to: Callable[[User], QuerySet[Any, Row]]) -> None:
        self._of_any_school = Prepared(lambda pk: visible_to(User(is_administrator=True)).filter(pk=pk), int)
        self._of_own_school = Prepared(
            lambda pk, user_pk: visible_to(User(pk=user_pk)).filter(pk=pk), int, int
        )

    def find(self, user: User, pk: int) -> Row | None:
        """The row; None when there is none or this person may not see it."""
        if not user.is_active:
            return None
        if sees_every_school(user):
            return self._of_any_school.first(pk)
        return self._of_own_school.first(pk, user.pk)


def _memberships(user: User) -> dict[int, _Membership]:
    """Memberships by school, read once and kept on the person for as long as the request lasts."""
    known: dict[int, _Membership] | None = user.__dict__.get("_memberships")
    if known is None:
        known = {
            school_id: _Membership(frozenset({Role(role)}), name)
            for school_id, role, name in _MEMBERSHIPS(user.pk)
        }
        user.__dict__["_memberships"] = known
    return known


class OwnSchool(NamedTuple):
    """A school that somebody belongs to, and as what."""

    pk: int
    name: str
    role: str


def schools_of(user: User) -> list[OwnSchool]:
    """The schools that this person belongs to, by name, each with their role there in words; no query of its own."""
    if not user.is_active or not user.is_authenticated:
        return []
    found = [
        OwnSchool(pk, name, ", ".join(sorted(role.label for role in roles)))
        for pk, (roles, name) in _memberships(user).items()
    ]
    return sorted(found, key=lambda one: (one.name, one.pk))


def only_school_of(user: User) -> str:
    """The name of the one school that this person is here for.

    Empty for who belongs to several or works for the programme. It costs no query where a page has asked
    before what the person may do at a school.
    """
    if not user.is_active or not user.is_authenticated or user.site_roles:
        return ""
    memberships = list(_memberships(user).values())
    return memberships[0].school if len(memberships) == 1 else ""


def roles_at(user: User, school: School) -> frozenset[Role]:
    """This person's roles that count at this school: site-wide ones and those of a membership."""
    if not user.is_active or not user.is_authenticated:
        return frozenset()
    membership = _memberships(user).get(school.pk)
    return user.site_roles | membership.roles if membership else user.site_roles


def own_schools(user: User, verb: Verb) -> frozenset[int]:
    """Ids of the schools at which a membership gives this person a right to the verb, however narrow."""
    if not user.is_active or not user.is_authenticated:
        return frozenset()
    return frozenset(
        school_id
        for school_id, membership in _memberships(user).items()
        if any(reach_of(role, verb) for role in membership.roles)
    )


def reaches(user: User, verb: Verb, school: School) -> frozenset[Reach]:
    """How far this person's rights to the verb go at this school; empty when there are none."""
    found = (reach_of(role, verb) for role in roles_at(user, school))
    return frozenset(reach for reach in found if reach is not None)


def may(user: User, verb: Verb, school: School | None = None) -> bool:
    """Whether this person has any right to the verb at the school (or anywhere, by a site-wide role).

    A right that the table narrows ("once submitted", "sections given to them") counts here as a right; the
    app that knows what was submitted or given narrows it by `reaches`.
    """
    if school is None:
        return any(reach_of(role, verb) for role in user.site_roles)
    return bool(reaches(user, verb, school))


def may_change(user: User, verb: Verb, school: School) -> bool:
    """Whether a right of theirs to the verb at the school goes beyond reading."""
    return bool(reaches(user, verb, school) - READING)


def may_change_action(user: User, action: Action) -> bool:
    """Whether this action is theirs to change and to move: a contributor's own are those that they added."""
    found = reaches(user, Verb.CHANGE_ACTIONS, action.school)
    if found - {Reach.OWN_ACTIONS}:
        return True
    return Reach.OWN_ACTIONS in found and action.added_by_id == user.pk


def roles_to_give(user: User, school: School) -> tuple[Role, ...]:
    """The roles that this person may give and take at the school.

    A school lead looks after contributors and governors; the lead itself passes by handing over, or through whoever
    may look after any school.
    """
    found = reaches(user, Verb.MANAGE_PEOPLE, school)
    if Reach.ANY in found:
        return SCHOOL_ROLES
    return (Role.CONTRIBUTOR, Role.GOVERNOR) if Reach.OWN in found else ()


def roles_to_give_now(user: User, school: School) -> tuple[Role, ...]:
    """The same as stored at this moment: for who has waited until the people of the school were theirs to change."""
    return roles_to_give(User.objects.get(pk=user.pk), school)


def may_change_invitation(roles: tuple[Role, ...], invitation: Invitation, user: User) -> bool:
    """Whether they may send it again or take it back: a lead also that to their own successor."""
    replaces = invitation.replaces
    return invitation.role in roles or (bool(roles) and replaces is not None and replaces.user_id == user.pk)


def visible_schools(user: User) -> SchoolQuerySet:
    """The schools whose workspace this person may open."""
    return School.objects.visible_to(user)


def own_roles(user: User) -> list[str]:
    """This person's roles in words: those that hold everywhere, then those at a school."""
    everywhere = [
        f"{role.label}, at all schools" if reach_of(role, Verb.VIEW_SCHOOL) is Reach.ANY else str(role.label)
        for role in Role
        if role in user.site_roles
    ]
    memberships = sorted(_memberships(user).values(), key=lambda membership: membership.school)
    return everywhere + [f"{role.label} at {school}" for roles, school in memberships for role in roles]
