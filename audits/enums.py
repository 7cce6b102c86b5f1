"""The words of the self-audit that are the same everywhere."""

from django.db.models import IntegerChoices, TextChoices


class Level(IntegerChoices):
    """The four levels; each statement says for each of them what one would see."""

    EMERGING = 1, "Emerging"
    DEVELOPING = 2, "Developing"
    ESTABLISHED = 3, "Established"
    ENHANCED = 4, "Enhanced"


class Round(TextChoices):
    """The first look, and the later one that shows what moved."""

    BASELINE = "baseline", "Baseline"
    FOLLOW_UP = "follow_up", "Follow-up"


class AnswerState(TextChoices):
    """What an answer says. Not answered yet, not applicable and don't know yet are three things."""

    BLANK = "blank", "Not answered yet"
    RATED = "rated", "Rated"
    NOT_APPLICABLE = "not_applicable", "Not applicable"
    DONT_KNOW = "dont_know", "Don’t know yet"


class AuditStatus(TextChoices):
    """Where a self-audit stands."""

    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    SUBMITTED = "submitted", "Submitted"
    REVIEWED = "reviewed", "Reviewed"
    PRIORITIES_AGREED = "priorities_agreed", "Priorities agreed"


ALLOWED_MOVES: dict[AuditStatus, frozenset[AuditStatus]] = {
    AuditStatus.NOT_STARTED: frozenset({AuditStatus.IN_PROGRESS}),
    AuditStatus.IN_PROGRESS: frozenset({AuditStatus.SUBMITTED}),
    AuditStatus.SUBMITTED: frozenset({AuditStatus.REVIEWED, AuditStatus.IN_PROGRESS}),
    AuditStatus.REVIEWED: frozenset({AuditStatus.PRIORITIES_AGREED, AuditStatus.IN_PROGRESS}),
    AuditStatus.PRIORITIES_AGREED: frozenset({AuditStatus.IN_PROGRESS}),
}
"""The only moves there are; back to in progress is "sent back" or "reopened", and owes a reason."""

OPEN_STATUSES = (AuditStatus.NOT_STARTED, AuditStatus.IN_PROGRESS)
"""While it stands here the school can answer; afterwards the audit is read-only."""


class Standing(TextChoices):
    """What the list of self-audits says of one, and is narrowed to: its status, and what one should know of it."""

    OVERDUE = "overdue", "Overdue"
    SENT_BACK = "sent_back", "Sent back"
    OPEN_AGAIN = "reopened", "Open again"
    NOT_STARTED = AuditStatus.NOT_STARTED.value, AuditStatus.NOT_STARTED.label
    IN_PROGRESS = AuditStatus.IN_PROGRESS.value, AuditStatus.IN_PROGRESS.label
    SUBMITTED = AuditStatus.SUBMITTED.value, AuditStatus.SUBMITTED.label
    REVIEWED = AuditStatus.REVIEWED.value, AuditStatus.REVIEWED.label
    PRIORITIES_AGREED = AuditStatus.PRIORITIES_AGREED.value, AuditStatus.PRIORITIES_AGREED.label
    WITH_SCHOOL = "with_school", "With the school"

    @property
    def colour(self) -> str:
        """The colour of the tag; the word stands in it all the same."""
        return STANDING_COLOURS[self]


OF_OPEN = (Standing.NOT_STARTED, Standing.IN_PROGRESS, Standing.SENT_BACK, Standing.OPEN_AGAIN)
"""One and the same, “With the school”, to whoever reads of other schools only what they submitted."""

STANDING_COLOURS: dict[Standing, str] = {
    Standing.OVERDUE: "red",
    Standing.SENT_BACK: "amber",
    Standing.OPEN_AGAIN: "amber",
    Standing.NOT_STARTED: "grey",
    Standing.IN_PROGRESS: "amber",
    Standing.SUBMITTED: "teal",
    Standing.REVIEWED: "green",
    Standing.PRIORITIES_AGREED: "green",
    Standing.WITH_SCHOOL: "amber",
}
"""The colour of the tag; the word stands in it all the same."""


class ContributorRole(TextChoices):
    """Who helped to answer a section, as counts by role and never by name."""

    HEAD_TEACHER = "head_teacher", "Head teacher"
    SENCO = "senco", "SENCo"
    SENIOR_LEADER = "senior_leader", "Other senior leaders"
    TEACHER = "teacher", "Teachers"
    TEACHING_ASSISTANT = "teaching_assistant", "Teaching assistants"
    OTHER_STAFF = "other_staff", "Office, lunchtime and other staff"
    GOVERNOR = "governor", "Governors"
    PARENT_CARER = "parent_carer", "Parent carers"
    PUPIL = "pupil", "Pupils"


SMALL_NUMBER_ROLES = (ContributorRole.PARENT_CARER, ContributorRole.PUPIL)
"""Counts of these leave the school that typed them only through the small-numbers rule."""
