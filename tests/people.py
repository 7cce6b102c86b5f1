"""The fixed cast: one person a role, at one school and at another, as in the demonstration but real people."""

from dataclasses import dataclass

from accounts.models import User
from accounts.permissions import Role
from schools.models import Membership, Participation, School
from tests.factories import (
    CohortFactory,
    MembershipFactory,
    ParticipationFactory,
    ProgrammeYearFactory,
    SchoolFactory,
    UserFactory,
)

FOR_THE_SITE = {
    "admin": "is_administrator",
    "liaison": "is_liaison",
    "programme": "is_programme_lead",
    "trainer": "is_trainer",
}
"""What makes each of them what they are, at every school."""


@dataclass(frozen=True)
class People:
    """Everybody that the tests speak of. head, colleague and governor belong to `school`."""

    school: School
    other_school: School
    admin: User
    liaison: User
    programme: User
    trainer: User
    head: User
    colleague: User
    governor: User
    other_head: User

    def named(self) -> dict[str, User | None]:
        """By the names that the demonstration uses; None is somebody who is not signed in."""
        people: dict[str, User | None] = {
            name: value for name, value in vars(self).items() if isinstance(value, User)
        }
        return {"signed_out": None, **people}


def make_people() -> People:
    """Make the cast and their two schools, both active in the programme year."""
    school, other_school = (
        SchoolFactory(name="Wenlock Brook Primary School", town="Much Wenlock"),
        SchoolFactory(name="Clun Hill Primary School", town="Clun"),
    )
    _take_part(school, other_school)
    at_a_school = {
        "head": (school, Role.SCHOOL_LEAD),
        "colleague": (school, Role.CONTRIBUTOR),
        "governor": (school, Role.GOVERNOR),
        "other_head": (other_school, Role.SCHOOL_LEAD),
    }
    named = {name: _person(name, **{flag: True}) for name, flag in FOR_THE_SITE.items()}
    named |= {name: _person(name) for name in at_a_school}
    User.objects.bulk_create(named.values())
    Membership.objects.bulk_create(
        MembershipFactory.build(user=named[name], school=at, role=role)
        for name, (at, role) in at_a_school.items()
    )
    return People(school=school, other_school=other_school, **named)


def _person(name: str, **flags: bool) -> User:
    """Not yet stored: thousands of tests have the cast, so its rows are stored together."""
    dotted = name.replace("_", ".")
    return UserFactory.build(
        email=f"{dotted}@school.example", name=dotted.replace(".", " ").capitalize(), **flags
    )


def _take_part(*schools: School) -> None:
    year = ProgrammeYearFactory()
    cohort = CohortFactory(joined_in=year)
    Participation.objects.bulk_create(
        ParticipationFactory.build(school=school, programme_year=year, cohort=cohort) for school in schools
    )
