"""What ties schools to each other and to things beside this programme."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class OtherProgramme(models.Model):
    """Another programme that schools here are in, such as one for mental health support; named by an administrator."""

    name = models.CharField(max_length=120, unique=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class SchoolGroup(models.Model):
    """Schools that are led together or have come together: a federation or a cluster."""

    class Kind(models.TextChoices):
        FEDERATION = "federation", "Federation"
        CLUSTER = "cluster", "Cluster"

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    trains_together = models.BooleanField("they train together", default=False)
    meets_together = models.BooleanField("they meet parent carers together", default=False)
    schools = models.ManyToManyField("schools.School", related_name="groups", blank=True)

    class Meta:
        ordering = ("name",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=["federation", "cluster"]),
                name="schools_group_kind_is_known",
                violation_error_message="Choose federation or cluster.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def together(self) -> str:
        """What its schools do together, in words; empty when nothing is said."""
        does = {
            "train": self.trains_together,
            "meet parent carers": self.meets_together,
        }
        return " and ".join(words for words, is_so in does.items() if is_so)
