"""The address of a calendar feed, which is shown once: copied by a press, or by hand where a browser cannot."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def made(page: Page) -> Page:
    page.goto("/calendars/")
    page.get_by_role("button", name="Make").first.click()
    return page


def test_a_press_copies_the_address_and_says_so(open_page):
    page: Page = open_page("liaison@pins.example")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    made(page).get_by_role("button", name="Copy the address").click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.get_by_label("Copy this address now").input_value()


def test_without_scripts_there_is_no_button_and_the_address_stands_there(open_page):
    page = made(open_page("second.liaison@pins.example", scripts=False))
    expect(page.get_by_role("button", name="Copy the address")).to_have_count(0)
    assert page.get_by_label("Copy this address now").input_value().endswith(".ics")
