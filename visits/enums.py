"""The words of visits that are the same everywhere, and the moves that a visit can make."""

from dataclasses import dataclass

from django.db.models import TextChoices


class VisitStatus(TextChoices):
    """Where a visit stands."""

    TO_SCHEDULE = "to_schedule", "To schedule"
    PROPOSED = "proposed", "Times proposed"
    CONFIRMED = "confirmed", "Confirmed"
    HELD = "held", "Held"
    NOTES_WRITTEN = "notes_written", "Notes written"
    SHARED = "shared", "Shared"
    CLOSED = "closed", "Closed"
    CANCELLED = "cancelled", "Cancelled"


STATUS_COLOURS: dict[VisitStatus, str] = {
    VisitStatus.TO_SCHEDULE: "grey",
    VisitStatus.PROPOSED: "amber",
    VisitStatus.CONFIRMED: "teal",
    VisitStatus.HELD: "amber",
    VisitStatus.NOTES_WRITTEN: "amber",
    VisitStatus.SHARED: "green",
    VisitStatus.CLOSED: "green",
    VisitStatus.CANCELLED: "grey",
}
"""The colour of the tag; the word stands in it all the same."""

BEFORE_IT = (VisitStatus.TO_SCHEDULE, VisitStatus.PROPOSED, VisitStatus.CONFIRMED)
"""While it stands here, the visit is still to come, or nobody has said that it was held."""

AFTER_IT = (VisitStatus.HELD, VisitStatus.NOTES_WRITTEN, VisitStatus.SHARED, VisitStatus.CLOSED)
"""From here on it has taken place."""

TO_CANCEL = "The school withdrew: cancel this visit"
"""What lists and calendars say of a visit that is still to come at a school that withdrew."""

TO_THE_SCHOOL = (VisitStatus.SHARED, VisitStatus.CLOSED)
"""From here on the school reads its notes."""


MINUTES_TO_RECORD = 3
"""What writing down a visit takes, by trying it on a telephone: said on Home and on the record itself."""


class Slot(TextChoices):
    """When in the school day."""

    AFTER_DROP_OFF = "after_drop_off", "After drop-off"
    BEFORE_PICK_UP = "before_pick_up", "Before pick-up"
    OTHER = "other", "Another time"


class Scope(TextChoices):
    """Whom a theme is about."""

    SCHOOL = "school", "This school"
    WIDER = "wider", "The wider SEND system"


class Kind(TextChoices):
    """What kind of thing parent carers said."""

    WORKING_WELL = "working_well", "Working well"
    COULD_BE_BETTER = "could_be_better", "Could be better"
    QUESTION = "question", "A question"
    IDEA = "idea", "An idea"


KIND_COLOURS: dict[Kind, str] = {
    Kind.WORKING_WELL: "green",
    Kind.COULD_BE_BETTER: "amber",
    Kind.QUESTION: "grey",
    Kind.IDEA: "teal",
}
"""The colour of the tag; the word stands in it all the same."""


class Outcome(TextChoices):
    """What becomes of a theme."""

    ACTION = "action", "An action"
    NOT_GOING_AHEAD = "not_going_ahead", "Not going ahead, and why"
    WIDER_SYSTEM = "wider_system", "Needs the wider system"


class RolePresent(TextChoices):
    """Who of the school came, by role and never by name."""

    HEAD_TEACHER = "head_teacher", "Head teacher"
    SENCO = "senco", "SENCo"
    PINS_LEAD = "pins_lead", "PINS lead"
    SENIOR_LEADER = "senior_leader", "Another senior leader"
    TEACHER = "teacher", "Teacher"
    TEACHING_ASSISTANT = "teaching_assistant", "Teaching assistant"
    FAMILY_SUPPORT = "family_support", "Family support worker"
    GOVERNOR = "governor", "Governor"
    OTHER_STAFF = "other_staff", "Other staff"


class LinkPurpose(TextChoices):
    """The one thing that an e-mailed link lets somebody do without an account."""

    PICK_A_TIME = "pick_a_time", "Pick a time for a visit"
    READ_THE_SUMMARY = "read_the_summary", "Read the summary of a visit"


@dataclass(frozen=True)
class VisitMove:
    """One way from one status of a visit to another."""

    before: VisitStatus
    after: VisitStatus
    label: str
    """What the button says."""
    owes_reason: bool = False


_S = VisitStatus
MOVES = (
    VisitMove(_S.TO_SCHEDULE, _S.CONFIRMED, "Confirm a date"),
    VisitMove(_S.TO_SCHEDULE, _S.PROPOSED, "Propose times"),
    VisitMove(_S.TO_SCHEDULE, _S.HELD, "Log that it was held"),
    VisitMove(_S.TO_SCHEDULE, _S.CANCELLED, "Cancel it", owes_reason=True),
    VisitMove(_S.PROPOSED, _S.CONFIRMED, "Confirm a date"),
    VisitMove(_S.PROPOSED, _S.PROPOSED, "Propose other times"),
    VisitMove(_S.PROPOSED, _S.TO_SCHEDULE, "Take the proposed times back"),
    VisitMove(_S.PROPOSED, _S.HELD, "Log that it was held"),
    VisitMove(_S.PROPOSED, _S.CANCELLED, "Cancel it", owes_reason=True),
    VisitMove(_S.CONFIRMED, _S.CONFIRMED, "Move it to another time", owes_reason=True),
    VisitMove(_S.CONFIRMED, _S.TO_SCHEDULE, "Take the date back", owes_reason=True),
    VisitMove(_S.CONFIRMED, _S.HELD, "Log that it was held"),
    VisitMove(_S.CONFIRMED, _S.CANCELLED, "Cancel it", owes_reason=True),
    VisitMove(_S.HELD, _S.NOTES_WRITTEN, "Say that the notes are written"),
    VisitMove(_S.HELD, _S.CONFIRMED, "It was not held after all", owes_reason=True),
    VisitMove(_S.HELD, _S.TO_SCHEDULE, "It was not held after all", owes_reason=True),
    VisitMove(_S.NOTES_WRITTEN, _S.HELD, "Write on"),
    VisitMove(_S.NOTES_WRITTEN, _S.SHARED, "Share the notes with the school"),
    VisitMove(_S.SHARED, _S.CLOSED, "Close the visit"),
    VisitMove(_S.CLOSED, _S.SHARED, "Open it again", owes_reason=True),
)
"""The only moves that there are. Most dates are agreed by telephone: nobody has to walk through statuses."""


def move_between(before: str, after: str) -> VisitMove | None:
    """The move from one status to another; None where there is none."""
    return next((move for move in MOVES if (move.before, move.after) == (before, after)), None)
