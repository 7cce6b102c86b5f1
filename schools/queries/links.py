"""What ties schools together, and who looks after them."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import User
from schools.models import (
    OtherProgramme,
    Participation,
    School,
    SchoolGroup,
    SchoolQuerySet,
    sees_every_school,
)
from schools.queries.finding import pks_found
from schools.queries.likeness import likely
from schools.queries.public import plain_words


def link_workers(school: School | None = None) -> QuerySet[User]:
    """People of the forum who can be a school's link worker, by name; also whoever is it now."""
    at_the_forum = Q(is_active=True) & (Q(is_administrator=True) | Q(is_liaison=True))
    now = Q(pk=school.link_worker_id) if school is not None and school.link_worker_id else Q(pk__in=())
    return User.objects.filter(at_the_forum | now).order_by("name", "email")


def programme_schools(user: User) -> SchoolQuerySet:
    """The schools that take or took part in the programme, of those that this person may see."""
    parts = Participation.objects.filter(school=OuterRef("pk"))
    return School.objects.visible_to(user).filter(Exists(parts))


def find_in_programme(user: User, q: str) -> SchoolQuerySet:
    """Those of them that are looked for in these words, by name; none for nothing asked."""
    pks = pks_found(programme_schools(user), q)
    return School.objects.filter(pk__in=pks).order_by("name", "pk")


def guess_in_programme(user: User, q: str) -> list[School]:
    """At most three of them that a misspelt `q` may have meant, the likeliest first; one query.

    Only what this person may see is compared.
    """
    schools = list(programme_schools(user).order_by("name", "pk").only("name", "town"))
    found = likely(q, [plain_words(school.name) + plain_words(school.town) for school in schools])
    return [schools[number] for number in found]


def groups_with_counts() -> QuerySet[SchoolGroup]:
    """Federations and clusters by name, each with `members`: how many schools belong to it."""
    return SchoolGroup.objects.annotate(members=Count("schools")).order_by("name")


def other_programmes_with_counts() -> QuerySet[OtherProgramme]:
    """Other programmes by name, each with `members`: how many schools are in it."""
    return OtherProgramme.objects.annotate(members=Count("schools")).order_by("name")


def schools_of_trust(school: School, user: User) -> SchoolQuerySet:
    """The other schools of its trust that take or took part, by name.

    Somebody of a school is told of those that are named publicly, and of their own: that another takes part
    without being named is nobody's to read here.
    """
    if not school.trust:
        return School.objects.none()
    schools = programme_schools(user)
    if not sees_every_school(user):
        named = School.objects.on_public_list().values("pk")
        schools = School.objects.filter(Q(pk__in=schools.values("pk")) | Q(pk__in=named))
    return schools.filter(trust__iexact=school.trust).exclude(pk=school.pk).order_by("name", "pk")
