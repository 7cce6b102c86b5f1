"""A visit from its first date to what families read of it, by whoever has a hand in it.

With a finger on a phone, with nothing but a keyboard at a desk, and as far as the sharing on a phone without
JavaScript.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.hands import Finger, Hands, Keyboard
from tests.browser.product import Product
from tests.browser.test_people import is_accessible

pytestmark = pytest.mark.browser
SAID = "Changes of the timetable come too late."
TOLD = "Families praised the welcome at the gate."
CHANGES = "Families get a change of the timetable two days ahead."
CHANGED = "The office writes to all families two days before a change."
WRONG = "Changes are announced on Fridays already."
NEW_VISIT = """
from datetime import time, timedelta
from django.utils import timezone
from accounts.models import User
from schools.models import Membership, Participation, ProgrammeYear, School, SchoolContact
from schools.queries.terms import SchoolCalendar
from visits.models import Visit, VisitStep
from visits.times import VisitTime, is_outside, warning
name, has_lead = {name!r}, {has_lead}
slug = name.lower().replace(" ", "-")
today = timezone.localdate()
year = ProgrammeYear.objects.filter(starts_on__lte=today).last()
school = School.objects.create(name=name, slug=slug, town="Ludlow", phase="Primary", public_consent=True)
Participation.objects.create(school=school, programme_year=year, cohort={cohort}, status="active")
head = f"head.{{slug}}@pins.example"
if has_lead:
    lead = User.objects.create_user(head, "pins-demo", name="Jo Head")
    Membership.objects.create(user=lead, school=school, role="school_lead")
else:
    SchoolContact.objects.create(school=school, role="head_teacher", name="Jo Head", email=head)
worker = User.objects.create_user(f"worker.{{slug}}@pins.example", "pins-demo", name="Sam Worker", is_liaison=True)
visit, _ = Visit.objects.get_or_create(school=school, programme_year=year, step=VisitStep.objects.get(number=1))
calendar = SchoolCalendar.load()
fits = lambda at: not warning(at, calendar) and not is_outside(at, year)
days = (today + timedelta(days=ahead) for ahead in range(7, 90))
day = next(one for one in days if fits(VisitTime.on(one, time(9), minutes=60)))
print("VISIT", visit.pk, school.pk, day.isoformat(), (today - timedelta(days=1)).isoformat())
"""


@dataclass(frozen=True)
class Journey:
    """One visit at a school of its own, and the hands that work all pages of it."""

    name: str
    visit: str
    school: str
    day: list[str]
    yesterday: list[str]
    hands: Hands
    look: Callable[[Page], None]

    @property
    def slug(self) -> str:
        """As in addresses."""
        return self.name.lower().replace(" ", "-")

    @property
    def head(self) -> str:
        """Whom the school's mail goes to."""
        return f"head.{self.slug}@pins.example"

    @property
    def worker(self) -> str:
        """Who visits the school."""
        return f"worker.{self.slug}@pins.example"

    def button(self, page: Page, name: str) -> None:
        """Press the button of that name."""
        self.hands.press(page.get_by_role("button", name=name, exact=True).first)

    def type_day(self, page: Page, name: str, day: list[str]) -> None:
        """Write a day into its three boxes."""
        for part, typed in zip(("year", "month", "day"), day, strict=True):
            self.hands.write(page.locator(f"[name={name}-{part}]"), typed)


def begin(product: Product, name: str, hands: Hands, look: Any, *, has_lead: bool) -> Journey:
    """A school on the public list, with a visit to plan and a worker of its own who visits it."""
    code = NEW_VISIT.format(name=name, has_lead=has_lead, cohort="year.participations.first().cohort")
    found = re.search(r"VISIT (\d+) (\d+) (\S+) (\S+)", product.manage("shell", "-c", code))
    assert found
    visit, school, day, yesterday = found.groups()
    return Journey(name, f"/visits/{visit}/", school, day.split("-"), yesterday.split("-"), hands, look)


