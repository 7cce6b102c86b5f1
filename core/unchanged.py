"""What was worked out from the database, kept in each process for as long as nobody changed anything.

Everything that matters writes its line of history in the transaction that changes it, so the last lines tell
whether something changed; asking for them is one short query. They are read before the rows are: a
change in between makes the next reader work it out again, never keep what is old. What changes with the
time, or by a hand that writes no history, is at most a minute old.
"""

from collections.abc import Callable, Hashable
from typing import Any, ClassVar, Generic, TypeVar

from django.utils import timezone

from core.models import HistoryEntry
from core.prepared import Prepared

T = TypeVar("T")

LINES = 100
"""How many of the last lines are compared: PostgreSQL shows a lower number late, where its transaction took longer."""
_last_lines = Prepared(lambda: HistoryEntry.objects.order_by("-pk").values_list("pk", flat=True)[:LINES])


class Unchanged(Generic[T]):
    """Keeps at most `most` things, all dropped when there are more."""

    _all: ClassVar[list["Unchanged[Any]"]] = []

    def __init__(self, *, most: int) -> None:
        self._most = most
        self._kept: dict[Hashable, tuple[Hashable, T]] = {}
        Unchanged._all.append(self)

    def get(self, key: Hashable, work_out: Callable[[], T], *, may_keep: Callable[[T], bool]) -> T:
        """What is kept under the key, or else what `work_out` makes; kept for the next if `may_keep` says so."""
        state = (timezone.now().replace(second=0, microsecond=0), *_last_lines())
        kept = self._kept.get(key)
        if kept is not None and kept[0] == state:
            return kept[1]
        found = work_out()
        if may_keep(found):
            if len(self._kept) >= self._most:
                self._kept.clear()
            self._kept[key] = (state, found)
        return found

    @classmethod
    def forget_all(cls) -> None:
        """Keep nothing any more: for whoever changes rows without a line of history, as tests do."""
        for kind in cls._all:
            kind.forget()

    def forget(self) -> None:
        """Keep nothing of this kind any more."""
        self._kept.clear()
