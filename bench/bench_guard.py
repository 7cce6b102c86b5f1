"""The guard for identifying text: what it misses, what it marks for nothing, what a long text costs."""

from collections.abc import Iterator

from bench.guarded import HALVES, rates, sentences
from bench.measure import Result, Scale, Side, side_by_side
from core.guard import find

LONG = 20


def guard(scale: Scale) -> Iterator[Result]:
    """Both halves of the corpus, the hold-out last; then a text of 20 times the length beside 20 texts."""
    for half in HALVES:
        made = rates(half)
        missed = made.wanted.total() - made.found.total()
        yield _share(f"guard/missed-{half}", missed, made.wanted.total(), "things")
        yield _share(f"guard/false-{half}", made.alarmed, made.innocent, "sentences")
    text = "\n".join(one.text for one in sentences("tuning"))
    times = 2 if scale.is_quick else LONG
    long = Side(lambda: find(text * times))
    short = Side(lambda: [find(text) for _ in range(times)])
    yield side_by_side("guard/length", long, short, aim=1.5, pace=scale.pace.fewer(5))


def _share(name: str, part: int, whole: int, unit: str) -> Result:
    return Result(name, part / whole, 0.05, part, whole, unit)


BENCHES = (guard,)
