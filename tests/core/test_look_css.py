"""The stylesheets: nothing of the government's own, readable colours, every class that a template uses."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static"
TEMPLATES = Path(settings.BASE_DIR) / "templates"
VENDORED = STATIC / "vendor" / "govuk"
OURS = "".join(path.read_text() for path in sorted((STATIC / "css").glob("*.css")))
THEIRS = (VENDORED / "govuk.css").read_text()

HOOKS = re.compile(r"^(govuk-js-.*|govuk-template__body|govuk-(radios|checkboxes|task-list|password-input))$")
"""Classes that scripts look for, and names of blocks whose parts alone have a style."""


def tokens() -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", OURS))


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(tokens()[one]), luminance(tokens()[other])), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def classes_used() -> set[str]:
    used: set[str] = set()
    for path in TEMPLATES.rglob("*.html"):
        if path.parent.name in {"pdf", "emails"}:  # they have a stylesheet of their own
            continue
        # A class that is put together from a value cannot be looked up; each of its values is in the gallery.
        text = re.sub(r"[\w-]*(\{\{.*?\}\}|\{% firstof .*?%\})", " ", path.read_text())
        for value in re.findall(r'class="([^"]*)"', re.sub(r"\{%.*?%\}", " ", text)):
            used.update(value.split())
    return used


def unknown(classes: set[str]) -> list[str]:
    """Those of the look (a page's own stylesheet may leave a name without a rule) that no stylesheet knows."""
    looks = {name for name in classes if name.startswith(("govuk-", "pins-"))}
    known = set(re.findall(r"\.((?:[\w-]|\\!)+)", OURS + THEIRS))
    return sorted(name for name in looks if name.replace("!", "\\!") not in known and not HOOKS.match(name))


def test_every_class_in_a_template_has_a_style():
    assert unknown(classes_used()) == []


def test_a_class_that_no_stylesheet_knows_is_found():
    assert unknown({"govuk-button", "pins-nothing-of-the-kind", "govuk-!-margin-bottom-99"}) == [
        "govuk-!-margin-bottom-99",
        "pins-nothing-of-the-kind",
    ]


@pytest.mark.parametrize("word", ["GDS Transport", "@font-face", "crown", "url("])
def test_nothing_of_the_governments_own_is_in_the_stylesheets(word):
    assert word.lower() not in (OURS + THEIRS).lower()


def test_an_address_that_is_its_own_words_is_printed_once():
    shown = re.compile(r'<a class="([^"]*)" href="\{\{ ([a-z_.]+) \}\}">\{\{ \2 \}\}</a>')
    links = [found for path in TEMPLATES.rglob("*.html") for found in shown.findall(path.read_text())]
    assert {words for words, _ in links} == {"govuk-link pins-address"}
    _, _, on_paper = OURS.partition("@media print")
    assert ".govuk-link.pins-address[href]::after { content: none; }" in on_paper


def test_what_is_vendored_says_its_version_and_licence():
    assert re.fullmatch(r"govuk-frontend 6\.\d+\.\d+\n", (VENDORED / "VERSION").read_text())
    assert "The MIT License" in (VENDORED / "LICENSE.txt").read_text()


def test_styles_and_script_stay_small():
    files = [
        VENDORED / "govuk.css",
        VENDORED / "govuk.js",
        STATIC / "css" / "pins.css",
        STATIC / "img" / "logo.svg",
    ]
    assert sum(len(gzip.compress(path.read_bytes())) for path in files) < 25_000


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *(
            ("ink", ground)
            for ground in ("paper", "mist", "focus", "teal-soft", "plum-soft", "amber-soft", "red-soft")
        ),
        *(("hush", ground) for ground in ("paper", "mist")),
        *(
            ("teal", ground)
            for ground in ("paper", "mist", "teal-soft", "green-soft", "amber-soft", "red-soft")
        ),
        ("teal-dark", "teal-soft"),
        *(("paper", ground) for ground in ("teal", "teal-dark", "red", "plum")),
        *((colour, f"{colour}-soft") for colour in ("plum", "amber", "red", "green")),
        ("red", "paper"),
    ],
)
def test_words_can_be_read_on_their_ground(text, ground):
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize(("line", "ground"), [("line", "paper"), ("teal", "paper"), ("red", "paper")])
def test_the_edges_of_controls_can_be_seen(line, ground):
    assert contrast(line, ground) >= 3
