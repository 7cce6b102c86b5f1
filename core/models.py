"""What every app stands on: the programme's own names, history, outgoing mail, signs of life."""

from datetime import datetime
from email.utils import parseaddr
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from core.colours import OWN_MAIN, OWN_VOICE, Look, look_of
from core.jobs import JobStates, LeasedJob, LeasedQuerySet
from core.prepared import Prepared

LONGEST_TEXT = 20_000
"""Characters of a text of the public pages: about eight sheets of paper."""


class ProgrammeSettings(models.Model):
    """The one row that says whose programme this is; another forum changes these and no code."""

    site_name = models.CharField(max_length=40, default="PINS Hub", db_default="PINS Hub")
    programme_name = models.CharField(
        max_length=120, default="Partnerships for Inclusion of Neurodiversity in Schools"
    )
    programme_short_name = models.CharField(max_length=20, default="PINS")
    forum_name = models.CharField(max_length=120, default="Parent and Carer Council Shropshire")
    forum_short_name = models.CharField(max_length=20, default="PACC")
    county = models.CharField(max_length=60, default="Shropshire")
    contact_email = models.EmailField(default="pins@pacc.example")
    contact_phone = models.CharField(max_length=30, blank=True)
    forum_website = models.URLField(blank=True)
    postal_address = models.TextField(max_length=300, blank=True, default="", db_default="")
    data_protection_contact = models.CharField(max_length=200, blank=True, default="", db_default="")
    safeguarding_procedure = models.TextField(max_length=2000, blank=True, default="", db_default="")
    """What to do after a visit, in the forum's own words; it stands beside the one question about it."""
    safeguarding_phones = models.TextField(max_length=500, blank=True, default="", db_default="")
    """A line for each number to ring: who, and the number."""
    main_colour = models.CharField(max_length=7, default=OWN_MAIN, db_default=OWN_MAIN)
    voice_colour = models.CharField(max_length=7, default=OWN_VOICE, db_default=OWN_VOICE)
    logo_digest = models.CharField(max_length=32, blank=True, default="", db_default="", editable=False)
    logo_width = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    logo_height = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    small_number_threshold = models.PositiveSmallIntegerField(
        default=5, validators=[MinValueValidator(5), MaxValueValidator(20)]
    )

    class Meta:
        verbose_name = verbose_name_plural = "programme settings"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="core_one_row_of_settings",
                violation_error_message="There is one row of programme settings.",
            ),
            models.CheckConstraint(
                condition=models.Q(main_colour__startswith="#", voice_colour__startswith="#"),
                name="core_colours_are_colours",
                violation_error_message="A colour is # and six digits or letters from a to f.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_short_name} in {self.county}"

    @classmethod
    def load(cls) -> Self:
        """The settings as stored, or the defaults where nothing was stored yet."""
        return _SETTINGS.first() or cls(pk=1)

    @property
    def look(self) -> Look:
        """The colours, and the tones that are made of them."""
        return look_of(self.main_colour, self.voice_colour)

    @property
    def privacy_contact(self) -> str:
        """Who answers about data protection: the same as for all questions, where nobody else is named."""
        return self.data_protection_contact or self.contact_email


_SETTINGS: Prepared[Any] = Prepared(lambda: ProgrammeSettings.objects.filter(pk=1))


class Logo(models.Model):
    """The picture of a forum's logo, made anew by us; apart from the settings, which every page reads."""

    digest = models.CharField(max_length=32, unique=True)
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"logo {self.digest}"


class PublicText(models.Model):
    """A text of the public pages that an administrator changed; the others are files in core/texts."""

    key = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=120)
    description = models.CharField(max_length=200, blank=True)
    body = models.TextField(max_length=LONGEST_TEXT)

    def __str__(self) -> str:
        return self.title


class HistoryEntry(models.Model):
    """One line about one change or one reading; labels and ids as text, so that it outlives what it names."""

    at = models.DateTimeField(default=timezone.now, db_index=True, editable=False)
    kind = models.CharField(max_length=60, db_index=True)
    summary = models.CharField(max_length=300)
    actor_id = models.CharField(max_length=40, blank=True)
    actor_label = models.CharField(max_length=200)
    target_type = models.CharField(max_length=60, blank=True)
    target_id = models.CharField(max_length=40, blank=True)
    target_label = models.CharField(max_length=300, blank=True)
    school_id = models.CharField(max_length=40, blank=True, db_index=True)
    school_label = models.CharField(max_length=200, blank=True)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name_plural = "history entries"

    def __str__(self) -> str:
        return self.summary


LONGEST_ADDRESS = 254
"""Characters of an e-mail address: what mail itself allows."""


class OutgoingEmail(LeasedJob):
    """An e-mail that is to be sent, or was."""

    class Status(models.TextChoices):
        QUEUED = "queued", "Queued"
        SENDING = "sending", "Sending"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"

    class CalendarMethod(models.TextChoices):
        REQUEST = "REQUEST", "with a calendar invitation"
        CANCEL = "CANCEL", "with a cancellation for the calendar"

    states = JobStates(Status.QUEUED, Status.SENDING, Status.SENT, Status.FAILED)

    to = models.EmailField(max_length=LONGEST_ADDRESS)
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    calendar = models.TextField(blank=True, default="", db_default="")
    calendar_method = models.CharField(
        max_length=10, choices=CalendarMethod, blank=True, default="", db_default=""
    )
    kind = models.CharField(max_length=60)
    is_secret = models.BooleanField(default=False)
    is_erased = models.BooleanField(default=False)
    useful_until = models.DateTimeField(null=True, editable=False)
    """Until when the link in a secret one works, where that is days: it is never sent later."""
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    sent_at = models.DateTimeField(null=True, editable=False)

    objects = LeasedQuerySet["OutgoingEmail"].as_manager()

    class Meta:
        ordering = ("-queued_at", "-pk")
        indexes: ClassVar = [models.Index(fields=["status", "not_before"], name="core_email_due")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(status="sent", sent_at__isnull=False)
                | (~models.Q(status="sent") & models.Q(sent_at__isnull=True)),
                name="core_email_sent_has_time",
                violation_error_message="An e-mail that was sent has the time at which it was.",
            ),
            models.CheckConstraint(
                condition=models.Q(calendar="", calendar_method="")
                | (~models.Q(calendar="") & models.Q(calendar_method__in=("REQUEST", "CANCEL"))),
                name="core_email_calendar_has_method",
                violation_error_message="A calendar file says whether it invites or calls off.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to}"

    @property
    def tried_next(self) -> datetime | None:
        """When it is tried again, after a failure; None when it is not, or when it is its turn already."""
        return self.not_before if self.status == self.Status.QUEUED and self.failure else None

    @property
    def message_id(self) -> str:
        """The same however often it is sent, so that a mail program shows a repeated message once."""
        sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        return f"<pins-{self.pk}-{self.queued_at:%Y%m%d%H%M%S%f}@{sender.rpartition('@')[2]}>"


class Heartbeat(models.Model):
    """The last sign of life of a background process."""

    WORKER = "worker"
    BEAT = "beat"

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.at}"
