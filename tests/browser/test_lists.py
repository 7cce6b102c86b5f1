"""An administrator adds the schools of a council's list: on a desk, and on a phone without scripts."""

import os

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.product import Product
from tests.browser.test_accessibility import AXE, RUN_AXE

pytestmark = pytest.mark.browser

MAKE = """
from datetime import date
from schools.models import ProgrammeYear, School, SchoolUrn
size = {size}
year = ProgrammeYear.objects.create(
    name=f"List {{size}}", starts_on=date(2030 + size, 4, 1), ends_on=date(2031 + size, 3, 1))
for number, town in enumerate(("Clun", "Wem")):
    school = School.objects.create(
        name=f"St Ebba's CofE Primary School {{size}}", slug=f"ebba-{{size}}-{{number}}", town=town, phase="Primary")
    SchoolUrn.objects.create(school=school, urn=970000 + 10 * size + number)
print("YEAR", year.pk)
"""


@pytest.mark.parametrize(("number", "size", "scripts"), [(1, DESK, True), (2, PHONE, False)])
def test_a_list_is_pasted_decided_and_applied(product: Product, open_page, number, size, scripts):
    year = product.manage("shell", "-c", MAKE.format(size=number)).split("YEAR ")[1].strip()
    page: Page = open_page("admin@pins.example", size=size, scripts=scripts)
    page.goto(f"/programme/years/{year}/")
    send(page, number)
    look_here(page, "list-review", scripts=scripts)

    expect(page.get_by_label("Add Caer Ridge Primary School")).to_be_checked()
    several = page.get_by_role("group", name=f"Line 3: Saint Ebbas C.E. Primary {number}")
    choose_by_keyboard(page, several)
    nowhere = page.get_by_label("Look in the register for line 5")
    nowhere.fill("clun hill")
    page.get_by_role("button", name="Look up line 5").click()
    page.get_by_role("group", name="Line 5: Nowhere at all").get_by_label("Clun Hill Primary School").check()
    expect(several.get_by_role("radio").first).to_be_checked()
    page.get_by_role("button", name="Add these schools").click()

    expect(page.get_by_role("heading", name="Schools added: 3")).to_be_visible()
    expect(page.get_by_role("cell", name="Taken for a heading.")).to_be_visible()
    look_here(page, "list-added", scripts=scripts)


def look_here(page: Page, name: str, *, scripts: bool) -> None:
    """axe on the page as it stands, where it can run, and no wider than a phone; a picture where one is asked for."""
    if folder := os.environ.get("PINS_SCREENSHOTS"):
        page.screenshot(path=f"{folder}/{name}-{page.viewport_size['width']}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    if scripts:
        page.evaluate(AXE)
        assert page.evaluate(RUN_AXE) == []


def send(page: Page, number: int) -> None:
    page.get_by_role("link", name="Add schools from a list").click()
    lines = [
        "Primary schools:",
        "Caer Ridge Primary",
        f"Saint Ebbas C.E. Primary {number}",
        "",
        "Nowhere at all",
    ]
    page.get_by_label("Paste the list").fill("\n".join(lines))
    page.get_by_label("They joined with").select_option(label="Year 1")
    page.get_by_role("button", name="Look the schools up").click()


def choose_by_keyboard(page: Page, several: Locator) -> None:
    """Nothing is chosen before; the error's link leads to the first choice."""
    expect(several.get_by_role("radio", checked=True)).to_have_count(0)
    page.get_by_role("button", name="Add these schools").click()
    page.get_by_role("link", name="Line 3: choose the school, or leave the line out").focus()
    page.keyboard.press("Enter")
    expect(several.get_by_role("radio").first).to_be_focused()
    page.keyboard.press("Space")
