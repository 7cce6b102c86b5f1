"""Why a service refuses; each message is a sentence for the person who asked."""


class AuditError(Exception):
    """Something about the audit does not allow what was asked."""


class AuditIsClosed(AuditError):  # noqa: N818 - it says a state, and reads as one
    """Answers came for an audit that has been submitted."""

    def __init__(self) -> None:
        super().__init__("This self-audit has been submitted, so its answers can no longer be changed.")


class MoveNotAllowed(AuditError):  # noqa: N818 - it says a state, and reads as one
    """The audit does not stand where this can be done."""


class NotReadyToSubmit(AuditError):  # noqa: N818 - it says a state, and reads as one
    """Statements are blank, or not applicable without a reason."""
