"""The files of the project as a reader meets them: what is ours, without environments, caches and vendored code."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("pins", "audits", "training", "visits", "schools", "accounts", "core")
NOT_OURS = {"__pycache__", "node_modules", "staticfiles", "test-results", "vendor"}
KEPT_HIDDEN = {".ci", ".dockerignore", ".env.example", ".gitignore"}


def project_files(*suffixes: str, root: Path = ROOT) -> Iterator[Path]:
    """Every file of ours with one of these endings (any, when none is given), in order."""
    for entry in sorted(root.iterdir()):
        if entry.name in NOT_OURS or (entry.name.startswith(".") and entry.name not in KEPT_HIDDEN):
            continue
        if entry.is_dir():
            yield from project_files(*suffixes, root=entry)
        elif not suffixes or entry.suffix in suffixes:
            yield entry


def name_of(path: Path) -> str:
    """How a message names the file."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


def python_files() -> list[Path]:
    """Python of ours, tests included, migrations not: those are written by Django."""
    return [path for path in project_files(".py") if "migrations" not in path.parts]


def source_files() -> list[Path]:
    """Python that the product runs."""
    return [path for path in python_files() if path.relative_to(ROOT).parts[0] != "tests"]


def suite_files() -> list[Path]:
    """Python of the suite."""
    return [path for path in python_files() if path.relative_to(ROOT).parts[0] == "tests"]
