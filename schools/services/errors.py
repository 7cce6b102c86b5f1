"""Why a service refuses; each message is a sentence for the person who asked."""


class ProgrammeError(Exception):
    """Something about the programme does not allow what was asked."""


class RegisterError(ProgrammeError):
    """Something about a register file, or a succession in it, does not allow what was asked."""


class YearIsClosed(ProgrammeError):  # noqa: N818 - it says a state, and reads as one
    """The year is an archive: nothing about it changes any more."""

    def __init__(self, year: object) -> None:
        super().__init__(f"The programme year {year} is closed and can only be read. Open it again first.")


class MoveNotAllowed(ProgrammeError):  # noqa: N818 - it says a state, and reads as one
    """The part does not stand where this can be done."""


class ReasonOwed(ProgrammeError):  # noqa: N818 - it reads as what it says
    """The move needs a reason, and none was given."""

    def __init__(self) -> None:
        super().__init__("Write why. The reason is kept in the school’s history.")
