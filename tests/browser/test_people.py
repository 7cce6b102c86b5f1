"""The people of a school: a lead invites from a phone, somebody new comes in and takes the lead over."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.product import Product
from tests.browser.test_accessibility import AXE, RUN_AXE

pytestmark = pytest.mark.browser
NEW = "robin.o'shea@pins.example"


def is_accessible(page: Page) -> None:
    page.evaluate(AXE)
    assert page.evaluate(RUN_AXE) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def people_of(page: Page) -> str:
    """The address of the school's people, by the link from giving a section."""
    page.get_by_role("link", name="self-audit").first.click()
    page.get_by_role("link", name=re.compile("^(Give to a colleague|Change who answers)")).first.click()
    page.get_by_role("link", name="Invite them").click()
    return page.url.partition("invite/")[0]


def link_in_outbox(page: Page) -> str:
    page.goto("/outbox/")
    found = re.search(rf"To {NEW}.*?(/invitations/[\w-]+/)", page.locator("main").inner_text(), re.DOTALL)
    assert found
    return found[1]


def invites(head: Page) -> None:
    is_accessible(head)
    head.get_by_label("Their work e-mail address").fill(NEW.upper())
    head.get_by_label("Contributor", exact=True).check()
    head.keyboard.press("Enter")
    expect(head.get_by_text(f"An invitation is on its way to {NEW}.")).to_be_visible()
    is_accessible(head)


def accepts(robin: Page) -> None:
    robin.goto(link_in_outbox(robin))
    expect(robin.get_by_role("heading", name="Invitation to Handing Over School")).to_be_visible()
    robin.get_by_label("Your name").fill("Robin O’Shea")
    robin.get_by_role("button", name="Accept the invitation").click()
    expect(robin.get_by_text("You belong to Handing Over School now, as a contributor.")).to_be_visible()
    expect(robin.get_by_role("heading", name="What to do next")).to_be_visible()


def hands_over(head: Page) -> None:
    head.get_by_role("link", name=re.compile("^Leave")).click()
    head.get_by_role("button", name="Hand the lead over").click()
    head.get_by_label("Robin O’Shea, contributor").check()
    head.get_by_label("I leave the school’s pages").check()
    is_accessible(head)
    head.get_by_role("button", name="Hand the lead over").click()
    expect(head.get_by_text("Robin O’Shea leads Handing Over School now")).to_be_visible()


def adds_a_contact(robin: Page) -> None:
    robin.get_by_role("link", name="Contacts of the school").click()
    robin.get_by_role("button", name="Add a contact").click()
    robin.get_by_label("PINS lead").check()
    robin.get_by_label("Name", exact=True).fill("Robin O’Shea")
    robin.get_by_label("Work e-mail address").fill(NEW)
    robin.get_by_role("button", name="Save").click()
    expect(robin.get_by_role("row", name=re.compile("Robin O’Shea"))).to_be_visible()


def test_a_lead_invites_and_the_invited_takes_over(product: Product, open_page):
    school = product.new_school("Handing Over School")
    head = open_page(school.lead, size=PHONE)
    people = people_of(head)
    invites(head)
    robin = open_page(size=PHONE, scripts=False)
    accepts(robin)
    assert robin.goto(people).status == 403
    head.goto(people)
    hands_over(head)
    assert head.goto(people).status == 404
    robin.set_viewport_size(DESK)
    robin.goto(people)
    adds_a_contact(robin)
