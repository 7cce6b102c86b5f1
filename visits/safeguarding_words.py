"""What stands beside the question about safeguarding: the forum's own procedure, or ours while it has written none."""

from dataclasses import dataclass

from core.models import ProgrammeSettings

FIRST = "If a child is in immediate danger, ring 999 first."
OURS = (
    "Never promise anybody to keep it to yourself. Say that you have to pass it on, and to whom.",
    (
        "Tell the designated safeguarding lead of the school the same day, in person or by telephone, before you "
        "leave if you can."
    ),
    "Write no name and no account of it here. This is not the safeguarding record.",
)


@dataclass(frozen=True)
class Procedure:
    """What to do, paragraph by paragraph, and whom to ring, line by line."""

    paragraphs: tuple[str, ...]
    phones: tuple[str, ...]


def procedure_of(programme: ProgrammeSettings) -> Procedure:
    """What the page says: that 999 comes first, whatever else the forum has written, then its own words or ours."""
    own = _lines(programme.safeguarding_procedure)
    return Procedure((FIRST, *(own or OURS)), _lines(programme.safeguarding_phones))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
