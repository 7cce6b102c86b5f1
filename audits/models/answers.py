"""What a school answered, statement by statement and section by section."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from audits.enums import AnswerState, Level
from audits.models.audit import Audit
from audits.models.framework import Section, Statement
from core.page_marks import LONGEST_MARK


class Answer(models.Model):
    """The school's one answer to a statement; `revision` counts its savings, so that none is overwritten unseen."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="answers")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="answers")
    state = models.CharField(max_length=15, choices=AnswerState, default=AnswerState.BLANK)
    rating = models.PositiveSmallIntegerField(choices=Level, null=True, blank=True)
    reason = models.TextField("why it does not apply", blank=True)
    evidence_note = models.TextField(blank=True)
    come_back = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)
    page_mark = models.CharField(
        "page that wrote it", max_length=LONGEST_MARK, blank=True, default="", db_default=""
    )
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("statement",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["audit", "statement"],
                name="audits_one_answer",
                violation_error_message="This statement already has an answer.",
            ),
            models.CheckConstraint(
                condition=Q(state="rated", rating__isnull=False, rating__gte=1, rating__lte=4)
                | ~Q(state="rated") & Q(rating__isnull=True),
                name="audits_rating_when_rated",
                violation_error_message="A rating of 1 to 4 and nothing else makes a statement rated.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement}: {self.get_rating_display() or self.get_state_display()}"


class SectionNoteQuerySet(models.QuerySet["SectionNote"]):
    """Notes on sections."""

    def given_to(self, user: User) -> Self:
        """Those whose section was given to this person."""
        return self.filter(given_to_id=user.pk)


class SectionNote(models.Model):
    """What the school says about a whole section, who helped (counts by role), and who was asked to answer it."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="section_notes")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="notes")
    strengths = models.TextField(blank=True)
    development_area = models.TextField(blank=True)
    contributors = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)
    page_mark = models.CharField(
        "page that wrote it", max_length=LONGEST_MARK, blank=True, default="", db_default=""
    )
    noted_at = models.DateTimeField(null=True, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    given_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="given_sections",
    )
    given_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = SectionNoteQuerySet.as_manager()

    class Meta:
        ordering = ("section",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["audit", "section"],
                name="audits_one_section_note",
                violation_error_message="This section already has its notes.",
            ),
            models.CheckConstraint(
                condition=Q(noted_at__isnull=True, noted_by__isnull=True)
                | Q(noted_at__isnull=False, noted_by__isnull=False),
                name="audits_noted_at_by",
                violation_error_message="A note has both its time and its person.",
            ),
            models.CheckConstraint(
                condition=Q(given_at__isnull=True, given_by__isnull=True, given_to__isnull=True)
                | Q(given_at__isnull=False, given_by__isnull=False, given_to__isnull=False),
                name="audits_given_at_by",
                violation_error_message="Giving a section has its time, who gave it and who has it.",
            ),
        ]

    def __str__(self) -> str:
        return f"Notes on {self.section}"
