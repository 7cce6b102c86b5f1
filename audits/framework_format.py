"""The framework's file format: from the text of a YAML file to a definition, or to every problem in it.

Pure: reads no row and writes none. The format is documented in audits/frameworks/README.md.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from yaml.nodes import MappingNode, Node, ScalarNode

from audits.enums import Level
from audits.strict_yaml import NodeReader, Problem, compose
from schools.enums import Need

LARGEST_FILE = 1_000_000  # bytes
LEVELS = tuple(str(level) for level in Level.values)
SUGGESTED_FROM = LEVELS[:-1]
NEEDS = tuple(Need.values)
DOMAIN, COMPULSORY = "domain", "compulsory"
AREA_KINDS = {
    "leadership": DOMAIN,
    "mental-health": DOMAIN,
    "readiness": DOMAIN,
    "teaching": DOMAIN,
    "environment": DOMAIN,
    "communication": DOMAIN,
    "parent-carers": COMPULSORY,
    "pupil-voice": COMPULSORY,
}
SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", re.ASCII)
VERSION = re.compile(r"[0-9]{1,3}\.[0-9]{1,3}", re.ASCII)

NOTES_KEY = "notes"
"""What the page of a section calls the notes of the whole section, where each statement goes by its own key."""

FRAMEWORK_FIELDS = ("key", "name", "version", "note", "areas")
AREA_FIELDS = ("key", "name", "kind", "introduction", "training", "statements")
STATEMENT_FIELDS = ("key", "text", "guidance", "evidence", "levels", "needs", "actions")
ACTION_FIELDS = ("text", "need", "adjustment", "from")


@dataclass(frozen=True, slots=True)
class ActionDefinition:
    """Something a school could do, suggested to those who rated the statement `suggested_from` or lower."""

    text: str
    need: str
    adjustment: bool
    suggested_from: int


@dataclass(frozen=True, slots=True)
class StatementDefinition:
    """One statement of good practice; `levels` holds the descriptors of levels 1 to 4 in that order."""

    key: str
    text: str
    guidance: str
    evidence: tuple[str, ...]
    levels: tuple[str, ...]
    needs: tuple[str, ...]
    actions: tuple[ActionDefinition, ...]


@dataclass(frozen=True, slots=True)
class AreaDefinition:
    """One section of the audit: an area of practice, the modules that help with it, and its statements."""

    key: str
    name: str
    kind: str
    introduction: str
    training: tuple[str, ...]
    statements: tuple[StatementDefinition, ...]


@dataclass(frozen=True, slots=True)
class FrameworkDefinition:
    """One version of a framework, complete and checked."""

    key: str
    name: str
    version: str
    note: str
    areas: tuple[AreaDefinition, ...]

    @property
    def statements(self) -> Iterator[StatementDefinition]:
        """Every statement, in the order of the file."""
        return (statement for area in self.areas for statement in area.statements)


class FrameworkErrors(Exception):  # noqa: N818 - it carries many errors, and its name says so
    """A framework file is refused; `problems` are all that was found, in the order of the file's lines."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def read_framework(path: Path) -> FrameworkDefinition:
    """The framework in the file at `path`: at most 1,000,000 bytes of UTF-8, with or without byte-order mark.

    Raises FrameworkErrors with every problem; a file that cannot be opened is one too.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise FrameworkErrors([Problem(1, "", f"The file cannot be opened: {error.strerror}.")]) from error
    if len(content) > LARGEST_FILE:
        raise FrameworkErrors([Problem(1, "", "The file is over 1 MB. A framework is far shorter.")])
    try:
        return parse_framework(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = "The file is not in UTF-8. Save it again with the encoding UTF-8."
        raise FrameworkErrors([Problem(line, "", message)]) from error


def parse_framework(text: str) -> FrameworkDefinition:
    """The framework that `text` describes. Raises FrameworkErrors with every problem that it finds."""
    root, problems = compose(text)
    if root is None:
        raise FrameworkErrors(problems)
    reader = _FrameworkReader()
    framework = reader.framework(root)
    if problems or reader.problems:
        raise FrameworkErrors([*problems, *reader.problems])
    return framework


class _FrameworkReader(NodeReader):
    """The format's fields, their lengths, and what must be said once only."""

    def __init__(self) -> None:
        super().__init__()
        self.first_lines: dict[str, int] = {}

    def framework(self, node: Node) -> FrameworkDefinition:
        fields = self.fields(node, "", names=FRAMEWORK_FIELDS)
        definition = FrameworkDefinition(
            key=self.slug(fields.get("key"), "key"),
            name=self.text(fields.get("name"), "name", longest=120),
            version=self.version(fields.get("version")),
            note=self.text(fields.get("note"), "note", longest=600),
            areas=tuple(
                self.area(item, _label(item, f"areas.{position}"))
                for position, item in self.numbered(fields.get("areas"), "areas", most=len(AREA_KINDS))
            ),
        )
        self.expect_compulsory(fields.get("areas"), definition.areas)
        return definition

    def area(self, node: Node, where: str) -> AreaDefinition:
        fields = self.fields(node, where, names=AREA_FIELDS)
        key = self.choice(fields.get("key"), f"{where}.key", among=AREA_KINDS)
        self.expect_once(fields.get("key"), f"{where}.key", kind="area", key=key)
        statements = self.numbered(fields.get("statements"), f"{where}.statements", most=20)
        return AreaDefinition(
            key=key,
            name=self.text(fields.get("name"), f"{where}.name", longest=80),
            kind=self.area_kind(fields.get("kind"), f"{where}.kind", key=key),
            introduction=self.text(fields.get("introduction"), f"{where}.introduction", longest=400),
            training=self.slugs(fields.get("training"), f"{where}.training"),
            statements=tuple(
                self.statement(item, f"{where}.{_label(item, f'statements.{position}')}")
                for position, item in statements
            ),
        )

    def statement(self, node: Node, where: str) -> StatementDefinition:
        fields = self.fields(node, where, names=STATEMENT_FIELDS)
        key = self.statement_key(fields.get("key"), f"{where}.key")
        self.expect_once(fields.get("key"), f"{where}.key", kind="statement", key=key)
        evidence = self.items(fields.get("evidence"), f"{where}.evidence", least=1, most=6)
        return StatementDefinition(
            key=key,
            text=self.text(fields.get("text"), f"{where}.text", longest=250),
            guidance=self.text(fields.get("guidance"), f"{where}.guidance", longest=600),
            evidence=tuple(self.text(item, f"{where}.evidence", longest=200) for item in evidence),
            levels=self.levels(fields.get("levels"), f"{where}.levels"),
            needs=self.choices(fields.get("needs"), f"{where}.needs", among=NEEDS),
            actions=tuple(
                self.action(item, f"{where}.actions.{position}")
                for position, item in self.numbered(fields.get("actions"), f"{where}.actions", most=6)
            ),
        )

    def levels(self, node: Node | None, where: str) -> tuple[str, ...]:
        fields = self.fields(node, where, names=LEVELS)
        return tuple(self.text(fields.get(level), f"{where}.{level}", longest=350) for level in LEVELS)

    def action(self, node: Node, where: str) -> ActionDefinition:
        fields = self.fields(node, where, names=ACTION_FIELDS)
        suggested_from = self.choice(fields.get("from"), f"{where}.from", among=SUGGESTED_FROM)
        return ActionDefinition(
            text=self.text(fields.get("text"), f"{where}.text", longest=300),
            need=self.choice(fields.get("need"), f"{where}.need", among=NEEDS),
            adjustment=self.switch(fields.get("adjustment"), f"{where}.adjustment"),
            suggested_from=int(suggested_from or 0),
        )

    def numbered(self, node: Node | None, where: str, *, most: int) -> Iterator[tuple[int, Node]]:
        """The items of a list of one to `most`, counted from 1."""
        return enumerate(self.items(node, where, least=1, most=most), start=1)

    def slug(self, node: Node | None, where: str) -> str:
        key = self.text(node, where, longest=60)
        if node is None or not key or SLUG.fullmatch(key):
            return key
        self.say(node, where, "Use small letters, figures and single hyphens, such as “calm-space”.")
        return ""

    def statement_key(self, node: Node | None, where: str) -> str:
        key = self.slug(node, where)
        if node is None or key != NOTES_KEY:
            return key
        self.say(
            node, where, f"“{key}” is what the notes of a section are called. Give the statement another key."
        )
        return ""

    def slugs(self, node: Node | None, where: str) -> tuple[str, ...]:
        found: list[str] = []
        for item in self.items(node, where, least=0, most=12):
            slug = self.slug(item, where)
            if slug and slug in found:
                self.say(item, where, f"“{slug}” is here twice. Keep one of the two.")
            found.append(slug)
        return tuple(found)

    def version(self, node: Node | None) -> str:
        version = self.text(node, "version", longest=7)
        if node is not None and version and not VERSION.fullmatch(version):
            self.say(node, "version", "Write two numbers with a point between, such as “1.0”.")
        return version

    def area_kind(self, node: Node | None, where: str, *, key: str) -> str:
        kind = self.choice(node, where, among=(DOMAIN, COMPULSORY))
        expected = AREA_KINDS.get(key, kind)
        if node is not None and kind and kind != expected:
            self.say(node, where, f"The area “{key}” is of the kind “{expected}”. Write that.")
        return kind

    def expect_once(self, node: Node | None, where: str, *, kind: str, key: str) -> None:
        if node is None or not key:
            return
        first = self.first_lines.get(f"{kind} {key}")
        if first:
            self.say(node, where, f"“{key}” is on line {first} already. Give each {kind} its own key.")
        else:
            self.first_lines[f"{kind} {key}"] = node.start_mark.line + 1

    def expect_compulsory(self, node: Node | None, areas: tuple[AreaDefinition, ...]) -> None:
        present = {area.key for area in areas}
        missing = [key for key, kind in AREA_KINDS.items() if kind == COMPULSORY and key not in present]
        if node is not None and missing:
            self.say(node, "areas", f"Add the compulsory part that is missing: {', '.join(missing)}.")


def _label(node: Node, otherwise: str) -> str:
    """What an error calls this item: its own key when that is well formed, else its place in the list."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            named = isinstance(key, ScalarNode) and key.value == "key" and isinstance(value, ScalarNode)
            if named and len(value.value) <= 60 and SLUG.fullmatch(value.value):
                return str(value.value)
    return otherwise
