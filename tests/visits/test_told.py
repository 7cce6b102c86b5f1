"""Summaries that were taken before themes had keys in them get them once, so that their counts are found."""

from importlib import import_module

import pytest
from django.apps import apps

from schools.models import Area
from tests.factories import ThemeFactory, VisitFactory, VisitSummaryFactory
from visits.enums import VisitStatus
from visits.models import Theme, VisitSummary
from visits.queries.told import told

pytestmark = pytest.mark.django_db


def give_keys() -> None:
    import_module("visits.migrations.0006_theme_keys_in_summaries").give_keys(apps, None)


@pytest.fixture
def visit():
    return VisitFactory(status=VisitStatus.SHARED)


def an_older_summary(visit) -> VisitSummary:
    """As it was taken before."""
    summary = VisitSummaryFactory(visit=visit)
    for theme in summary.snapshot["themes"]:
        del theme["key"]
    summary.save()
    return summary


def counts_told(*themes: Theme) -> list[str | None]:
    found = told(Theme.objects.all())
    return [str(found.get((theme.visit_id, theme.key))) for theme in themes]


def test_an_older_summary_tells_no_count_until_then(visit):
    theme = ThemeFactory(visit=visit, raised_by=12)
    an_older_summary(visit)
    assert counts_told(theme) == ["None"]


def test_each_theme_has_the_count_that_stands_beside_its_words(visit):
    first = ThemeFactory(visit=visit, text="The gate is loud.", raised_by=12)
    second = ThemeFactory(visit=visit, text="Lunch is loud.", raised_by=3)
    an_older_summary(visit)
    Theme.objects.update(raised_by=30)
    give_keys()
    assert counts_told(first, second) == ["about 10", "fewer than 5"]


def test_of_two_with_the_same_words_each_has_its_own(visit):
    later = ThemeFactory(visit=visit, raised_by=12, area=Area.objects.order_by("position").last())
    earlier = ThemeFactory(visit=visit, raised_by=3, area=Area.objects.order_by("position").first())
    an_older_summary(visit)
    give_keys()
    assert counts_told(earlier, later) == ["fewer than 5", "about 10"]


def test_words_of_a_theme_that_is_gone_have_a_key_of_none(visit):
    ThemeFactory(visit=visit)
    an_older_summary(visit)
    Theme.objects.all().delete()
    give_keys()
    assert counts_told(ThemeFactory(visit=visit)) == ["None"]


def test_a_summary_with_keys_stays_as_it_is(visit):
    ThemeFactory(visit=visit)
    before = VisitSummaryFactory(visit=visit).snapshot
    give_keys()
    assert VisitSummary.objects.get().snapshot == before


def test_one_that_cannot_be_read_takes_no_page_down(people, sign_in):
    summary = VisitSummaryFactory(visit__school=people.school, visit__status="shared")
    VisitSummary.objects.filter(pk=summary.pk).update(snapshot={**summary.snapshot, "format": 99})
    assert sign_in(people.liaison).get("/themes/").status_code == 200
    assert sign_in(people.head).get(f"/workspaces/{people.school.pk}/loop/").status_code == 200
