"""What is known by its shape: e-mail addresses, telephone numbers, postcodes, dates of birth.

Every repetition in a pattern is bounded, so that no text takes more than its length in time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.guard.lists import word_set
from core.guard.marks import Kind, Mark

# --- e-mail ---

BEFORE_AT = re.compile(r"[\w.+%'’-]{1,64}\Z")
AFTER_AT = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
SPELT_AT = re.compile(
    r"\b[\w.+-]{1,40} ?[(\[]at[)\]] ?[\w-]{1,40}(?: ?[.(\[](?:dot[)\] ])? ?\w{2,20}){1,4}", re.IGNORECASE
)
OFFICES = word_set(
    "admin admissions contact enquiries enquiry events family feedback finance governors hello help"
    " helpline helpdesk info inbox mail newsletter noreply office post privacy reception school senco"
    " send sendiass support team training"
)
"""Mailboxes that belong to a place of work and not to a person."""


def addresses(text: str) -> list[tuple[int, int, bool]]:
    """Where e-mail addresses begin and end, and whether each is an office's."""
    found = []
    for place in (at for at, letter in enumerate(text) if letter == "@"):
        before = BEFORE_AT.search(text, max(0, place - 64), place)
        after = AFTER_AT.match(text, place + 1)
        if before and after:
            found.append((before.start(), after.end(), before[0].lower() in OFFICES))
    return found


def emails(text: str) -> Iterator[Mark]:
    """E-mail addresses but those of an office."""
    why = "This looks like an e-mail address, which leads to somebody."
    yield from (Mark(start, end, Kind.EMAIL, why) for start, end, office in addresses(text) if not office)
    yield from (Mark(*found.span(), Kind.EMAIL, why) for found in SPELT_AT.finditer(text))


# --- telephone ---

NUMBER = re.compile(r"(?<![\w.+/£$€#])\(?(?:(?:\+|00)[ ]?\d{1,3}|0)(?:[ \-.()\u00a0]{0,3}\d){7,12}(?![\w/])")
MOBILE_WITHOUT_NOUGHT = re.compile(r"(?<![\w.+/£$€#-])7\d{3}[ -]?\d{3}[ -]?\d{3}(?![\w/])")
LOCAL = re.compile(
    r"\b(?:ring|call|phone|tel|telephone|text|mobile|mob|landline|number|no)(?: me| us| her| him| them)?"
    r"(?: is| on| at)?[ :.]{1,3}(\d{3}[ -]?\d{3})(?![\w/])",
    re.IGNORECASE,
)
A_DATE = re.compile(r"\d{1,2}[.\- ]\d{1,2}[.\- ](?:19|20)\d\d(?!\d)")
SERVICES = ("03", "08")
"""How the numbers of services begin (0300, 0345, 0800, 0808): no family has one."""


def phones(text: str) -> Iterator[Mark]:
    """Telephone numbers but those of public services."""
    why = "This looks like a telephone number, which leads to somebody."
    for found in NUMBER.finditer(text):
        if _is_somebodys(found[0]):
            yield Mark(*found.span(), Kind.PHONE, why)
    yield from (Mark(*found.span(), Kind.PHONE, why) for found in MOBILE_WITHOUT_NOUGHT.finditer(text))
    yield from (Mark(*found.span(1), Kind.PHONE, why) for found in LOCAL.finditer(text))


def _is_somebodys(written: str) -> bool:
    digits = "".join(letter for letter in written if letter.isdigit())
    if written.lstrip("(").startswith(("+", "00")):
        inside = re.sub(r"^(?:00)?440?", "0", digits)
        is_british = inside != digits
        return not (is_british and inside.startswith(SERVICES)) and 9 <= len(digits) <= 15
    return 10 <= len(digits) <= 11 and not digits.startswith(SERVICES) and not A_DATE.match(written)


# --- postcode ---

AREAS = word_set(
    "ab al b ba bb bd bh bl bn br bs bt ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt dy e"
    " ec eh en ex fk fy g gl gu gy ha hd hg hp hr hs hu hx ig im ip iv je ka kt kw ky l la ld le ll"
    " ln ls lu m me mk ml n ne ng nn np nr nw ol ox pa pe ph pl po pr rg rh rm s sa se sg sk sl sm sn"
    " so sp sr ss st sw sy ta td tf tn tq tr ts tw ub w wa wc wd wf wn wr ws wv yo ze"
)
POSTCODE = re.compile(
    r"(?<![\w@-])([a-z]{1,2})\d[a-z\d]?[ \u00a0]{0,2}\d([abd-hjlnp-uw-z]{2})(?![\w@])", re.IGNORECASE
)
ORDINALS = frozenset({"st", "nd", "rd", "th"})


def postcodes(text: str) -> Iterator[Mark]:
    """Whole postcodes; the first half alone is too large an area to matter."""
    for found in POSTCODE.finditer(text):
        if found[1].lower() in AREAS and not (found[2].islower() and found[2] in ORDINALS):
            yield Mark(
                *found.span(), Kind.POSTCODE, "This looks like a whole postcode, which is a few homes."
            )


# --- date of birth ---

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
DATE = re.compile(
    r"(?<![\w/])(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}([./-])\d{1,2}\1\d{2,4}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}\b\.?,?(?: \d{{4}}| \d\d\b)?"
    rf"|{MONTH}(?: the)? \d{{1,2}}(?:st|nd|rd|th)?\b,?(?: \d{{4}})?|{MONTH} \d{{4}})(?!\w)",
    re.IGNORECASE,
)
AGES = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen)"
BIRTH_BEFORE = re.compile(
    rf"\b(?:born|d\.?o\.?b|date of birth|birth ?date|birthdays?|b(?=\.)|turn(?:s|ed|ing|) {AGES})\b[^!?\n]{{0,14}}\Z",
    re.IGNORECASE,
)
BIRTH_AFTER = re.compile(
    r"[^.!?\n\w]{0,3}(?:\w{1,8} ){0,3}(?:birthday|dob|d\.o\.b|date of birth)\b", re.IGNORECASE
)
OF_AN_INSTITUTION = re.compile(r"\b(?:school|trust|forum|charity|nhs|club)(?:['’]?s)?\b|\d0th", re.IGNORECASE)


def births(text: str) -> Iterator[Mark]:
    """Dates that are said to be a birth's or a birthday's."""
    for found in DATE.finditer(text):
        before = text[max(0, found.start() - 40) : found.start()]
        said = BIRTH_BEFORE.search(before)
        if not said and not BIRTH_AFTER.match(text, found.end(), found.end() + 40):
            continue
        if not OF_AN_INSTITUTION.search(before):
            yield Mark(
                *found.span(),
                Kind.BIRTH,
                "This looks like a birthday or a date of birth, which few people share.",
            )


# --- addresses of web pages ---

WEB = re.compile(r"(?:https?://|www\.)[^\s<>\"]{1,200}", re.IGNORECASE)


def webs(text: str) -> list[tuple[int, int]]:
    """Where addresses of web pages stand: no word in them is looked at as a name."""
    return [found.span() for found in WEB.finditer(text)]
