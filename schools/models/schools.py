"""Schools and the numbers that they had."""

from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now, Upper

from accounts.models import User
from accounts.permissions import SCHOOL_ROLES, Reach, Verb, reach_of
from schools.models.memberships import Membership
from schools.models.programme import Participation


class District(models.Func):
    """The first half of a postcode with the blank after it: "SY1 " of "SY1 2AB"; what follows is letters and digits.

    Its letters stand in the SQL itself, not beside it: SQLite uses an index on an expression for nothing else.
    """

    template = "RTRIM(%(expressions)s, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789')"
    output_field = models.CharField()


def sees_every_school(user: User) -> bool:
    """Whether a site-wide role opens the workspace of any school to this person."""
    return any(reach_of(role, Verb.VIEW_SCHOOL) is Reach.ANY for role in user.site_roles)


class SchoolQuerySet(models.QuerySet["School"]):
    """Schools, fetched through the person who asks."""

    def visible_to(self, user: User) -> Self:
        """The schools whose workspace this person may open."""
        if sees_every_school(user):
            return self
        own = [role for role in SCHOOL_ROLES if reach_of(role, Verb.VIEW_SCHOOL) is Reach.OWN]
        if not user.is_active:
            return self.none()
        memberships = Membership.objects.current().filter(user_id=user.pk, role__in=own)
        return self.filter(pk__in=memberships.values("school_id"))

    def on_public_list(self) -> Self:
        """Schools that take part now or have finished, did not withdraw since, and agreed to be named.

        A year counts from its first day on: who will join then is not named yet, and who will not go on still is.
        """
        begun = Participation.objects.filter(programme_year__starts_on__lte=Now())
        parts = begun.filter(school=models.OuterRef("pk")).order_by()
        left_later = begun.filter(
            school=models.OuterRef("school"),
            status=Participation.Status.WITHDRAWN,
            programme_year__starts_on__gt=models.OuterRef("programme_year__starts_on"),
        )
        taking_part = parts.filter(~models.Exists(left_later), status__in=Participation.PUBLIC_STATUSES)
        return self.filter(models.Exists(taking_part), public_consent=True)


class School(models.Model):
    """A school, by our own id: its URN may change, its name too."""

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        CLOSING = "closing", "Open, but proposed to close"
        PROPOSED = "proposed", "Proposed to open"
        CLOSED = "closed", "Closed"

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=220, unique=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    phase = models.CharField(max_length=40, blank=True)
    type_name = models.CharField("type", max_length=100, blank=True)
    laestab = models.CharField("LAESTAB", max_length=8, blank=True)
    la_code = models.CharField("local authority", max_length=9, blank=True, default="", db_default="")
    town = models.CharField(max_length=80, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    easting = models.PositiveIntegerField(null=True, blank=True)
    northing = models.PositiveIntegerField(null=True, blank=True)
    website = models.URLField(max_length=300, blank=True)
    telephone = models.CharField(max_length=30, blank=True, default="", db_default="")
    """Of its office, as the register has it."""
    pupils = models.PositiveIntegerField(null=True, blank=True)
    trust = models.CharField(max_length=200, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    public_consent = models.BooleanField("agreed to be named on the public list", default=False)
    link_worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    """Whom at the forum the school asks first."""
    other_programmes = models.ManyToManyField("schools.OtherProgramme", related_name="schools", blank=True)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        indexes: ClassVar = [
            models.Index(Upper("name"), name="schools_by_name"),
            models.Index(Upper("town"), name="schools_by_town"),
            models.Index(District("postcode"), name="schools_by_district"),
            # The public list is a few of the register's many thousands.
            models.Index(
                Upper("name"), "id", condition=Q(public_consent=True), name="schools_public_by_name"
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(easting__isnull=True, northing__isnull=True)
                | Q(easting__isnull=False, northing__isnull=False),
                name="schools_point_is_whole",
                violation_error_message="A point needs both its easting and its northing.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def innocent_names(self) -> list[str]:
        """Its own name and its town: the guard for identifying text takes neither for a person's."""
        return [self.name, self.town]


class SchoolUrn(models.Model):
    """The unique reference number that a school had, or has, and from when to when."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="urns")
    urn = models.PositiveIntegerField(
        "URN", unique=True, validators=[MinValueValidator(100_000), MaxValueValidator(999_999)]
    )
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        # The first URN has no beginning; PostgreSQL would sort it last.
        ordering = ("school", models.F("valid_from").asc(nulls_first=True))
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school"],
                condition=Q(valid_to__isnull=True),
                name="schools_one_urn_now",
                violation_error_message="A school has one URN at a time.",
            ),
            models.CheckConstraint(
                condition=Q(urn__gte=100_000, urn__lte=999_999),
                name="schools_urn_six_digits",
                violation_error_message="A URN has six digits.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.urn)
