"""Schools, their dated URNs, people, and their part in the programme over the years."""

from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils import timezone

from accounts.models import User
from accounts.permissions import SCHOOL_ROLES, Reach, Role, Verb, reach_of


class Area(models.Model):
    """An area of practice: a national domain of the self-audit, or one of its compulsory parts."""

    class Kind(models.TextChoices):
        DOMAIN = "domain", "Domain"
        COMPULSORY = "compulsory", "Compulsory part"

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=Kind)
    position = models.PositiveSmallIntegerField(unique=True)

    class Meta:
        ordering = ("position",)

    def __str__(self) -> str:
        return self.name


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
        """Schools that take part now or have finished, and agreed to be named."""
        taking_part = Participation.objects.filter(
            school=models.OuterRef("pk"), status__in=Participation.PUBLIC_STATUSES
        )
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
    town = models.CharField(max_length=80, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    easting = models.PositiveIntegerField(null=True, blank=True)
    northing = models.PositiveIntegerField(null=True, blank=True)
    website = models.URLField(max_length=300, blank=True)
    pupils = models.PositiveIntegerField(null=True, blank=True)
    trust = models.CharField(max_length=200, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    public_consent = models.BooleanField("agreed to be named on the public list", default=False)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        indexes: ClassVar = [
            models.Index(Upper("name"), name="schools_by_name"),
            models.Index(Upper("town"), name="schools_by_town"),
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


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Who belongs to which school."""

    def current(self) -> Self:
        """Memberships that have not ended."""
        return self.filter(ended_at__isnull=True)


class Membership(models.Model):
    """A person's role at a school; ended, never deleted."""

    ROLES: ClassVar = [(role.value, role.label) for role in SCHOOL_ROLES]

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=ROLES)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ("school", "user")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "school"],
                condition=Q(ended_at__isnull=True),
                name="schools_one_role_each",
                violation_error_message="This person already has a role at this school.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in SCHOOL_ROLES]),
                name="schools_role_is_known",
                violation_error_message="Choose school lead, contributor or governor.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {Role(self.role).label.lower()} at {self.school}"


class ProgrammeYear(models.Model):
    """A year of the programme with its own start and end: neither school year nor financial year."""

    name = models.CharField(max_length=40, unique=True)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ("starts_on",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=models.F("starts_on")),
                name="schools_year_ends_after_start",
                violation_error_message="A programme year ends after it starts.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Cohort(models.Model):
    """The schools that joined together, named after the year in which they did."""

    name = models.CharField(max_length=40, unique=True)
    slug = models.SlugField(max_length=40, unique=True)
    joined_in = models.ForeignKey(ProgrammeYear, on_delete=models.PROTECT, related_name="cohorts")

    class Meta:
        ordering = ("joined_in__starts_on", "name")

    def __str__(self) -> str:
        return self.name


class Participation(models.Model):
    """A school's part in one programme year: its cohort says when it joined, its offer what it gets now."""

    class Offer(models.TextChoices):
        FULL = "full", "Full offer"
        EMBEDDING = "embedding", "Embedding"
        TRAINING_ONLY = "training_only", "Training only"

    class Status(models.TextChoices):
        INVITED = "invited", "Invited"
        CONFIRMED = "confirmed", "Confirmed"
        ACTIVE = "active", "Active"
        COMPLETED = "completed", "Completed"
        WITHDRAWN = "withdrawn", "Withdrawn"

    PUBLIC_STATUSES = (Status.CONFIRMED, Status.ACTIVE, Status.COMPLETED)

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="participations")
    programme_year = models.ForeignKey(ProgrammeYear, on_delete=models.PROTECT, related_name="participations")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="participations")
    offer = models.CharField(max_length=15, choices=Offer, default=Offer.FULL)
    status = models.CharField(max_length=10, choices=Status, default=Status.INVITED)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawal_reason = models.CharField(max_length=300, blank=True)
    support_hours = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("programme_year", "school")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "programme_year"],
                name="schools_one_part_a_year",
                violation_error_message="This school already takes part in this year.",
            ),
            models.CheckConstraint(
                condition=Q(status="withdrawn", withdrawn_on__isnull=False) & ~Q(withdrawal_reason="")
                | ~Q(status="withdrawn") & Q(withdrawn_on__isnull=True, withdrawal_reason=""),
                name="schools_withdrawal_has_reason",
                violation_error_message="A withdrawal needs its date and its reason.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school} in {self.programme_year}"
