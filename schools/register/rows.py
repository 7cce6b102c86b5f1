"""What one row of the register says of a school, in our own terms."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from core.telephone import LONGEST, NoTelephoneNumber, telephone_words
from schools.grid import EAST_END, NORTH_END
from schools.models import School

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
OPTIONAL = ("Easting", "Northing", "SchoolWebsite", "TelephoneNum", "NumberOfPupils", "Trusts (name)")
WANTED = REQUIRED + OPTIONAL
"""The columns that are read. The names of head teachers are in the file and never taken."""

KEPT_WHEN_BLANK = frozenset(
    {
        *("type_name", "phase", "la_code", "laestab", "town", "postcode"),
        *("easting", "northing", "website", "telephone", "pupils"),
    }
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
    values: dict[str, Any]
    line: int

    @property
    def la_code(self) -> str:
        """The local authority's three digits, or nothing."""
        return str(self.values["la_code"])

    @property
    def point(self) -> tuple[int, int] | None:
        """Easting and northing, when the row has them."""
        easting, northing = self.values.get("easting"), self.values.get("northing")
        return None if easting is None or northing is None else (easting, northing)

    def forget_point(self) -> None:
        """Leave out a point that cannot be right."""
        self.values["easting"] = self.values["northing"] = None


class Reading:
    """One row being read: what makes the file unusable, and what was left out and why."""

    def __init__(self, columns: Sequence[str], cells: Sequence[str]) -> None:
        self.errors: list[str] = []
        self.notes: list[str] = []
        self._columns = columns
        self._cells = cells

    def cell(self, column: str) -> str:
        """The cell as it stands; empty when the file has no such column."""
        return self._cells[self._columns.index(column)] if column in self._columns else ""

    def text(self, column: str, longest: int) -> str:
        """The cell as one line of text; cut, with a note, when it is longer than can be kept."""
        text = " ".join(_HIDDEN.sub(" ", self.cell(column)).split())
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
        if _is_plain_number(text):
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


