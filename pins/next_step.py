"""One line of "What to do next"."""

from dataclasses import dataclass
from datetime import date

from core.words import date_words


@dataclass(frozen=True)
class NextStep:
    """One line: what to do (it begins with a verb), at which school, how long it takes, and by when."""

    verb: str
    url: str
    school: str = ""
    minutes: int | None = None
    by: date | None = None
    since: str = ""
    overdue: bool = False
    school_pk: int | None = None

    @property
    def title(self) -> str:
        """As the list component calls it."""
        return self.verb

    @property
    def when(self) -> str:
        """The date in words."""
        if self.by is None:
            return self.since
        return f"{'was wanted by' if self.overdue else 'by'} {date_words(self.by)}"
