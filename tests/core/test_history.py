"""The trail of changes."""

import pytest

from core import history
from core.models import HistoryEntry
from tests.factories import SchoolFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_line_outlives_all_that_it_names():
    person, school = UserFactory(name="Ada Head"), SchoolFactory(name="Gone Primary School")
    history.record("school.closed", "Ada Head closed the school.", by=person, target=school, school=school)
    key = str(school.pk)
    school.delete()
    person.delete()
    line = HistoryEntry.objects.get()
    assert (line.actor_label, line.target_label, line.school_label) == (
        "Ada Head",
        "Gone Primary School",
        "Gone Primary School",
    )
    assert (line.target_type, line.target_id, line.school_id) == ("schools.school", key, key)


def test_what_nobody_did_was_done_by_the_system():
    line = history.record("import.run", "The register was read.", by=None)
    assert (line.actor_id, line.actor_label) == ("", history.SYSTEM)


def test_a_long_sentence_is_cut_and_not_refused():
    assert len(history.record("x.y", "word " * 200, by=None).summary) == 300
