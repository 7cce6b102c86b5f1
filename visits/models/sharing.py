"""What a school gets of a visit: the summary as it was shared, who has read it, and what the school says of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from visits.models.visits import Visit


class VisitSummary(models.Model):
    """What the leaders of a school read of a visit: a snapshot that never changes once it was shared.

    Counts of parent carers are in it in their published form alone.
    """

    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="summary")
    snapshot = models.JSONField(editable=False)
    taken_at = models.DateTimeField(default=timezone.now, editable=False)
    reply_by = models.DateField("day until which the school can reply", editable=False)

    class Meta:
        verbose_name_plural = "visit summaries"

    def __str__(self) -> str:
        return f"Summary of {self.visit}"


class Receipt(models.Model):
    """That somebody at the school has read a summary: they pressed the button, signed in or by the link."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="receipts")
    email = models.EmailField(max_length=254)
    reader = models.CharField(max_length=200)
    """Who it was, in words: whoever comes by a link has no account."""
    read_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("read_at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["visit", "email"],
                name="visits_one_receipt_a_reader",
                violation_error_message="This person has said already that they read it.",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="visits_receipt_email_in_small_letters",
                violation_error_message="An e-mail address is kept in small letters.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reader} has read the summary of {self.visit}"


class Reply(models.Model):
    """The school's right of reply: whether the notes are accurate, and what it says of them."""

    class Verdict(models.TextChoices):
        ACCURATE = "accurate", "Accurate"
        NOT_ACCURATE = "not_accurate", "Not accurate"

    visit = models.OneToOneField(Visit, on_delete=models.CASCADE, related_name="reply")
    verdict = models.CharField(max_length=15, choices=Verdict)
    comment = models.TextField(max_length=2000, blank=True)
    left_as_read = models.CharField(max_length=64, blank=True, editable=False)
    """Digest of a comment in which the guard marked something that its writer left as it is."""
    replier = models.CharField(max_length=200, editable=False)
    """Who replied, in words: whoever comes by a link has no account."""
    replied_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name_plural = "replies"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(verdict="not_accurate") | ~Q(comment=""),
                name="visits_not_accurate_says_what",
                violation_error_message="Who calls the notes not accurate says what is not.",
            )
        ]

    def __str__(self) -> str:
        return f"Reply of {self.visit.school} to the notes of visit {self.visit.step_id}"
