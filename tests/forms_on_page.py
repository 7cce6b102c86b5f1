"""The POST forms of a page, as a browser would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class FormOnPage:
    """One form: where it goes and the names of its hidden fields."""

    action: str
    hidden: dict[str, str] = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[FormOnPage] = []
        self.inside = False

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.inside = given.get("method", "get").lower() == "post"
            if self.inside:
                self.forms.append(FormOnPage(given.get("action") or ""))
        elif tag == "input" and self.inside and given.get("type") == "hidden":
            self.forms[-1].hidden[given["name"]] = given.get("value") or ""

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False


def post_forms(html: str) -> list[FormOnPage]:
    """All POST forms of the page, in order."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms
