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


class ChangeOwed(ProgrammeError):  # noqa: N818 - it reads as what it says
    """What is done says what changed, and nothing was said."""

    def __init__(self) -> None:
        super().__init__("Write what changed. It is what families read.")


class PeopleError(Exception):
    """Something about the people of a school does not allow what was asked."""


class NotInvited(PeopleError):  # noqa: N818 - it reads as what it says
    """This address cannot be invited; the message says what to do instead."""


class InvitationGone(PeopleError):  # noqa: N818 - it says a state, and reads as one
    """The invitation does not wait any more: accepted, taken back, run out or sent anew."""

    def __init__(self, message: str = "That invitation does not wait any more. See who is here now.") -> None:
        super().__init__(message)


class SignInFirst(PeopleError):  # noqa: N818 - it reads as what it says
    """The invited address has an account, and whoever came is not signed in to it."""


class RightLost(PeopleError):  # noqa: N818 - it says a state, and reads as one
    """The role of whoever asks, or of the person it is about, changed while the change waited for its turn."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody changed a role here at this moment, and this is not yours to do any more. Nothing was changed."
        )


class MembershipEnded(PeopleError):  # noqa: N818 - it says a state, and reads as one
    """The person does not belong to the school any more."""

    def __init__(self) -> None:
        super().__init__("That person does not belong here any more. See who is here now.")


class LastLead(PeopleError):  # noqa: N818 - it says a state, and reads as one
    """Nobody else leads the school, so that without this person nobody could."""

    def __init__(self, person: object, school: object) -> None:
        super().__init__(
            f"{person} is the only one who leads {school}. Hand the lead over first, so that nobody is locked out."
        )


class NotToBeHandedOver(PeopleError):  # noqa: N818 - it reads as what it says
    """The lead cannot pass to this person, or not now; the message says why."""
