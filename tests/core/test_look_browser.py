"""The look in a real browser: reach without JavaScript, focus, small screens, axe."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.core.look_urls"),
]

PAGES = [
    "/dev/gallery/",
    "/dev/gallery/errors/",
    "/dev/gallery/question/",
    "/dev/gallery/signed-in/",
    "/no/such/page/",
]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = {"width": 320, "height": 640}


@pytest.fixture
def opened(browser: Browser, live_server: Any) -> Iterator[Any]:
    """Opens an address; what the console complains of fails the test."""
    contexts = []
    complaints: list[str] = []

    def open_page(address: str, **options: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if "Policy" in said.text else None)
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_and_nothing_sticks_out(opened, address, width):
    page = opened(address, viewport={"width": width, "height": 800})
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("javascript", [True, False])
def test_each_link_of_the_error_summary_gives_its_control_the_focus(opened, javascript):
    page = opened("/dev/gallery/errors/", java_script_enabled=javascript)
    links = page.locator(".govuk-error-summary a").all()
    assert len(links) >= 13
    for link in links:
        target = (link.get_attribute("href") or "").removeprefix("#")
        link.click()
        assert page.locator(":focus").get_attribute("id") == target


def test_the_error_summary_has_the_focus_when_the_page_opens(opened):
    page = opened("/dev/gallery/errors/")
    page.wait_for_function("document.activeElement.classList.contains('govuk-error-summary')")


def test_the_menu_of_a_phone_opens_without_javascript(opened):
    page = opened("/dev/gallery/", java_script_enabled=False, viewport=PHONE)
    link = page.get_by_role("navigation", name="Menu").get_by_role("link", name="Schools")
    assert not link.is_visible()
    page.get_by_text("Menu", exact=True).click()
    assert link.is_visible()


def test_a_wide_screen_has_the_links_in_a_row_and_no_menu(opened):
    page = opened("/dev/gallery/", viewport={"width": 1280, "height": 800})
    assert page.get_by_role("navigation", name="Main").get_by_role("link", name="Schools").is_visible()
    assert not page.get_by_text("Menu", exact=True).is_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_field_opens_under_its_option(opened, javascript):
    page = opened("/dev/gallery/", java_script_enabled=javascript)
    reason = page.locator("#id_empty-reason")
    assert not reason.is_visible()
    page.locator("label[for='id_empty-level-5']").click()
    assert reason.is_visible()


def test_the_first_tab_skips_to_the_content(opened):
    page = opened("/dev/gallery/", viewport={"width": 1280, "height": 800})
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    assert skip.evaluate("link => link === document.activeElement && link.getBoundingClientRect().height > 1")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"


def test_the_counter_says_what_is_left(opened):
    page = opened("/dev/gallery/")
    page.locator("#id_empty-note").fill("x" * 190)
    page.get_by_text("You have 10 characters remaining").first.wait_for()


def test_a_password_can_be_shown(opened):
    page = opened("/dev/gallery/")
    page.get_by_role("button", name="Show password").first.click()
    assert page.locator("#id_empty-password").get_attribute("type") == "text"


def test_numbers_of_a_table_stand_on_the_right_and_its_head_stays_in_sight(opened):
    page = opened("/dev/gallery/", viewport={"width": 1280, "height": 800})
    style = "cell => [getComputedStyle(cell).textAlign, getComputedStyle(cell).position]"
    assert page.locator("th.pins-number").evaluate(style) == ["right", "sticky"]
    assert page.locator("td.pins-number").first.evaluate(style) == ["right", "static"]
