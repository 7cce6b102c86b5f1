"""A person of two schools changes between them on a phone; two administrators meet at one school on a desk."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.product import Product
from tests.browser.test_accessibility import look_at

pytestmark = pytest.mark.browser
FIRST, SECOND = "Meres End Primary School", "Titterstone View Primary School"


def look(page: Page, product: Product) -> None:
    """axe, and no wider than the screen."""
    size = page.viewport_size
    problems, _ = look_at(page, product, page.url)
    page.set_viewport_size(size)
    assert problems == []


def test_a_person_of_two_schools_changes_between_them_on_a_phone_without_scripts(product: Product, open_page):
    page = open_page("exec.head@pins.example", size=PHONE, scripts=False)
    page.get_by_role("link", name="2 schools: change").click()
    expect(page.get_by_role("heading", name="Your schools")).to_be_visible()
    page.get_by_role("link", name=SECOND).click()
    expect(page.locator(".pins-who")).to_contain_text(SECOND)
    page.get_by_role("link", name="2 schools: change").click()
    page.get_by_role("link", name=FIRST).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(FIRST)
    expect(page.get_by_text("Active in 2026 to 2027 on the full offer.")).to_be_visible()

    page.get_by_role("link", name="Change whether it is named").click()
    page.get_by_label("No, do not name it").check()
    page.get_by_role("button", name="Save the choice").click()
    expect(page.get_by_text("Not named")).to_be_visible()
    public = open_page(size=PHONE, scripts=False)
    public.goto("/schools/?q=meres")
    expect(public.get_by_role("link", name=FIRST)).to_have_count(0)

    seen = open_page("exec.head@pins.example", size=PHONE)
    for address in ("/workspaces/", page.url, f"{page.url}public/", f"{page.url}history/"):
        seen.goto(address)
        look(seen, product)


def test_two_administrators_at_one_school_on_a_desk(product: Product, open_page):
    first, second = open_page("admin@pins.example", size=DESK), open_page("admin@pins.example", size=DESK)
    for page in (first, second):
        page.goto("/workspaces/?q=corve")
        page.get_by_role("link", name="Corve Bridge Primary School").click()
        page.get_by_role(
            "link", name="Change link worker, telephone number, other programmes or groups"
        ).click()
    first.get_by_label("Link worker").select_option("Ruth Farlow")
    first.get_by_role("button", name="Save").click()
    second.get_by_label("Edge and Clee cluster").check()
    second.get_by_role("button", name="Save").click()
    beside = second.get_by_role("alert")
    expect(beside).to_contain_text("Ruth Farlow saved this while you were writing")
    expect(beside).to_contain_text("Saved: Ruth Farlow")
    second.get_by_role("button", name="Save").click()
    expect(second.get_by_text("Cluster", exact=True)).to_be_visible()
    look(second, product)


def test_schools_of_a_group_are_found_by_keyboard_without_scripts(product: Product, open_page):
    page = open_page("admin@pins.example", size=DESK, scripts=False)
    page.goto("/programme/groups/add/")
    page.get_by_label("Name of the group").fill("Two of Shifnal")
    page.get_by_label("A cluster").check()
    page.get_by_label("Find schools").fill("shifnal")
    page.get_by_label("Find schools").press("Enter")
    expect(page.get_by_label("Name of the group")).to_have_value("Two of Shifnal")
    for name in ("Dovecote Lane Primary School, Shifnal", "Stile End Primary School, Shifnal"):
        page.get_by_label(name).focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="Save").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Two of Shifnal")).to_be_visible()
    seen = open_page("admin@pins.example", size=PHONE)
    for address in ("/workspaces/", "/programme/groups/add/?q=shifnal", "/programme/"):
        seen.goto(address)
        look(seen, product)
