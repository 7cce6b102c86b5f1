"""What a person does on the pages of a self-audit."""

from playwright.sync_api import Page, expect


def statements(page: Page) -> list[str]:
    """The ids of the statements on the section's page."""
    return [
        str(one.get_attribute("id"))
        for one in page.locator("article.pins-statement").all()
        if one.get_attribute("id") != "notes"
    ]


def rate(page: Page, statement: str, level: str) -> None:
    """Choose a level of one statement and wait until it is saved."""
    card = page.locator(f"#{statement}")
    card.get_by_label(level, exact=True).check()
    expect(card.locator("[data-acknowledged]")).to_contain_text("Saved")


def rate_section(page: Page, level: str = "2 Developing") -> None:
    """Choose the same level for every statement of the section."""
    for statement in statements(page):
        rate(page, statement, level)


def section_links(page: Page) -> list[str]:
    """The addresses of the sections on the task list."""
    return [str(link.evaluate("link => link.href")) for link in page.locator(".govuk-task-list__link").all()]
