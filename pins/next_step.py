"""One line of "What to do next"."""

from dataclasses import dataclass
from datetime import date

from core.words import date_words

NO_DATE_YET = "no date yet"
"""Said where a line has no date on purpose."""


@dataclass(frozen=True)
class NextStep:
    """One line: what to do (it begins with a verb), at which school, how long it takes, and by when."""

    verb: str
    url: str
    school: str = ""
    minutes: int | None = None
    minutes_in_all: int | None = None
    """Those of colleagues among them, where that is more."""
    by: date | None = None
    since: str = ""
    overdue: bool = False
    school_pk: int | None = None
    telephone: str = ""
    """The number of the school's office, where a date is to be agreed with it."""
    who: str = ""
    """Who does it, where that is not the reader; the reader's own stand before it."""

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
