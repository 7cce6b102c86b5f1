"""Planner, hours by worker, dashboard, Home and their files count visits by one rule."""

import csv
import io
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from core.unchanged import Unchanged
from pins.demo.people import seed_people
from pins.demo.schools import YEAR_1, YEAR_2, seed_schools
from pins.demo.visits import seed_visits
from schools.models import Participation
from visits.models import Visit
from visits.services.planning import cancel
from visits.services.requesting import request_visit

pytestmark = pytest.mark.django_db
OUTSIDE = "Outside the full offer, on request or at schools that left it"


@pytest.fixture
def demo(settings):
    """The demonstration's visits on a Thursday in November."""
    settings.DEMO = True
    with time_machine.travel(datetime(2026, 11, 26, 10, 30, tzinfo=ZoneInfo("Europe/London")), tick=False):
        programme = seed_schools()
        people = seed_people(programme.schools)
        seed_visits(programme, people, today=timezone.localdate())
        yield programme, people


def rows(client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(address).content.decode("utf-8-sig"))))


def counts(client) -> dict[str, tuple[int, ...]]:
    """Visits held of those owed, held besides, and to be dated, as each place has them."""
    Unchanged.forget_all()  # a test changes rows without a line of history
    planner = client.get("/visits/").context
    hours = client.get("/visits/capacity/").context["shown"].needs
    assert hours.line() in planner["capacity"]
    by_worker = {row["Worker"]: row for row in rows(client, "/visits/capacity.csv")}
    full, outside = by_worker["Full offer"], by_worker[OUTSIDE]
    listed = rows(client, "/visits.csv?group=all")
    held = [row for row in listed if row["Status"] in ("Held", "Notes written", "Shared", "Closed")]
    figures = [row for row in rows(client, "/dashboard.csv") if row["What"].startswith("Visits, ")]
    cards = client.get("/dashboard/").context["cards"]
    undated = [row for row in listed if row["What it needs"] == "No date yet"]
    home = [step.verb for step in client.get("/home/").context["steps"] if "Find" in step.verb]

    def told(what: str, stands: str) -> int:
        return sum(int(row["How many"]) for row in figures if (row["What"], row["Stands"]) == (what, stands))

    assert home == [f"Find dates for {len(undated)} visits"]
    return {
        "hours": (hours.owed.held, hours.promised, hours.outside.held),
        "file of hours": (int(full["Visits held"]), int(full["Visits owed"]), int(outside["Visits held"])),
        "file of the planner": (
            sum(row["Full offer"] == "yes" for row in held),
            hours.promised,
            sum(row["Full offer"] == "no" for row in held),
        ),
        "cards": (
            sum(card.visits.held for card in cards),
            sum(card.visits.owed for card in cards),
            sum(card.visits.outside for card in cards),
        ),
        "file of cards": (
            told("Visits, full offer", "Held"),
            told("Visits, full offer", "Owed"),
            told("Visits, outside the full offer", "Held"),
        ),
    }


def test_every_place_says_the_same_of_the_demonstration(demo, client):
    _, people = demo
    client.force_login(people["liaison"])
    assert set(counts(client).values()) == {(18, 45, 0)}


def test_and_after_schools_changed_their_offer_and_visits_were_cancelled_and_asked_for(demo, client):
    programme, people = demo
    client.force_login(people["liaison"])
    full = [programme.schools[one.name] for one in YEAR_2]
    parts = Participation.objects.filter(programme_year=programme.second_year)
    parts.filter(school=full[3]).update(offer="training_only")
    parts.filter(school=full[4]).update(offer="embedding")
    gone = {"status": "withdrawn", "withdrawn_on": timezone.localdate(), "withdrawal_reason": "Moved"}
    parts.filter(school=full[5]).update(**gone)
    cancel(visit=Visit.objects.get(school=full[6], step=3), reason="No room.", by=people["liaison"])
    embedding = parts.filter(offer="embedding", status="active").exclude(school=full[4]).first().school
    assert embedding.name in {one.name for one in YEAR_1}
    request_visit(school=embedding, year=programme.second_year, by=people["liaison"])
    found = counts(client)
    (same,) = set(found.values())
    assert (same[1], same[2]) == (36, 3)
