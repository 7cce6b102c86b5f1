"""Telephone numbers of the United Kingdom, kept as they are written here."""

import re

import phonenumbers

HERE = "GB"
LONGEST = 30
DIGITS = 10
"""So many has nearly every number after its 0, also those that Ofcom keeps for made-up people."""


class NoTelephoneNumber(ValueError):  # noqa: N818 - it reads as what it says
    """The words are no number that could be rung."""


def telephone_words(text: str) -> str:
    """A number as it is written here: 01743 254254, 020 7946 0000, 01632 960123 x12. From abroad with its +.

    Numbers for emergencies and for one network are none. Raises NoTelephoneNumber.
    """
    try:
        number = phonenumbers.parse(text, HERE)
    except phonenumbers.NumberParseException:
        raise NoTelephoneNumber from None
    is_ours = number.country_code == phonenumbers.country_code_for_region(HERE)
    has_ten = is_ours and len(phonenumbers.national_significant_number(number)) == DIGITS
    if not has_ten and not phonenumbers.is_valid_number(number):
        raise NoTelephoneNumber
    form = phonenumbers.PhoneNumberFormat
    words = phonenumbers.format_number(number, form.NATIONAL if is_ours else form.INTERNATIONAL)
    return words.replace(" ext. ", " x")


def dialled(number: str) -> str:
    """What a telephone is given to ring the number, as it is written: digits, and the extension apart (RFC 3966)."""
    main, _, extension = re.sub(r"\(0\)|[^\d+x]", "", number.lower()).partition("x")
    return f"{main};ext={extension}" if extension else main
