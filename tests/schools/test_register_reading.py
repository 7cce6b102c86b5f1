"""Files of the register, in the many forms in which they come, and the ones that are refused."""

import pytest

from schools.register.reading import RegisterReader, RegisterRefusedError, detect_encoding
from schools.register.rows import REQUIRED, WANTED
from tests.schools.register_files import COLUMNS, REGISTER, a_file, a_row, as_csv, read_row


def reader(path):
    return RegisterReader(path, wanted=WANTED, required=REQUIRED)


def values(path):
    return [read_row(line)[0].values for line in reader(path)]


def refusal(path):
    with pytest.raises(RegisterRefusedError) as refused:
        list(reader(path))
    return "\n".join(str(problem) for problem in refused.value.problems)


class TestEncoding:
    name = "St Winnold’s – Ysgol Tŷ"

    @pytest.mark.parametrize(("written", "found"), [("utf-8", "utf-8-sig"), ("utf-8-sig", "utf-8-sig")])
    def test_utf_8_with_or_without_mark(self, tmp_path, written, found):
        path = a_file(tmp_path, a_row(EstablishmentName=self.name), encoding=written)
        assert detect_encoding(path) == found
        assert values(path)[0]["name"] == self.name

    def test_windows_1252(self, tmp_path):
        name = "St Winnold’s – Caf\xe9\xa0School"
        path = a_file(tmp_path, a_row(EstablishmentName=name), encoding="cp1252")
        assert detect_encoding(path) == "cp1252"
        assert values(path)[0]["name"] == "St Winnold’s – Café School"

    def test_a_character_in_two_blocks(self, tmp_path):
        rows = [a_row(123_000 + n, EstablishmentName="é" * 100) for n in range(600)]
        path = a_file(tmp_path, *rows)
        assert detect_encoding(path) == "utf-8-sig"

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"PK\x03\x04rest", "Excel workbook"),
            ("URN".encode("utf-16"), "UTF-16"),
            (b"URN,\x00", "not a text file"),
            (b"", "The file is empty"),
        ],
    )
    def test_what_is_no_csv_is_refused_by_name(self, tmp_path, content, words):
        path = tmp_path / "register.csv"
        path.write_bytes(content)
        assert words in refusal(path)

    def test_a_byte_that_windows_1252_does_not_have(self, tmp_path):
        path = tmp_path / "register.csv"
        path.write_bytes(as_csv([a_row(Town="X")]).encode().replace(b",X,", b",\x81,"))
        assert "neither UTF-8 nor Windows-1252" in refusal(path)

    def test_a_file_that_is_not_there(self, tmp_path):
        assert "cannot be read" in refusal(tmp_path / "nowhere.csv")


class TestColumns:
    def test_any_order(self, tmp_path):
        path = tmp_path / "register.csv"
        path.write_text(as_csv([a_row()], columns=COLUMNS[::-1]), encoding="utf-8", newline="")
        assert values(path) == values(a_file(tmp_path, name="other.csv"))

    def test_capitals_and_blanks_in_heads_do_not_matter(self, tmp_path):
        path = a_file(tmp_path)
        path.write_bytes(path.read_bytes().replace(b"EstablishmentName", b" establishmentNAME "))
        assert values(path)[0]["name"] == "Caer Ridge Primary School"

    @pytest.mark.parametrize("column", REQUIRED)
    def test_a_required_one_that_is_missing_is_named(self, tmp_path, column):
        path = tmp_path / "register.csv"
        path.write_text(as_csv([a_row()], columns=[c for c in COLUMNS if c != column]), encoding="utf-8")
        assert f"lacks the column “{column}”" in refusal(path)

    def test_semicolons_are_told(self, tmp_path):
        path = tmp_path / "register.csv"
        path.write_text(as_csv([a_row()]).replace(",", ";"), encoding="utf-8")
        assert "save it with commas" in refusal(path)

    def test_one_that_is_there_twice(self, tmp_path):
        path = tmp_path / "register.csv"
        path.write_text(as_csv([a_row()]).replace("HeadLastName", "Town"), encoding="utf-8")
        assert "“Town” is there twice" in refusal(path)

    def test_heads_names_are_never_read(self, tmp_path):
        for line in reader(a_file(tmp_path)):
            assert not any("Head" in column for column in line.cells)
            assert "Quillfeather" not in line.cells.values()


class TestCutShort:
    def test_in_the_middle_of_a_row(self, tmp_path):
        path = a_file(tmp_path, a_row(), a_row(123002))
        path.write_bytes(path.read_bytes()[:-40])
        assert refusal(path).startswith("line 3: There are 14 cells here, and the heading has 18.")
        assert "cut short" in refusal(path)

    def test_in_the_middle_of_a_quoted_cell(self, tmp_path):
        path = a_file(tmp_path, a_row(), a_row(123002, EstablishmentName='The "Ridge", Clun'))
        content = path.read_bytes()
        path.write_bytes(content[: content.index(b", Clun")])
        assert refusal(path).startswith("line 3: A quotation mark opens here and is never closed.")

    @pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.95, 0.999])
    def test_the_real_file_anywhere(self, tmp_path, share):
        content = REGISTER.read_bytes()
        path = tmp_path / "register.csv"
        path.write_bytes(content[: int(len(content) * share)])
        assert "cut short" in refusal(path)

    def test_a_row_with_a_cell_too_many_in_the_middle(self, tmp_path):
        path = a_file(tmp_path, a_row(), a_row(123002))
        path.write_bytes(path.read_bytes().replace(b"Caer Ridge Primary", b"Caer, Ridge Primary", 1))
        assert "line 2: There are 19 cells" in refusal(path)
        assert "comma or a quotation mark" in refusal(path)

    def test_a_stray_quotation_mark(self, tmp_path):
        path = a_file(tmp_path, a_row())
        path.write_bytes(path.read_bytes().replace(b"Caer Ridge Primary School", b'"Caer" Ridge'))
        assert "line 2: A quotation mark stands in the middle" in refusal(path)

    def test_no_line_end_at_the_end_is_no_harm(self, tmp_path):
        path = a_file(tmp_path)
        path.write_bytes(path.read_bytes().rstrip(b"\r\n"))
        assert len(values(path)) == 1


def test_lines_are_counted_over_cells_of_several_lines(tmp_path):
    path = a_file(tmp_path, a_row(Town="Church\r\nStretton"), a_row(123002))
    assert [line.number for line in reader(path)] == [2, 4]
    assert values(path)[0]["town"] == "Church Stretton"
