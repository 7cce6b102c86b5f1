"""What families read of a school's changes: words that both sides approve, and the editions that were published."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.file_jobs import READY_HAS_FILE, FileJob
from core.jobs import LeasedQuerySet
from core.seen import digest
from schools.access import visible_schools
from schools.models import Area, ProgrammeYear, School
from visits.models.records import Theme

DIGEST = 64


class FamiliesPageQuerySet(models.QuerySet["FamiliesPage"]):
    """Pages for families, fetched through the person who asks."""

    def visible_to(self, user: User) -> Self:
        """Those of the schools whose workspace this person may open; reading them is another verb."""
        return self.filter(school__in=visible_schools(user))


class FamiliesPage(models.Model):
    """The words for the families of a school in a programme year, before anybody publishes them.

    An approval holds the digest of the words that were on the page when the button was pressed. It stands only as long
    as the words are those.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="families_pages")
    programme_year = models.ForeignKey(ProgrammeYear, on_delete=models.PROTECT, related_name="families_pages")
    intro = models.TextField("first words", max_length=600, blank=True)
    school_approved_at = models.DateTimeField(null=True, editable=False)
    school_approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    school_approved_digest = models.CharField(max_length=DIGEST, blank=True, editable=False)
    forum_approved_at = models.DateTimeField(null=True, editable=False)
    forum_approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    forum_approved_digest = models.CharField(max_length=DIGEST, blank=True, editable=False)
    change_asked_at = models.DateTimeField(null=True, editable=False)
    change_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    change_note = models.TextField(blank=True, default="", db_default="", editable=False)
    """What the school would have otherwise, until the forum changes the words or answers that they stay."""

    objects = FamiliesPageQuerySet.as_manager()

    class Meta:
        ordering = ("-programme_year__starts_on", "school__name")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "programme_year"],
                name="visits_one_families_page_a_year",
                violation_error_message="The school has a page for families in that year already.",
            ),
            models.CheckConstraint(
                condition=Q(
                    school_approved_at__isnull=True,
                    school_approved_by__isnull=True,
                    school_approved_digest="",
                )
                | Q(school_approved_at__isnull=False, school_approved_by__isnull=False)
                & ~Q(school_approved_digest=""),
                name="visits_families_school_approved",
                violation_error_message="What the school approved has its time, its person and its words.",
            ),
            models.CheckConstraint(
                condition=Q(
                    forum_approved_at__isnull=True, forum_approved_by__isnull=True, forum_approved_digest=""
                )
                | Q(forum_approved_at__isnull=False, forum_approved_by__isnull=False)
                & ~Q(forum_approved_digest=""),
                name="visits_families_forum_approved",
                violation_error_message="What the forum approved has its time, its person and its words.",
            ),
            models.CheckConstraint(
                condition=Q(change_asked_at__isnull=True, change_asked_by__isnull=True, change_note="")
                | Q(change_asked_at__isnull=False, change_asked_by__isnull=False) & ~Q(change_note=""),
                name="visits_families_change_asked",
                violation_error_message="A change that is asked for has its time, its person and its note.",
            ),
        ]

    def __str__(self) -> str:
        return f"Page for families of {self.school}, {self.programme_year}"

    def get_absolute_url(self) -> str:
        return reverse("visits:families_page", args=[self.school_id, self.programme_year_id])

    @property
    def change_seen(self) -> str:
        """What a page carries of the change that it shows, so that nobody answers words that came after it."""
        return digest(self.change_note, length=20)


class FamiliesLine(models.Model):
    """One thing that was said, and what the school answers, in words for families."""

    class Becomes(models.TextChoices):
        DONE = "done", "Done"
        DOING = "doing", "We are doing"
        NOT_GOING_AHEAD = "not_going_ahead", "Not going ahead, and why"
        WIDER_SYSTEM = "wider_system", "Needs the wider system"

    page = models.ForeignKey(FamiliesPage, on_delete=models.CASCADE, related_name="lines")
    theme = models.ForeignKey(
        Theme, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="families_lines"
    )
    """What it was drafted from; families never see it."""
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    you_said = models.CharField(max_length=300)
    becomes = models.CharField("what becomes of it", max_length=20, choices=Becomes)
    answer = models.TextField(max_length=600)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["page", "theme"],
                name="visits_families_theme_once",
                violation_error_message="This stands on the page already.",
            ),
            models.CheckConstraint(
                condition=~Q(you_said="") & ~Q(answer=""),
                name="visits_families_line_says_both",
                violation_error_message="A line says what was said and what becomes of it.",
            ),
        ]

    def __str__(self) -> str:
        return self.you_said


class FamiliesEditionQuerySet(LeasedQuerySet["FamiliesEdition"]):
    """Editions that were published."""

    def current(self) -> Self:
        """Those that families read now."""
        return self.filter(is_current=True)


class FamiliesEdition(FileJob):
    """What was published: the words as both sides approved them, never changed, and the PDF that a worker makes."""

    page = models.ForeignKey(FamiliesPage, on_delete=models.PROTECT, related_name="editions")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="families_editions")
    edition = models.PositiveSmallIntegerField()
    """Counted over all years of the school."""
    snapshot = models.JSONField()
    digest = models.CharField(max_length=DIGEST)
    published_at = models.DateTimeField(default=timezone.now, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+"
    )
    is_current = models.BooleanField(default=True)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    file = models.FileField(upload_to="families/", blank=True)

    objects = FamiliesEditionQuerySet.as_manager()

    class Meta:
        ordering = ("-edition",)
        indexes: ClassVar = [models.Index(fields=["status", "not_before"], name="visits_families_due")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "edition"],
                name="visits_families_edition_once",
                violation_error_message="The school has an edition of that number already.",
            ),
            models.UniqueConstraint(
                fields=["school"],
                condition=Q(is_current=True),
                name="visits_families_one_current",
                violation_error_message="Families read one edition at a time.",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=False, published_by__isnull=False),
                name="visits_families_published_at_by",
                violation_error_message="What was published has its time and its person.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, is_current=False)
                & ~Q(withdrawn_reason=""),
                name="visits_families_withdrawn_at_by",
                violation_error_message="What was taken down has its time, its person and its reason.",
            ),
            models.CheckConstraint(
                condition=READY_HAS_FILE,
                name="visits_families_ready_has_file",
                violation_error_message="A sheet that is ready has its file.",
            ),
        ]

    def __str__(self) -> str:
        return f"Edition {self.edition} for families of {self.school}"
