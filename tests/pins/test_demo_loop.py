"""What becomes of what was said, in the demonstration: actions in every status, pages at every step."""

from datetime import date

import pytest

from core.models import OutgoingEmail
from pins.demo.loop import seed_loop
from pins.demo.people import seed_people
from pins.demo.schools import HEADS_SCHOOL, OTHER_HEADS_SCHOOL, seed_schools
from schools.models import Action
from visits.models import FamiliesEdition, FamiliesPage, Theme
from visits.queries.families import lines_behind
from visits.queries.loop import Stage, stage_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)


@pytest.fixture(autouse=True)
def seeded(settings):
    """The schools and people, then what belongs to them, twice."""
    settings.DEMO = True
    programme = seed_schools()
    people = seed_people(programme.schools)
    for _ in range(2):
        seed_loop(programme, people, today=TODAY)


def test_the_heads_school_has_actions_in_every_status():
    found = Action.objects.filter(school__name=HEADS_SCHOOL).values_list("status", flat=True)
    assert set(found) == set(Action.Status.values)
    assert len(found) == 5


def test_what_families_of_the_heads_school_will_read_is_what_was_said_and_decided():
    page = FamiliesPage.objects.get(school__name=HEADS_SCHOOL)
    decided = Theme.objects.filter(visit__school=page.school).exclude(outcome="").order_by("pk")
    assert [line.theme for line in page.lines.all()] == list(decided)
    assert [line.you_said for line in page.lines.all()] == [theme.text for theme in decided]
    assert list(lines_behind(page)) == []


def test_every_action_of_the_heads_school_came_of_something_that_was_said():
    actions = Action.objects.filter(school__name=HEADS_SCHOOL)
    assert not actions.filter(themes=None).exists()


def test_nobody_is_asked_to_approve_what_is_published():
    schools = [edition.school.name for edition in FamiliesEdition.objects.select_related("school")]
    asking = OutgoingEmail.objects.filter(subject__startswith="To read and approve")
    subjects = " ".join(asking.values_list("subject", flat=True))
    assert HEADS_SCHOOL in subjects
    assert [name for name in schools if name in subjects] == []


def test_two_schools_have_a_page_that_families_read():
    assert FamiliesEdition.objects.current().count() == 2


def test_one_page_waits_for_the_school_and_one_for_the_forum():
    page = FamiliesPage.objects.get(school__name=HEADS_SCHOOL)
    other = FamiliesPage.objects.get(school__name=OTHER_HEADS_SCHOOL)
    assert (bool(page.school_approved_digest), bool(page.forum_approved_digest)) == (False, True)
    assert (bool(other.school_approved_digest), bool(other.forum_approved_digest)) == (True, False)


def test_every_kind_of_outcome_is_there_and_something_waits_for_one():
    stages = {stage_of(theme) for theme in Theme.objects.select_related("action")}
    assert {Stage.TO_DECIDE, Stage.DONE, Stage.IN_PROGRESS, Stage.NOT_GOING_AHEAD, Stage.WIDER} <= stages
