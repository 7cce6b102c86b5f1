"""Two colours make the look, and no pair of them that cannot be read."""

import re

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from core.colours import OWN_MAIN, OWN_VOICE, WORDS, Look, contrast, fault_of, normal, pairs

STYLES = (settings.BASE_DIR / "static" / "css" / "pins.css").read_text()
colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#a1b2c3", "#a1b2c3", 1)],
)
def test_contrast_is_as_wcag_has_it(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("#0F5C63", "#0f5c63"),
        (" 0f5c63 ", "#0f5c63"),
        ("#abc", "#aabbcc"),
        ("red", ""),
        ("#12345g", ""),
        ("", ""),
    ],
)
def test_a_colour_is_understood_however_it_is_typed(typed, stored):
    assert normal(typed) == stored


@given(colours, colours)
def test_every_pair_can_be_read_of_colours_that_are_taken(main, voice):
    if fault_of(main) or fault_of(voice):
        return
    assert {pair: contrast(*pair) for pair in pairs(Look(main, voice)) if contrast(*pair) < WORDS} == {}


@given(colours)
def test_a_colour_that_is_refused_comes_with_its_contrast_and_one_that_is_taken(colour):
    fault = fault_of(colour)
    if not fault:
        return
    found = re.fullmatch(
        rf"{colour} is too light: with .+ its contrast is (\d\.?\d?) to 1, and words need 4\.5 to 1\. "
        r"Choose a darker shade, such as (#[0-9a-f]{6})\.",
        fault,
    )
    assert found
    assert float(found[1]) < WORDS
    assert fault_of(found[2]) == ""


def test_every_pair_of_our_own_can_be_read_and_our_own_are_taken():
    assert [pair for pair in pairs(Look(OWN_MAIN, OWN_VOICE)) if contrast(*pair) < WORDS] == []
    assert (fault_of(OWN_MAIN), fault_of(OWN_VOICE)) == ("", "")


def test_our_own_tones_are_those_of_the_stylesheet():
    own = Look(OWN_MAIN, OWN_VOICE)
    assert own.is_own
    assert own.digest == own.paper_css == ""
    stored = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", STYLES))
    tones = dict(re.findall(r"--([a-z-]+):(#[0-9a-f]{6})", own.css))
    assert {name: tone for name, tone in tones.items() if not name.startswith("govuk-")} == {
        name: stored[name] for name in ("teal", "teal-dark", "teal-soft", "plum", "plum-soft")
    }


def test_every_ground_of_the_stylesheet_is_measured():
    grounds = set(re.findall(r"--(?:paper|mist|[a-z]+-soft): (#[0-9a-f]{6});", STYLES))
    assert grounds <= {ground for _, ground in pairs(Look(OWN_MAIN, OWN_VOICE))}


def test_another_colour_makes_another_stylesheet():
    assert Look("#204080", OWN_VOICE).digest != Look("#204081", OWN_VOICE).digest
    assert "--teal:#204080" in Look("#204080", OWN_VOICE).css
    assert "#204080" in Look("#204080", OWN_VOICE).paper_css
