"""What ties the made-up schools together: link workers, a federation, a cluster, another programme."""

from collections.abc import Mapping

from accounts.models import User
from pins.demo.schools import HEADS_SCHOOL, OTHER_HEADS_SCHOOL, TWO_SCHOOLS, YEAR_2
from schools.models import OtherProgramme, School, SchoolGroup

FEDERATION = ("Corvedale Federation", (HEADS_SCHOOL, "Larden Meadow Primary School"))
CLUSTER = ("Edge and Clee cluster", (HEADS_SCHOOL, OTHER_HEADS_SCHOOL, *TWO_SCHOOLS))
OTHER_PROGRAMME = ("Mental Health Support Team", (HEADS_SCHOOL, *TWO_SCHOOLS))


def seed_links(schools: Mapping[str, School], people: Mapping[str, User]) -> None:
    """Make what is missing; a school that has a link worker keeps them, a group its schools."""
    newcomers = [schools[one.name].pk for one in YEAR_2]
    for worker, those in (
        ("liaison", School.objects.filter(pk__in=newcomers)),
        ("admin", School.objects.filter(participations__offer="embedding")),
    ):
        those.filter(link_worker=None).update(link_worker=people[worker])
    _group(FEDERATION, SchoolGroup.Kind.FEDERATION, schools, trains_together=True, meets_together=True)
    _group(CLUSTER, SchoolGroup.Kind.CLUSTER, schools, trains_together=True)
    name, members = OTHER_PROGRAMME
    other, is_new = OtherProgramme.objects.get_or_create(name=name)
    if is_new:
        other.schools.set(schools[member] for member in members)


def _group(
    group: tuple[str, tuple[str, ...]], kind: str, schools: Mapping[str, School], **does: bool
) -> None:
    name, members = group
    made, is_new = SchoolGroup.objects.get_or_create(name=name, defaults={"kind": kind, **does})
    if is_new:
        made.schools.set(schools[member] for member in members)
