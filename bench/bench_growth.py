"""The same page in a large programme and in a small one."""

from collections.abc import Callable, Iterator
from functools import partial

from bench.measure import Result, Scale, Side, side_by_side
from bench.programme import Programme, programme_of
from bench.server import Visitor, product, signed_in
from bench.visits import ready_for_the_dashboard
from core.unchanged import Unchanged


def public_list_growth(scale: Scale) -> Iterator[Result]:
    """The first page of the public list."""
    visitor = Visitor(product())

    def ask(programme: Programme) -> Callable[[], object]:
        return lambda: visitor.get("/schools/")

    yield from _growths("public-list/growth", ask, scale)


def public_search_growth(scale: Scale) -> Iterator[Result]:
    """A search of the public list for words that one school in seven has, and for a postcode."""
    visitor = Visitor(product())
    for name, query in (("words", "q=ludlow+brook"), ("postcode", "q=SY3+3AB")):

        def ask(programme: Programme, query: str = query) -> Callable[[], object]:
            return lambda: visitor.get("/schools/", query)

        yield from _growths(f"public-{name}/growth", ask, scale)


def workspaces_growth(scale: Scale) -> Iterator[Result]:
    """The first page of the list of workspaces, and a search of it, as the forum's liaison sees them."""
    for name, query in (("workspaces", ""), ("workspaces-words", "q=ludlow+brook")):

        def ask(programme: Programme, query: str = query) -> Callable[[], object]:
            visitor = signed_in(product(), programme, liaison=True)
            return lambda: visitor.get("/workspaces/", query)

        yield from _growths(f"{name}/growth", ask, scale)


def dashboard_growth(scale: Scale) -> Iterator[Result]:
    """The cards of the cohorts, and the first page of the board, as the forum's liaison sees them.

    Then the board once more as the first to open it after a change does, who waits until it is worked out.
    """
    for name, path, aim in (("dashboard", "/dashboard/", 3), ("dashboard-board", "/dashboard/schools/", 1.5)):
        yield from _growths(f"{name}/growth", partial(_dashboard, path=path), scale, aim=aim)
    afresh = partial(_dashboard, path="/dashboard/schools/", is_afresh=True)
    yield from _growths("dashboard-afresh/growth", afresh, scale, aim=None)


def _dashboard(programme: Programme, *, path: str, is_afresh: bool = False) -> Callable[[], object]:
    visitor = signed_in(product(), ready_for_the_dashboard(programme), liaison=True)

    def ask() -> object:
        if is_afresh:
            Unchanged.forget_all()
        return visitor.get(path)

    return ask


def task_list_growth(scale: Scale) -> Iterator[Result]:
    """The task list of one school's self-audit, with the answers of all the others beside it."""

    def ask(programme: Programme) -> Callable[[], object]:
        visitor = signed_in(product(), programme)
        return lambda: visitor.get(f"/audits/{programme.audit.pk}/")

    yield _growth("task-list/growth", ask, scale, scale.many)


def _growths(
    name: str, ask: Callable[[Programme], Callable[[], object]], scale: Scale, *, aim: float | None = 1.5
) -> Iterator[Result]:
    yield _growth(f"{name}-350", ask, scale, scale.some, aim=aim)
    yield _growth(name, ask, scale, scale.many, aim=aim)


def _growth(
    name: str,
    ask: Callable[[Programme], Callable[[], object]],
    scale: Scale,
    schools: int,
    *,
    aim: float | None = 1.5,
) -> Result:
    large, small = (_side(programme_of(size), ask) for size in (schools, scale.few))
    return side_by_side(name, large, small, aim=aim, pace=scale.pace)


def _side(programme: Programme, ask: Callable[[Programme], Callable[[], object]]) -> Side:
    call = ask(programme)

    def before() -> None:
        programme.use()
        call()

    return Side(call, before)


BENCHES = (task_list_growth, public_list_growth, public_search_growth, workspaces_growth, dashboard_growth)
