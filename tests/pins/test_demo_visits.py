"""Visits of the demonstration: made up, made once, and something in every group of the planner."""

import itertools
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.http import QueryDict
from django.utils import timezone

from pins.demo.people import seed_people
from pins.demo.schools import HEADS_SCHOOL, LEFT_THIS_YEAR, YEAR_2, seed_schools
from pins.demo.visits import seed_visits
from schools.models import DayOff, Term
from schools.queries.terms import SchoolCalendar
from visits.models import ProposedTime, Visit
from visits.planner import Planner
from visits.queries.planner import Pile

pytestmark = pytest.mark.django_db


@pytest.fixture
def seeded(settings):
    """The demonstration's visits, seeded twice on a Thursday in November."""
    settings.DEMO = True
    with time_machine.travel(datetime(2026, 11, 26, 10, 30, tzinfo=ZoneInfo("Europe/London")), tick=False):
        programme = seed_schools()
        people = seed_people(programme.schools)
        for _ in range(2):
            seed_visits(programme, people, today=timezone.localdate())
        yield programme, people


def test_every_group_of_the_planner_has_something(seeded):
    _, people = seeded
    sizes = Planner(people["liaison"], QueryDict()).sizes
    assert {pile.value: count > 0 for pile, count in sizes.items()} == {pile.value: True for pile in Pile}


def test_each_school_on_the_full_offer_has_three_visits(seeded):
    programme, _ = seeded
    full = [one.name for one in YEAR_2]
    visits = Visit.objects.filter(programme_year=programme.second_year)
    assert visits.filter(school__name__in=full).count() == 3 * 15
    assert visits.exclude(school__name__in=full).get().school.name == LEFT_THIS_YEAR


def test_what_waits_has_waited_for_some_days(seeded):
    waiting = Visit.objects.filter(status__in=["to_schedule", "proposed"])
    assert max(waiting.values_list("changed_at", flat=True)) < timezone.now() - timedelta(days=3)


def test_the_head_can_still_reply_to_what_was_shared_last(seeded):
    visit = Visit.objects.get(school__name=HEADS_SCHOOL, status="shared")
    shared_on = timezone.localdate(visit.shared_at)
    assert shared_on < timezone.localdate() < SchoolCalendar.load().school_days_after(shared_on, 10)


def test_the_first_year_is_done(seeded):
    programme, _ = seeded
    first = Visit.objects.filter(programme_year=programme.first_year)
    assert set(first.values_list("status", flat=True)) == {"closed"}
    assert first.count() == 3 * 19


def test_a_school_suggested_another_time(seeded):
    (suggested,) = ProposedTime.objects.filter(by_the_school=True)
    assert suggested.visit.school.name == "Clun Hill Primary School"


def test_two_people_share_the_visits(seeded):
    _, people = seeded
    for name in ("liaison", "second.liaison"):
        assert people[name].visits.count() > 20


def test_every_visit_is_on_a_school_day_and_nobody_is_at_two(seeded):
    calendar = SchoolCalendar.load()
    dated = list(Visit.objects.filter(starts_at__isnull=False).prefetch_related("workers"))
    assert [visit for visit in dated if calendar.why_closed(timezone.localdate(visit.starts_at))] == []
    taken = [(worker.pk, visit.starts_at) for visit in dated for worker in visit.workers.all()]
    assert len(taken) == len(set(taken))


def test_terms_do_not_touch_each_other(seeded):
    terms = list(Term.objects.order_by("starts_on"))
    assert all(one.ends_on + timedelta(days=1) < other.starts_on for one, other in itertools.pairwise(terms))
    assert DayOff.objects.count() == 3
