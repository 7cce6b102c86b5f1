"""`python -m bench [name...] [--json FILE]`: measures, prints the ratios, writes them to a file."""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from bench.environment import set_up
from bench.measure import Pace, Result, Scale

Bench = Callable[[Scale], Iterator[Result]]

QUICK = Scale(Pace(rounds=1, seconds_a_round=0), few=3, some=4, many=4)


def main() -> None:
    """Run what was asked for; a name that is not known ends it with a list of those that are."""
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="pins-bench-") as folder:
        set_up(Path(folder))
        benches = _benches()
        unknown = set(asked.names) - set(benches)
        if unknown:
            sys.exit(f"No bench is called {', '.join(sorted(unknown))}. There are: {', '.join(benches)}.")
        results: list[Result] = []
        for name in asked.names or benches:
            for result in benches[name](QUICK if asked.quick else Scale()):
                print(line(result), flush=True)
                results.append(result)
    if asked.json:
        asked.json.write_text(json.dumps([result.as_json() for result in results], indent=2) + "\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/bench", description="Measures the product beside frozen baselines."
    )
    parser.add_argument(
        "names", nargs="*", metavar="name", help="which benches; all of them when none is named"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results to this file too")
    parser.add_argument(
        "--quick", action="store_true", help="only see that all of it runs; the ratios mean nothing"
    )
    return parser.parse_args()


def _benches() -> dict[str, Bench]:
    """Every bench of the modules bench_*.py, by the name that its function has, in the order of the files."""
    modules = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    found = (bench for module in modules for bench in import_module(f"bench.{module}").BENCHES)
    return {bench.__name__.replace("_", "-"): bench for bench in found}


def line(result: Result) -> str:
    """One line of the table."""
    if result.unit == "queries":
        numbers = f"{result.ours:.0f} queries"
    else:
        numbers = f"{result.ours:.2f} to {result.other:.2f} {result.unit}"
    aim = "" if result.aim is None else f"aim {result.aim:g}"
    return f"{result.name:22} {result.ratio:8.2f}  {aim:9} {numbers}{'   OVER' if result.is_over else ''}"


if __name__ == "__main__":
    main()
