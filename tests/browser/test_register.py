"""An administrator refreshes the schools from the register: send, read, apply; on a desk and on a phone."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.product import Product
from tests.browser.test_accessibility import look_at
from tests.schools.register_files import LATER, LINKS, REGISTER

pytestmark = pytest.mark.browser
ADMIN = "admin@pins.example"


def send(page: Page, file: Path, links: Path | None = None) -> None:
    """From the programme to the page on which the check is read."""
    page.goto("/programme/")
    page.get_by_role("link", name="The register of schools").click()
    page.get_by_role("button", name="Send a register file").click()
    page.get_by_label("Register file").set_input_files(file)
    if links:
        page.get_by_label("Links file").set_input_files(links)
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("heading", name="What this file would change")).to_be_visible(timeout=240_000)


def fact(page: Page, key: str) -> str:
    """One of the counts of the run."""
    row = page.locator(".govuk-summary-list__row", has_text=key)
    return row.locator("dd").inner_text().strip()


def apply(page: Page) -> None:
    page.get_by_role("button", name="Apply exactly this").click()
    expect(page.get_by_role("heading", name="What this file changed")).to_be_visible(timeout=240_000)


def look(page: Page, product: Product, name: str) -> None:
    """axe, and no wider than a phone; kept as a picture where one is asked for."""
    size = page.viewport_size
    problems, _ = look_at(page, product, page.url)
    page.set_viewport_size(size)
    if folder := os.environ.get("PINS_SCREENSHOTS"):
        page.screenshot(path=f"{folder}/{name}-{size['width']}.png", full_page=True)
    assert problems == []


def test_send_read_and_apply_on_a_desk_and_then_on_a_phone_without_scripts(product: Product, open_page):
    desk = open_page(ADMIN, size=DESK)
    send(desk, REGISTER)
    assert fact(desk, "Schools new here") == "366"
    look(desk, product, "review")
    apply(desk)
    look(desk, product, "applied")

    phone = open_page(ADMIN, size=PHONE, scripts=False)
    send(phone, LATER, LINKS)
    assert fact(phone, "Schools with a new URN") == "11"
    phone.get_by_label("Show").select_option("New URN")
    phone.get_by_role("button", name="Show").click()
    expect(phone.locator("tbody tr")).to_have_count(11)
    apply(phone)
    expect(phone.get_by_text("The schools are as this file says")).to_be_visible()

    for address, name in (
        ("/register/", "runs"),
        ("/register/upload/", "upload"),
        ("/register/successions/", "successions"),
    ):
        for size in (DESK, PHONE):
            page = open_page(ADMIN, size=size)
            page.goto(address)
            look(page, product, name)
    page.get_by_role("rowheader").get_by_role("link").first.click()
    look(page, product, "succession")


def test_a_file_that_is_none_is_refused_on_the_page(product: Product, open_page, tmp_path):
    page = open_page(ADMIN, size=PHONE)
    page.goto("/register/upload/")
    wrong = tmp_path / "picture.csv"
    wrong.write_bytes(b"\x89PNG\r\n\x1a\n")
    page.get_by_label("Register file").set_input_files(wrong)
    page.get_by_role("button", name="Check the file").click()
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("This is a picture")
    summary.get_by_role("link").click()
    expect(page.get_by_label("Register file")).to_be_focused()
    look(page, product, "refused")


def test_a_file_that_is_too_large_is_answered_with_a_page(open_page, tmp_path):
    page = open_page(ADMIN)
    page.goto("/register/upload/")
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(200_000_000)
    page.get_by_label("Register file").set_input_files(large)
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("alert")).to_contain_text("larger than 120 MB")
