"""Tables on a phone: lists of schools and of self-audits become cards, the others say that there is more to see."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
WIDTHS = (390, 320)
WORDS = "e => getComputedStyle(e, '::before').display"
OVERFLOWS = "e => e.scrollWidth > e.clientWidth"


@pytest.mark.parametrize("width", WIDTHS)
def test_the_public_list_is_cards_and_still_a_table(open_page, width: int):
    page: Page = open_page(size={"width": width, "height": 844})
    page.goto("/schools/")
    frame = page.locator(".pins-table")
    assert not frame.evaluate(OVERFLOWS)
    first = page.get_by_role("row").nth(1)
    assert first.get_by_role("rowheader").evaluate("e => getComputedStyle(e).display") == "block"
    town, joined = first.get_by_role("cell").nth(0), first.get_by_role("cell").nth(1)
    assert "Town" in town.evaluate("e => getComputedStyle(e, '::before').content")
    assert joined.bounding_box()["y"] > town.bounding_box()["y"]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_list_of_self_audits_is_cards_and_still_a_table(open_page, width: int):
    page: Page = open_page("admin@pins.example", size={"width": width, "height": 844})
    page.goto("/audits/")
    frame = page.locator(".pins-table")
    assert not frame.evaluate(OVERFLOWS)
    assert frame.evaluate(WORDS) == "none"
    cells = page.get_by_role("row").nth(1).get_by_role("cell")
    said = [cell.evaluate("e => getComputedStyle(e, '::before').content") for cell in cells.all()]
    assert said == ['"Status: "', '"Wanted by: "', '"Submitted: "', '"Round: "', '"Year: "']
    for date in cells.all()[1:]:
        assert date.bounding_box()["height"] < 30  # one line


@pytest.mark.parametrize("path", ["/mail/", "/programme/", "/programme/terms/", "/programme/texts/"])
def test_what_administrators_read_is_cards_too(open_page, path: str):
    page: Page = open_page("admin@pins.example", size={"width": 390, "height": 844})
    page.goto(path)
    for frame in page.locator(".pins-table").all():
        assert not frame.evaluate(OVERFLOWS)
        assert frame.evaluate(WORDS) == "none"


@pytest.mark.parametrize("link", ["The whole history", "Change whom to write to"])
def test_so_is_what_a_school_reads_of_itself(open_page, link: str):
    page: Page = open_page("head@pins.example", size={"width": 390, "height": 844})
    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("link", name="Your school").locator("visible=true").click()
    page.get_by_role("link", name=link).click()
    frame = page.locator(".pins-table")
    assert not frame.evaluate(OVERFLOWS)
    assert frame.evaluate(WORDS) == "none"


@pytest.mark.parametrize("width", WIDTHS)
def test_the_board_is_cards_in_the_page_and_in_no_frame_of_its_own(open_page, width: int):
    page: Page = open_page("programme@pins.example", size={"width": width, "height": 844})
    page.goto("/dashboard/schools/")
    frame = page.locator(".pins-table")
    assert not frame.evaluate(OVERFLOWS)
    assert frame.evaluate("e => e.scrollHeight") > 3 * 844
    assert frame.evaluate("e => e.scrollHeight <= e.clientHeight")


def test_a_table_that_is_cut_says_so_and_one_that_fits_does_not(open_page):
    page: Page = open_page("admin@pins.example")
    page.goto("/who-can-do-what/")
    frame = page.locator(".pins-table--slides")
    for width in (*WIDTHS, 1600):
        page.set_viewport_size({"width": width, "height": 844})
        expect(frame).to_be_visible()
        cut = frame.evaluate(OVERFLOWS)
        assert cut == (width in WIDTHS)
        assert frame.evaluate(WORDS) == ("block" if cut else "none")


def phone(open_page, path: str, who: str = "liaison@pins.example") -> Page:
    page: Page = open_page(who, size={"width": 390, "height": 844})
    page.goto(path)
    return page


def test_on_a_phone_the_first_group_of_the_planner_is_unfolded_and_the_next_after_a_press(open_page):
    page = phone(open_page, "/visits/")
    piles = page.locator("tbody")
    assert piles.count() > 2
    assert piles.nth(0).get_by_role("row").count() > 1
    assert piles.nth(1).get_by_role("row").count() == 1
    summary = piles.nth(1).locator("summary")
    assert summary.inner_text().endswith(")")
    summary.focus()
    page.keyboard.press("Enter")
    assert piles.nth(1).get_by_role("row").count() > 1


def test_few_visits_are_all_unfolded(open_page):
    page = phone(open_page, "/visits/?q=clun")
    assert page.locator("tbody").count() > 1
    assert page.locator("tbody tr:visible").count() == page.locator("tbody tr").count()


def test_on_a_phone_a_row_of_the_board_shows_what_waits_and_the_rest_after_a_press(open_page):
    page = phone(open_page, "/dashboard/schools/")
    row = page.locator("tbody tr").first
    waits = row.locator("td:visible").count()
    assert 0 < waits < row.locator("td").count()
    row.locator("summary").click()
    assert row.locator("td:visible").count() == row.locator("td").count()


def test_on_a_phone_themes_are_folded_by_area_and_a_folded_one_can_be_ticked(open_page):
    page = phone(open_page, "/themes/")
    areas = page.locator("tbody")
    assert areas.nth(1).get_by_role("row").count() == 1
    row = areas.nth(0).get_by_role("row").nth(1)
    assert row.get_by_role("cell").count() == 3
    row.get_by_role("checkbox").check()
    row.locator("summary").click()
    assert row.get_by_role("cell").count() == row.locator("td:not(:empty)").count()


@pytest.mark.parametrize("path", ["/visits/", "/dashboard/schools/", "/themes/"])
def test_what_to_search_by_is_folded_away_on_a_phone_and_stands_open_on_a_desk(open_page, path: str):
    page = phone(open_page, path)
    form = page.locator("form.pins-filters")
    expect(form).to_be_hidden()
    page.get_by_text("Search and choose").click()
    expect(form).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 844})
    page.reload()
    expect(form).to_be_visible()
    expect(page.locator(".pins-fold:visible")).to_have_count(0)
    assert page.locator("tbody tr:visible").count() == page.locator("tbody tr").count()


def test_on_a_phone_a_month_says_when_schools_are_closed(open_page):
    page = phone(open_page, "/visits/month/?on=2026-12-01")
    expect(page.get_by_role("cell").filter(has_text="School holidays").first).to_be_visible()
    assert page.locator("td:visible").filter(has_text="School holidays").count() <= 2
