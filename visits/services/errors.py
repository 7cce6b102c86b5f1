"""Why a service refuses; each message is a sentence for the person who asked."""


class VisitError(Exception):
    """Something about the visit does not allow what was asked."""


class VisitGone(VisitError):  # noqa: N818 - it says a state, and reads as one
    """Nobody had turned to the visit, and it went with its school's part in the year."""

    def __init__(self) -> None:
        super().__init__(
            "This visit is not there any more: the school’s part in the year was taken back. Nothing was changed."
        )


class MoveNotAllowed(VisitError):  # noqa: N818 - it says a state, and reads as one
    """The visit does not stand where this can be done."""


class ReasonOwed(VisitError):  # noqa: N818 - it reads as what it says
    """The move needs a reason, and none was given."""

    def __init__(self) -> None:
        super().__init__("Write why. The reason is kept in the school’s history.")


class NotYetHeld(VisitError):  # noqa: N818 - it says a state, and reads as one
    """A visit cannot have been held before it has begun."""

    def __init__(self) -> None:
        super().__init__("This time has not come yet. Log the visit once it has begun.")


class NotesOwed(VisitError):  # noqa: N818 - it reads as what it says
    """There is nothing to share yet."""


class SafeguardingOpen(VisitError):  # noqa: N818 - it says a state, and reads as one
    """Nobody answered the question about safeguarding, nor said that it is to stay open."""

    def __init__(self) -> None:
        super().__init__(
            "The safeguarding question is not answered yet. Answer it, or say that it is to stay open."
        )


class WorkerIsElsewhere(VisitError):  # noqa: N818 - it says a state, and reads as one
    """A worker has another visit at that time."""


class SchoolIsNotInTheYear(VisitError):  # noqa: N818 - it says a state, and reads as one
    """The school withdrew, or has no part in the year."""


class RecordIsClosed(VisitError):  # noqa: N818 - it says a state, and reads as one
    """The record cannot be written as the visit stands; the message says why, and what to do first."""


class ThemeRemoved(VisitError):  # noqa: N818 - it says what happened
    """Somebody took the theme out of the record; it does not come back with a late sending."""

    def __init__(self, by: object) -> None:
        super().__init__(f"{by} removed this theme meanwhile. Copy what you need of it into a new one.")


class KindStays(VisitError):  # noqa: N818 - it reads as what it says
    """Something hangs on the kind of the theme; the message says what, and what to do first."""


class ThemeIsGone(VisitError):  # noqa: N818 - it says a state, and reads as one
    """Somebody took the theme out of the record meanwhile."""

    def __init__(self) -> None:
        super().__init__("That theme was taken out of the record meanwhile. Nothing was changed.")


class WordsGone(VisitError):  # noqa: N818 - it says a state, and reads as one
    """A theme that was removed cannot be put back."""

    def __init__(self) -> None:
        super().__init__("The words of this theme are gone, so it cannot be put back. Write it down again.")


class TimeNotPossible(VisitError):  # noqa: N818 - it says a state, and reads as one
    """The visit cannot be at that time; the message says why."""


class NotASchoolDay(VisitError):  # noqa: N818 - it says a state, and reads as one
    """Schools are closed that day, and nobody said that it is meant so."""


class NobodyToAsk(VisitError):  # noqa: N818 - it says a state, and reads as one
    """The school has nobody who could be written to."""

    def __init__(self) -> None:
        super().__init__(
            "Nobody could be written to: the school has neither a lead with an account nor a contact. Tell them by "
            "telephone, or add a contact first."
        )


class LinkGone(VisitError):  # noqa: N818 - it says a state, and reads as one
    """The link was used, has run out, or was made worthless by something else."""


class NotesMarked(VisitError):  # noqa: N818 - it says a state, and reads as one
    """The guard marked words that nobody has looked at yet."""

    def __init__(self) -> None:
        super().__init__(
            "Words that the school would read are marked: they could say who a child or family is. Look at them below, "
            "then change them or say that they name nobody."
        )


class ReplyStillOpen(VisitError):  # noqa: N818 - it says a state, and reads as one
    """The school has not replied yet and still has time to."""


class TooManyReplies(VisitError):  # noqa: N818 - it reads as what it says
    """The reply was changed so often that one had better ring."""

    def __init__(self) -> None:
        super().__init__("Many replies were sent for this visit already. Please ring or write instead.")


