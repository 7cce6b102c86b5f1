"""A council's list made into lines: pasted, from a table, as a file in whatever letters."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from schools.school_lists import Line, UnreadableListError, lines_of, read_file, read_text

NAMES = "St Mary’s School, Bucknell"


def names(text: str) -> list[str]:
    return [line.name for line in lines_of(text)]


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("Clun School", Line(1, "Clun School", "Clun School")),
        ("12) Clun School", Line(1, "12) Clun School", "Clun School")),
        ("Clun School  sy78na", Line(1, "Clun School sy78na", "Clun School", None, "SY7 8NA")),
        ("Clun School (URN 123456)", Line(1, "Clun School (URN 123456)", "Clun School ( )", 123456)),
        ("Clun School 893/2001", Line(1, "Clun School 893/2001", "Clun School")),
        ("Clun School head@clun.example", Line(1, "Clun School head@clun.example", "Clun School")),
        (
            "Write to:a.b@clun.example or x@@y, not @clun",
            Line(1, "Write to:a.b@clun.example or x@@y, not @clun", "Write or not @clun"),
        ),
        ("Clun School\tClun", Line(1, "Clun School, Clun", "Clun School", None, "", "Clun")),
    ],
)
def test_a_line_is_taken_apart(typed, line):
    assert lines_of(typed) == [line]


def test_blank_lines_and_headings_keep_their_numbers():
    lines = lines_of("Primary schools:\n\nClun School\n\n")
    assert [(line.number, line.is_blank, line.is_heading) for line in lines] == [
        (1, False, True),
        (2, True, False),
        (3, False, False),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_is_read_by_its_heads_in_any_usual_letters(encoding, delimiter):
    rows = [
        ["Head", "Town", "School name", "URN"],
        ["Zebedee Quill", "Bucknell", "St Mary’s School", "123537"],
    ]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    assert read_file(io.BytesIO(text.encode(encoding)), "list.csv") == (
        "School name\tURN\tTown\nSt Mary’s School\t123537\tBucknell"
    )


def test_without_heads_the_first_column_of_names_is_taken_and_no_other_words():
    text = "1,Clun School,123456,01588 111,Zebedee\n2,Ludlow School,123457,01588 222,Mabel"
    assert read_file(io.BytesIO(text.encode()), "list.csv") == "Clun School\t123456\nLudlow School\t123457"


def test_a_table_that_was_pasted_is_read_as_one():
    text = "Town\tSchool\r\nClun\tClun School\r\nLudlow\tLudlow School"
    assert read_text(text) == "School\tTown\nClun School\tClun\nLudlow School\tLudlow"


def excel(*rows: list[object]) -> io.BytesIO:
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    file.seek(0)
    return file


def test_a_workbook_is_read_with_its_numbers_and_no_formula():
    file = excel(["Schools of the county"], ["Name", "URN"], [NAMES, 123537.0], ["=1+1", None])
    assert read_file(file, "list.xlsx").split("\n")[2] == f"{NAMES}\t123537"


def bomb() -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 40_000_000)
    file.seek(0)
    return file


def damaged(part: str = "xl/worksheets/sheet1.xml") -> io.BytesIO:
    """A workbook of which a few bytes went wrong on a memory stick, amid what is packed."""
    content = bytearray(excel(*([f"{NAMES} {n}", n] for n in range(40))).getvalue())
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        info = packed.getinfo(part)
    at = info.header_offset + 30 + len(part)
    content[at : at + 20] = bytes(255 - byte for byte in content[at : at + 20])
    return io.BytesIO(content)


def with_flags(*, flags: int = 0, method: int | None = None) -> io.BytesIO:
    """A workbook whose parts say that they have a password (flag 1), or are packed in some other way."""
    content = bytearray(excel(["Clun School"]).getvalue())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found = content.find(mark)
        while found >= 0:
            content[found + at] |= flags
            content[found + at + 2] = content[found + at + 2] if method is None else method
            found = content.find(mark, found + 4)
    return io.BytesIO(content)


UNREADABLE = "This is no Excel workbook that can be read. It may be damaged, or protected by a password."


@pytest.mark.parametrize(
    "file",
    [
        *(damaged(), damaged("xl/workbook.xml"), with_flags(flags=1), with_flags(flags=64)),
        *(with_flags(method=9), with_flags(method=14), io.BytesIO(bytes.fromhex("d0cf11e0a1b11ae1") * 99)),
    ],
    ids=["damaged", "damaged-book", "password", "strong-password", "method", "lzma", "protected-by-excel"],
)
def test_a_damaged_or_protected_workbook_is_refused_in_words(file):
    with pytest.raises(UnreadableListError, match=UNREADABLE):
        read_file(file, "list.xlsx")


@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        ("xl/workbook.xml", b"sheetId=", b"sheetIx="),
        ("xl/workbook.xml", b"<sheets>", b"<sheetz>"),
        ("xl/worksheets/sheet1.xml", b'r="A1"', b'r="1A"'),
    ],
)
def test_a_workbook_that_is_sound_but_odd_is_refused_in_words(part, before, after):
    file = io.BytesIO()
    with (
        zipfile.ZipFile(excel(["Clun School"], ["Ludlow School"])) as sound,
        zipfile.ZipFile(file, "w") as odd,
    ):
        for name in sound.namelist():
            content = sound.read(name)
            odd.writestr(name, content.replace(before, after) if name == part else content)
    with pytest.raises(UnreadableListError, match=UNREADABLE):
        read_file(file, "list.xlsx")


@pytest.mark.parametrize(
    ("file", "name", "words"),
    [
        (io.BytesIO(b"%PDF"), "list.pdf", "This kind of file cannot be read"),
        (io.BytesIO(b"not a zip"), "list.xlsx", "This is no Excel workbook"),
        (bomb(), "list.xlsx", "The workbook is too large"),
        (io.BytesIO(b"School\n\x81\x8d"), "list.csv", "The letters of this file cannot be read"),
        (io.BytesIO(b"a," * 3 + b"x" * 140_000), "list.csv", "This is no CSV file"),
    ],
    ids=["pdf", "no-zip", "bomb", "letters", "no-csv"],
)
def test_what_cannot_be_read_is_refused_in_words(file, name, words):
    with pytest.raises(UnreadableListError, match=words):
        read_file(file, name)


MANY = 1_900_000


@pytest.mark.parametrize("name", ["list.txt", "list.csv"])
@pytest.mark.parametrize("repeated", ["a\n", "a b\n", "a\tb\n", "a\tb@c\n", "a,b\n" * 9 + "a,b,c,d,e\n"])
def test_a_file_with_more_than_a_form_takes_is_refused_before_its_lines_are_looked_through(name, repeated):
    file = io.BytesIO((repeated * 100_000)[:200_000].encode())
    with pytest.raises(UnreadableListError, match="The list in this file has more than 60,000 characters"):
        read_file(file, name)


@pytest.mark.parametrize("repeated", ["a", "@", "a@", "a ", "1", "urn:", "-", "\t", ",", "é"])
def test_a_line_without_end_is_cut_wherever_it_comes_from(repeated):
    text = (repeated * MANY)[:MANY]
    of_file = read_file(io.BytesIO(text.encode()[:MANY]), "list.txt")
    assert len(of_file) <= 250
    assert len(read_text(text)) <= 250
    assert len(lines_of(of_file)) <= 1


def test_addresses_are_found_in_steps_that_grow_with_the_line_alone():
    """An address is looked for from where a word begins, not from each of its letters: 2 MB would take hours."""
    assert names("a" * MANY) == ["a" * MANY]


def test_as_wide_a_table_as_a_line_holds_is_read_by_its_columns_once():
    text = "a," * 100_000 + "\n" + "Clun School\n" * 900
    assert names(read_file(io.BytesIO(text.encode()), "list.csv"))[:2] == ["a", "Clun School"]


def test_the_text_of_a_file_stands_in_the_box_as_a_form_would_send_it_back():
    text = read_file(io.BytesIO(b"\n\n  Clun School\nLudlow School\n\n\n"), "list.txt")
    assert text == "Clun School\nLudlow School"


def test_hidden_characters_of_a_file_are_blanks():
    assert names(read_file(io.BytesIO("Clun\x00\u200bSchool".encode()), "list.txt")) == ["Clun School"]