def link_in_mail(page: Page, to: str, kind: str) -> str:
    """The newest address of that kind that was e-mailed to somebody."""
    page.goto("/outbox/")
    found = re.search(rf"To {to}.*?(/{kind}/[\w.:-]+/)", page.locator("main").inner_text(), re.DOTALL)
    assert found
    return found[1]


def proposes(journey: Journey, worker: Page) -> None:
    worker.goto(f"/visits/?q={journey.name}")
    journey.look(worker)
    journey.hands.press(
        worker.get_by_role("link", name=re.compile(f"^Propose times ?: {journey.name}, visit 1"))
    )
    journey.type_day(worker, "day_1", journey.day)
    journey.look(worker)
    journey.button(worker, "E-mail the times to the school")
    expect(worker.get_by_role("heading", name="Times that are put forward")).to_be_visible()


def picks(journey: Journey, head: Page) -> None:
    head.goto(link_in_mail(head, journey.head, "times"))
    journey.look(head)
    journey.hands.choose(head.get_by_role("radio").first)
    journey.button(head, "Confirm this time")
    expect(head.get_by_role("heading", name="Thank you: you picked a time")).to_be_visible()
    journey.look(head)


def visit_in_planner(journey: Journey, worker: Page) -> Locator:
    """Its row: the school has three visits."""
    return worker.get_by_role("row", name=re.compile(f"{journey.name}.*Visit 1"))


def sees_it_confirmed(journey: Journey, worker: Page) -> None:
    worker.goto(f"/visits/?group=all&q={journey.name}")
    expect(visit_in_planner(journey, worker)).to_contain_text("Confirmed")


def logs(journey: Journey, worker: Page) -> None:
    row = visit_in_planner(journey, worker)
    journey.hands.press(row.get_by_role("link", name=journey.name, exact=True))
    journey.look(worker)
    journey.button(worker, "Log that it was held")
    journey.type_day(worker, "day", journey.yesterday)
    journey.look(worker)
    journey.button(worker, "Log that it was held")
    expect(worker.get_by_role("button", name="Write the record, about 3 minutes")).to_be_visible()


def records(journey: Journey, worker: Page) -> None:
    hands = journey.hands
    journey.button(worker, "Write the record, about 3 minutes")
    hands.write(worker.get_by_label("How many parent carers came?"), "0")
    theme = worker.locator("[data-themes] article").last
    hands.choose(theme.get_by_label("Could be better"))
    hands.select(theme.get_by_label("Area of practice"), "Communication")
    hands.write(theme.get_by_label("What was said, in your words"), SAID)
    hands.write(theme.get_by_label("How many raised it?"), "3")
    hands.write(worker.get_by_label("What did you tell the school’s leaders?"), TOLD)
    hands.choose(worker.locator("[data-keep-part=safeguarding]").get_by_label("No", exact=True))
    journey.button(worker, "Save and stay here")
    expect(worker.get_by_text("is saved").first).to_be_visible()
    expect(worker.get_by_label("How many parent carers came?")).to_have_value("0")
    hands.write(worker.get_by_label("How many parent carers came?"), "7")
    journey.look(worker)
    journey.button(worker, "Save and go to the visit")
    expect(worker.get_by_role("heading", name="Record", exact=True)).to_be_visible()
    expect(worker.locator("main")).to_contain_text(SAID)


def shares(journey: Journey, worker: Page) -> None:
    journey.button(worker, "Say that the notes are written")
    journey.look(worker)
    journey.button(worker, "Share the notes with the school")
    journey.look(worker)
    journey.button(worker, "Share the notes")
    expect(worker.get_by_text("A link was e-mailed to").first).to_be_visible()


def reads(journey: Journey, head: Page) -> None:
    head.goto(link_in_mail(head, journey.head, "summaries"))
    expect(head.locator("main")).to_contain_text(SAID)
    journey.look(head)
    journey.button(head, "I have read it")
    expect(head.get_by_text("It is noted that you have read it.")).to_be_visible()


