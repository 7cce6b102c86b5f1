"""A time of the day as people type it."""

from datetime import time

import pytest
from django import forms
from django.core.exceptions import ValidationError

from core.forms import ClockField, GovukForm


class Start(GovukForm, forms.Form):
    clock = ClockField(label="Start")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("9", time(9)),
        ("9:00", time(9)),
        ("9.15am", time(9, 15)),
        ("14:15", time(14, 15)),
        ("2.15", time(14, 15)),
        ("2", time(14)),
        ("02:15", time(2, 15)),
        ("7", time(7)),
        ("12", time(12)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("2 pm", time(14)),
        ("2:15 p.m.", time(14, 15)),
        ("915", time(9, 15)),
        ("1415", time(14, 15)),
        ("Midday", time(12)),
        ("midnight", time(0)),
        ("0:30", time(0, 30)),
        ("  9 AM ", time(9)),
    ],
)
def test_what_people_type(typed, read):
    assert ClockField().clean(typed) == read


@pytest.mark.parametrize("typed", ["24:00", "9:60", "nine", "14pm", "0am", "9:1", "9:00:00", "٩", "-9", "99"])
def test_what_is_no_time_is_refused_with_an_example(typed):
    with pytest.raises(ValidationError, match="Write the time like 9am, 9:15 or 14:15"):
        ClockField().clean(typed)


def test_nothing_is_no_time():
    assert ClockField(required=False).clean(" ") is None


def test_a_required_one_says_so():
    assert Start({"clock": ""}).errors["clock"] == ["Enter start"]


def test_what_we_hold_is_shown_in_words_and_read_again():
    shown = str(Start(initial={"clock": time(14, 15)})["clock"].value())
    assert ClockField().clean(ClockField().prepare_value(time(14, 15))) == time(14, 15)
    assert shown in {"2:15pm", "14:15:00"}
