"""Reading YAML that people write by hand, and that might be hostile: every problem, each with its line.

Nothing is constructed from the file. It is composed into nodes, and a `NodeReader` takes text, choices and
lists out of them, so a tag can run no code, a number can be no bomb, and each value still knows its line.
"""

import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

DEEPEST = 12
REFUSED_TAG = "!refused"
STRING_TAG = "tag:yaml.org,2002:str"
BOOLEAN_TAG = "tag:yaml.org,2002:bool"
# Characters that turn the direction of the text round them: they can make a file read otherwise than it is.
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
TAKEN_FOR = {
    BOOLEAN_TAG: "yes or no",
    "tag:yaml.org,2002:int": "a number",
    "tag:yaml.org,2002:float": "a number",
    "tag:yaml.org,2002:timestamp": "a date",
    "tag:yaml.org,2002:null": "nothing at all",
}


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend: the line (from 1), where in the file, and what to do, in plain words."""

    line: int
    key: str
    message: str

    def __str__(self) -> str:
        where = f"line {self.line}, {self.key}" if self.key else f"line {self.line}"
        return f"{where}: {self.message}"


class _TooDeep(yaml.MarkedYAMLError):
    """The file nests deeper than any file of ours has reason to."""


class _StrictLoader(yaml.SafeLoader):
    """Composes nodes, and notes aliases, anchors and tags as problems where it meets them."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.problems: list[Problem] = []
        self.depth = 0

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        message = _refusal(event)
        if message:
            self.problems.append(Problem(event.start_mark.line + 1, "", message))
        if self.check_event(yaml.AliasEvent):
            self.get_event()  # type: ignore[no-untyped-call]
            return ScalarNode(REFUSED_TAG, "", event.start_mark, event.end_mark)
        if self.depth >= DEEPEST:
            raise _TooDeep(problem="too many levels inside each other", problem_mark=event.start_mark)
        event.anchor = None
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        if message and node is not None:
            node.tag = REFUSED_TAG
        return node


def _refusal(event: Any) -> str:
    """Why this event is refused, in plain words, or nothing."""
    if isinstance(event, yaml.AliasEvent):
        name = _shown(event.anchor or "")
        return f"“*{name}” repeats another part of the file. Write the text out in full here."
    if getattr(event, "anchor", None):
        return f"Take away “&{_shown(event.anchor)}”: parts of this file cannot be named and repeated."
    if getattr(event, "tag", None):
        return f"Take away “{_shown(event.tag)}”: this file holds plain text, lists and fields, and no tags."
    return ""


def compose(text: str) -> tuple[Node | None, list[Problem]]:
    """The one document in `text` as a tree of nodes, and what is wrong with it as YAML.

    The tree is None when the text could not be read to its end. Takes time in proportion to the text.
    """
    problems = list(_unprintable_lines(text))
    if problems:
        return None, problems
    loader = _StrictLoader(text)
    try:
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        return None, [*loader.problems, _problem_from(error)]
    except (yaml.YAMLError, ValueError, OverflowError):
        # PyYAML lets int() and chr() speak for themselves when an escape or a version number is out of range.
        message = "This is not valid YAML. Take out the % or \\ in this line."
        return None, [*loader.problems, Problem(loader.line + 1, "", message)]
    finally:
        loader.dispose()
    if node is None:
        problems = [Problem(1, "", "The file is empty. Write the framework in it.")]
    return node, [*loader.problems, *problems]


def _problem_from(error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    hint = "Check the spaces at the start of this line and the one above; put quotes round text with a colon."
    return Problem(line, "", f"This is not valid YAML ({error.problem or error.context}). {hint}")


def _unprintable_lines(text: str) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), start=1):
        bad = unprintable(line.rstrip("\r"))
        if bad:
            yield Problem(number, "", f"The character {bad} cannot be shown or stored. Take it out.")


def unprintable(text: str) -> str:
    """The first character of `text` that cannot be shown or stored, such as “U+0000”, or nothing."""
    if text.isascii() and text.isprintable():
        return ""
    for character in text:
        if character in "\n\t":
            continue
        if character in TURNING or unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}:
            return f"U+{ord(character):04X}"
    return ""


