"""A worker writes the record of a visit on a phone in a car park with poor reception."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.browser.product import Product

pytestmark = pytest.mark.browser
SAID = "Changes of the timetable come too late."
LATEST = "[data-latest]"
KEPT = "Object.keys(localStorage).filter(key => key.startsWith('pins-keep:'))"
NEW_VISIT = """
from datetime import timedelta
from django.utils import timezone
from schools.models import ProgrammeYear, School
from visits.models import Visit, VisitStep
name = {name!r}
today = timezone.localdate()
year = ProgrammeYear.objects.filter(starts_on__lte=today, ends_on__gte=today).earliest("pk")
school = School.objects.create(name=name, slug=name.lower().replace(" ", "-"), town="Ludlow", phase="Primary")
began = timezone.now() - timedelta(minutes=70)
visit = Visit.objects.create(
    school=school, programme_year=year, step=VisitStep.objects.get(number=1),
    status="confirmed", starts_at=began, ends_at=began + timedelta(hours=1))
print("VISIT", visit.pk)
"""


def new_visit(product: Product, name: str) -> str:
    """The address of the record of a confirmed visit that has begun, at a school of its own."""
    found = re.search(r"VISIT (\d+)", product.manage("shell", "-c", NEW_VISIT.format(name=name)))
    assert found
    return f"/visits/{found[1]}/record/"


def write_theme(page: Page) -> Any:
    """Begin the theme that stands on the page, and write the whole of it; returns its part."""
    theme = page.locator("[data-themes] article").last
    theme.get_by_label("Could be better").check()
    theme.get_by_label("Area of practice").select_option("Communication")
    theme.get_by_label("What was said, in your words").fill(SAID)
    theme.get_by_label("How many raised it?").fill("3")
    return theme


def test_what_is_written_without_a_connection_waits_on_the_device(product: Product, open_page):
    address = new_visit(product, "Car Park School")
    page = open_page("liaison@pins.example", size=PHONE)
    page.goto(address)
    came = page.get_by_label("How many parent carers came?")
    expect(came).to_have_attribute("inputmode", "numeric")
    came.fill("0")
    expect(page.locator(LATEST)).to_contain_text("Saved")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.context.set_offline(True)
    page.get_by_role("button", name="Add another").click()
    theme = write_theme(page)
    expect(page.locator(LATEST)).to_contain_text("Not sent yet")
    expect(page.locator(LATEST)).to_be_in_viewport()
    part = theme.get_attribute("data-keep-part")
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(address)
    again = page.locator(f"[data-keep-part='{part}']")
    expect(again.locator(".pins-saved")).to_contain_text("Saved")
    page.reload()
    expect(again.locator("summary")).to_contain_text(SAID)
    expect(page.get_by_label("How many parent carers came?")).to_have_value("0")
    assert page.evaluate(KEPT) == []


def test_saving_without_a_connection_stays_on_the_page(product: Product, open_page):
    address = new_visit(product, "No Line School")
    page = open_page("liaison@pins.example", size=PHONE)
    page.goto(address)
    page.context.set_offline(True)
    page.get_by_label("What did you tell the school’s leaders?").fill("The gate was praised.")
    page.get_by_role("button", name="Save and go to the visit").click()
    expect(page.get_by_role("alert")).to_contain_text("No connection: what you wrote is kept on this device")
    expect(page).to_have_url(product.base + address)
    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_have_count(0)
    page.wait_for_timeout(1_100)  # the button takes a press within a second for a double click
    page.get_by_role("button", name="Save and go to the visit").click()
    page.wait_for_url(product.base + address.removesuffix("record/"))
    expect(page.locator("main")).to_contain_text("The gate was praised.")


def test_a_line_that_only_seems_to_be_there_is_none(product: Product, open_page):
    page = leave_unsent(product, open_page, "Seeming Line School")
    page.route("**/js/line*", lambda route: route.abort())
    page.get_by_role("button", name="Save and go to the visit").click()
    expect(page.get_by_role("alert")).to_contain_text("No connection: what you wrote is kept on this device")


def leave_unsent(product: Product, open_page: Any, name: str) -> Page:
    """The record of a visit at a school of that name, with a theme that cannot be sent."""
    page: Page = open_page("liaison@pins.example", size=PHONE)
    page.goto(new_visit(product, name))
    page.route("**/record/**", lambda route: route.abort())
    write_theme(page)
    expect(page.locator(LATEST)).to_contain_text("Not sent yet")
    return page


def test_signing_out_asks_then_takes_what_was_not_sent_from_the_device(product: Product, open_page):
    page = leave_unsent(product, open_page, "Shared Phone School")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("alert")).to_contain_text("One part is not sent yet and would be lost.")
    assert page.evaluate(KEPT) != []
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(product.base + "/")
    assert page.evaluate(KEPT) == []


def test_so_does_the_page_that_asks_whether_to_sign_out(product: Product, open_page):
    page = leave_unsent(product, open_page, "Long Way Out School")
    page.goto("/accounts/logout/")
    for _ in range(2):
        page.locator("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url(product.base + "/")
    assert page.evaluate(KEPT) == []


def test_what_the_device_holds_is_sent_from_the_page_of_the_visit(product: Product, open_page):
    address = new_visit(product, "Next Visit Page School")
    page = open_page("liaison@pins.example", size=PHONE)
    page.goto(address)
    page.context.set_offline(True)
    page.get_by_label("What did you tell the school’s leaders?").fill("The gate was praised.")
    expect(page.locator(LATEST)).to_contain_text("Not sent yet")
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(address.removesuffix("record/"))
    expect(page.locator("main")).to_contain_text("The gate was praised.")
    expect(page.get_by_text("Something you wrote is only on this device")).to_be_hidden()


def test_without_javascript(product: Product, open_page):
    address = new_visit(product, "Plain Phone School")
    page = open_page("liaison@pins.example", size=PHONE, scripts=False)
    page.goto(address)
    page.get_by_label("How many parent carers came?").fill("7")
    write_theme(page)
    page.get_by_label("Yes, passed to the lead").check()
    page.get_by_role("button", name="Save and stay here").click()
    expect(page.get_by_text("Say at what time it was passed to the lead.").first).to_be_visible()
    page.get_by_label("At what time was it passed to the lead?").fill("00:01")
    page.get_by_role("button", name="Save and go to the visit").click()
    expect(page.get_by_text("is saved").first).to_be_visible()
    page.goto(address)
    expect(page.locator("[data-themes] summary").first).to_contain_text(SAID)
    expect(page.get_by_label("How many parent carers came?")).to_have_value("7")


def test_two_workers_see_each_other_and_choose(product: Product, open_page):
    address = new_visit(product, "Two Workers School")
    first, second = (open_page(f"{name}@pins.example", size=PHONE) for name in ("liaison", "admin"))
    for page in (first, second):
        page.goto(address)
    expect(second.locator("[data-here]")).to_contain_text("is writing here too")
    first.get_by_label("How many parent carers came?").fill("7")
    expect(first.locator(LATEST)).to_contain_text("Saved")
    second.get_by_label("How many parent carers came?").fill("9")
    expect(second.get_by_role("heading", name="Two versions")).to_be_visible()
    second.get_by_label("What I wrote").click()
    expect(second.get_by_role("heading", name="Two versions")).to_have_count(0)
    second.reload()
    expect(second.get_by_label("How many parent carers came?")).to_have_value("9")
