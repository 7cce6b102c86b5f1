"""What templates must not hold, and which of them nobody uses. Each check returns what it finds, a line a breach."""

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path

from tests.house.project import ROOT, name_of, project_files

TEMPLATES = ROOT / "templates"
DJANGO_TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
COMMENT = re.compile(r"{%\s*comment.*?{%\s*endcomment\s*%}|{#.*?#}", re.DOTALL)
DATA_TYPES = {"application/json", "application/ld+json"}
URL_ATTRIBUTES = {"href", "src", "action", "formaction", "xlink:href"}
ERROR_PAGES = {"400.html", "403.html", "404.html", "500.html", "403_csrf.html"}
PACK = "govuk/"


class InlineCode(HTMLParser):
    """Collects every place at which markup carries code or style of its own, which the CSP would stop."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []

    def add(self, what: str) -> None:
        self.found.append((self.getpos()[0], what))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name: value or "" for name, value in attrs}
        if tag == "style":
            self.add("<style> element")
        if tag == "script" and "src" not in names and names.get("type") not in DATA_TYPES:
            self.add("<script> without src")
        for name, value in names.items():
            self.check_attribute(name, value)

    def check_attribute(self, name: str, value: str) -> None:
        if name == "style":
            self.add("style attribute")
        elif name.startswith(("on", "hx-on")):
            self.add(f"{name} attribute")
        elif name in URL_ATTRIBUTES and value.strip().lower().startswith("javascript:"):
            self.add(f"javascript: in {name}")
        elif name in {"hx-vals", "hx-headers"} and value.strip().startswith(("js:", "javascript:")):
            self.add(f"code in {name}")


def blank(match: re.Match[str]) -> str:
    """Keeps the line numbers of what is taken out."""
    return "\n" * match[0].count("\n")


def inline_code(markup: str) -> list[str]:
    """Places in a page or template that hold script or style, each with its line. Serves rendered pages too."""
    parser = InlineCode()
    parser.feed(DJANGO_TAG.sub(blank, COMMENT.sub(blank, markup)))
    return [f"line {line}: {what}" for line, what in parser.found]


def inline_code_in(paths: Iterable[Path]) -> list[str]:
    """The same over files."""
    return [f"{name_of(path)}, {found}" for path in paths for found in inline_code(path.read_text())]


def cells_without_role(markup: str) -> list[str]:
    """Parts of tables that become cards on a phone and there lose what they are to those who hear the page."""
    tables = re.findall(r"{% data_table [^%]*cards=True.*?{% enddata_table %}", markup, re.DOTALL)
    parts = re.findall(r"<(?:t[rhd]|thead|tbody)(?![a-z])[^>]*>", "".join(tables))
    return [part for part in parts if "role=" not in part]


def sliding_tables(paths: Iterable[Path]) -> set[str]:
    """Templates with a table whose rows slide sideways on a phone in place of standing below each other."""
    tables = re.compile(r"{% data_table (?![^%]*cards=True)")
    return {name_of(path) for path in paths if tables.search(COMMENT.sub(blank, path.read_text()))}


def template_names(folder: Path = TEMPLATES) -> list[str]:
    """Names of our templates, as `render` and `include` say them."""
    return [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file()]


def written_words() -> str:
    """All Python and all templates of ours, tests left out: what only a test uses is unused."""
    files = [*project_files(".py"), *(path for path in TEMPLATES.rglob("*") if path.is_file())]
    return "\n".join(path.read_text() for path in files if path.relative_to(ROOT).parts[0] != "tests")


def package_folder(name: str) -> Path:
    """Where an installed package lives."""
    spec = find_spec(name)
    assert spec
    assert spec.origin
    return Path(spec.origin).parent


def replaces_a_packages(name: str) -> bool:
    """Whether a package has a template of this name, so that ours stands in for it."""
    folders = (
        package_folder("allauth") / "templates",
        package_folder("django") / "forms" / "templates",
        package_folder("django") / "contrib" / "admin" / "templates",
    )
    return any((folder / name).exists() for folder in folders)


def crispy_asks_for(name: str) -> bool:
    """Whether django-crispy-forms looks for a template of this name in whichever pack is set."""
    if not name.startswith(PACK):
        return False
    wanted = re.compile(rf"""[/}}]{re.escape(name.removeprefix(PACK))}["']""")
    return any(wanted.search(path.read_text()) for path in package_folder("crispy_forms").rglob("*.py"))


def named_in(name: str, words: str) -> bool:
    """Whether the words hold the name in quotes, or its folder with a placeholder and, elsewhere, its last part."""
    folder, _, last = name.rpartition("/")
    stem, _, ending = last.rpartition(".")
    quoted = [f'"{name}"', f"'{name}'"]
    pattern = re.compile(rf"""["']{re.escape(folder)}/{{[^}}]+}}\.{ending}["']""")
    composed = pattern.search(words) and (f'"{stem}"' in words or f"'{stem}'" in words)
    return bool(composed) or any(name in words for name in quoted)


def unused_templates(names: Iterable[str], words: str) -> list[str]:
    """Templates that no view, mail, tag or template names, and that stand in for nobody else's."""
    return [
        name
        for name in names
        if name not in ERROR_PAGES
        and not named_in(name, words)
        and not replaces_a_packages(name)
        and not crispy_asks_for(name)
    ]
