"""Who belongs to which school."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.permissions import SCHOOL_ROLES, Role
from core.demonstration import DOMAIN


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Who belongs to which school."""

    def current(self) -> Self:
        """Memberships that have not ended."""
        return self.filter(ended_at__isnull=True)

    def leading(self) -> Self:
        """School leads who can sign in: neither switched off nor left over from the demonstration."""
        leads = self.current().filter(role=Role.SCHOOL_LEAD, user__is_active=True)
        return leads if settings.DEMO else leads.exclude(user__email__iendswith=f"@{DOMAIN}")


class Membership(models.Model):
    """A person's role at a school; ended, never deleted."""

    ROLES: ClassVar = [(role.value, role.label) for role in SCHOOL_ROLES]

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="memberships")
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

    @property
    def is_lead(self) -> bool:
        """Whether it is a school lead's."""
        return self.role == Role.SCHOOL_LEAD
