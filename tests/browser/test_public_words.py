"""An administrator makes the public pages the forum's own, and a visitor's first visit stays light."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.product import Product
from tests.browser.test_accessibility import AXE, RUN_AXE
from tests.browser.test_public_list import MOST_BYTES, MOST_REQUESTS

pytestmark = pytest.mark.browser
OWN_LOOK = """
from accounts.models import User
from core.logos import Picture
from core.models import ProgrammeSettings
from core.services import remove_logo, save_logo
by = User.objects.get(email="admin@pins.example")
ProgrammeSettings.objects.update(main_colour={main!r})
{logo}
"""
SENT = """
from io import BytesIO
from core.logos import read_logo
from tests.factories.logos import noise
save_logo(picture=read_logo(BytesIO(noise(480, 160)), "logo.png"), by=by)
"""


@pytest.fixture
def own_look(product: Product) -> Iterator[None]:
    """Colours of the forum's own, and a logo as heavy as one can be; afterwards all is as it came."""
    product.manage("shell", "-c", OWN_LOOK.format(main="#8c1d5a", logo=SENT))
    yield
    product.manage("shell", "-c", OWN_LOOK.format(main="#0f5c63", logo="remove_logo(by=by)"))


@pytest.mark.usefixtures("own_look")
class TestOwnLook:
    @pytest.mark.parametrize("address", ["/", "/schools/"])
    def test_keeps_a_first_visit_light(self, open_page, address):
        page: Page = open_page()
        seen: list[Request] = []
        page.on("requestfinished", lambda request: seen.append(request))  # noqa: PLW0108 - Playwright marks it
        page.goto(address, wait_until="networkidle")
        sizes = {
            one.url: one.sizes()["responseBodySize"] + one.sizes()["responseHeadersSize"] for one in seen
        }
        assert [url for url in sizes if "/look/" in url and url.endswith((".css", ".png"))]
        assert len(seen) <= MOST_REQUESTS
        assert sum(sizes.values()) <= MOST_BYTES, sizes

    @pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
    def test_is_accessible_and_covers_nothing(self, open_page, size):
        page: Page = open_page(size=size)
        for address in ("/", "/parent-carers/"):
            page.goto(address)
            page.evaluate(AXE)
            assert page.evaluate(RUN_AXE) == []
            assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
        band = page.locator(".pins-band").evaluate("one => getComputedStyle(one).backgroundColor")
        assert band == "rgb(140, 29, 90)"
        brand = page.locator(".pins-brand").bounding_box()
        other = page.locator(".pins-menu summary, .pins-nav a").locator("visible=true").first.bounding_box()
        assert brand["x"] + brand["width"] <= other["x"]


def test_an_administrator_changes_a_text_on_a_phone_without_scripts(open_page):
    page: Page = open_page("admin@pins.example", size=PHONE, scripts=False)
    page.goto("/programme/texts/")
    page.get_by_role("link", name="For schools", exact=True).first.click()
    page.get_by_label("Heading").fill("Schools in {county}")
    page.get_by_role("button", name="Show it without saving").click()
    expect(page.locator(".pins-preview__title")).to_have_text("Schools in Shropshire")
    visitor: Page = open_page(size=PHONE)
    visitor.goto("/for-schools/")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("For schools")
    page.get_by_role("button", name="Save the text").click()
    visitor.reload()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Schools in Shropshire")
    page.get_by_role("link", name="For schools", exact=True).first.click()
    page.get_by_role("link", name="Go back to the text that came with PINS Hub").click()
    page.get_by_role("button", name="Go back to that text").click()
    visitor.reload()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("For schools")


@pytest.mark.parametrize("address", ["/about/", "/parent-carers/", "/privacy/"])
def test_a_page_of_words_is_fine_on_paper(open_page, tmp_path, address):
    from pypdf import PdfReader

    page: Page = open_page()
    page.goto(address)
    page.pdf(path=tmp_path / "page.pdf", format="A4", margin=dict.fromkeys(("top", "bottom"), "15mm"))
    sheets = PdfReader(tmp_path / "page.pdf").pages
    assert len(sheets) <= 3
    assert "Accessibility statement" not in sheets[-1].extract_text()
