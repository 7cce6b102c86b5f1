"""Training modules: data that an administrator edits."""

from typing import ClassVar

from django.db import models

from schools.models import Area


class Module(models.Model):
    """A training that can be given in many sessions."""

    class Format(models.TextChoices):
        IN_PERSON = "in_person", "Face to face"
        ONLINE = "online", "Online"
        EITHER = "either", "Face to face or online"

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    summary = models.TextField()
    audience = models.CharField(max_length=160)
    minutes = models.PositiveSmallIntegerField()
    format = models.CharField(max_length=10, choices=Format, default=Format.EITHER)
    provider = models.CharField(max_length=120, blank=True)
    areas = models.ManyToManyField(Area, related_name="modules", blank=True)
    is_offered = models.BooleanField(default=True)

    class Meta:
        ordering = ("name",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(minutes__gt=0),
                name="training_module_takes_time",
                violation_error_message="Say how many minutes the module takes.",
            )
        ]

    def __str__(self) -> str:
        return self.name
