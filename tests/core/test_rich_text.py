"""A little Markdown, of which nothing but our own markup ever reaches a page."""

import time
from html.parser import HTMLParser

import pytest

from core.rich_text import refused_links, render, unfinished_links
from tests.naughty import naughty_strings

TAGS = {"p", "h2", "h3", "ul", "ol", "li", "a", "strong", "div", "br"}
VALUES = {
    "class": {"govuk-link", "govuk-list govuk-list--bullet", "govuk-list govuk-list--number", "pins-voice"}
    | {"govuk-heading-m", "govuk-heading-s"}
}
UNSAFE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:x)",
    "[x](//evil.example/)",
    "[x](/\\evil.example/)",
    "[x](file:///etc/passwd)",
    "![x](https://evil.example/x.png)",
    '[x](https://a.example/" onclick="alert(1))',
    '[x](https://a.example/ "title\' onclick=alert(1)")',
    "<https://a.example/><javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    '<a href="https://evil.example" style="x">y</a>',
    "&lt;script&gt;&#60;script&#62;",
]


class Seen(HTMLParser):
    """Every tag and attribute of the markup that is none of ours."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.strange: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        if tag not in TAGS:
            self.strange.append(tag)
        for name, value in attrs:
            is_link = (
                tag == "a" and name == "href" and value.lower().startswith(("http", "mailto:", "/", "#"))
            )
            is_link = is_link and not value.startswith(("//", "/\\"))
            is_ours = value in VALUES.get(name, ()) or (tag == "ol" and name == "start") or name == "title"
            if not is_link and not is_ours:
                self.strange.append(f"{tag} {name}={value}")


@pytest.mark.parametrize("text", UNSAFE)
def test_nothing_unsafe_reaches_the_page(text):
    assert Seen(render(text)).strange == []


def test_no_naughty_string_reaches_the_page_as_markup():
    assert {one: Seen(render(one)).strange for one in naughty_strings() if Seen(render(one)).strange} == {}


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("One\n\nTwo", "<p>One</p>\n<p>Two</p>\n"),
        ("# A\n## B", '<h2 class="govuk-heading-m">A</h2>\n<h2 class="govuk-heading-m">B</h2>\n'),
        ("## B\n#### D", '<h2 class="govuk-heading-m">B</h2>\n<h3 class="govuk-heading-s">D</h3>\n'),
        ("### Alone", '<h2 class="govuk-heading-m">Alone</h2>\n'),
        ("- a\n- b", '<ul class="govuk-list govuk-list--bullet">\n<li>a</li>\n<li>b</li>\n</ul>\n'),
        ("1. a", '<ol class="govuk-list govuk-list--number">\n<li>a</li>\n</ol>\n'),
        ("**a** *b*", "<p><strong>a</strong> <strong>b</strong></p>\n"),
        ("> a", '<div class="pins-voice">\n<p>a</p>\n</div>\n'),
        ("[a](/schools/)", '<p><a href="/schools/" class="govuk-link">a</a></p>\n'),
        ("[a](mailto:a@b.example)", '<p><a href="mailto:a@b.example" class="govuk-link">a</a></p>\n'),
        ("<b>a</b>", "<p>&lt;b&gt;a&lt;/b&gt;</p>\n"),
        ("![a](https://b.example/c.png)", '<p>!<a href="https://b.example/c.png" class="govuk-link">a</a></p>\n'),
    ],
)  # fmt: skip
def test_what_is_written_becomes_our_markup(text, markup):
    assert render(text) == markup


@pytest.mark.parametrize(
    "text", ["**a", "[a](", "[a", "> > >", "- \n  - ", "`a", "a\n===", "***", "#", "\x00"]
)
def test_marks_that_are_left_open_do_no_harm(text):
    assert Seen(render(text)).strange == []


@pytest.mark.parametrize(
    "text", ["[" * 20_000, "> " * 10_000, "*a **b " * 2_800, "- " * 10_000, "[a](" * 5_000, "<" * 20_000, "&" * 20_000],
    ids=lambda text: text[:6],
)  # fmt: skip
def test_a_huge_text_is_rendered_in_a_moment(text):
    started = time.process_time()
    assert Seen(render(text)).strange == []
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("[a](https://b.example) [c](/d/) [e](mailto:f@g.example) [h](#i)", []),
        ("[a](javascript:b) [c](//d.example) [a](javascript:b)", ["javascript:b", "//d.example"]),
        ("[a](www.b.example)", ["www.b.example"]),
    ],
)
def test_links_that_lead_nowhere_are_found(text, refused):
    assert refused_links(text) == refused


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[a](/b/) <https://c.example> [](", []),
        ("[a](#b) [{phone}](/c/) [\\*](/d/) [] () \\[](/e/)", []),
        ("[]()", [("", "")]),
        ("[](/b/)", [("", "/b/")]),
        ("- [ ](/b/)\n- [a]()\n\n> [](https://c.example)", [("", "/b/"), ("a", ""), ("", "https://c.example")]),
        ("[a **b**\nc]()", [("a b c", "")]),
        ("[**&nbsp;**](/b/) [\u200b\u00ad](/c/)", [("", "/b/"), ("", "/c/")]),
    ],
)  # fmt: skip
def test_links_without_words_or_address_are_found(text, found):
    assert unfinished_links(text) == found
