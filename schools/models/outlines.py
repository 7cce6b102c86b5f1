"""Outlines of districts, as the map of the public list draws them."""

from django.db import models


class MapOutline(models.Model):
    """One district: the programme's own county or part of it, or a neighbour that is drawn paler.

    All rows come from one file and are replaced together; `digest` is that of what was loaded, so that what is
    drawn from them can be kept.
    """

    name = models.CharField(max_length=120, unique=True)
    is_own = models.BooleanField("belongs to the programme's own county")
    rings = models.JSONField()
    """Closed rings of points, in whole metres on the British National Grid; holes are rings too."""
    attribution = models.CharField(max_length=300)
    digest = models.CharField(max_length=64, editable=False)

    class Meta:
        ordering = ("is_own", "name")

    def __str__(self) -> str:
        return self.name
