"""What no file of the project says: where a machine keeps it, whose mirror it came from, what is unfinished."""

import re
from collections.abc import Iterable
from pathlib import Path

from tests.house.project import name_of

FORBIDDEN = {
    "a path of somebody's machine": re.compile(r"(?<![\w.~-])/(?:root|work|Users|home/[a-z]\w*)/\w"),
    "a path beside the project": re.compile(r"\.\./shared"),
    "an address of a package registry": re.compile(
        r"index-url|pythonhosted\.org|registry\.npmjs|pypi\.org/simple"
    ),
    "something left to do": re.compile(r"\b(?:TODO|FIXME|XXX)\b"),
}
"""Names a reader of the repository should never meet."""

TEXT = {
    ".py",
    ".html",
    ".jinja",
    ".txt",
    ".md",
    ".yaml",
    ".yml",
    ".toml",
    ".css",
    ".js",
    ".svg",
    ".in",
    ".sh",
    "",
}
SAMPLES = {"test_wording.py", "wording.py"}
ALLOWED = {("bin/lock", "an address of a package registry")}
"""bin/lock names the options that keep addresses out."""


def forbidden_words(text: str) -> list[str]:
    """What the text says that it must not, with its line."""
    return [
        f"line {number}: {what}"
        for number, line in enumerate(text.splitlines(), start=1)
        for what, pattern in FORBIDDEN.items()
        if pattern.search(line)
    ]


def forbidden_words_in(paths: Iterable[Path]) -> list[str]:
    """The same over files; those that are not text, and the samples of this check, are left out."""
    read = [path for path in paths if path.suffix in TEXT and path.name not in SAMPLES]
    return [
        f"{name_of(path)}, {breach}"
        for path in read
        for breach in forbidden_words(path.read_text(errors="replace"))
        if (name_of(path), breach.partition(": ")[2]) not in ALLOWED
    ]
