"""What ties schools to each other and to things beside this programme."""

from django.db import models


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

    def __str__(self) -> str:
        return self.name
