"""No group of themes, taken from another line that programme leads read, tells of one school or of two."""

import re

import pytest
from django.urls import reverse

from schools.models import Area
from tests.factories import ThemeGroupFactory
from tests.visits.test_themes import at_schools, words_of
from visits.models import Theme

pytestmark = pytest.mark.django_db
LEFT_OUT = (
    "not shown, since taken from other lines it would tell of too few schools, or counts too few itself."
)


@pytest.fixture
def lead(people, sign_in):
    return sign_in(people.programme)


def groups_on(lead, **asked) -> list[str]:
    """Which groups are named on the page."""
    page = words_of(lead.get(reverse("visits:themes"), asked))
    return sorted(set(re.findall(r"(?:Lunch|Noise|Light)(?= Environment| Gathered)", page)))


def test_a_group_over_several_areas_is_not_narrowed_to_one_so_that_the_other_is_left(people, lead):
    group = ThemeGroupFactory(name="Noise")
    themes = at_schools(people, 1, 2, 7, 7, group=group)
    other = Area.objects.exclude(pk=themes[0].area_id).first()
    Theme.objects.filter(pk=themes[0].pk).update(area=other)
    assert groups_on(lead) == ["Noise"]
    assert groups_on(lead, area="environment") == []


@pytest.mark.parametrize(("outside", "named"), [(0, ["Noise"]), (1, []), (2, []), (3, ["Noise"])])
def test_a_group_is_named_where_what_is_left_of_its_area_is_of_no_few_schools(people, lead, outside, named):
    at_schools(people, 1, 2, 7, group=ThemeGroupFactory(name="Noise"))
    at_schools(people, *[4] * outside)
    assert groups_on(lead) == named


def test_two_groups_together_leave_no_few_schools_either(people, lead):
    for name in ("Noise", "Lunch"):
        at_schools(people, 1, 2, 7, group=ThemeGroupFactory(name=name))
    assert groups_on(lead) == ["Lunch", "Noise"]
    at_schools(people, 4)
    assert groups_on(lead) == []


def test_what_is_of_another_kind_is_of_another_line(people, lead):
    at_schools(people, 1, 2, 7, group=ThemeGroupFactory(name="Noise"))
    at_schools(people, 4, kind="idea")
    assert groups_on(lead) == ["Noise"]


def test_the_page_says_how_many_groups_are_left_out_and_why(people, lead):
    at_schools(people, 1, 2, 7, group=ThemeGroupFactory(name="Noise"))
    at_schools(people, 4)
    assert f"1 group is {LEFT_OUT}" in words_of(lead.get(reverse("visits:themes")))
