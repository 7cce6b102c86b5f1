"""What stands beside the question about safeguarding: the forum's own procedure, or ours while it has written none."""

import re
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.models import ProgrammeSettings
from core.templatetags.reach import telephone_link

FIRST = "If a child is in immediate danger, ring 999 first."
OURS = (
    "Never promise anybody to keep it to yourself. Say that you have to pass it on, and to whom.",
    (
        "Tell the designated safeguarding lead of the school the same day, in person or by telephone, before you "
        "leave if you can."
    ),
    "Write no name and no account of it here. This is not the safeguarding record.",
)
_NUMBER = re.compile(r"(?<!\w)(?:\+?\d[\d ()-]{5,18}\d|999|112|101)(?!\w)")
"""A telephone number as people write it; the three short ones stand alone."""


@dataclass(frozen=True)
class Procedure:
    """What to do, paragraph by paragraph, and whom to ring, line by line."""

    paragraphs: tuple[str, ...]
    phones: tuple[str, ...]

    @property
    def first(self) -> SafeString:
        """That 999 comes first, to press."""
        return with_number_linked(self.paragraphs[0])

    @property
    def to_ring(self) -> list[SafeString]:
        """Whom to ring, each number to press."""
        return [with_number_linked(line) for line in self.phones]


def procedure_of(programme: ProgrammeSettings) -> Procedure:
    """What the page says: that 999 comes first, whatever else the forum has written, then its own words or ours."""
    own = _lines(programme.safeguarding_procedure)
    return Procedure((FIRST, *(own or OURS)), _lines(programme.safeguarding_phones))


def with_number_linked(line: str) -> SafeString:
    """The line, escaped, with the first telephone number in it as a link that rings it."""
    found = _NUMBER.search(line)
    if found is None:
        return format_html("{}", line)
    return format_html("{}{}{}", line[: found.start()], telephone_link(found[0]), line[found.end() :])


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
