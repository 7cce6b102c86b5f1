"""What a device still holds when somebody leaves the section: it arrives, or they are told before they submit."""

import pytest
from playwright.sync_api import Error, Page, expect

from tests.browser.answering import section_links, statements
from tests.browser.conftest import PHONE
from tests.browser.product import Product

pytestmark = pytest.mark.browser
NOTE = "We will agree one set of symbols by Easter."
NOTICE = "Something you wrote is only on this device"
NOTHING_UNSENT = "!Object.keys(localStorage).some(key => key.startsWith('pins-keep:'))"


def is_sent(page: Page) -> bool:
    """Whether nothing waits on the device; wait_for_function would need what the content policy forbids."""
    try:
        return bool(page.evaluate(NOTHING_UNSENT))
    except Error:  # the page loads itself anew just now
        return False


def write_note(page: Page) -> None:
    page.locator("#notes").get_by_label("What would you like to develop?").fill(NOTE)


def test_words_typed_without_a_connection_go_from_the_next_page(product: Product, open_page):
    school = product.new_school("Next Page School")
    page = open_page(school.lead, size=PHONE)
    page.goto(f"/audits/{school.audit}/")
    address = section_links(page)[0]
    page.goto(address)
    page.context.set_offline(True)
    write_note(page)
    expect(page.locator("[data-latest]")).to_contain_text("Not sent yet")
    expect(page.locator("[data-latest]")).to_be_in_viewport()
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(f"/audits/{school.audit}/")
    while not is_sent(page):
        page.wait_for_timeout(100)
    expect(page.get_by_text(NOTICE)).to_be_hidden()
    page.goto(address)
    expect(page.get_by_label("What would you like to develop?")).to_have_value(NOTE)


def test_words_typed_in_the_moment_of_leaving_arrive(product: Product, open_page):
    school = product.new_school("Quick Leaving School")
    page = open_page(school.lead, size=PHONE)
    page.goto(f"/audits/{school.audit}/")
    address = section_links(page)[0]
    page.goto(address)
    write_note(page)
    page.goto("/who-can-do-what/")
    page.evaluate("localStorage.clear()")
    for _ in range(20):  # nothing on this page says when the words have arrived
        page.goto(address)
        if page.get_by_label("What would you like to develop?").input_value():
            break
    expect(page.get_by_label("What would you like to develop?")).to_have_value(NOTE)


def test_nobody_submits_without_what_is_still_on_the_device_unawares(product: Product, open_page):
    school = product.new_school("Unawares School")
    product.answer_all(school)
    page = open_page(school.lead, size=PHONE)
    page.goto(f"/audits/{school.audit}/")
    page.goto(section_links(page)[0])
    page.route("**/notes/", lambda route: route.abort())
    write_note(page)
    expect(page.locator("[data-latest]")).to_contain_text("Not sent yet")
    page.goto(f"/audits/{school.audit}/check/")
    expect(page.get_by_role("heading", name=NOTICE)).to_be_visible()
    expect(page.locator("[data-unsent-of]")).to_contain_text(NOTE)
    page.get_by_role("button", name="Submit the self-audit").click()
    expect(page.get_by_role("heading", name=NOTICE)).to_be_focused()
    page.get_by_role("button", name="Throw it away").click()
    expect(page.get_by_role("heading", name=NOTICE)).to_be_hidden()
    page.wait_for_timeout(1_100)  # the button takes a press within a second for a double click
    page.get_by_role("button", name="Submit the self-audit").click()
    page.wait_for_url("**/reports/**")


def test_what_came_too_late_can_be_copied(product: Product, open_page):
    school = product.new_school("Too Late School")
    page = open_page(school.lead, size=PHONE)
    page.goto(f"/audits/{school.audit}/")
    address = section_links(page)[0]
    page.goto(address)
    statement = statements(page)[0]
    page.route("**/statements/**", lambda route: route.abort())
    page.locator(f"#{statement}").get_by_label("1 Emerging", exact=True).check()
    expect(page.locator("[data-latest]")).to_contain_text("Not sent yet")
    product.answer_all(school, submit=True)
    page.goto(address)
    expect(page.locator("[data-unsent-of]")).to_contain_text("1 Emerging")
    expect(page.locator("[data-unsent-of]")).to_contain_text("it is not part of it")
