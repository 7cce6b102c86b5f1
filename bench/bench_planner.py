"""The planner of visits: as it grows by page, and in processor time over a bare Django view."""

from collections.abc import Callable, Iterator

from bench.measure import Result, Scale, Side, side_by_side
from bench.programme import programme_of
from bench.server import Visitor, bare, product, queries_of, signed_in
from bench.visits import with_visits

PAGES = {"first": "", "last": "group=all&page=2", "week": "worker=nobody"}


def planner_growth(scale: Scale) -> Iterator[Result]:
    """The first page, a later one, and what a filter leaves, among 3,000 visits and among 60."""
    few, many = (3, 6) if scale.is_quick else (60, 3_000)

    def side(schools: int, visits: int, query: str) -> Side:
        programme = with_visits(programme_of(schools), visits)
        visitor = signed_in(product(), programme, liaison=True)

        def before() -> None:
            programme.use()
            visitor.get("/visits/", query)

        return Side(lambda: visitor.get("/visits/", query), before)

    for name, query in PAGES.items():
        large, small = side(scale.many, many, query), side(scale.few, few, query)
        yield side_by_side(f"planner-{name}/growth", large, small, aim=1.5, pace=scale.pace)


def planner(scale: Scale) -> Iterator[Result]:
    """The planner at 35 rows, as the liaison opens it."""
    programme = with_visits(programme_of(scale.few), 3 if scale.is_quick else 60)
    visitor = signed_in(product(), programme, liaison=True)
    ask: Callable[[], object] = lambda: visitor.get("/visits/")  # noqa: E731 - it is handed on twice
    nobody = Visitor(bare())
    other = Side(lambda: nobody.get("/word/"), programme.use)
    yield side_by_side("planner/bare", Side(ask, programme.use), other, aim=30, pace=scale.pace)
    programme.use()
    count = queries_of(ask)
    yield Result("planner/queries", count, 12, count, queries_of(other.call), "queries")


BENCHES = (planner_growth, planner)
