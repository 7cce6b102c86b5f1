"""The framework: what schools are asked. A published version never changes."""

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from audits.enums import Level
from schools.enums import Need
from schools.models import Area


class Framework(models.Model):
    """A set of statements under one name, over its versions."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class FrameworkVersionQuerySet(models.QuerySet["FrameworkVersion"]):
    """Versions of frameworks."""

    def published(self) -> Self:
        """Versions that schools can answer, newest first."""
        return self.filter(status=FrameworkVersion.Status.PUBLISHED).order_by("-published_at", "-pk")


class FrameworkVersion(models.Model):
    """One edition of the framework: a draft, then published and frozen."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="versions")
    version = models.CharField(max_length=20)
    note = models.TextField(help_text="Says plainly what the text is and is not.")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the text as imported.")

    objects = FrameworkVersionQuerySet.as_manager()

    class Meta:
        ordering = ("framework", "-published_at", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["framework", "version"],
                name="audits_version_once",
                violation_error_message="This framework already has a version of that number.",
            ),
            models.CheckConstraint(
                condition=Q(status="draft", published_at__isnull=True)
                | Q(status="published", published_at__isnull=False),
                name="audits_published_has_time",
                violation_error_message="A published version has the time at which it was published.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.framework}, version {self.version}"


class Section(models.Model):
    """An area as one version asks about it."""

    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="sections")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="sections")
    position = models.PositiveSmallIntegerField()
    introduction = models.TextField()

    class Meta:
        ordering = ("position",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "area"],
                name="audits_area_once_a_version",
                violation_error_message="This version already has a section for that area.",
            ),
            models.UniqueConstraint(
                fields=["version", "position"],
                name="audits_section_position_once",
                violation_error_message="Two sections cannot stand in the same place.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.area)


def check_needs(value: Any) -> None:
    """Refuse anything but a list of known needs."""
    if not isinstance(value, list) or not set(value) <= set(Need.values):
        raise ValidationError(f"Choose needs from: {', '.join(Need.values)}.")


class Statement(models.Model):
    """One thing that a school rates, with what each level looks like. Its key survives versions."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="statements")
    key = models.SlugField(max_length=80)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    guidance = models.TextField()
    evidence_places = models.JSONField(
        default=list, help_text="Where to look for evidence: a list of phrases."
    )
    level_1 = models.TextField()
    level_2 = models.TextField()
    level_3 = models.TextField()
    level_4 = models.TextField()
    needs = models.JSONField(default=list, validators=[check_needs])
    actions = models.JSONField(
        default=list, help_text='Suggested actions: a list of {"text", "need", "adjustment", "from"}.'
    )

    class Meta:
        ordering = ("section__position", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["section", "key"],
                name="audits_statement_key_once",
                violation_error_message="This section already has a statement with that key.",
            ),
            models.UniqueConstraint(
                fields=["section", "position"],
                name="audits_statement_position_once",
                violation_error_message="Two statements cannot stand in the same place.",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def descriptors(self) -> dict[int, str]:
        """What one would see at each level."""
        return {
            Level.EMERGING: self.level_1,
            Level.DEVELOPING: self.level_2,
            Level.ESTABLISHED: self.level_3,
            Level.ENHANCED: self.level_4,
        }