class NodeReader:
    """Takes values out of nodes and gathers problems; a value that is wrong comes back empty.

    Each method takes a node or None. None means that the field is missing, which `fields` has said already.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def say(self, node: Node, where: str, message: str) -> None:
        """Note a problem at the line where `node` begins, unless the node has been refused already."""
        if node.tag != REFUSED_TAG:
            self.problems.append(Problem(node.start_mark.line + 1, where, message))

    def fields(self, node: Node | None, where: str, *, names: Collection[str]) -> dict[str, Node]:
        """The fields of a mapping by name; says which are missing, here twice or unknown."""
        if node is None:
            return {}
        if not isinstance(node, MappingNode):
            self.say(node, where, f"Write this as fields, one to a line: {_listed(names)}.")
            return {}
        found: dict[str, Node] = {}
        for key, value in node.value:
            self._take_field(found, key, value, where, names)
        missing = [name for name in names if name not in found]
        if missing:
            self.say(node, where, f"Add {_listed(missing)}.")
        return found

    def _take_field(
        self, found: dict[str, Node], key: Node, value: Node, where: str, names: Collection[str]
    ) -> None:
        name = key.value if isinstance(key, ScalarNode) else ""
        if name not in names:
            shown = f"“{_shown(name)}”" if name else "This"
            self.say(key, where, f"{shown} is not a field here. The fields are {_listed(names)}.")
        elif name in found:
            self.say(key, _join(where, name), f"“{name}” is here twice. Keep one of the two.")
        else:
            found[name] = value

    def items(self, node: Node | None, where: str, *, least: int, most: int) -> list[Node]:
        """The items of a list with at least `least` and at most `most` of them."""
        if node is None:
            return []
        if not isinstance(node, SequenceNode):
            self.say(node, where, "Write this as a list, each item with a dash and a space before it.")
            return []
        count = len(node.value)
        if not least <= count <= most:
            self.say(node, where, f"This list has {count} items; give it {_between(least, most)}.")
        return list(node.value[:most])

    def text(self, node: Node | None, where: str, *, longest: int) -> str:
        """Text on one line (line breaks become spaces) of 1 to `longest` characters."""
        if node is None:
            return ""
        if not isinstance(node, ScalarNode):
            self.say(node, where, "Write plain text here. Text with “: ” in it needs quotes.")
            return ""
        if node.tag != STRING_TAG:
            taken = TAKEN_FOR.get(node.tag, "something else")
            self.say(node, where, f"YAML takes this for {taken}. Write text, and put quotes round it.")
            return ""
        return self._fitting(node, where, longest)

    def _fitting(self, node: ScalarNode, where: str, longest: int) -> str:
        bad = unprintable(node.value)
        text = " ".join(node.value.split())
        if bad:
            self.say(node, where, f"The character {bad} cannot be shown or stored. Take it out.")
        elif not text:
            self.say(node, where, "This is blank. Write its text.")
        elif len(text) > longest:
            self.say(node, where, f"This has {len(text)} characters. Shorten it to {longest} at most.")
        else:
            return text
        return ""

    def choice(self, node: Node | None, where: str, *, among: Collection[str]) -> str:
        """One of a few words or figures, with or without quotes."""
        if node is None:
            return ""
        if isinstance(node, ScalarNode) and node.value in among:
            return str(node.value)
        shown = f", not “{_shown(node.value)}”" if isinstance(node, ScalarNode) else ""
        self.say(node, where, f"Write one of {_listed(among)}{shown}.")
        return ""

    def choices(self, node: Node | None, where: str, *, among: Collection[str]) -> tuple[str, ...]:
        """A list of at least one of a few words, none of them twice."""
        chosen: list[str] = []
        for item in self.items(node, where, least=1, most=len(among)):
            word = self.choice(item, where, among=among)
            if word in chosen and word:
                self.say(item, where, f"“{word}” is here twice. Keep one of the two.")
            chosen.append(word)
        return tuple(chosen)

    def switch(self, node: Node | None, where: str) -> bool:
        """True or false, as YAML understands them."""
        if node is None:
            return False
        if not isinstance(node, ScalarNode) or node.tag != BOOLEAN_TAG:
            self.say(node, where, "Write true or false here, without quotes.")
            return False
        return node.value.lower() in {"yes", "true", "on"}


def _shown(text: str) -> str:
    """The start of what was found, fit for a terminal: escape codes in a file must not act on a screen."""
    return "".join(character if character.isprintable() else "\ufffd" for character in text[:40])


def _listed(names: Collection[str]) -> str:
    return ", ".join(names)


def _between(least: int, most: int) -> str:
    return f"{least} to {most}" if least < most else f"exactly {most}"


def _join(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name
