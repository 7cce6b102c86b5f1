"""Jobs that end in a file: what a worker made of a snapshot, with its digest, its pages and when."""

from django.db import models
from django.db.models import Q

from core.jobs import JobStates, LeasedJob

READY_HAS_FILE = Q(status="ready", pages__isnull=False, built_at__isnull=False) & ~Q(file="") & ~Q(
    sha256=""
) | ~Q(status="ready")
"""What is ready has its file; each model gives the constraint its own name and sentence."""


class FileJob(LeasedJob):
    """A file that is to be built, or was; the concrete model says where its files are kept."""

    class Status(models.TextChoices):
        QUEUED = "queued", "Queued"
        BUILDING = "building", "Building"
        READY = "ready", "Ready"
        FAILED = "failed", "Failed"

    states = JobStates(Status.QUEUED, Status.BUILDING, Status.READY, Status.FAILED)

    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    file = models.FileField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    built_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def has_file(self) -> bool:
        """Whether the file that was built is still in the storage."""
        return self.file.name is not None and bool(self.file) and self.file.storage.exists(self.file.name)
