"""Real threads on a real database: two who gather themes at the same moment take turns."""

import pytest

from tests.at_once import run_at_once
from tests.factories import ThemeFactory, ThemeGroupFactory, VisitFactory
from visits.models import Theme
from visits.queries.groups import grouping_seen
from visits.services.groups import gather

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("database_on_disk")]


@pytest.mark.parametrize("round_", range(4))
def test_two_who_move_themes_crosswise_do_not_wait_for_each_other(people, round_):
    visit = VisitFactory(school=people.school, status="held")
    groups = [ThemeGroupFactory(name=name) for name in ("First", "Second")]
    themes = [
        ThemeFactory(visit=visit, group=group, saved_by=people.liaison) for group in groups for _ in range(2)
    ]

    def move(theme, into, by):
        stored = [Theme.objects.get(pk=theme.pk)]
        return lambda: gather(themes=stored, into=into, seen=grouping_seen(stored), by=by)

    moves = (move(themes[0], groups[1], people.liaison), move(themes[2], groups[0], people.admin))
    assert run_at_once(*moves, refusals=()) == [1, 1]
    assert [group.themes.count() for group in groups] == [2, 2]
