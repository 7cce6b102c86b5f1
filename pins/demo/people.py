"""The people of the demonstration; they all have one password, printed for everybody to see."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from accounts.demonstration import PASSWORD
from accounts.models import User
from accounts.permissions import Role
from core.demonstration import DOMAIN
from pins.demo.schools import HEADS_SCHOOL, OTHER_HEADS_SCHOOL, TWO_SCHOOLS
from schools.models import Membership, School


@dataclass(frozen=True)
class DemoPerson:
    """Somebody who can sign in to the demonstration."""

    local_part: str
    name: str
    job_title: str
    role: Role
    schools: tuple[str, ...] = ()

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return f"{self.local_part}@{DOMAIN}"


PEOPLE = (
    DemoPerson("admin", "Ruth Farlow", "Influence and Change Strategic Lead", Role.ADMINISTRATOR),
    DemoPerson("liaison", "Joanne Ashe", "School Liaison Lead", Role.LIAISON),
    DemoPerson("second.liaison", "Dilys Marsh", "School Liaison Worker", Role.LIAISON),
    DemoPerson("programme", "Marcus Idowu", "SEND programme lead, council", Role.PROGRAMME_LEAD),
    DemoPerson("trainer", "Priya Raman", "Educational psychologist", Role.TRAINER),
    DemoPerson("head", "Helen Corfield", "Head teacher", Role.SCHOOL_LEAD, (HEADS_SCHOOL,)),
    DemoPerson("colleague", "Sam Whitlock", "SENCo", Role.CONTRIBUTOR, (HEADS_SCHOOL,)),
    DemoPerson("governor", "Olive Bright", "Governor for SEND", Role.GOVERNOR, (HEADS_SCHOOL,)),
    DemoPerson("other.head", "Tom Beddoes", "Head teacher", Role.SCHOOL_LEAD, (OTHER_HEADS_SCHOOL,)),
    DemoPerson("exec.head", "Kate Onslow", "Executive head teacher", Role.SCHOOL_LEAD, TWO_SCHOOLS),
)

_SITE_FIELDS = {
    Role.ADMINISTRATOR: "is_administrator",
    Role.LIAISON: "is_liaison",
    Role.PROGRAMME_LEAD: "is_programme_lead",
    Role.TRAINER: "is_trainer",
}


def seed_people(schools: Mapping[str, School]) -> dict[str, User]:
    """Make the people who are missing, and their memberships; returns them by the part before the @."""
    hashed = make_password(PASSWORD)  # once for all: the hash is slow on purpose
    people = {}
    for person in PEOPLE:
        flags = {_SITE_FIELDS[person.role]: True} if person.role in _SITE_FIELDS else {}
        user, _ = User.objects.get_or_create(
            email=person.email,
            defaults={"name": person.name, "job_title": person.job_title, "password": hashed, **flags},
        )
        for school in person.schools:
            Membership.objects.get_or_create(
                user=user, school=schools[school], defaults={"role": person.role}
            )
        people[person.local_part] = user
    return people


def lead_for(school: School) -> User:
    """The school's lead; a made-up one who cannot sign in, where the demonstration names none."""
    membership = (
        Membership.objects.current()
        .filter(school=school, role=Role.SCHOOL_LEAD)
        .select_related("user")
        .first()
    )
    if membership is not None:
        return membership.user
    user, made = User.objects.get_or_create(
        email=f"head.{school.slug}@{DOMAIN}",
        defaults={"name": f"Head teacher of {school}", "job_title": "Head teacher"},
    )
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    Membership.objects.get_or_create(user=user, school=school, defaults={"role": Role.SCHOOL_LEAD})
    return user
