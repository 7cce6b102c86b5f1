"""A list of schools as a council sends it: typed text, or a file, made into lines of one form."""

import csv
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

MOST_LINES = 500
MOST_CHARACTERS = 60_000
MOST_BYTES = 2_000_000
"""Of a file; 500 schools with their addresses have about 60,000."""
_MOST_UNPACKED = 30_000_000
_MOST_ROWS, _MOST_COLUMNS = 2_000, 200
_MOST_IN_A_LINE = 250

_HEADS = {
    "name": {
        "school",
        "schools",
        "school name",
        "name",
        "name of school",
        "establishment",
        "establishmentname",
    }
    | {"establishment name", "name of establishment"},
    "urn": {"urn", "school urn", "urn number", "dfe urn"},
    "postcode": {"postcode", "post code", "school postcode"},
    "town": {"town", "town or village", "village", "place", "location"},
}
_COLUMNS = tuple(_HEADS)
_OF_BROKEN_WORKBOOKS = (
    *(InvalidFileException, zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, EOFError, OSError),
    *(SyntaxError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError),
)
"""RuntimeError is how zipfile says that a part has a password, or is packed in a way that it does not know."""

_URN = re.compile(r"(?:\burn\b[:\s]*)?(?<![0-9])([1-9][0-9]{5})(?![0-9])", re.IGNORECASE)
_POSTCODE = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{1,2}[0-9][A-Za-z0-9]?) ?([0-9][A-Za-z]{2})(?![A-Za-z0-9])")
_NOT_OF_A_NAME = re.compile(r"(?<!\S)[^\s@]+@\S+|(?<![0-9])[0-9]{3}[/-]?[0-9]{4}(?![0-9])")
_BULLET = re.compile(r"^\s*(?:[-–—•·*▪◦]|\(?[0-9]{1,3}[.)])\s*")
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028\u2029\ufeff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)


class UnreadableListError(Exception):
    """The file is no list that can be read; the words say what would be."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: what was typed, and what of it can be told apart."""

    number: int
    typed: str
    name: str = ""
    urn: int | None = None
    postcode: str = ""
    town: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.typed

    @property
    def is_heading(self) -> bool:
        """Whether it says what stands below it, such as "Primary schools:", or what its columns are."""
        if self.urn or self.postcode:
            return False
        return self.typed.endswith(":") or self.names_columns

    @property
    def names_columns(self) -> bool:
        """Whether it is the row above a table: nothing but what stands in its columns."""
        cells = {cell.strip().casefold() for cell in self.typed.split(",")}
        return cells <= set().union(*_HEADS.values())


