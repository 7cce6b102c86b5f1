"""One product and one Chromium for all journeys; each has a context, and where it writes a school, of its own."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.browser.product import Product, services_of_its_own

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
expect.set_options(timeout=30_000)
"""What a page may take to show something, in milliseconds: no journey measures speed, and machines are shared."""


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The product with its demonstration, started once."""
    folder = tmp_path_factory.mktemp("product") / "data"
    running = Product(folder, services_of_its_own(folder.parent.name))
    try:
        running.start()
        if (
            "DATABASE_URL" in os.environ
        ):  # `bin/run` loads the demonstration into its own folder's database only
            running.manage("seed_demo")
        yield running
    finally:
        running.stop()


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, product: Product) -> Iterator[OpenPage]:
    """Opens a page in a new context: `open_page("head@pins.example", size=PHONE, scripts=False)`.

    At the end no page may have met an error: a script's, a blocked one's, or an answer of 500.
    """
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def listen(page: Page) -> None:
        page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
        page.on("console", lambda message: _note(message, page, troubles))
        page.on("response", lambda answer: answer.status >= 500 and troubles.append(f"500 at {answer.url}"))

    def open_for(email: str = "", *, size: Any = DESK, scripts: bool = True) -> Page:
        context = browser.new_context(base_url=product.base, viewport=size, java_script_enabled=scripts)
        contexts.append(context)
        page = context.new_page()
        listen(page)
        if email:
            sign_in(page, email)
        return page

    yield open_for
    for context in contexts:
        context.close()
    assert not troubles


def _note(message: ConsoleMessage, page: Page, troubles: list[str]) -> None:
    if message.type == "error" and "Content Security Policy" in message.text:
        troubles.append(f"{page.url}: {message.text}")


def sign_in(page: Page, email: str) -> None:
    """Sign in with the demonstration's password, as a person does."""
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill("pins-demo")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/home/")
