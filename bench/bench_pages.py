"""Pages in processor time over a bare Django view with startproject's middleware, in the same server process."""

from collections.abc import Callable, Iterator
from functools import partial

from bench.measure import Pace, Result, Scale, Side, side_by_side
from bench.programme import programme_of
from bench.saving import AnswerSaver
from bench.server import Visitor, bare, product, queries_of, signed_in
from bench.visits import ready_for_the_dashboard
from core.unchanged import Unchanged


def public_list(scale: Scale) -> Iterator[Result]:
    """The public list of 35 schools, for somebody who is not signed in."""
    programme_of(scale.few).use()
    visitor = Visitor(product())
    yield from _over_bare("public-list", lambda: visitor.get("/schools/"), 10, 6, scale.pace)


def section(scale: Scale) -> Iterator[Result]:
    """A section of twelve statements, as the head teacher answers it."""
    programme = programme_of(scale.few)
    visitor = signed_in(product(), programme)
    key = programme.twelve.version.sections.get().area.key
    address = f"/audits/{programme.twelve.pk}/sections/{key}/"
    yield from _over_bare("section", lambda: visitor.get(address), 25, 10, scale.pace)


def task_list(scale: Scale) -> Iterator[Result]:
    """The task list of a self-audit with the real framework."""
    programme = programme_of(scale.few)
    visitor = signed_in(product(), programme)
    address = f"/audits/{programme.audit.pk}/"
    yield from _over_bare("task-list", lambda: visitor.get(address), 15, 10, scale.pace)


def dashboard(scale: Scale) -> Iterator[Result]:
    """The cards and the board of 35 schools: first opened after a change, and again while nothing changed."""
    visitor = signed_in(product(), ready_for_the_dashboard(programme_of(scale.few)), liaison=True)
    for name, path in (("dashboard", "/dashboard/"), ("dashboard-board", "/dashboard/schools/")):
        ask = partial(visitor.get, path)

        def afresh(ask: Callable[[], object] = ask) -> object:
            Unchanged.forget_all()
            return ask()

        yield from _over_bare(name, afresh, 30, 12, scale.pace)
        again, _ = _over_bare(f"{name}-again", ask, 30, 12, scale.pace)
        yield again


def save_answer(scale: Scale) -> Iterator[Result]:
    """One answer saved as it is given."""
    programme = programme_of(scale.few)
    saver = AnswerSaver(signed_in(product(), programme), programme.audit)
    yield from _over_bare("save-answer", saver.save, 15, 8, scale.pace)


def _over_bare(
    name: str, ask: Callable[[], object], aim: float, most_queries: int, pace: Pace
) -> Iterator[Result]:
    nobody = Visitor(bare())
    other = Side(lambda: nobody.get("/word/"))
    yield side_by_side(f"{name}/bare", Side(ask), other, aim=aim, pace=pace)
    count = queries_of(ask)
    yield Result(f"{name}/queries", count, most_queries, count, queries_of(other.call), "queries")


BENCHES = (public_list, section, task_list, dashboard, save_answer)
