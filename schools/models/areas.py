"""Areas of practice, which the self-audit, visits and actions share."""

from django.db import models


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
        verbose_name = "area of practice"
        verbose_name_plural = "areas of practice"

    def __str__(self) -> str:
        return self.name
