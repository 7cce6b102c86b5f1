"""A little Markdown for the texts of public pages: headings, lists, bold, links, a panel for parent carers’ voice.

Nothing of what is written reaches the page as markup: raw HTML is shown as it was typed, there are no pictures, and
a link leads to http(s), an e-mail address or a page of ours, or it is no link. See docs/decisions/0026.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

ALLOWED = re.compile(r"(https?://[^\s/]|mailto:[^\s]|/(?![/\\])|#)", re.IGNORECASE)
"""How the address of a link begins."""

_INVISIBLE = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
LEFT_OUT = ["image", "code", "fence", "backticks", "html_block", "html_inline", "lheading", "reference", "hr"]
DEEPEST = 12
CLASSES = {
    "heading_open": {"h2": "govuk-heading-m", "h3": "govuk-heading-s"},
    "bullet_list_open": {"ul": "govuk-list govuk-list--bullet"},
    "ordered_list_open": {"ol": "govuk-list govuk-list--number"},
    "link_open": {"a": "govuk-link"},
    "blockquote_open": {"div": "pins-voice"},
}
TAGS = {"em": "strong", "blockquote": "div"}
"""No italics, which are hard to read; a quotation is the panel in which parent carers speak."""


def render(text: str) -> SafeString:
    """The text as markup of ours; safe whatever the text is."""
    markdown = _markdown(_is_allowed)
    tokens = markdown.parse(text.replace("\x00", ""))
    _dress(tokens)
    return SafeString(markdown.renderer.render(tokens, markdown.options, {}))


def refused_links(text: str) -> list[str]:
    """The addresses of links that lead somewhere they may not, in their order; they would be shown as typed."""
    refused: list[str] = []

    def note(address: str) -> bool:
        if not _is_allowed(address) and address not in refused:
            refused.append(address)
        return True

    _new_markdown(note).parse(text)
    return refused


class Link(NamedTuple):
    """A link as it would be drawn: what a reader sees of it, and where it leads."""

    words: str
    address: str


def unfinished_links(text: str) -> list[Link]:
    """Links without words or without an address, in their order; they would be drawn and be of no use to anybody."""
    links = [link for token in _markdown(_is_allowed).parse(text) for link in _links(token.children or ())]
    return [link for link in links if not link.words or not link.address]


def _links(tokens: Sequence[Token]) -> Iterator[Link]:
    begin: int | None = None
    for at, token in enumerate(tokens):
        if token.type == "link_open":
            begin = at
        elif token.type == "link_close" and begin is not None:
            said = "".join(inner.content or " " for inner in tokens[begin:at])
            is_seen = any(unicodedata.category(character) not in _INVISIBLE for character in said)
            yield Link(" ".join(said.split()) if is_seen else "", str(tokens[begin].attrGet("href") or ""))
            begin = None


def _is_allowed(address: str) -> bool:
    return bool(ALLOWED.match(address))


@cache
def _markdown(is_allowed: Callable[[str], bool]) -> MarkdownIt:
    return _new_markdown(is_allowed)


def _new_markdown(is_allowed: Callable[[str], bool]) -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST}).disable(LEFT_OUT)
    markdown.validateLink = is_allowed  # type: ignore[assignment,method-assign]  # its own way to say so
    return markdown


def _dress(tokens: Sequence[Token]) -> None:
    """Our tags and classes; headings begin at h2 and skip none."""
    last = 1
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            wanted = 2 if int(token.tag[1:]) <= 2 else 3
            last = min(wanted, last + 1) if token.type == "heading_open" else last
            token.tag = f"h{last}"
        token.tag = TAGS.get(token.tag, token.tag)
        if found := CLASSES.get(token.type, {}).get(token.tag):
            token.attrSet("class", found)
        _dress(token.children or ())
