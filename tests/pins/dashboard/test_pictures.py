"""Bars that say their numbers to whoever does not see them."""

from xml.etree import ElementTree as ET

import pytest

from core.colours import contrast
from pins.dashboard.column import State
from pins.dashboard.columns import COLUMNS
from pins.dashboard.pictures import FILLS, WIDTH, Share, bar

SVG = "{http://www.w3.org/2000/svg}"
STATES = {state.colour: state for column in COLUMNS for state in column.states}


def drawn(*shares: Share) -> ET.Element:
    return ET.fromstring(bar("Visits <1> & 2", shares))  # noqa: S314 - our own


def test_has_a_title_and_every_number_in_its_description():
    picture = drawn(Share("Held", 3, "green"), Share("Overdue", 0, "red"), Share("Later", 1, "grey"))
    assert picture.findtext(f"{SVG}title") == "Visits <1> & 2"
    assert picture.findtext(f"{SVG}desc") == "Held: 3, Later: 1"


def test_its_parts_fill_it_in_their_shares():
    picture = drawn(Share("Held", 3, "green"), Share("Later", 1, "grey"))
    widths = [float(part.attrib["width"]) for part in picture.findall(f"{SVG}rect")[1:]]
    assert widths == pytest.approx([0.75 * (WIDTH - 1), 0.25 * (WIDTH - 1)], abs=0.1)
    assert [number.text for number in picture.findall(f"{SVG}text")] == ["3", "1"]


def test_a_number_stands_in_a_part_only_where_there_is_room():
    picture = drawn(Share("Held", 999, "green"), Share("Later", 1, "grey"))
    assert [number.text for number in picture.findall(f"{SVG}text")] == ["999", None]


@pytest.mark.parametrize("shares", [[], [Share("Held", 0, "green")]])
def test_nothing_is_an_empty_frame_that_says_so(shares):
    picture = drawn(*shares)
    assert (picture.findtext(f"{SVG}desc"), len(picture.findall(f"{SVG}rect"))) == ("none", 1)


@pytest.mark.parametrize("colour", FILLS)
def test_digits_can_be_read_on_their_fill(colour):
    fill, digits = FILLS[colour]
    assert contrast(fill, digits) >= 4.5


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_every_colour_of_a_state_has_a_fill(state: State):
    assert state.colour in FILLS
