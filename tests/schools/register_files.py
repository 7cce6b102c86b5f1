"""Small register files for tests."""

import csv
import io
from pathlib import Path

from schools.register.reading import Line
from schools.register.rows import RegisterRow, RowReader

DATA = Path(__file__).parent.parent / "data"
REGISTER = DATA / "gias_format_shropshire_893.csv"
LATER = DATA / "gias_format_shropshire_893_after_2025-04.csv"
LINKS = DATA / "links_shropshire_20250422.csv"

COLUMNS = [
    "URN",
    "LA (code)",
    "EstablishmentNumber",
    "EstablishmentName",
    "TypeOfEstablishment (name)",
    "EstablishmentStatus (code)",
    "OpenDate",
    "CloseDate",
    "PhaseOfEducation (name)",
    "NumberOfPupils",
    "Trusts (name)",
    "Town",
    "Postcode",
    "SchoolWebsite",
    "HeadFirstName",
    "HeadLastName",
    "Easting",
    "Northing",
]
ROW = {
    "URN": "123001",
    "LA (code)": "893",
    "EstablishmentNumber": "2032",
    "EstablishmentName": "Caer Ridge Primary School",
    "TypeOfEstablishment (name)": "Community school",
    "EstablishmentStatus (code)": "1",
    "OpenDate": "01-09-1950",
    "PhaseOfEducation (name)": "Primary",
    "NumberOfPupils": "203",
    "Town": "Church Stretton",
    "Postcode": "SY6 6EX",
    "SchoolWebsite": "https://caer-ridge.example/",
    "HeadFirstName": "Zebedee",
    "HeadLastName": "Quillfeather",
    "Easting": "350460",
    "Northing": "295700",
}


def a_row(urn: int = 123001, **cells: str) -> dict[str, str]:
    """One establishment; `cells` by column name with other values."""
    return {**ROW, "URN": str(urn), **cells}


def read_row(line: Line) -> tuple[RegisterRow | None, list[str], list[str]]:
    """One row read by itself, as RowReader reads it."""
    return RowReader(tuple(line.cells)).read(line.number, list(line.cells.values()))


def as_csv(rows: list[dict[str, str]], columns: list[str] | None = None) -> str:
    """The rows as the register writes them."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns or COLUMNS, restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def a_file(folder: Path, *rows: dict[str, str], encoding: str = "utf-8", name: str = "register.csv") -> Path:
    """A register file with these rows, or with one."""
    path = folder / name
    path.write_bytes(as_csv(list(rows) or [a_row()]).encode(encoding))
    return path


def a_links_file(folder: Path, *links: tuple[int, int, str, str]) -> Path:
    """A links file: URN, other URN, type, date."""
    path = folder / "links.csv"
    lines = ["URN,LinkURN,LinkName,LinkType,LinkEstablishedDate"]
    lines += [f'{urn},{other},"A school",{kind},{day}' for urn, other, kind, day in links]
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")
    return path


def plain_pair(old: int, new: int) -> tuple[tuple[int, int, str, str], tuple[int, int, str, str]]:
    """What the links file says, from both ends, when `new` follows `old` on 1 April 2026."""
    return (old, new, "Successor", "31-03-2026"), (new, old, "Predecessor", "01-04-2026")
