"""Exports hold what was typed, and no spreadsheet program can take it for a formula."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from core.spreadsheets import (
    LONGEST_CELL,
    Table,
    as_typed,
    csv_response,
    excel_response,
    guarded,
    is_formula_like,
    to_csv,
    to_excel,
)

HOSTILE = [
    "=1+1",
    "+44 1743 000000",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\nplain text after a line break",
    "\tplain text after a tab",
    "  =1+1",
    "\u00a0=1+1",
    "\u200b=1+1",
    "\ufeff@now",
    "\x0b-1",
    "\uff1d1+1",  # full-width =, +, - and @, and a small hyphen
    "\uff0b1",
    "\uff0d1",
    "\uff20now",
    "\ufe631",
    "\u22121",
    "=cmd|' /C calc'!A0",
    "'=1+1",
    "''  =1+1",
]
HARMLESS = ["", "Clun", "a=b", "3 - 2", "'tis", "'", "“quoted”", "£5", "  blank first", "1;=2", "école"]


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read_excel(content: bytes):
    return load_workbook(io.BytesIO(content)).active


def one_cell(value) -> Table:
    return Table("Test", ["What"], [[value]])


@pytest.mark.parametrize("text", HOSTILE)
def test_what_begins_like_a_formula_is_guarded_in_csv(text):
    cell = read_csv(to_csv(one_cell(text)))[1][0]
    assert cell == f"'{text}"
    assert as_typed(cell) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_other_texts_are_left_alone(text):
    assert read_csv(to_csv(one_cell(text)))[1] == [text]


@given(st.text(st.characters(codec="utf-8")))
def test_every_text_comes_back_as_it_was_typed(text):
    assert as_typed(guarded(text)) == text


@given(st.text(st.characters(codec="utf-8")))
def test_no_guarded_text_begins_like_a_formula(text):
    assert not is_formula_like(guarded(text))


@pytest.mark.parametrize("text", [text for text in HOSTILE if not set(text) & {"\r", "\x0b"}])
def test_excel_holds_hostile_text_as_text(text):
    cell = read_excel(to_excel(one_cell(text)))["A2"]
    assert (cell.data_type, cell.value) == ("s", text)


@pytest.mark.parametrize("text", ["=1+1", "  \uff1d1", "@x"])
def test_excel_does_not_compute_a_text_after_it_was_edited(text):
    assert read_excel(to_excel(one_cell(text)))["A2"].quotePrefix


def test_a_head_is_guarded_too():
    table = Table("Test", ["=1+1"], [])
    assert read_csv(to_csv(table)) == [["'=1+1"]]
    assert read_excel(to_excel(table))["A1"].data_type == "s"


def test_every_text_is_quoted_so_that_no_other_separator_splits_it():
    assert to_csv(one_cell("1;=2")).endswith(b'"1;=2"\r\n')


def test_numbers_and_dates_keep_their_kind():
    moment = datetime(2026, 7, 1, 13, 2, tzinfo=UTC)
    row = [-5, 2.5, Decimal("-1.50"), date(2027, 3, 3), moment, True, None]
    table = Table("Kinds", [f"Column {n}" for n in range(7)], [row])
    assert read_csv(to_csv(table))[1] == ["-5", "2.5", "-1.50", "2027-03-03", "2026-07-01 14:02", "yes", ""]
    cells = [cell.value for cell in read_excel(to_excel(table))[2]]
    assert cells == [-5, 2.5, -1.5, datetime(2027, 3, 3), datetime(2026, 7, 1, 14, 2), "yes", None]  # noqa: DTZ001


def test_excel_takes_what_xml_cannot_hold():
    cell = read_excel(to_excel(one_cell("a\x00b\x1bc\ud800d")))["A2"]
    assert cell.value == "a�b�c�d"


def test_excel_does_not_decode_what_looks_escaped():
    book = ZipFile(io.BytesIO(to_excel(one_cell("_x0041_ and _x41_"))))
    assert b"_x005F_x0041_ and _x41_" in book.read("xl/worksheets/sheet1.xml")


def test_a_text_that_is_too_long_for_excel_says_so():
    value = read_excel(to_excel(one_cell("a" * 40_000)))["A2"].value
    assert len(value) == LONGEST_CELL
    assert value.endswith("…")


def test_line_breaks_stay_in_the_cell():
    assert read_csv(to_csv(one_cell("one\r\ntwo")))[1] == ["one\r\ntwo"]
    assert read_excel(to_excel(one_cell("one\r\ntwo")))["A2"].value == "one\ntwo"


def test_excel_opens_csv_as_utf_8():
    assert to_csv(one_cell("é")).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("title", ["Mail [all]: 1/2*?\\", "'Quoted'", "x" * 60, ""])
def test_any_title_makes_a_sheet(title):
    assert 0 < len(read_excel(to_excel(Table(title, ["A"], []))).title) <= 31


def test_the_downloads_have_plain_names():
    for response, name in (
        (csv_response(one_cell("x"), 'Mail "é"\r\nX: y'), "mail-e-x-y.csv"),
        (excel_response(one_cell("x"), "../mail"), "mail.xlsx"),
    ):
        assert response["Content-Disposition"] == f'attachment; filename="{name}"'
