"""Made-up register files as large as the national one: its 135 columns, its encoding, its line ends."""

import csv
from collections.abc import Iterator
from pathlib import Path

COUNTRY = 51_000
"""Establishments of the national file, open and closed."""
COLUMNS = 135
_TOWNS = ("Shrewsbury", "Oswestry", "Ludlow", "Bridgnorth", "Market Drayton", "Church Stretton", "Clun")
_KINDS = ("Community school", "Academy converter", "Voluntary aided school", "Foundation school")
_PHASES = ("Primary", "Secondary", "Nursery", "Not applicable", "All-through")
_HEAD = (
    *("URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName"),
    *("TypeOfEstablishment (code)", "TypeOfEstablishment (name)"),
    *("EstablishmentStatus (code)", "EstablishmentStatus (name)", "OpenDate", "CloseDate"),
    *("PhaseOfEducation (code)", "PhaseOfEducation (name)", "NumberOfPupils", "Trusts (name)"),
    *("Street", "Locality", "Town", "Postcode", "SchoolWebsite", "TelephoneNum", "HeadLastName"),
    *("Easting", "Northing"),
)
_FILLING = ("", "Not applicable", "", "1", "Does not apply", "", "England", "E06000051", "", "0")
"""What the columns that nobody reads hold, more or less."""


def write_register(path: Path, rows: int) -> Path:
    """A file of so many rows, always the same."""
    rest = [f"Column {number}" for number in range(len(_HEAD), COLUMNS)]
    filling = [_FILLING[number % len(_FILLING)] for number in range(len(rest))]
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*_HEAD, *rest])
        writer.writerows([*row, *filling] for row in _rows(rows))
    return path


def _rows(count: int) -> Iterator[list[object]]:
    for number in range(count):
        closed = number % 2 == 0
        authority, kind = 201 + number % 150, number % len(_KINDS)
        name = f"{_TOWNS[number % 7]} Brook {number % 9000}, St Mary’s CofE Primary School"
        yield [
            *(100_000 + number, authority, f"Authority {authority}", f"{2000 + number % 7000}", name),
            *(f"{kind + 1:02}", _KINDS[kind], "2" if closed else "1", "Closed" if closed else "Open"),
            f"{number % 28 + 1:02}-09-{1900 + number % 110}" if number % 3 else "",
            f"31-08-{1990 + number % 34}" if closed else "",
            *(number % 5, _PHASES[number % 5], "" if closed else 40 + number % 1400),
            f"Trust {number % 2000}" if kind == 1 else "",
            *(f"{number % 300} High Street", "", _TOWNS[number % 7]),
            f"SY{number % 21 + 1} {number % 9 + 1}A{'ABDEFGHJLN'[number % 10]}",
            "" if closed else f"www.school-{number}.example",
            *("01743000000", "Quillfeather", 300_000 + authority * 500 + number % 20_000),
            250_000 + authority * 300 + number % 20_000,
        ]
