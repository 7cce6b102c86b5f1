"""Telephone numbers as they are written here."""

import pytest
from django.core.exceptions import ValidationError

from core.fields import TelephoneField
from core.telephone import NoTelephoneNumber, dialled, telephone_words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("01743254254", "01743 254254"),
        ("(01743) 254-254", "01743 254254"),
        ("1743254254", "01743 254254"),
        ("+44 (0)1743 254254", "01743 254254"),
        ("02079460000", "020 7946 0000"),
        ("07700900123", "07700 900123"),
        ("01632 960123 ext 12", "01632 960123 x12"),
        ("+353 1 234 5678", "+353 1 234 5678"),
        ("+353 1 234 5678 ext 12", "+353 1 234 5678 x12"),
        ("0800 1111", "0800 1111"),
    ],
)
def test_a_number_is_written_as_it_is_here(typed, words):
    assert telephone_words(typed) == words
    assert telephone_words(words) == words


@pytest.mark.parametrize(
    "typed",
    [
        "999",
        "ask the office",
        "01743 254254 or 01743 254255",
        "12345",
        "01743 25425",
        "0777 123 456",
        "1.000.000,00",
        "=1+1",
        "\0",
    ],
)
def test_what_cannot_be_rung_is_refused(typed):
    with pytest.raises(NoTelephoneNumber):
        telephone_words(typed)


@pytest.mark.parametrize(
    ("words", "given"),
    [
        ("01743 254254", "01743254254"),
        ("01632 960123 x12", "01632960123;ext=12"),
        ("+44 (0)1743 254254", "+441743254254"),
    ],
)
def test_what_a_telephone_is_given(words, given):
    assert dialled(words) == given


def test_a_field_says_how_to_mend_it():
    with pytest.raises(ValidationError, match="Enter one telephone number, like 01743 254254"):
        TelephoneField().clean("the office")


def test_so_it_does_of_what_is_far_too_long():
    with pytest.raises(ValidationError, match="Enter one telephone number"):
        TelephoneField().clean("01743 254254 from 9am, or else the mobile")


def test_a_field_may_be_left_empty():
    assert TelephoneField(required=False).clean(" ") == ""
