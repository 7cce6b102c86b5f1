"""What somebody prints from the product takes no more paper than it has to."""

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
MARGINS = dict.fromkeys(("top", "bottom", "left", "right"), "12mm")


@pytest.mark.parametrize(
    ("address", "reader", "sides"),
    [
        ("/visits/blank-record/", "liaison@pins.example", 2),
        ("/schools/caer-ridge-primary-school/you-said/", None, 1),
    ],
    ids=["the blank form", "what families read"],
)
def test_it_fits_on_so_many_sides(open_page, tmp_path, address, reader, sides):
    from pypdf import PdfReader

    page: Page = open_page(reader) if reader else open_page()
    page.goto(address)
    page.pdf(path=tmp_path / "page.pdf", format="A4", margin=MARGINS)
    assert len(PdfReader(tmp_path / "page.pdf").pages) == sides
