"""How long things may be, and what a module may not be called. Each check returns what it finds, a line a breach."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.project import name_of

SOURCE_LINES = 400
TEST_LINES = 600
TEMPLATE_LINES = 120
FUNCTION_LINES = 25
VIEW_LINES = 30
VAGUE_NAMES = {"common", "helpers", "misc", "utils", "util", "helper"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def files_too_long(paths: list[Path], most: int) -> list[str]:
    """Files of more than `most` lines: they are split by noun."""
    lengths = {path: len(path.read_text().splitlines()) for path in paths}
    return [
        f"{name_of(path)}: {count} lines, at most {most}" for path, count in lengths.items() if count > most
    ]


def body_lines(function: Function) -> int:
    """Lines of a function's body, without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    if not body:
        return 0
    return (body[-1].end_lineno or 0) - body[0].lineno + 1


def whole_lines(function: Function) -> int:
    """Lines of a function from its first decorator to its end."""
    first = min([function.lineno, *(decorator.lineno for decorator in function.decorator_list)])
    return (function.end_lineno or 0) - first + 1


def functions_of(path: Path) -> Iterator[Function]:
    """Every function and method in the file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, Function):
            yield node


def functions_too_long(paths: list[Path], most: int = FUNCTION_LINES) -> list[str]:
    """Functions whose body is longer than `most` lines."""
    return [
        f"{name_of(path)}:{function.lineno} {function.name}: {body_lines(function)} lines, at most {most}"
        for path in paths
        for function in functions_of(path)
        if body_lines(function) > most
    ]


def is_view_module(path: Path) -> bool:
    """Whether views live there."""
    return path.name == "views.py" or path.parent.name == "views"


def views_too_long(paths: list[Path], most: int = VIEW_LINES) -> list[str]:
    """Functions of view modules that are longer than `most` lines, all told."""
    return [
        f"{name_of(path)}:{function.lineno} {function.name}: {whole_lines(function)} lines, at most {most}"
        for path in paths
        if is_view_module(path)
        for function in functions_of(path)
        if whole_lines(function) > most
    ]


def vaguely_named(paths: list[Path]) -> list[str]:
    """Modules and folders whose name says nothing: a stranger could not guess what is in them."""
    return [name_of(path) for path in paths if VAGUE_NAMES & {path.stem, *path.parent.parts}]
