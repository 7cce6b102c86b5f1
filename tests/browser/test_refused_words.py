"""What the server would not take stays on the device, marked, until somebody has mended it."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.answering import section_links
from tests.browser.conftest import PHONE
from tests.browser.product import Product
from tests.browser.test_visit_record import KEPT, LATEST, new_visit, write_theme

pytestmark = pytest.mark.browser
LINE = ".pins-saved"
BOX = "How many raised it?"
NOT_SAVED = "One part is not saved: Something that was said"


def refused_theme(page: Page) -> Any:
    """Write a theme with a number that the server does not take, on the record that is open; returns its part."""
    write_theme(page)
    # By its key: it is the last one only until the page has another.
    key = page.locator("[data-themes] article").last.get_attribute("data-keep-part")
    theme = page.locator(f"[data-keep-part='{key}']")
    theme.get_by_label(BOX).fill("0")
    expect(theme.locator(LINE)).to_contain_text("cannot be below 1")
    return theme


def back_from_home(page: Page, address: str) -> None:
    page.goto("/home/")
    page.goto(address)


def save_by_button(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Save and go to the").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()


def expect_not_saved(part: Locator, why: str) -> None:
    expect(part.locator(LINE)).to_contain_text("Not saved.")
    expect(part.locator(LINE)).to_contain_text(why)


def test_a_refused_theme_outlives_the_button_and_the_page_until_it_is_mended(product: Product, open_page):
    address = new_visit(product, "Refused Theme School")
    page = open_page("liaison@pins.example", size=PHONE)
    page.goto(address)
    theme = refused_theme(page)
    save_by_button(page)
    expect_not_saved(theme, "cannot be below 1")
    assert len(page.evaluate(KEPT)) == 1
    back_from_home(page, address)
    expect_not_saved(theme, "cannot be below 1")
    expect(theme.get_by_label(BOX)).to_have_value("0")
    expect(page.locator(LATEST)).to_have_text(NOT_SAVED)
    theme.get_by_label(BOX).fill("4")
    expect(theme.locator("[data-acknowledged]")).to_contain_text("Saved")
    expect(page.locator(LATEST)).to_contain_text("Saved")
    assert page.evaluate(KEPT) == []
    page.reload()
    expect(theme.locator("summary")).to_contain_text("(4 raised it)")


def test_so_do_a_count_in_words_and_an_answer_without_its_time(product: Product, open_page):
    address = new_visit(product, "Refused Parts School")
    page = open_page("liaison@pins.example", size=PHONE)
    page.goto(address)
    came = page.get_by_label("How many parent carers came?")
    came.fill("about 9")
    page.get_by_label("Yes, passed to the lead").check()
    save_by_button(page)
    back_from_home(page, address)
    expect(came).to_have_value("about 9")
    expect_not_saved(page.locator("#part-attendance"), "Enter a whole number")
    expect(page.get_by_label("Yes, passed to the lead")).to_be_checked()
    expect_not_saved(page.locator("#part-safeguarding"), "Say at what time")
    expect(page.locator(LATEST)).to_have_text("2 parts are not saved: Who came")


def test_the_foot_leads_to_what_is_not_saved_though_another_part_was(product: Product, open_page):
    page = open_page("liaison@pins.example", size=PHONE)
    page.goto(new_visit(product, "Foot Of The Page School"))
    theme = refused_theme(page)
    page.get_by_label("What did you tell the school’s leaders?").fill("The gate was praised.")
    expect(page.locator("#part-notes [data-acknowledged]")).to_contain_text("Saved")
    expect(page.locator(LATEST)).to_have_text(NOT_SAVED)
    page.locator(LATEST).get_by_role("link").click()
    expect(theme.get_by_label(BOX)).to_be_focused()
    expect(theme.get_by_label(BOX)).to_be_in_viewport()


def test_signing_out_says_what_has_to_be_mended_and_leads_there(product: Product, open_page):
    page = open_page("liaison@pins.example", size=PHONE)
    page.goto(new_visit(product, "Mend Before Leaving School"))
    theme = refused_theme(page)
    page.goto("/home/")
    page.get_by_role("button", name="Sign out").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("One part is not saved and would be lost.")
    expect(alert).to_contain_text(
        "Correct it: Not saved. The number for “How many raised it?” cannot be below 1."
    )
    alert.get_by_role("link").click()
    expect(theme.get_by_label(BOX)).to_be_focused()
    expect(theme.get_by_label(BOX)).to_have_value("0")


def test_without_a_connection_nothing_waits_that_was_saved_and_nobody_signs_out(product: Product, open_page):
    address = new_visit(product, "Offline At The End School")
    page = open_page("liaison@pins.example", size=PHONE)
    page.goto(address)
    told = page.get_by_label("What did you tell the school’s leaders?")
    told.fill("The gate was praised.")
    expect(page.locator("#part-notes [data-acknowledged]")).to_contain_text("Saved")
    page.context.set_offline(True)
    told.blur()
    page.wait_for_timeout(1_500)  # as long as a sending waits for another letter
    expect(page.locator("#part-notes [data-acknowledged]")).to_contain_text("Saved")
    page.get_by_label("How many parent carers came?").fill("7")
    expect(page.locator("#part-attendance")).to_contain_text("Not sent yet")
    for _ in range(2):
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("alert")).to_have_text(
            "You cannot sign out without a connection. What you wrote stays on this device."
        )
    expect(page).to_have_url(product.base + address)
    assert len(page.evaluate(KEPT)) == 1


def test_signing_out_over_a_line_that_breaks_loses_nothing(product: Product, open_page):
    page = open_page("liaison@pins.example", size=PHONE)
    page.goto(new_visit(product, "Breaking Line School"))
    refused_theme(page)
    page.route("**/accounts/logout/", lambda route: route.abort())
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("alert")).to_contain_text("would be lost")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("alert")).to_contain_text("You cannot sign out without a connection.")
    assert len(page.evaluate(KEPT)) == 1


def test_a_refused_number_of_helpers_stays_with_the_self_audit_too(product: Product, open_page):
    school = product.new_school("Refused Helpers School")
    page = open_page(school.lead, size=PHONE)
    page.goto(f"/audits/{school.audit}/")
    address = section_links(page)[0]
    page.goto(address)
    page.locator("#notes summary").first.click()
    box = page.locator("#notes .pins-counts input").first
    box.fill("-1")
    save_by_button(page)
    page.goto(f"/audits/{school.audit}/")
    expect(page.locator("[data-unsent-of]")).to_contain_text("Not saved.")
    page.goto(address)
    expect(box).to_have_value("-1")
    expect_not_saved(page.locator("#notes"), "below 0")
