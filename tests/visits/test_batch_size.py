"""The largest preview that can be chosen comes back whole: however much is in it, nothing that was typed is lost."""

from datetime import datetime
from html.parser import HTMLParser
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings

from accounts.held_posts import LONGEST_BODY
from schools.models import Participation, School
from tests.factories import ParticipationFactory
from visits.batch import MOST_LISTED
from visits.models import ProposedTime, Visit

pytestmark = pytest.mark.django_db
PLAN, APPLY = "/visits/plan/", "/visits/plan/apply/"
SATURDAYS = ("Saturday 5 December 2026", "Saturday 12 December 2026", "Saturday 9 January 2027")


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(datetime(2026, 11, 25, 10, 30, tzinfo=ZoneInfo("Europe/London")), tick=False):
        yield


class _Sent(HTMLParser):
    """What a browser sends of the form with this address, every box filled in and ticked."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action, self.inside = action, False
        self.fields: list[tuple[str, str]] = []
        self.radios: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = given.get("action") == self.action
        elif self.inside and "name" in given and tag in ("input", "select", "textarea"):
            self._add(given["name"], given)

    def _add(self, name: str, given: dict[str, str]) -> None:
        if given.get("type") == "radio":
            if "checked" in given:
                self.fields.append((name, given["value"]))
        else:
            on = "on" if given.get("type") == "checkbox" else ""
            self.fields.append((name, given.get("value", on)))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False


def sent(html: str) -> list[tuple[str, str]]:
    reader = _Sent(APPLY)
    reader.feed(html)
    return reader.fields


def typed(fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """With a day on which schools are closed and a time in each box: so that each row asks whether it is meant so."""
    days = dict(zip(("day", "day_2", "day_3"), SATURDAYS, strict=True))
    found = []
    for name, value in fields:
        part = name.rpartition("-")[2]
        found.append((name, days.get(part, "9am" if part.startswith("start") else value)))
    return found


def all_but_one_left_out(fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """As many fields, and a test that does not wait for two hundred visits to be planned."""
    first = next(name for name, _ in fields if name.endswith("-take"))
    return [(name, "false" if name.endswith("-take") and name != first else value) for name, value in fields]


def post(client, fields: list[tuple[str, str]]):
    return client.post(APPLY, urlencode(fields), content_type="application/x-www-form-urlencoded")


def as_many_as_are_listed() -> None:
    part = ParticipationFactory()
    schools = School.objects.bulk_create(
        School(name=f"School {n:03}", slug=f"school-{n}", phase="primary") for n in range(MOST_LISTED)
    )
    same = {"programme_year": part.programme_year, "cohort": part.cohort, "status": "active"}
    Participation.objects.bulk_create(Participation(school=school, **same) for school in schools)
    Visit.objects.bulk_create(
        Visit(school=school, programme_year=part.programme_year, step_id=1) for school in schools
    )


def test_every_field_of_the_largest_preview_is_read(people, sign_in):
    as_many_as_are_listed()
    client = sign_in(people.liaison)
    chosen = {
        "visits": [str(pk) for pk in Visit.objects.values_list("pk", flat=True)],
        "workers": [people.liaison.pk],
        "dates": "type",
        "most_a_day": "2",
        "how": "propose",
        "offers": "3",
    }
    fields = typed(sent(client.post(PLAN, chosen).content.decode()))

    asked = post(client, fields)
    assert asked.status_code == 422
    whole = sent(asked.content.decode())
    assert len(whole) == len(fields) + MOST_LISTED  # each asks whether the days are meant so
    assert len(whole) <= settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    assert len(urlencode(whole)) < LONGEST_BODY  # so that the end of a session loses nothing either
    assert post(client, all_but_one_left_out(whole)).status_code == 302
    assert ProposedTime.objects.count() == len(SATURDAYS)