class RowReader:
    """Reads rows of one file. What was read before without a remark, or stands as it is, is not read again."""

    def __init__(self, columns: Sequence[str]) -> None:
        """`columns` are the names of the cells that `read` is given, in their order."""
        self.columns = tuple(columns)
        places = {column: at for at, column in enumerate(self.columns)}
        present = [name for name, (column, _) in _FIELDS.items() if column in places or column in REQUIRED]
        self._fields = [(name, places.get(_FIELDS[name][0], -1), _known(name)) for name in present]
        self._urn = places.get("URN", -1)
        self._number, self._numbers = places.get("EstablishmentNumber", -1), _known("laestab")
        self._easting, self._northing = places.get("Easting", -1), places.get("Northing", -1)
        self._has_points = self._easting >= 0 and self._northing >= 0
        points = ("easting", "northing") if self._has_points else ()
        self.names = (*present, "laestab", *points)
        """The fields of a row's values, in their order."""

    def read(self, number: int, cells: list[str]) -> tuple[RegisterRow | None, list[str], list[str]]:
        """The row, what makes the file unusable (then there is no row), notes on what was left out."""
        cells = [*cells, ""]  # the last is that of required columns that are not there
        reading = Reading(self.columns, cells)
        urn = self._read_urn(reading, cells[self._urn])
        if urn is None:
            found = reading.text("URN", 30) or "empty"
            return None, [f"“URN” is {found}. It has six digits."], []
        values = self._values(reading, cells)
        if not values["name"]:
            reading.errors.append(f"The school with URN {urn} has no name. Add it, or remove the row.")
        if reading.errors:
            return None, reading.errors, []
        return RegisterRow(urn, values, number), [], reading.notes

    def _read_urn(self, reading: "Reading", cell: str) -> int | None:
        urn = int(cell) if _is_plain_number(cell) else reading.number("URN")
        return urn if urn is not None and 100_000 <= urn <= 999_999 else None

    def _values(self, reading: "Reading", cells: list[str]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, at, known in self._fields:
            cell = cells[at]
            try:
                values[name] = known[cell]
            except KeyError:
                values[name] = _read_anew(reading, cell, _FIELDS[name][1], known)
        cell, authority = cells[self._number], values["la_code"]
        try:
            number = self._numbers[cell]
        except KeyError:
            number = _read_anew(reading, cell, _number, self._numbers)
        values["laestab"] = f"{authority}/{number}" if len(authority) == 3 and len(number) == 4 else ""
        if self._has_points:
            values["easting"], values["northing"] = _point(
                reading, cells[self._easting], cells[self._northing]
            )
        return values


class _Plain(dict[str, Any]):
    """Cells of a kind that few rows share: the plainest are taken at once, others are to be read (KeyError)."""

    def __init__(self, take: Callable[[str], str | None]) -> None:
        self._take = take

    def __missing__(self, cell: str) -> str:
        value = self._take(cell)
        if value is None:
            raise KeyError(cell)
        return value


def _known(name: str) -> dict[str, Any]:
    take = _PLAIN.get(name)
    return _Plain(take) if take else {}


def _read_anew(reading: "Reading", cell: str, read: Callable[["Reading"], Any], known: dict[str, Any]) -> Any:
    remarks = len(reading.errors) + len(reading.notes)
    value = read(reading)
    is_plain = len(reading.errors) + len(reading.notes) == remarks
    if is_plain and len(known) < MOST_REMEMBERED and not isinstance(known, _Plain):
        known[cell] = value
    return value


def _is_plain_number(cell: str) -> bool:
    return cell.isascii() and cell.isdigit() and len(cell) <= 9


def _plain_name(cell: str) -> str | None:
    """A name that reading would not change: nothing hidden, no blanks twice."""
    stands = len(cell) <= 200 and cell.isprintable() and "  " not in cell and cell == cell.strip()
    return cell if stands else None


def _plain_postcode(cell: str) -> str | None:
    return cell if not cell or _PLAIN_POSTCODE.fullmatch(cell) else None


def _plain_telephone(cell: str) -> str | None:
    """A number of an area with four digits after the 0, which most are, with the 0 or without it."""
    found = _PLAIN_TELEPHONE.fullmatch(cell)
    return f"0{found[1]} {found[2]}" if found else ("" if not cell else None)


def _plain_website(cell: str) -> str | None:
    """An address so plain that any check of it would agree."""
    found = _PLAIN_ADDRESS.fullmatch(cell)
    if found is None:
        return None if cell else ""
    return cell if found[1] else f"https://{cell}"


def _number(reading: "Reading") -> str:
    return _code(reading, "EstablishmentNumber", 4)


def _code(reading: Reading, column: str, digits: int) -> str:
    number = reading.number(column)
    return "" if number is None else f"{number:0{digits}}"


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


def _point(reading: Reading, east: str, north: str) -> tuple[int | None, int | None]:
    if _is_plain_number(east) and _is_plain_number(north):
        easting: int | None = int(east)
        northing: int | None = int(north)
    else:
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


def _telephone(reading: Reading) -> str:
    text = reading.stated("TelephoneNum", 60)
    try:
        words = telephone_words(text) if text else ""
    except NoTelephoneNumber:
        words = None
    if words is None or len(words) > LONGEST:
        reading.notes.append(f"The telephone number {text} is none; it was left out.")
        return ""
    return words


def _is_address(text: str) -> bool:
    try:
        _check_url(text)
    except ValidationError:
        return False
    return True


_FIELDS: dict[str, tuple[str, Callable[[Reading], Any]]] = {
    "name": ("EstablishmentName", lambda row: row.text("EstablishmentName", 200)),
    "status": ("EstablishmentStatus (code)", _status),
    "phase": ("PhaseOfEducation (name)", lambda row: row.text("PhaseOfEducation (name)", 40)),
    "type_name": ("TypeOfEstablishment (name)", lambda row: row.text("TypeOfEstablishment (name)", 100)),
    "la_code": ("LA (code)", lambda row: _code(row, "LA (code)", 3)),
    "town": ("Town", lambda row: row.stated("Town", 80)),
    "postcode": ("Postcode", _postcode),
    "opened_on": ("OpenDate", lambda row: row.day("OpenDate")),
    "closed_on": ("CloseDate", lambda row: row.day("CloseDate")),
    "website": ("SchoolWebsite", _website),
    "telephone": ("TelephoneNum", _telephone),
    "pupils": ("NumberOfPupils", lambda row: row.number("NumberOfPupils")),
    "trust": ("Trusts (name)", lambda row: row.stated("Trusts (name)", 200)),
}
"""Each field of a School with the one column that it comes from; LAESTAB and the point come from two."""

_PLAIN = {
    "name": _plain_name,
    "postcode": _plain_postcode,
    "website": _plain_website,
    "telephone": _plain_telephone,
}
_PLAIN_TELEPHONE = re.compile(
    r"0?(1(?!1|\d1)(?!3873|5242|539[456]|697[347]|768[347]|9467|975[56])[0-9]{3})([0-9]{6})"
)
_PLAIN_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}")
_PLAIN_ADDRESS = re.compile(
    r"(https?://)?(?=[^/]{4,200}(?:/|$))(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,10}(?:/[\w./~-]{0,80})?",
    re.ASCII,
)

MOST_REMEMBERED = 20_000
"""Different cells of one column that are kept, so that a file of nothing but surprises fills no memory."""