def replies(journey: Journey, head: Page) -> None:
    journey.button(head, "Reply to the notes")
    journey.hands.choose(head.get_by_label("Not accurate"))
    journey.hands.write(head.get_by_label("Your comment"), WRONG)
    journey.look(head)
    journey.button(head, "Send the reply")
    expect(head.get_by_text(WRONG)).to_be_visible()


def decides(journey: Journey, lead: Page) -> None:
    lead.goto(f"/workspaces/{journey.school}/loop/")
    journey.look(lead)
    journey.hands.press(lead.get_by_role("link", name=re.compile("^Decide what becomes of it")))
    journey.hands.choose(lead.get_by_label("A new action"))
    journey.look(lead)
    journey.button(lead, "Go on")
    journey.hands.write(lead.get_by_label("What is going to change?"), CHANGES)
    journey.hands.choose(lead.get_by_label("Communication", exact=True))
    journey.hands.choose(lead.get_by_label("Office, lunchtime and other staff"))
    journey.type_day(lead, "due_on", journey.day)
    journey.look(lead)
    journey.button(lead, "Save the action")
    expect(lead.get_by_text("The action is on the school’s list.")).to_be_visible()


def says_what_changed(journey: Journey, lead: Page) -> None:
    journey.hands.press(lead.get_by_role("link", name=CHANGES))
    journey.look(lead)
    journey.hands.press(lead.get_by_role("link", name="Say that it is done"))
    journey.hands.write(lead.get_by_label("What changed?"), CHANGED)
    journey.look(lead)
    journey.button(lead, "Say that it is done")
    expect(lead.get_by_text(CHANGED)).to_be_visible()


def approves(journey: Journey, page: Page) -> None:
    expect(page.get_by_text(CHANGED).first).to_be_visible()
    journey.look(page)
    journey.hands.choose(page.get_by_label("I have read all of it, as families will read it"))
    journey.button(page, "Approve these words")
    expect(page.get_by_text("These words are approved.")).to_be_visible()


def publishes(journey: Journey, worker: Page, lead: Page) -> None:
    worker.goto(f"/workspaces/{journey.school}/families/")
    journey.look(worker)
    journey.hands.press(worker.get_by_role("button", name=re.compile("^Begin the page of")))
    approves(journey, worker)
    lead.goto(worker.url)
    approves(journey, lead)
    worker.reload()
    journey.button(worker, "Publish them")
    journey.look(worker)
    journey.button(worker, "Publish them")
    expect(worker.get_by_text("These words", exact=True)).to_be_visible()


def family_reads(journey: Journey, family: Page) -> None:
    family.goto(f"/schools/{journey.slug}/you-said/")
    expect(family.get_by_text(CHANGED)).to_be_visible()
    journey.look(family)


@pytest.mark.parametrize(
    ("name", "size", "hands"),
    [("Whole Phone School", PHONE, Finger()), ("Whole Desk School", DESK, Keyboard())],
    ids=["on a phone", "by keyboard"],
)
def test_from_the_first_date_to_what_families_read(
    name: str, size: Any, hands: Hands, product: Product, open_page
):
    journey = begin(product, name, hands, is_accessible, has_lead=True)
    worker, head = open_page(journey.worker, size=size), open_page(size=size)
    proposes(journey, worker)
    picks(journey, head)
    sees_it_confirmed(journey, worker)
    logs(journey, worker)
    records(journey, worker)
    shares(journey, worker)
    reads(journey, head)
    replies(journey, head)
    lead = open_page(journey.head, size=size)
    decides(journey, lead)
    says_what_changed(journey, lead)
    publishes(journey, worker, lead)
    family_reads(journey, open_page(size=size))


def test_without_javascript_and_a_head_without_an_account(product: Product, open_page):
    journey = begin(product, "Plain Visit School", Finger(), lambda _: None, has_lead=False)
    worker, head = (open_page(one, size=PHONE, scripts=False) for one in (journey.worker, ""))
    proposes(journey, worker)
    picks(journey, head)
    sees_it_confirmed(journey, worker)
    logs(journey, worker)
    records(journey, worker)
    shares(journey, worker)
    reads(journey, head)
    replies(journey, head)
