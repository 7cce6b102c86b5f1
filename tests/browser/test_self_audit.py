"""A head and a colleague answer, submit, and a minute later read the report."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.answering import rate, rate_section, section_links, statements
from tests.browser.conftest import PHONE
from tests.browser.product import Product

pytestmark = pytest.mark.browser


def test_head_and_colleague_answer_submit_and_download(product: Product, open_page, tmp_path):
    school = product.new_school("Head And Colleague School")
    head = open_page(school.lead)
    head.get_by_role("link", name=school.name).or_(head.get_by_role("link", name="self-audit")).first.click()
    head.goto(f"/audits/{school.audit}/")
    sections = section_links(head)
    assert len(sections) == 8

    head.goto(f"{sections[0]}give/")
    head.get_by_label(f"contributor {school.name}").check()
    head.get_by_role("button", name="Give the section").click()
    expect(head.get_by_text("was asked to answer")).to_be_visible()

    colleague = open_page(school.contributor, size=PHONE)
    colleague.goto(f"/audits/{school.audit}/")
    colleague.get_by_role("heading", name="Given to you").wait_for()
    colleague.goto(sections[0])
    rate_section(colleague, "3 Established")

    for address in sections[1:]:
        head.goto(address)
        rate_section(head)
    submit(head, school.audit)
    expect(head.get_by_role("button", name="Download the report")).to_be_visible(timeout=90_000)
    with head.expect_download() as download:
        head.get_by_role("button", name="Download the report").click()
    assert download.value.suggested_filename.endswith(".pdf")
    download.value.save_as(tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")


def submit(page: Page, audit: int) -> None:
    """Check the answers, then submit."""
    page.goto(f"/audits/{audit}/check/")
    page.get_by_role("button", name="Submit the self-audit").click()
    page.wait_for_url("**/reports/**")


def test_without_javascript_on_a_phone(product: Product, open_page):
    school = product.new_school("No Scripts School")
    page = open_page(school.lead, size=PHONE, scripts=False)
    page.goto(f"/audits/{school.audit}/")
    for address in section_links(page):
        page.goto(address)
        for statement in statements(page):
            page.locator(f"#{statement}").get_by_label("1 Emerging", exact=True).check()
        page.get_by_role("button", name="Save and go to the list").click()
        expect(page.get_by_text("are saved")).to_be_visible()
    page.get_by_role("button", name="Check answers and submit").click()
    page.get_by_role("button", name="Submit the self-audit").click()
    expect(page.get_by_role("button", name="Download the report")).to_be_visible(timeout=90_000)


def test_by_keyboard_alone(product: Product, open_page):
    school = product.new_school("Keyboard School")
    page = open_page(school.lead)
    page.goto(f"/audits/{school.audit}/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, "a.govuk-task-list__link")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sections/**")
    tab_to(page, "input[type=radio]")
    page.keyboard.press("Space")
    with page.expect_response(lambda answer: "answer=2" in (answer.request.post_data or "")):
        page.keyboard.press("ArrowDown")
    first = page.locator("article.pins-statement").first
    expect(first.locator("[data-acknowledged]")).to_contain_text("Saved")
    expect(first.locator("summary .pins-chip")).to_have_text("2 Developing")
    page.reload()
    expect(first.locator("summary .pins-chip")).to_have_text("2 Developing")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on what the selector names."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Sixty Tabs never reached {selector}.")


def test_what_the_server_has_not_acknowledged_is_kept_on_the_device(product: Product, open_page):
    school = product.new_school("Poor Reception School")
    page = open_page(school.lead, size=PHONE)
    page.goto(f"/audits/{school.audit}/")
    address = section_links(page)[0]
    page.goto(address)
    statement = statements(page)[0]
    page.context.set_offline(True)
    page.locator(f"#{statement}").get_by_label("4 Enhanced", exact=True).check()
    expect(page.locator(f"#{statement} .pins-saved")).to_contain_text("Not sent yet")
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(address)
    expect(page.locator(f"#{statement} .pins-saved")).to_contain_text("Saved")
    page.reload()
    expect(page.locator(f"#{statement} summary .pins-chip")).to_have_text("4 Enhanced")


@pytest.mark.parametrize("reloads", [False, True], ids=["on the page", "after a reload"])
def test_a_lost_reply_is_no_conflict_with_oneself(product: Product, open_page, reloads):
    school = product.new_school(f"Lost Reply School {int(reloads)}")
    page = open_page(school.lead, size=PHONE)
    page.goto(f"/audits/{school.audit}/")
    address = section_links(page)[0]
    page.goto(address)
    statement = statements(page)[0]
    card = page.locator(f"#{statement}")
    page.route("**/statements/**", saved_but_never_answered, times=1)
    card.get_by_label("2 Developing", exact=True).check()
    expect(card.locator(".pins-saved")).to_contain_text("Not sent yet")
    page.context.set_offline(reloads)
    card.get_by_label("4 Enhanced", exact=True).check()
    if reloads:
        page.goto("about:blank")
        page.context.set_offline(False)
        page.goto(address)
    expect(card.locator(".pins-saved")).to_contain_text("Saved")
    expect(card.get_by_role("heading", name="Two versions")).to_have_count(0)
    page.reload()
    expect(card.locator("summary .pins-chip")).to_have_text("4 Enhanced")


def saved_but_never_answered(route: Route) -> None:
    """Poor reception: the request arrives, its answer does not."""
    route.fetch()
    route.abort()


def test_signing_out_takes_unsent_words_from_the_device(product: Product, open_page):
    school = product.new_school("Shared Device School")
    page = open_page(school.lead)
    page.goto(f"/audits/{school.audit}/")
    page.goto(section_links(page)[0])
    statement = statements(page)[0]
    page.route("**/statements/**", lambda route: route.abort())
    page.locator(f"#{statement}").get_by_label("4 Enhanced", exact=True).check()
    expect(page.locator(f"#{statement} .pins-saved")).to_contain_text("Not sent yet")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("alert")).to_contain_text("One part is not sent yet")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(product.base + "/")
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('pins-keep:'))") == []


def test_a_browser_that_keeps_nothing_still_saves_and_signs_out(product: Product, open_page):
    school = product.new_school("Keeps Nothing School")
    page = open_page(school.lead)
    refusing = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('No') }})"
    page.context.add_init_script(refusing)
    page.goto(f"/audits/{school.audit}/")
    page.goto(section_links(page)[0])
    notes = page.locator("#notes")
    notes.get_by_label("What is strong here?").fill("A quiet corner in each room.")
    expect(notes.locator("[data-acknowledged]")).to_contain_text("Saved")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(product.base + "/")


def test_two_people_on_one_statement_choose(product: Product, open_page):
    school = product.new_school("Two People School")
    head = open_page(school.lead)
    head.goto(f"/audits/{school.audit}/")
    address = section_links(head)[0]
    colleague = open_page(school.lead)
    for page in (head, colleague):
        page.goto(address)
    statement = statements(head)[0]
    rate(head, statement, "2 Developing")
    card = colleague.locator(f"#{statement}")
    card.get_by_label("4 Enhanced", exact=True).check()
    expect(card.get_by_role("heading", name="Two versions")).to_be_visible()
    expect(card.get_by_role("alert")).to_contain_text("2 Developing")
    # The choice is sent at once and its reply takes the choice away: check() would look for it again.
    card.get_by_label(re.compile("^What .* saved at ")).click()
    expect(card.get_by_role("heading", name="Two versions")).to_have_count(0)
    expect(card.locator("summary .pins-chip")).to_have_text("2 Developing")
