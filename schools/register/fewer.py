"""Whether a file has lost rows that the register held before: half a register is worse than last month's."""

from collections import Counter

from schools.models import SchoolUrn
from schools.register.rows import RegisterRow

LARGEST_LOSS = 0.1
"""The share of rows that may be missing; the register itself hardly ever takes one out."""


class Rows:
    """The rows of a file by local authority, beside the URNs that are stored for the same ones.

    Other authorities do not count, so that a county's own file may come after the national one.
    """

    def __init__(self) -> None:
        self._of_authority: Counter[str] = Counter()

    def add(self, row: RegisterRow) -> None:
        """Count one row."""
        self._of_authority[row.values["la_code"]] += 1

    def why_too_few(self) -> str:
        """Why the file must not be used, in words; empty when it has lost no more than a tenth."""
        self._of_authority.pop("", None)
        rows = self._of_authority.total()
        held = SchoolUrn.objects.filter(school__la_code__in=list(self._of_authority)).count()
        if held - rows <= held * LARGEST_LOSS:
            return ""
        return (
            f"The file has {_counted(rows, 'row')} for the local authorities in it, and {held:,} are stored "
            f"here for the same ones. More than a tenth is missing, so it may have been cut short or filtered. "
            "Download all establishments, open and closed."
        )


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
