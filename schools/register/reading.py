"""Reading a CSV file of the register row by row, in whatever encoding and column order it comes."""

import codecs
import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

MOST_PROBLEMS = 20
"""How many problems of one file are told before "and so on"."""

_BLOCK = 1 << 16
_NOT_TEXT = {
    b"PK\x03\x04": "This is an Excel workbook or a zip file. Unpack a zip; save a workbook as “CSV UTF-8”.",
    b"\x89PNG": "This is a picture. Choose the CSV file.",
    b"%PDF": "This is a PDF. Choose the CSV file.",
    codecs.BOM_UTF16_LE: "This file is in UTF-16. Save it as “CSV UTF-8”.",
    codecs.BOM_UTF16_BE: "This file is in UTF-16. Save it as “CSV UTF-8”.",
    b"\x1f\x8b": "This file is compressed. Unpack it first.",
}


@dataclass(frozen=True)
class Problem:
    """What is wrong on one line (0: with the file as a whole) and how to mend it."""

    line: int
    text: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.text}" if self.line else self.text


class RegisterRefusedError(Exception):
    """The file cannot be used; nothing was changed. Carries every problem found, up to a limit."""

    def __init__(self, name: str, problems: Sequence[Problem]) -> None:
        self.name = name
        self.problems = tuple(problems)
        super().__init__(f"{name} was refused")


@dataclass(frozen=True)
class Line:
    """One row of the file: the line on which it begins, and its cells by column name."""

    number: int
    cells: dict[str, str]

    def get(self, column: str) -> str:
        """The cell without blanks around it; empty when the file has no such column."""
        return self.cells.get(column, "")


def refuse(path: Path, line: int, text: str) -> RegisterRefusedError:
    """The refusal of a file for one reason."""
    return RegisterRefusedError(path.name, [Problem(line, text)])


def detect_encoding(path: Path) -> str:
    """The file's encoding: UTF-8 with or without a byte-order mark, otherwise Windows-1252.

    Raises RegisterRefusedError for a file that is no text in either.
    """
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    is_utf_8 = True
    with path.open("rb") as file:
        _refuse_what_is_no_text(path, file.read(4))
        file.seek(0)
        line = 1
        while block := file.read(_BLOCK):
            if b"\0" in block:
                line += block[: block.index(b"\0")].count(b"\n")
                raise refuse(path, line, "This is not a text file. Download it again as CSV.")
            line += block.count(b"\n")
            is_utf_8 = is_utf_8 and _decodes(decoder, block)
    return "utf-8-sig" if is_utf_8 and _decodes(decoder, b"", final=True) else "cp1252"


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_what_is_no_text(path: Path, start: bytes) -> None:
    for magic, words in _NOT_TEXT.items():
        if start.startswith(magic):
            raise refuse(path, 0, words)


def count_lines(path: Path) -> int:
    """How many lines the file has, its heading included: about how many rows there are to read."""
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(_BLOCK), b""))


def column_key(name: str) -> str:
    """A column's name as we compare it: no blanks at the ends or twice, no capitals."""
    return " ".join(name.split()).casefold()


class RegisterReader:
    """The rows of one CSV file; reads it anew each time it is iterated, holding one row at a time."""

    def __init__(self, path: Path, *, wanted: Iterable[str], required: Iterable[str]) -> None:
        """Find the encoding and the columns; raises RegisterRefusedError when a `required` column is missing.

        Only `wanted` columns are ever read, so that nothing else of the file can reach us.
        """
        self.path = path
        self.wanted = tuple(wanted)
        try:
            self.encoding = detect_encoding(path)
        except OSError as error:
            raise refuse(path, 0, f"The file cannot be read ({error.strerror}). Check its name.") from None
        with path.open(encoding=self.encoding, newline="") as file:
            header = next(self._rows(file), (1, []))[1]
        self.width = len(header)
        self.positions = self._find(header, tuple(required))

    def _find(self, header: Sequence[str], required: Sequence[str]) -> dict[str, int]:
        if not header:
            raise refuse(self.path, 0, "The file is empty. Download it again.")
        keys = [column_key(name.removeprefix("\u00ef\u00bb\u00bf")) for name in header]
        missing = [name for name in required if column_key(name) not in keys]
        if missing:
            words = ", ".join(f"“{name}”" for name in missing)
            hint = " It is separated by semicolons; save it with commas." if ";" in header[0] else ""
            plural = "columns" if len(missing) > 1 else "column"
            raise refuse(
                self.path,
                1,
                f"The file lacks the {plural} {words}. Choose the download with all fields.{hint}",
            )
        twice = [name for name in self.wanted if keys.count(column_key(name)) > 1]
        if twice:
            raise refuse(self.path, 1, f"The column “{twice[0]}” is there twice. Remove one of them.")
        return {name: keys.index(column_key(name)) for name in self.wanted if column_key(name) in keys}

    def __iter__(self) -> Iterator[Line]:
        """The rows, cells by column name; raises as `cells` does."""
        columns = self.columns
        for number, cells in self.cells():
            yield Line(number, dict(zip(columns, cells, strict=True)))

    @property
    def columns(self) -> tuple[str, ...]:
        """The wanted columns that the file has, in the order in which `cells` gives them."""
        return tuple(self.positions)

    def cells(self) -> Iterator[tuple[int, list[str]]]:
        """Each row's line and its wanted cells.

        Raises RegisterRefusedError at the first row that is cut short or has a cell too many.
        """
        positions, width = tuple(self.positions.values()), self.width
        with self.path.open(encoding=self.encoding, newline="") as file:
            rows = self._rows(file)
            next(rows, None)
            for number, row in rows:
                if len(row) != width:
                    raise self._wrong_width(number, len(row), is_last=next(rows, None) is None)
                yield number, [row[at].strip() for at in positions]

    def _rows(self, file: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
        reader = csv.reader(file, strict=True)
        number = 1
        try:
            for row in reader:
                if row:
                    yield number, row
                number = reader.line_num + 1
        except csv.Error as error:
            raise refuse(self.path, number, _csv_words(error)) from None
        except UnicodeDecodeError:
            words = "There is a character here that is neither UTF-8 nor Windows-1252. Save as “CSV UTF-8”."
            raise refuse(self.path, number, words) from None

    def _wrong_width(self, number: int, cells: int, *, is_last: bool) -> RegisterRefusedError:
        words = f"There are {cells} cells here, and the heading has {self.width}."
        if is_last and cells < self.width:
            words += " The file was cut short: download it again."
        else:
            words += " Look for a comma or a quotation mark that does not belong there."
        return refuse(self.path, number, words)


def _csv_words(error: csv.Error) -> str:
    if "unexpected end of data" in str(error) or "field limit" in str(error):
        return (
            "A quotation mark opens here and is never closed. The file was cut short, or a mark does not "
            "belong there: download it again."
        )
    return "A quotation mark stands in the middle of a cell. Double it, or download the file again."
