"""A council's list looked through against the register, beside reading the register's names."""

from collections.abc import Iterator

from accounts.models import User
from bench.measure import Result, Scale, Side, side_by_side
from bench.programme import TOWNS, programme_of
from schools.models import ProgrammeYear, School
from schools.queries.matching import match_lines
from schools.school_lists import MOST_LINES, lines_of


def list_matching(scale: Scale) -> Iterator[Result]:
    """The longest list: a third of its lines found, a third misspelt, a third nowhere."""
    programme_of(scale.few).use()
    lines = lines_of("\n".join(_line(number) for number in range(MOST_LINES)))
    year, admin = ProgrammeYear.objects.get(), User(is_administrator=True)
    ours = Side(lambda: match_lines(lines, year=year, user=admin))
    names = Side(lambda: list(School.objects.order_by().values_list("name", flat=True)))
    yield side_by_side("list-matching/names", ours, names, aim=40, pace=scale.pace.fewer(10))


def _line(number: int) -> str:
    town = TOWNS[number % len(TOWNS)]
    if number % 3 == 0:
        return f"{number}. {town} Hill Prim. {number:05}"
    return f"{town[:-1]}e Hil Primary" if number % 3 == 1 else f"Nowhere {number} C of E"


BENCHES = (list_matching,)
