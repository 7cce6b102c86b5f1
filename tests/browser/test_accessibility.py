"""Every page that can be reached from the front page and from each person's home, through axe and at 320 pixels."""

import re
from importlib.resources import files

import pytest
from playwright.sync_api import Page

from tests.browser.product import Product

pytestmark = pytest.mark.browser
PEOPLE = ("", "admin", "liaison", "programme", "trainer", "head", "colleague", "governor", "other.head")
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text()
RUN_AXE = """async () => {
  const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await axe.run(document, {runOnly: rules});
  const where = v => v.nodes.map(n => n.target.join(" ")).slice(0, 3).join("; ");
  return found.violations.map(v => `${v.id}: ${v.help} (${where(v)})`);
}"""
ALL_LINKS = """
() => [...document.querySelectorAll("a[href]")].map(link => new URL(link.getAttribute("href"), location).href)"""
FILES = (".csv", ".xlsx", ".json", ".pdf", "/download/")
KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""Made on the page for a theme, which each has its own."""
MOST_PAGES = 350
"""More than there are: a page that is found and not looked at would pass unseen."""


@pytest.mark.parametrize("name", PEOPLE)
def test_every_page_in_reach_is_accessible(name: str, product: Product, open_page):
    page = open_page(f"{name}@pins.example" if name else "")
    problems = {}
    seen: set[str] = set()
    waiting = ["/", "/accounts/login/"] if not name else ["/home/"]
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0)
        if pattern(address) in seen:
            continue
        seen.add(pattern(address))
        found, links = look_at(page, product, address)
        if found:
            problems[address] = found
        waiting.extend(links)
    assert problems == {}
    assert 3 < len(seen) < MOST_PAGES


def pattern(address: str) -> str:
    """Pages that differ only in which row they show are looked at once."""
    path = address.split("?", maxsplit=1)[0]
    parts = ["N" if part.isdigit() or KEY.fullmatch(part) else part for part in path.split("/")]
    for above in ("sections", "schools", "areas", "cohorts"):
        if above in parts:
            parts[parts.index(above) + 1] = "ROW"
    return "/".join(parts)


def look_at(page: Page, product: Product, address: str) -> tuple[list[str], list[str]]:
    """What is wrong with the page, and where it leads to on our own site."""
    page.goto(address)
    page.evaluate(AXE)
    problems: list[str] = page.evaluate(RUN_AXE)
    headings = page.locator("h1").count()
    if headings != 1:
        problems.append(f"{headings} h1 headings")
    page.set_viewport_size({"width": 320, "height": 700})
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > 320:
        problems.append(f"{width} pixels wide at 320")
    page.set_viewport_size({"width": 1280, "height": 900})
    links: list[str] = page.evaluate(
        "[...document.querySelectorAll('a[href]')].map(a => new URL(a.getAttribute('href'), location).href)"
    )
    ours = [link.removeprefix(product.base).split("#")[0] for link in links if link.startswith(product.base)]
    return problems, [link for link in ours if link and not link.split("?")[0].endswith(FILES)]
