"""PDF files from HTML: tagged, self-contained, headers with their scope."""

import io

import pytest
from pypdf import PdfReader

from core.pdf import PdfError, png_in_page, render_pdf
from tests.factories.logos import png
from tests.pdf_structure import Structure

SHEET = "css/report.css"


def page(body):
    """A small document."""
    return f'<!DOCTYPE html><html lang="en-GB"><head><title>A title</title></head><body>{body}</body></html>'


def test_counts_its_pages():
    pdf = render_pdf(page("<p>One</p><p style='break-before: page'>Two</p>"), stylesheet=SHEET)
    assert pdf.pages == 2
    assert len(PdfReader(io.BytesIO(pdf.content)).pages) == 2


def test_is_tagged_with_language_and_title():
    found = Structure(render_pdf(page("<h1>Hello</h1>"), stylesheet=SHEET).content)
    assert (found.language, found.title, found.is_marked, found.shows_title) == (
        "en-GB",
        "A title",
        True,
        True,
    )
    assert found.claims_pdf_ua


def test_gives_column_and_row_headers_their_scope():
    table = """<table><thead><tr><th scope="col">Area</th><th scope="col">Level</th></tr></thead>
    <tbody><tr><th scope="row">One</th><td>2</td></tr></tbody></table>"""
    found = Structure(render_pdf(page(table), stylesheet=SHEET).content)
    assert [header.attributes["/Scope"] for header in found.all("TH")] == ["/Column", "/Column", "/Row"]


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="http://127.0.0.1:9/x.png" alt="">',
        '<img src="file:///etc/passwd" alt="">',
        '<img src="data:image/png;base64,AAAA" alt="">',
        '<link rel="stylesheet" href="https://example.org/x.css">',
        "<p style='background: url(http://127.0.0.1:9/x.png)'>x</p>",
        "<style>@import 'http://127.0.0.1:9/x.css';</style>",
        '<svg width="9" height="9"><image xlink:href="file:///etc/passwd" width="9" height="9"/></svg>',
    ],
)
def test_refuses_to_fetch_anything(markup):
    with pytest.raises(PdfError, match="may fetch nothing"):
        render_pdf(page(markup), stylesheet=SHEET)


def test_a_refusal_does_not_spoil_the_next_document():
    with pytest.raises(PdfError):
        render_pdf(page('<img src="http://127.0.0.1:9/x.png" alt="">'), stylesheet=SHEET)
    assert render_pdf(page("<p>Fine</p>"), stylesheet=SHEET).pages == 1


def test_holds_the_one_picture_that_it_was_given():
    picture = png_in_page(png(30, 20))
    shown = page(f'<img src="{picture}" alt="Our forum">')
    found = Structure(render_pdf(shown, stylesheet=SHEET, picture=picture).content)
    assert [figure.alternative for figure in found.all("Figure")] == ["Our forum"]
    with pytest.raises(PdfError, match="may fetch nothing"):
        render_pdf(shown, stylesheet=SHEET, picture=png_in_page(png(31, 20)))
    with pytest.raises(PdfError, match="may fetch nothing"):
        render_pdf(shown, stylesheet=SHEET)
