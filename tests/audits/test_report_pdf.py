"""The report as a PDF: its length, its structure, and other people's words in it."""

import re
import subprocess
import unicodedata
from itertools import groupby, pairwise

import pytest
from django.template.loader import render_to_string

from audits.report.content import Limits, build_content
from audits.report.rendering import MOST_PAGES, STYLESHEET, report_html, report_pdf
from core.logos import Picture
from core.models import ProgrammeSettings
from core.paper_look import paper_look
from core.pdf import render_pdf
from core.services import save_logo
from tests.audits import report_samples as samples
from tests.factories.logos import png
from tests.naughty import naughty_strings
from tests.pdf_structure import Structure

CASES = {
    "full": samples.full,
    "sparse": samples.sparse,
    "all at the top": samples.all_at_the_top,
    "all at the bottom": samples.all_at_the_bottom,
    "blank": samples.blank,
    "a letter a line": samples.a_letter_a_line,
    "no gaps": samples.no_gaps,
}


@pytest.fixture(scope="module")
def made():
    """Each case, laid out once for all tests."""
    files = {}

    def make(case):
        if case not in files:
            files[case] = report_pdf(CASES[case]())
        return files[case]

    return make


@pytest.fixture(scope="module")
def whole(made):
    """The structure of a report in which everything is answered."""
    return Structure(made("full").content)


@pytest.mark.parametrize("case", CASES)
class TestEveryReport:
    def test_has_4_to_12_pages(self, made, case):
        assert 4 <= made(case).pages <= MOST_PAGES

    def test_weighs_at_most_150_kilobytes(self, made, case):
        assert len(made(case).content) <= 150 * 1024

    def test_has_no_empty_page(self, made, case):
        reader = Structure(made(case).content).reader
        assert [n for n, page in enumerate(reader.pages, 1) if len(page.extract_text().split()) < 25] == []

    def test_has_headings_in_order(self, made, case):
        levels = Structure(made(case).content).headings
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))

    def test_embeds_its_fonts(self, made, case):
        fonts = Structure(made(case).content).fonts
        assert all(fonts.values())
        assert {re.sub(r"^/[A-Z]+\+", "", name) for name in fonts} == {
            "Liberation-Sans",
            "Liberation-Sans-Bold",
        }

    def test_leads_nowhere_but_to_the_programme(self, made, case):
        assert Structure(made(case).content).addresses == {"mailto:pins@pacc.example"}

    def test_says_what_it_is_not(self, made, case):
        first = Structure(made(case).content).reader.pages[0].extract_text()
        assert "This is not an inspection" in first
        assert "Wenlock Brook Primary School" in first


class TestStructure:
    def test_claims_pdf_ua_with_language_and_title(self, whole):
        assert whole.claims_pdf_ua
        assert whole.is_marked
        assert whole.shows_title
        assert (whole.language, whole.title) == ("en-GB", "Support report: Wenlock Brook Primary School")

    def test_has_a_bookmark_for_each_part(self, whole):
        assert whole.bookmarks == [
            "Support report",
            "In short",
            "How to read this report",
            "Profile of the areas",
            "Strengths",
            "Areas for improvement",
            "Statements with furthest to go",
            "Suggested actions, by need",
            "Sensory needs",
            "Social needs",
            "Communication needs",
            "Other needs, and the school as a whole",
            "Suggested training, by area",
            "In your own words",
            "What happens next",
            "Every answer",
        ]

    def test_every_table_header_has_its_scope(self, whole):
        scopes = [header.attributes.get("/Scope") for header in whole.all("TH")]
        assert len(scopes) > 60
        assert set(scopes) == {"/Column", "/Row"}

    def test_every_cell_knows_its_headers(self, whole):
        assert all(cell.attributes.get("/Headers") for cell in whole.all("TD"))

    def test_the_chart_says_what_it_shows(self, whole):
        (figure,) = whole.all("Figure")
        assert "Leadership, culture and values: nearest to" in figure.alternative
        assert "6 of 6 rated" in figure.alternative

    def test_its_metadata_names_no_more_than_the_cover(self, whole):
        metadata = whole.reader.metadata
        assert metadata.author == "Parent and Carer Council Shropshire"
        assert metadata.subject == "Baseline self-audit, submitted 23 November 2026"

    def test_pages_after_the_first_have_a_plain_number(self, whole):
        texts = [page.extract_text() for page in whole.reader.pages]
        assert "Page 1" not in texts[0]
        assert all(f"Page {n}" in text for n, text in enumerate(texts[1:], 2))

    def test_the_parser_s_warnings_are_none(self, caplog):
        with caplog.at_level("WARNING", logger="weasyprint"):
            report_pdf(samples.blank())
        assert [record.message for record in caplog.records if record.levelname == "WARNING"] == []


UNREADABLE = {"Cc", "Cf", "Mn", "Me", "Zs", "Zl", "Zp"}
"""Blanks, accents and what nobody sees: what a text reader may drop or put elsewhere."""
LEFT_TO_RIGHT = {"L", "EN", "ES", "ET", "CS", "NSM", "BN", "B", "S", "WS", "ON"}


def letters(text):
    """What is left of a text without blanks, accents and invisible characters."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) not in UNREADABLE)


def is_reordered(text):
    """Readers give what runs from right to left as it is drawn, so only its letters can be compared."""
    return any(unicodedata.bidirectional(c) not in LEFT_TO_RIGHT for c in text)


def has_piled_accents(text):
    """From a letter under many accents a reader may make two, or none."""
    return any(
        len(list(run)) > 3 for mark, run in groupby(text, lambda c: unicodedata.category(c) == "Mn") if mark
    )


def test_hostile_words_come_back_unchanged(tmp_path):
    strings = naughty_strings()
    wanted = [f"[{n}<{one}>{n}]" for n, one in enumerate(strings)]
    taken = samples.snapshot(
        *(samples.area(f"area-{n}", str(n), [], strengths=one) for n, one in enumerate(wanted))
    )
    html = render_to_string("audits/report/own_words.html", {"report": build_content(taken, Limits())})
    path = tmp_path / "report.pdf"
    path.write_bytes(render_pdf(html, stylesheet=STYLESHEET).content)
    read = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True)
    found = letters(read.stdout)
    assert len(wanted) > 450
    exact = [one for one in wanted if not is_reordered(one) and not has_piled_accents(one)]
    assert len(exact) > 440
    assert [one for one in exact if letters(one) not in found] == []
    assert [c for one in wanted for c in letters(one) if c not in found] == []


def test_markup_in_the_school_s_words_is_no_markup():
    html = report_html(samples.whole(lambda *_: 1, strengths="<script>alert(1)</script>{{ 7|add:7 }}"))
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:7 }}" in html


@pytest.mark.django_db
def test_a_forums_own_look_is_the_reports_too(people):
    plain = report_pdf(samples.sparse()).content
    save_logo(picture=Picture(png(60, 20), 60, 20), by=people.admin)
    ProgrammeSettings.objects.update(main_colour="#8c1d5a")
    own = report_pdf(samples.sparse(), paper_look())
    assert own.content != plain
    logos = [figure.alternative for figure in Structure(own.content).all("Figure")]
    assert logos[0] == "Parent and Carer Council Shropshire"
    assert ".cover-band{background:#8c1d5a}" in ProgrammeSettings.load().look.paper_css
