"""Reads a page as a browser would: enough to ask which element has which attributes and words."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

EMPTY = {"input", "meta", "link", "img", "br", "hr"}


@dataclass
class Element:
    """One element, the words inside it and the elements that it stands in."""

    tag: str
    attributes: dict[str, str]
    ancestors: list[str]
    text: str = ""

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def get(self, name: str) -> str | None:
        """An attribute, or None."""
        return self.attributes.get(name)

    @property
    def classes(self) -> list[str]:
        """Its classes."""
        return self.attributes.get("class", "").split()


@dataclass
class Markup(HTMLParser):
    """A parsed page or part of one."""

    elements: list[Element] = field(default_factory=list)

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements = []
        self._open: list[Element] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remembers the element."""
        element = Element(
            tag, {name: value or "" for name, value in attrs}, [each.tag for each in self._open]
        )
        self.elements.append(element)
        if tag not in EMPTY:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        """Closes it; a page that closes what it did not open fails here."""
        assert self._open, f"</{tag}> closes nothing"
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        """Words belong to every open element."""
        for element in self._open:
            element.text += data

    def all(self, tag: str, css_class: str = "") -> list[Element]:
        """Every element of a kind, perhaps with a class."""
        return [
            each for each in self.elements if each.tag == tag and (not css_class or css_class in each.classes)
        ]

    def one(self, tag: str, css_class: str = "") -> Element:
        """The only one."""
        found = self.all(tag, css_class)
        assert len(found) == 1, f"{len(found)} of {tag}.{css_class}"
        return found[0]

    def by_id(self, name: str) -> Element:
        """The one with this id; two would be a fault."""
        found = [each for each in self.elements if each.get("id") == name]
        assert len(found) == 1, f"{len(found)} elements with the id {name}"
        return found[0]
