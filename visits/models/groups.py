"""Themes of several schools that are about the same, gathered by a person."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower

from schools.models import Area
from visits.enums import Kind


class ThemeGroup(models.Model):
    """What similar themes are called together. The name leaves the forum, so it names no school and nobody."""

    name = models.CharField(max_length=120)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="theme_groups")
    kind = models.CharField(max_length=20, choices=Kind)

    class Meta:
        ordering = ("area__position", "kind", "name")
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("name"),
                "area",
                "kind",
                name="visits_one_group_a_name",
                violation_error_message="There is a group of this name, area and kind already. Gather into that one.",
            )
        ]

    def __str__(self) -> str:
        return self.name
