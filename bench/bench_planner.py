"""The planner of visits: as it grows by page, and in processor time over a bare Django view."""

from collections.abc import Callable, Iterator

from bench.measure import Result, Scale, Side, side_by_side
from bench.programme import Programme, programme_of
from bench.server import Visitor, bare, product, queries_of, signed_in
from bench.visits import with_visits
from core.unchanged import Unchanged

PAGES = (
    ("first", "", 1.5),
    ("last", "group=all&page=2", 1.5),
    ("week", "worker=nobody", 1.5),
    ("afresh", "", None),
)
"""What is asked of it, how, and the aim; none for what is only named beside the others."""


def planner_growth(scale: Scale) -> Iterator[Result]:
    """The first page, a later one, and what a filter leaves, among 3,000 visits and among 60.

    Then the first page as the first to open it after a change has it.
    """
    few, many = (3, 6) if scale.is_quick else (60, 3_000)

    def side(schools: int, visits: int, query: str, *, is_afresh: bool) -> Side:
        programme = with_visits(programme_of(schools), visits)
        ask = _planner(programme, query, is_afresh=is_afresh)

        def before() -> None:
            programme.use()
            ask()

        return Side(ask, before)

    for name, query, aim in PAGES:
        is_afresh = aim is None
        large = side(scale.many, many, query, is_afresh=is_afresh)
        small = side(scale.few, few, query, is_afresh=is_afresh)
        yield side_by_side(f"planner-{name}/growth", large, small, aim=aim, pace=scale.pace)


def _planner(programme: Programme, query: str = "", *, is_afresh: bool) -> Callable[[], object]:
    visitor = signed_in(product(), programme, liaison=True)

    def ask() -> object:
        if is_afresh:
            Unchanged.forget_all()
        return visitor.get("/visits/", query)

    return ask


def planner(scale: Scale) -> Iterator[Result]:
    """The planner at 35 rows, as the liaison opens it: first after a change, and again while nothing changed."""
    programme = with_visits(programme_of(scale.few), 3 if scale.is_quick else 60)
    nobody = Visitor(bare())
    other = Side(lambda: nobody.get("/word/"), programme.use)
    for name, is_afresh in (("planner", True), ("planner-again", False)):
        ask = _planner(programme, is_afresh=is_afresh)
        yield side_by_side(f"{name}/bare", Side(ask, programme.use), other, aim=30, pace=scale.pace)
    programme.use()
    count = queries_of(_planner(programme, is_afresh=True))
    yield Result("planner/queries", count, 12, count, queries_of(other.call), "queries")


BENCHES = (planner_growth, planner)
