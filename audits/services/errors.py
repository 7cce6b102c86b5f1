"""Why a service refuses; each message is a sentence for the person who asked."""


class AuditError(Exception):
    """Something about the audit does not allow what was asked."""


class AuditIsClosed(AuditError):  # noqa: N818 - it says a state, and reads as one
    """Answers came for an audit that cannot be answered now: most often it has been submitted."""

    def __init__(
        self, why: str = "This self-audit has been submitted, so its answers can no longer be changed."
    ) -> None:
        super().__init__(why)


class SchoolWithdrew(AuditIsClosed):
    """Answers came for an audit of a school that withdrew from its year."""

    def __init__(self) -> None:
        super().__init__(
            "The school withdrew from the programme year of this self-audit, so nothing was saved. "
            "It opens again if the school takes part after all."
        )


class MoveNotAllowed(AuditError):  # noqa: N818 - it says a state, and reads as one
    """The audit does not stand where this can be done."""


class NotReadyToSubmit(AuditError):  # noqa: N818 - it says a state, and reads as one
    """Statements are blank, or not applicable without a reason."""
