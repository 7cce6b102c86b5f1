"""What one row of the register says of a school, in our own terms."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from schools.grid import EAST_END, NORTH_END
from schools.models import School
from schools.register.reading import Line

REQUIRED = (
    "URN",
    "LA (code)",
    "EstablishmentNumber",
    "EstablishmentName",
    "TypeOfEstablishment (name)",
    "EstablishmentStatus (code)",
    "OpenDate",
    "CloseDate",
    "PhaseOfEducation (name)",
    "Town",
    "Postcode",
)
OPTIONAL = ("Easting", "Northing", "SchoolWebsite", "NumberOfPupils", "Trusts (name)")
WANTED = REQUIRED + OPTIONAL
"""The columns that are read. Head teachers' names and telephone numbers are in the file and never taken."""

KEPT_WHEN_BLANK = frozenset(
    {"type_name", "phase", "laestab", "town", "postcode", "easting", "northing", "website", "pupils"}
)
"""Where the register says nothing, what we know stays. Its other blanks mean "none"."""

NOTHING = frozenset({"", "not applicable", "does not apply", "not recorded"})
STATUSES = {
    1: School.Status.OPEN,
    2: School.Status.CLOSED,
    3: School.Status.CLOSING,
    4: School.Status.PROPOSED,
}

_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b\ufeff]")
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
_check_url = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One establishment; `values` are the School's fields by name."""

    urn: int
    la_code: str
    values: dict[str, Any]
    line: int

    @property
    def point(self) -> tuple[int, int] | None:
        """Easting and northing, when the row has them."""
        easting, northing = self.values.get("easting"), self.values.get("northing")
        return None if easting is None or northing is None else (easting, northing)


@dataclass
class Reading:
    """One row being read: what makes the file unusable, and what was left out and why."""

    line: Line
    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def text(self, column: str, longest: int) -> str:
        """The cell as one line of text; cut, with a note, when it is longer than can be kept."""
        text = " ".join(_HIDDEN.sub(" ", self.line.get(column)).split())
        if len(text) > longest:
            self.notes.append(f"“{column}” was cut to {longest} characters.")
            return text[:longest].rstrip()
        return text

    def stated(self, column: str, longest: int) -> str:
        """The same, where "Not applicable" and its like mean that there is none."""
        text = self.text(column, longest)
        return "" if text.casefold() in NOTHING else text

    def number(self, column: str) -> int | None:
        """The cell as a whole number, zero-padded or bare; None for blanks, and with a note for other text."""
        text = self.stated(column, 30)
        if not text:
            return None
        if text.isascii() and text.isdigit() and len(text) <= 9:
            return int(text)
        self.notes.append(f"“{column}” is not a whole number ({text}); it was left out.")
        return None

    def day(self, column: str) -> date | None:
        """The cell as a date; anything that is none is an error."""
        text = self.stated(column, 30)
        for form in ("%d-%m-%Y", "%d/%m/%Y"):
            try:
                return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
            except ValueError:
                continue
        if text:
            self.errors.append(f"“{column}” is {text}. Write dates like 31-08-2024.")
        return None


def read_row(line: Line) -> tuple[RegisterRow | None, list[str], list[str]]:
    """The row, what makes the file unusable (then there is no row), notes on what was left out."""
    reading = Reading(line)
    urn = reading.number("URN")
    if urn is None or not 100_000 <= urn <= 999_999:
        found = reading.text("URN", 30) or "empty"
        return None, [f"“URN” is {found}. It has six digits."], []
    values: dict[str, Any] = {name: read(reading) for name, read in _FIELDS.items()}
    if not values["name"]:
        reading.errors.append(f"The school with URN {urn} has no name. Add it, or remove the row.")
    if "Easting" in line.cells and "Northing" in line.cells:
        values["easting"], values["northing"] = _point(reading)
    for column, (name, read) in _OPTIONAL_FIELDS.items():
        if column in line.cells:
            values[name] = read(reading)
    if reading.errors:
        return None, reading.errors, []
    code = _code(reading, "LA (code)", 3)
    return RegisterRow(urn, code, values, line.number), [], reading.notes


def _code(reading: Reading, column: str, digits: int) -> str:
    number = reading.number(column)
    return "" if number is None else f"{number:0{digits}}"


def _laestab(reading: Reading) -> str:
    authority, number = _code(reading, "LA (code)", 3), _code(reading, "EstablishmentNumber", 4)
    return f"{authority}/{number}" if len(authority) == 3 and len(number) == 4 else ""


def _status(reading: Reading) -> str:
    code = reading.number("EstablishmentStatus (code)")
    if code in STATUSES:
        return STATUSES[code].value
    found = reading.text("EstablishmentStatus (code)", 30) or "empty"
    reading.errors.append(f"“EstablishmentStatus (code)” is {found}. It is 1, 2, 3 or 4.")
    return ""


def _postcode(reading: Reading) -> str:
    text = reading.stated("Postcode", 30).upper()
    if text and not _POSTCODE.fullmatch(text):
        reading.notes.append(f"The postcode {text} is none; it was left out.")
        return ""
    compact = text.replace(" ", "")
    return f"{compact[:-3]} {compact[-3:]}" if compact else ""


def _point(reading: Reading) -> tuple[int | None, int | None]:
    easting, northing = reading.number("Easting"), reading.number("Northing")
    if not easting and not northing:
        return None, None
    if easting and northing and easting < EAST_END and northing < NORTH_END:
        return easting, northing
    reading.notes.append(
        f"The point ({easting or 'no easting'}, {northing or 'no northing'}) is not in Great Britain; "
        "it was left out."
    )
    return None, None


def _website(reading: Reading) -> str:
    """An address that a browser may follow: http or https only, with https added to a bare one."""
    text = reading.stated("SchoolWebsite", 400)
    if not text:
        return ""
    address = text if _SCHEME.match(text) else f"https://{text.lstrip('/')}"
    if len(address) <= 300 and _is_address(address):
        return address
    reading.notes.append(f"The website {text} is no web address; it was left out.")
    return ""


def _is_address(text: str) -> bool:
    try:
        _check_url(text)
    except ValidationError:
        return False
    return True


_FIELDS: dict[str, Callable[[Reading], Any]] = {
    "name": lambda row: row.text("EstablishmentName", 200),
    "status": _status,
    "phase": lambda row: row.text("PhaseOfEducation (name)", 40),
    "type_name": lambda row: row.text("TypeOfEstablishment (name)", 100),
    "laestab": _laestab,
    "town": lambda row: row.stated("Town", 80),
    "postcode": _postcode,
    "opened_on": lambda row: row.day("OpenDate"),
    "closed_on": lambda row: row.day("CloseDate"),
}
_OPTIONAL_FIELDS: dict[str, tuple[str, Callable[[Reading], Any]]] = {
    "SchoolWebsite": ("website", _website),
    "NumberOfPupils": ("pupils", lambda row: row.number("NumberOfPupils")),
    "Trusts (name)": ("trust", lambda row: row.stated("Trusts (name)", 200)),
}
