"""A visitor looks for a school: on the list, on the map, by postcode, with and without JavaScript, on a phone."""

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.product import Product
from tests.browser.test_accessibility import AXE, RUN_AXE

pytestmark = pytest.mark.browser
SCHOOL = "Caer Ridge Primary School"
ADDRESS = "/schools/caer-ridge-primary-school/"
PAGES = ("/schools/", ADDRESS, "/schools/?q=SY3", "/schools/?q=ZZ1+1ZZ")
MOST_BYTES, MOST_REQUESTS = 100_000, 10


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_visitor_finds_a_school_near_a_postcode_and_its_page(open_page, size, scripts):
    page: Page = open_page(size=size, scripts=scripts)
    page.goto("/schools/")
    page.get_by_label("School, town or postcode").fill("sy6 1aa")
    page.get_by_role("button", name="Search").click()
    first = page.get_by_role("row").nth(1)
    expect(first.get_by_role("rowheader")).to_have_text(SCHOOL)
    expect(first).to_contain_text("less than a mile")
    expect(page.get_by_text("Distances are approximate")).to_be_visible()
    first.get_by_role("link", name=SCHOOL, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(SCHOOL)
    expect(page.get_by_role("heading", name="What this means for families at the school")).to_be_visible()
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_the_map_stands_beside_the_list_and_on_a_phone_below_it(open_page):
    for size, is_beside in ((DESK, True), (PHONE, False)):
        page: Page = open_page(size=size)
        page.goto("/schools/")
        table, drawn = page.locator(".pins-table").bounding_box(), page.locator(".pins-map").bounding_box()
        assert (drawn["x"] > table["x"] + table["width"]) is is_beside
        assert (drawn["y"] > table["y"] + table["height"]) is not is_beside


def test_every_point_of_the_map_is_reached_by_keyboard_and_says_its_name(open_page):
    page: Page = open_page(scripts=False)
    page.goto("/schools/")
    points = page.locator(".pins-map").get_by_role("link")
    names = page.get_by_role("rowheader").all_inner_texts()
    assert [point.get_attribute("aria-label") for point in points.all()] == names
    points.first.focus()
    for name in names:
        focused = page.locator("a.pins-map__school:focus")
        assert focused.get_attribute("aria-label") == name
        expect(focused.locator("text")).to_be_visible()
        page.keyboard.press("Tab")
    assert (
        page.locator(".pins-map__name").evaluate_all(
            "all => all.filter(one => getComputedStyle(one).visibility == 'visible').length"
        )
        == 0
    )
    page.get_by_role("link", name=SCHOOL).last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{ADDRESS}")


def test_no_point_covers_another_and_each_can_be_clicked(open_page):
    page: Page = open_page()
    page.goto("/schools/?q=oswestry")
    for name in page.get_by_role("rowheader").all_inner_texts():
        point = page.locator(".pins-map").get_by_role("link", name=name)
        point.locator(".pins-map__reach").hover()
        expect(point.locator("text")).to_be_visible()
        box = point.locator(".pins-map__dot").bounding_box()
        middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
        on_top = page.evaluate("([x, y]) => document.elementFromPoint(x, y).closest('a').ariaLabel", middle)
        assert on_top == name


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_it_is_accessible(open_page, address, size):
    page: Page = open_page(size=size)
    page.goto(address)
    page.evaluate(AXE)
    assert page.evaluate(RUN_AXE) == []


@pytest.mark.parametrize("address", ["/", "/schools/", ADDRESS])
def test_a_first_visit_is_light_and_a_second_asks_only_whether_it_is_the_same(
    open_page, product: Product, address
):
    page: Page = open_page()
    seen: list[Request] = []
    page.on("requestfinished", lambda request: seen.append(request))  # noqa: PLW0108 - Playwright marks what it calls
    answer = page.goto(address, wait_until="networkidle")
    sizes = {
        one.url: sum(one.sizes()[part] for part in ("responseBodySize", "responseHeadersSize"))
        for one in seen
    }
    assert len(seen) <= MOST_REQUESTS
    assert sum(sizes.values()) <= MOST_BYTES, sizes
    assert all(url.startswith((product.base, "data:")) for url in sizes)
    again = page.request.get(address, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status == 304


def test_a_schools_page_prints_on_one_sheet(open_page, tmp_path):
    from pypdf import PdfReader

    page: Page = open_page()
    page.goto(ADDRESS)
    page.pdf(path=tmp_path / "page.pdf", format="A4", margin=dict.fromkeys(("top", "bottom"), "15mm"))
    assert len(PdfReader(tmp_path / "page.pdf").pages) == 1


def test_a_school_that_is_not_named_is_answered_like_one_that_never_was(open_page):
    page: Page = open_page()
    answers = [page.request.get(f"/schools/{slug}/") for slug in ("longfold-primary-school", "never-was")]
    assert {answer.status for answer in answers} == {404}
    assert answers[0].body() == answers[1].body()
