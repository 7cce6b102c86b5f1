"""Which page a version was written from, so that a page that sends again replaces what it wrote itself."""

import re
import secrets
from dataclasses import dataclass
from typing import Self

MARK = re.compile(r"([0-9a-f]{12})\.([0-9]{1,6})")
LONGEST_MARK = 19


@dataclass(frozen=True)
class PageMark:
    """One page as it was drawn once for one person, and how often somebody had typed into a part of it."""

    page: str = ""
    turn: int = 0
    """Counted by the page's script, so that an early sending that arrives late replaces nothing; 0 without it."""

    @classmethod
    def new(cls) -> Self:
        """The mark of a page that is being drawn."""
        return cls(secrets.token_hex(6))

    @classmethod
    def read(cls, text: str) -> Self:
        """The mark as it was written down; that of no page for anything else."""
        found = MARK.fullmatch(text)
        return cls(found[1], int(found[2])) if found else cls()

    def __str__(self) -> str:
        return f"{self.page}.{self.turn}" if self.page else ""

    def continues(self, earlier: "PageMark") -> bool:
        """Whether the same page says more, or the same once again."""
        return bool(self.page) and self.page == earlier.page and self.turn >= earlier.turn


NO_PAGE = PageMark()
