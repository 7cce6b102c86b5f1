"""What a shared computer shows once somebody has signed out."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, expect

from tests.browser.answering import section_links, statements
from tests.browser.product import Product

pytestmark = pytest.mark.browser
NOTE = "Only for those who signed in."


@pytest.fixture(scope="module")
def browser(browser_type: BrowserType, browser_type_launch_args: dict[str, Any]) -> Iterator[Browser]:
    """A browser that goes back to pages as people's do: Playwright's own launch has that switched off."""
    browser = browser_type.launch(
        **browser_type_launch_args, ignore_default_args=["--disable-back-forward-cache"]
    )
    yield browser
    browser.close()


def test_going_back_shows_no_answer(product: Product, open_page):
    school = product.new_school("Shared Computer School")
    page = open_page(school.lead)
    page.goto(f"/audits/{school.audit}/")
    page.goto(section_links(page)[0])
    card = page.locator(f"#{statements(page)[0]}")
    card.get_by_text("Add what shows this").click()
    card.get_by_label("What shows this?").fill(NOTE)
    page.get_by_role("button", name="Save and stay here").click()
    expect(page.get_by_text("are saved").first).to_be_visible()
    expect(page.locator("main")).to_contain_text(NOTE)
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(product.base + "/")
    page.go_back(wait_until="commit")
    expect(page).to_have_url(re.compile(r"/accounts/login/"))
    expect(page.locator("body")).not_to_contain_text(NOTE)
