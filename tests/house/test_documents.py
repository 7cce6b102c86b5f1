"""The decision records are numbered once each, in file names and headings alike."""

import re

from tests.house.project import ROOT

RECORDS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))


def test_decisions_are_numbered_without_a_gap_or_a_repetition():
    assert [path.name[:5] for path in RECORDS] == [f"{number:04}-" for number in range(1, len(RECORDS) + 1)]


def test_a_decisions_heading_bears_its_number():
    headings = {path.name: path.read_text().splitlines()[0] for path in RECORDS}
    wrong = [name for name, text in headings.items() if not re.match(rf"# {int(name[:4])}\. \S", text)]
    assert wrong == []
