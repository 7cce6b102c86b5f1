"""The support report: a snapshot taken at submission, and the PDF that a worker makes of it."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.urls import reverse

from accounts.models import User
from audits.models.audit import Audit
from core.file_jobs import READY_HAS_FILE, FileJob
from core.jobs import LeasedQuerySet
from schools.access import visible_schools


class ReportQuerySet(LeasedQuerySet["Report"]):
    """Reports, fetched through the person who asks."""

    def visible_to(self, user: User) -> Self:
        """Reports of the schools whose workspace this person may open."""
        return self.filter(audit__school__in=visible_schools(user))

    def current(self) -> Self:
        """Reports that no later submission has superseded."""
        return self.filter(superseded_by__isnull=True)


class Report(FileJob):
    """One edition of a school's support report; the snapshot never changes."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="reports")
    edition = models.PositiveSmallIntegerField()
    snapshot = models.JSONField()
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    superseded_by = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="supersedes"
    )
    file = models.FileField(upload_to="reports/", blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ("-requested_at", "-pk")
        indexes: ClassVar = [models.Index(fields=["status", "not_before"], name="audits_report_due")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["audit", "edition"],
                name="audits_edition_once",
                violation_error_message="This audit already has a report of that edition.",
            ),
            models.CheckConstraint(
                condition=READY_HAS_FILE,
                name="audits_ready_has_file",
                violation_error_message="A report that is ready has its file.",
            ),
        ]

    def __str__(self) -> str:
        return f"Support report {self.edition} for {self.audit.school}"

    def get_absolute_url(self) -> str:
        return reverse("audits:report", args=[self.pk])

    @property
    def file_stem(self) -> str:
        """What its files are called once they are downloaded, without the ending."""
        school, day = self.snapshot["school"]["slug"], self.snapshot["submitted_on"]
        return f"support-report-{school}-{self.snapshot['round'].replace('_', '-')}-{day}"
