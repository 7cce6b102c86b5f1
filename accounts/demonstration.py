"""The people of the demonstration. They are never made in production."""

from dataclasses import dataclass

from core.demonstration import DOMAIN

PASSWORD = "pins-demo"  # noqa: S105 - known to everybody, and refused outside the demonstration


@dataclass(frozen=True)
class DemonstrationPerson:
    """Somebody to sign in as, and what they are there."""

    name: str
    what: str

    @property
    def email(self) -> str:
        """What to type at sign-in."""
        return f"{self.name}@{DOMAIN}"


PEOPLE = (
    DemonstrationPerson("head", "a school lead, who answers the self-audit"),
    DemonstrationPerson("colleague", "contributor at the same school: answers what was given to them"),
    DemonstrationPerson("governor", "governor of the same school: reads the report"),
    DemonstrationPerson("other.head", "school lead of another school"),
    DemonstrationPerson("exec.head", "school lead of two schools, to change between"),
    DemonstrationPerson("liaison", "school liaison: looks after all schools"),
    DemonstrationPerson("second.liaison", "a second school liaison: shares the visits"),
    DemonstrationPerson("admin", "administrator: runs the programme"),
    DemonstrationPerson("programme", "programme lead of the council or the health board"),
    DemonstrationPerson("trainer", "trainer: gives sessions"),
)