class NobodyToWriteTo(VisitError):  # noqa: N818 - it says a state, and reads as one
    """The school has nobody to whom the summary could be e-mailed."""

    def __init__(self) -> None:
        super().__init__(
            "Nobody could be written to: the school has no lead who signs in and no head teacher among its contacts. "
            "Invite a school lead; once they sign in, they read the summary and reply here."
        )


class NotWithTheSchool(VisitError):  # noqa: N818 - it says a state, and reads as one
    """The summary is not, or not any more, where the school can do this."""


class GatheredMeanwhile(VisitError):  # noqa: N818 - it reads as what it says
    """Somebody else gathered, merged or renamed the same after the page was drawn."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else changed these groups meanwhile, and nothing was written. This is how they stand now: look "
            "once more, then do it again if it is still right."
        )


class KindsDiffer(VisitError):  # noqa: N818 - it says a state, and reads as one
    """Themes of another kind than their group's."""

    def __init__(self, kind: str) -> None:
        super().__init__(
            f"The group is for “{kind.lower()}”, and a theme is of another kind: readers would be told the opposite of "
            "what was said. Gather it into a group of its own kind."
        )


class GroupGone(VisitError):  # noqa: N818 - it reads as what it says
    """The group was merged or taken apart meanwhile, or another of its name was added."""


class ChangedSince(VisitError):  # noqa: N818 - it says a state, and reads as one
    """Somebody else changed the visit after the page was drawn."""

    def __init__(self, how: str) -> None:
        super().__init__(
            f"Somebody changed this visit while the page was open: {how}. What you typed is still here. "
            "Send it again if it is what you want."
        )


class NoFeed(VisitError):  # noqa: N818 - it reads as what it says
    """The calendar is not theirs to have an address of, or not any more."""

    def __init__(self) -> None:
        super().__init__("This calendar is for the school’s leads, and a worker’s own for that worker.")


class TooManyFeeds(VisitError):  # noqa: N818 - it says a state, and reads as one
    """More addresses of this calendar work than one person needs."""

    def __init__(self) -> None:
        super().__init__(
            "You have 10 addresses of this calendar. Take back one that you no longer use first."
        )


class NothingToDecide(VisitError):  # noqa: N818 - it says a state, and reads as one
    """Nothing can become of this theme, or not yet; the message says why."""


class OutcomeIsThere(VisitError):  # noqa: N818 - it says a state, and reads as one
    """Somebody decided already what becomes of the theme."""

    def __init__(self) -> None:
        super().__init__(
            "What becomes of this was decided already. Take that back first to decide otherwise."
        )


class NothingToPublish(VisitError):  # noqa: N818 - it says a state, and reads as one
    """The page for families is empty, or not approved by both; the message says which."""


class ChangeIsOpen(VisitError):  # noqa: N818 - it says a state, and reads as one
    """The school asked for other words, and nobody has answered yet."""

    def __init__(self, by: object) -> None:
        super().__init__(
            f"{by} asked for a change of these words. They are neither approved nor published until it is answered."
        )


class MoreWasAsked(VisitError):  # noqa: N818 - it says what happened
    """The change that was asked for says more than the page showed."""

    def __init__(self) -> None:
        super().__init__(
            "The school added to it meanwhile, or it was answered. Read it once more, as it stands now."
        )


class WordsChanged(VisitError):  # noqa: N818 - it says a state, and reads as one
    """The words are others than those that were read."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody changed the words after this page was shown to you. Read them again below."
        )


class NotOnThePublicList(VisitError):  # noqa: N818 - it says a state, and reads as one
    """The public list does not name the school, so families would not find it."""

    def __init__(self, school: object) -> None:
        super().__init__(
            f"{school} is not on the public list, so nothing about it is published. It has to agree to be named first."
        )


class ReadInANewerEdition(VisitError):  # noqa: N818 - it says a state, and reads as one
    """What was to be taken down is not what families read by now."""

    def __init__(self, edition: int) -> None:
        super().__init__(
            f"Nothing was taken down: families read a newer edition by now, number {edition}. "
            "Look at it, and take that one down if it should not be read."
        )


class MarkedWords(VisitError):  # noqa: N818 - it says a state, and reads as one
    """The guard marked something, and nobody said that it names nobody."""

    def __init__(self) -> None:
        super().__init__(
            "Some words are marked. Change them, or say that they name nobody, before you approve."
        )
