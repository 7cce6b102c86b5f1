"""Where the forum goes without its own name, which is data: another forum is not called PACC, and reads its name."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.house.markup import COMMENT, DJANGO_TAG, blank
from tests.house.project import name_of

LITERAL = re.compile(r"\bPACC\b|\bthe (?:parent carer )?forum\b(?! of\b)", re.IGNORECASE)
ABOUT_EVERY_FORUM = {
    "core/public_texts.py",  # names what may stand in any forum's texts
    "pins/dashboard/enums.py",  # a code, shown with the name of pins.dashboard.filters
    "schools/forms/programme.py",  # asks an administrator for the very name
    "visits/models/families.py",  # a rule of the database, which nobody reads on a page
}


def in_templates(paths: Iterable[Path]) -> list[str]:
    """Words between the tags of templates and e-mails, and texts that a template hands on."""
    return [
        f"{name_of(path)}, line {number}"
        for path in paths
        for number, line in enumerate(COMMENT.sub(blank, path.read_text()).splitlines(), start=1)
        if LITERAL.search(DJANGO_TAG.sub(_handed_on, line))
    ]


def _handed_on(tag: re.Match[str]) -> str:
    """Of a tag only what it says in quotes: "title" of a component, and no name of an address or a variable."""
    return " ".join(text for text in re.findall(r'"([^"]*)"', tag[0]) if " " in text)


def in_code(paths: Iterable[Path]) -> list[str]:
    """Texts in the code, docstrings left out: a text has more than one word."""
    return [
        f"{name_of(path)}, line {number}"
        for path in paths
        if name_of(path) not in ABOUT_EVERY_FORUM
        for number, text in _texts(ast.parse(path.read_text()))
        if " " in text and LITERAL.search(text)
    ]


def _texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    alone = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in alone:
            yield node.lineno, node.value
