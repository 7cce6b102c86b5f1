"""Whether proposed times have passed: one answer in the planner, on the board, at home and on the school’s page."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from tests.pins.dashboard.asking import words
from tests.visits.planning import a_visit, offer, on
from visits.enums import VisitStatus

pytestmark = pytest.mark.django_db
NINE, TEN = on(), on(hour=10)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("now", "planner", "board", "can_be_picked"),
    [
        (NINE.starts_at - SECOND, "The school: pick a time by 6 October 2026", "Times proposed", True),
        (NINE.starts_at, "The school: pick a time by 6 October 2026", "Times proposed", True),
        (TEN.starts_at - SECOND, "The school: pick a time by 6 October 2026", "Times proposed", True),
        (TEN.starts_at, "You: the proposed times have passed", "Proposed times passed", False),
        (
            datetime(2026, 10, 6, 20, tzinfo=UTC),
            "You: the proposed times have passed",
            "Proposed times passed",
            False,
        ),
        (
            datetime(2026, 10, 7, 8, tzinfo=UTC),
            "You: the proposed times have passed",
            "Proposed times passed",
            False,
        ),
    ],
    ids=[
        "before all",
        "the first begins",
        "before the last",
        "the last begins",
        "in the evening",
        "the day after",
    ],
)
def test_they_have_from_the_moment_in_which_the_last_begins(
    people, sign_in, now, planner, board, can_be_picked
):
    with time_machine.travel(now, tick=False):
        visit = a_visit(school=people.school, status=VisitStatus.TO_SCHEDULE)
        type(visit).objects.filter(pk=visit.pk).update(status=VisitStatus.PROPOSED)
        offer(visit, NINE, TEN)
        liaison, head = sign_in(people.liaison), sign_in(people.head)
        (_, _, (row,)) = liaison.get(reverse("visits:planner")).context["piles"][0]
        page = head.get(reverse("visits:times", args=[visit.pk])).content.decode()
        home = head.get(reverse("home")).content.decode()
        assert row.waits_for == planner
        assert words(liaison, people.school.name, "Visit 1")[0] == board
        assert ("None of the times can be picked" not in page) is can_be_picked
        assert ("Pick a time for visit 1" in home) is can_be_picked