def read_text(text: str) -> str:
    """Pasted text with its columns, if it was copied from a table, in our order; other lines stay as they are."""
    rows = [line.split("\t") for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    if sum(len(row) > 1 for row in rows) * 2 > len(rows):
        return _text_of(rows)
    return "\n".join("\t".join(cell[:_MOST_IN_A_LINE] for cell in row[:_MOST_COLUMNS]) for row in rows)


def read_file(file: IO[Any], name: str) -> str:
    """The lines of a .txt, .csv or .xlsx file; raises UnreadableListError with words for the person who sent it."""
    kind = PurePath(name).suffix.lower()
    if kind not in {".xlsx", ".csv", ".txt"}:
        raise UnreadableListError("This kind of file cannot be read. Save the list as .xlsx, .csv or .txt.")
    text = (_text_of(_excel_rows(file)) if kind == ".xlsx" else _plain_text(file, kind)).strip()
    if len(text) > MOST_CHARACTERS:
        raise UnreadableListError(
            f"The list in this file has more than {MOST_CHARACTERS:,} characters. "
            "Leave out what is no school, or share it out over two files and send one after the other."
        )
    return text


def _plain_text(file: IO[Any], kind: str) -> str:
    content = _decoded(file.read(MOST_BYTES + 1))
    if kind == ".txt":
        return read_text(content)
    return _text_of(_csv_rows(content))


def lines_of(text: str) -> list[Line]:
    """The lines of a text that `read_text` or `read_file` made, numbered as they stand, blank ones too."""
    return [_line(number, line) for number, line in enumerate(text.rstrip().splitlines(), start=1)]


def _line(number: int, text: str) -> Line:
    cells = [" ".join(cell.split()) for cell in text.split("\t")]
    typed = ", ".join(cell for cell in cells if cell)
    rest = [_BULLET.sub("", cells[0], count=1), *cells[1:]]
    urn = next((int(at[1]) for cell in rest if (at := _URN.search(cell))), None)
    postcode = next((f"{at[1]} {at[2]}".upper() for cell in rest if (at := _POSTCODE.search(cell))), "")
    left = [_POSTCODE.sub(" ", _URN.sub(" ", _NOT_OF_A_NAME.sub(" ", cell))) for cell in rest]
    said = [found for cell in left if (found := " ".join(cell.split()).strip(" ,;:-–—").replace(" ,", ","))]
    return Line(number, typed, said[0] if said else "", urn, postcode, said[1] if len(said) > 1 else "")


def _decoded(content: bytes) -> str:
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            return _HIDDEN.sub(" ", content.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise UnreadableListError(
        "The letters of this file cannot be read. Save it as “CSV UTF-8” and choose it again."
    )


def _csv_rows(content: str) -> list[list[str]]:
    head = content[:4_000]
    delimiter = max(",;\t", key=head.count)
    try:
        return list(csv.reader(io.StringIO(content, newline=""), delimiter=delimiter))
    except csv.Error:
        raise UnreadableListError(
            "This is no CSV file that can be read. Save the list as .xlsx or .txt."
        ) from None


def _excel_rows(file: IO[Any]) -> list[list[str]]:
    try:
        with zipfile.ZipFile(file) as packed:
            if sum(part.file_size for part in packed.infolist()) > _MOST_UNPACKED:
                raise UnreadableListError(
                    "The workbook is too large. Copy the column of schools into the box."
                )
        book = load_workbook(file, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS, values_only=True)
        return [[_HIDDEN.sub(" ", _excel_text(value)) for value in row] for row in rows]
    except _OF_BROKEN_WORKBOOKS:
        raise UnreadableListError(
            "This is no Excel workbook that can be read. It may be damaged, or protected by a password. "
            "Save the list as .csv."
        ) from None


def _excel_text(value: object) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _text_of(rows: Sequence[Sequence[str]]) -> str:
    """A table as lines: the columns that say which school it is, and no other."""
    rows = [[" ".join(cell.split())[:_MOST_IN_A_LINE] for cell in row[:_MOST_COLUMNS]] for row in rows]
    columns = _headed(rows) or _guessed(rows)
    return "\n".join("\t".join(_cells(row, columns)).rstrip("\t") for row in rows)


def _cells(row: Sequence[str], columns: Iterable[int]) -> list[str]:
    return [row[at] if at < len(row) else "" for at in columns]


def _headed(rows: Sequence[Sequence[str]]) -> list[int]:
    """Where the columns with headings stand, in our order; none when no row names the schools' column."""
    for row in rows[:20]:
        heads = [cell.casefold().strip(" :*") for cell in row]
        at = {
            column: next(i for i, head in enumerate(heads) if head in known)
            for column, known in _HEADS.items()
            if known.intersection(heads)
        }
        if "name" in at and (len(at) > 1 or len([head for head in heads if head]) > 1 or len(row) == 1):
            return [at[column] for column in _COLUMNS if column in at]
    return []


def _guessed(rows: Sequence[Sequence[str]]) -> list[int]:
    """The first column that looks like names, then those that hold URNs and postcodes."""
    columns: list[list[str]] = [[] for _ in range(max((len(row) for row in rows), default=0))]
    for row in rows:
        for at, cell in enumerate(row):
            columns[at] += [cell] * bool(cell)
    names = [at for at, cells in enumerate(columns) if cells and _share(cells, _looks_like_a_name) >= 0.5]
    first = names[0] if names else 0
    others = [
        at
        for pattern in (_URN, _POSTCODE)
        for at, cells in enumerate(columns)
        if at != first and cells and _share(cells, lambda cell, p=pattern: p.fullmatch(cell)) >= 0.5
    ]
    return [first, *others]


def _share(cells: Sequence[str], test: Any) -> float:
    return sum(bool(test(cell)) for cell in cells) / len(cells)


def _looks_like_a_name(cell: str) -> bool:
    letters = sum(character.isalpha() for character in cell)
    return letters >= 4 and letters * 2 > len(cell) and "@" not in cell and not _POSTCODE.fullmatch(cell)
