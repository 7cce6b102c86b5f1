"""Whom to write to at a school: three kinds of colleague, and nobody else."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from accounts.models import User


class SchoolContactQuerySet(models.QuerySet["SchoolContact"]):
    """Contacts of schools."""

    def written_to(self) -> Self:
        """Without those whose address is of an account that was switched off: nothing is sent there any more."""
        off = User.objects.filter(is_active=False, email=Lower(models.OuterRef("email")))
        return self.exclude(models.Exists(off))

    def in_order(self) -> Self:
        """Head teacher, SENCo, PINS lead; by name where there are two of a kind."""
        order = [
            models.When(role=role, then=models.Value(place))
            for place, role in enumerate(SchoolContact.Role.values)
        ]
        return self.order_by(models.Case(*order), "name", "pk")


class SchoolContact(models.Model):
    """A colleague's name, work e-mail address and role. A contact need not be somebody who signs in."""

    class Role(models.TextChoices):
        HEAD_TEACHER = "head_teacher", "Head teacher"
        SENCO = "senco", "SENCo"
        PINS_LEAD = "pins_lead", "PINS lead"

    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="contacts")
    role = models.CharField(max_length=15, choices=Role)
    name = models.CharField(max_length=150)
    email = models.EmailField("work e-mail address", max_length=254)
    telephone = models.CharField(
        "work telephone number", max_length=30, blank=True, default="", db_default=""
    )

    objects = SchoolContactQuerySet.as_manager()

    class Meta:
        ordering = ("school", "role", "name")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "role", "email"],
                name="schools_contact_once_a_role",
                violation_error_message="This person is on the list in this role already.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=["head_teacher", "senco", "pins_lead"]),
                name="schools_contact_role_is_known",
                violation_error_message="Choose head teacher, SENCo or PINS lead.",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="schools_contact_email_in_small_letters",
                violation_error_message="An e-mail address is kept in small letters.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.get_role_display()} at {self.school}"
