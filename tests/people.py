"""The fixed cast: one person a role, at one school and at another, as in the demonstration but real people."""

from dataclasses import dataclass

from accounts.models import User
from accounts.permissions import Role
from schools.models import School
from tests.factories import MembershipFactory, ParticipationFactory, SchoolFactory, UserFactory


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
    school = SchoolFactory(name="Wenlock Brook Primary School", town="Much Wenlock")
    other_school = SchoolFactory(name="Clun Hill Primary School", town="Clun")
    for taking_part in (school, other_school):
        ParticipationFactory(school=taking_part)

    def member(name: str, at: School, role: Role) -> User:
        user = UserFactory(email=f"{name}@school.example", name=name.replace(".", " ").capitalize())
        MembershipFactory(user=user, school=at, role=role)
        return user

    return People(
        school=school,
        other_school=other_school,
        admin=UserFactory(email="admin@school.example", name="Admin", is_administrator=True),
        liaison=UserFactory(email="liaison@school.example", name="Liaison", is_liaison=True),
        programme=UserFactory(email="programme@school.example", name="Programme", is_programme_lead=True),
        trainer=UserFactory(email="trainer@school.example", name="Trainer", is_trainer=True),
        head=member("head", school, Role.SCHOOL_LEAD),
        colleague=member("colleague", school, Role.CONTRIBUTOR),
        governor=member("governor", school, Role.GOVERNOR),
        other_head=member("other.head", other_school, Role.SCHOOL_LEAD),
    )
