"""The whole board of a year with what is counted from it, kept for as long as nothing changes."""

from collections.abc import Hashable, Sequence
from dataclasses import replace
from functools import cached_property

from django.utils import timezone
from markupsafe import Markup

from accounts.models import User
from core.parts import part
from core.prepared import Prepared
from core.unchanged import Unchanged
from pins.dashboard.board import Row, ShownRow, opened_by, rows_of, shown
from pins.dashboard.cards import Card, cards_of
from pins.dashboard.column import Reader
from pins.dashboard.filters import board_url
from pins.dashboard.stages import Stage, stages_of
from schools.models import Cohort, sees_every_school

MOST = 8
"""Years, each as two kinds of people see it."""
PAGES = 40
"""Pages of a board, and choices of its rows, that are kept with it."""
_COHORTS = Prepared(lambda: Cohort.objects.values_list("pk", "name", "slug"))


class Page:
    """Some rows of a board as they are shown."""

    def __init__(self, rows: list[ShownRow]) -> None:
        self.rows = rows

    @cached_property
    def printed(self) -> Markup:
        """The rows of the table."""
        return part("pins/dashboard/board_rows.jinja", rows=self.rows)


class Board:
    """Every row of a year that somebody sees, in the board's order; the counts are made when first asked for."""

    def __init__(self, rows: list[Row], reader: Reader) -> None:
        self.rows = rows
        self._reader = reader
        self._pages: dict[Hashable, Page] = {}

    def page(self, rows: Sequence[Row], reader: Reader, forum: str) -> Page:
        """These of its rows, kept with it, for whoever may open the same; `forum` is what it is called there."""
        key = (reader.today, opened_by(reader), forum, tuple(row.part.pk for row in rows))
        if key not in self._pages:
            if len(self._pages) >= PAGES:
                self._pages.clear()
            self._pages[key] = Page(shown(rows, reader, forum))
        return self._pages[key]

    @cached_property
    def late(self) -> list[Row]:
        """The rows in which something is overdue."""
        return [row for row in self.rows if row.is_overdue]

    @cached_property
    def cards(self) -> list[Card]:
        """A card for each cohort; one query."""
        return cards_of(self.rows, _COHORTS(), self._reader.year)

    @cached_property
    def stages(self) -> list[Stage]:
        """The pictures over all rows."""
        year = self._reader.year
        return stages_of(self.rows, lambda stands: board_url(year, stands=stands))

    @property
    def may_be_kept(self) -> bool:
        """Whether whatever changes it writes a line of history: a worker that ends its work does not."""
        return not any(stand.state.ends_by_itself for row in self.rows for stand in row.stands)


_boards: Unchanged[Board] = Unchanged(most=MOST)


def board_of(user: User, reader: Reader) -> Board:
    """The board of the year as this person sees it: the one that is kept, where they see every school.

    What is kept for a minute is worked out by a clock of that minute or later, not by the one of the request, which
    may have been read in the minute before.
    """

    def work_out() -> Board:
        by_then = replace(reader, now=timezone.now())
        return Board(rows_of(user, by_then), by_then)

    if not sees_every_school(user):
        return work_out()
    year = reader.year
    key = (year.pk, year.starts_on, year.ends_on, year.closed_at, reader.today, reader.reads_open_audits)
    return _boards.get(key, work_out, may_keep=lambda board: board.may_be_kept)
