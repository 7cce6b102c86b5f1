"""A session that ends in the middle of answering loses nothing."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.answering import section_links, statements
from tests.browser.conftest import PHONE
from tests.browser.product import Product

pytestmark = pytest.mark.browser
NOTE = "We walked round with the “lights off”.\nTwice."


def end_session(page: Page) -> None:
    """What hours do: the browser no longer has a session."""
    page.context.clear_cookies(name="sessionid")


def sign_in_again(page: Page, email: str) -> None:
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill("pins-demo")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="What you sent was kept").wait_for()


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_what_was_sent_is_kept_and_sent_on(scripts: bool, product: Product, open_page):
    school = product.new_school(f"Ended Session School {int(scripts)}")
    page = open_page(school.lead, size=PHONE, scripts=scripts)
    page.goto(f"/audits/{school.audit}/")
    address = section_links(page)[0]
    page.goto(address)
    statement = statements(page)[0]
    card = page.locator(f"#{statement}")
    card.get_by_text("Add what shows this").click()
    end_session(page)
    card.get_by_label("What shows this?").fill(NOTE)
    # Not check(): the redirect to the sign-in page may take away the radio button that it would look at again.
    card.get_by_label("3 Established", exact=True).click()
    if not scripts:
        page.get_by_role("button", name="Save and stay here").click()
    # Not wait_for_url: note and rating go separately, and the redirect of the second may cut off that of the first.
    expect(page).to_have_url(re.compile(r"/accounts/login/"))
    sign_in_again(page, school.lead)
    page.get_by_role("button", name=re.compile("Save your answers? in")).click()
    expect(page.get_by_text(re.compile("(are|is) saved")).first).to_be_visible()
    page.goto(address)
    expect(card.locator("summary .pins-chip")).to_have_text("3 Established")
    expect(card.locator("textarea[name$=evidence_note]")).to_have_value(NOTE)
