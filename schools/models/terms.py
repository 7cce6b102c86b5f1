"""The county's school terms, as data: when schools are open, so that visits and deadlines fall on school days."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Term(models.Model):
    """A stretch of school time without holidays in it: a half term, from its first to its last school day."""

    name = models.CharField(max_length=60, unique=True)
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day")

    class Meta:
        ordering = ("starts_on", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=models.F("starts_on")),
                name="schools_term_ends_after_start",
                violation_error_message="A term ends after it starts.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class DayOff(models.Model):
    """A day inside a term on which schools are closed, such as the bank holiday in May."""

    day = models.DateField(unique=True)
    name = models.CharField(max_length=60)

    class Meta:
        ordering = ("day",)
        verbose_name_plural = "days off"

    def __str__(self) -> str:
        return self.name
