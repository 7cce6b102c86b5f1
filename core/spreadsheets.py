"""Tables as CSV and Excel files that no spreadsheet program can take for a formula.

A text that begins like a formula (=, +, - or @, their full-width and small forms too, also after blanks or
invisible characters) or begins with a tab or a line break is guarded: in CSV by one apostrophe before it,
which `as_typed` takes off again; in Excel by the cell's type and its "quote prefix", so that the text itself
stays as it was typed. Numbers, dates and truth values keep their kind and need no guard.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from openpyxl import Workbook
from openpyxl.cell import Cell as ExcelCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Cell = str | int | float | Decimal | date | datetime | bool | None

CSV_TYPE = "text/csv; charset=utf-8"
EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767
"""What Excel takes in one cell; a longer text ends with "…"."""

_BEGINS_A_FORMULA = frozenset("=+-@\u2212")
_LINE_BEGINNERS = frozenset("\t\r\n")
_INVISIBLE = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True)
class Table:
    """What is exported: a title for the sheet, the column heads and the rows (read once)."""

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def is_formula_like(text: str) -> bool:
    """Whether some spreadsheet program might do something with this text other than show it."""
    if text[:1] in _LINE_BEGINNERS and text:
        return True
    for character in text:
        if unicodedata.category(character) in _INVISIBLE:
            continue
        return unicodedata.normalize("NFKC", character)[:1] in _BEGINS_A_FORMULA
    return False


def guarded(text: str) -> str:
    """The text as a CSV cell that is safe to open; `as_typed` is the way back, for every text."""
    return f"'{text}" if is_formula_like(text.lstrip("'")) else text


def as_typed(cell: str) -> str:
    """The text that `guarded` was given, from the cell that it made."""
    return cell[1:] if cell.startswith("'") and is_formula_like(cell.lstrip("'")) else cell


def _local(moment: datetime) -> datetime:
    """In our own time zone and without it, since spreadsheets know none."""
    return timezone.localtime(moment).replace(tzinfo=None) if timezone.is_aware(moment) else moment


def _csv_cell(value: Cell) -> str | int | float | Decimal:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int() | float() | Decimal():
            return value
        case datetime():
            return _local(value).isoformat(sep=" ", timespec="minutes")
        case date():
            return value.isoformat()
        case _:
            return guarded(str(value))


def to_csv(table: Table) -> bytes:
    """The table as CSV: UTF-8 with a byte order mark (Excel needs it), every text quoted, lines end CR LF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([guarded(str(head)) for head in table.header])
    writer.writerows([_csv_cell(value) for value in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig", errors="replace")


def _excel_text(text: str) -> str:
    """Text that XML can hold and Excel reads as it stands; what neither can hold becomes U+FFFD."""
    text = _NOT_IN_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > LONGEST_CELL:
        text = text[: LONGEST_CELL - 1] + "…"
    return _LOOKS_ESCAPED.sub("_x005F_", text)


def _excel_cell(sheet: WriteOnlyWorksheet, value: Cell) -> ExcelCell:
    match value:
        case bool():
            return WriteOnlyCell(sheet, "yes" if value else "no")
        case datetime():
            return WriteOnlyCell(sheet, _local(value))
        case str():
            return _excel_text_cell(sheet, value)
        case _:
            cell = WriteOnlyCell(sheet)
            cell.value = value
            return cell


def _excel_text_cell(sheet: WriteOnlyWorksheet, value: str) -> ExcelCell:
    cell = WriteOnlyCell(sheet, _excel_text(value))
    cell.data_type = "s"  # else openpyxl makes a formula of what begins with "="
    cell.quotePrefix = is_formula_like(value)
    cell.alignment = Alignment(wrap_text="\n" in value, vertical="top")
    return cell


def _heads(sheet: WriteOnlyWorksheet, header: Sequence[str]) -> Iterator[ExcelCell]:
    for head in header:
        cell = _excel_text_cell(sheet, head)
        cell.font = Font(bold=True)
        yield cell


def _sheet_name(title: str) -> str:
    return _NOT_IN_SHEET_NAMES.sub(" ", title).strip(" '")[:31].strip(" '") or "Table"


def to_excel(table: Table) -> bytes:
    """The table as an Excel file with one sheet, whose head row is bold and stays in view."""
    book = Workbook(write_only=True)
    book.properties.creator = "PINS Hub"
    book.properties.title = table.title
    sheet = book.create_sheet(_sheet_name(table.title))
    sheet.freeze_panes = "A2"
    for number, head in enumerate(table.header, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = min(max(len(head) + 4, 16), 40)
    sheet.append(list(_heads(sheet, table.header)))
    for row in table.rows:
        sheet.append([_excel_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _download(content: bytes, content_type: str, name: str, extension: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{slugify(name) or "table"}.{extension}"'
    return response


def csv_response(table: Table, name: str) -> HttpResponse:
    """The table as a CSV download called `name` in plain letters."""
    return _download(to_csv(table), CSV_TYPE, name, "csv")


def excel_response(table: Table, name: str) -> HttpResponse:
    """The table as an Excel download called `name` in plain letters."""
    return _download(to_excel(table), EXCEL_TYPE, name, "xlsx")
