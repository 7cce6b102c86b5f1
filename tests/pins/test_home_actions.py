"""What Home says about what parent carers said, and about what families read of it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from pins.home_actions import action_steps
from schools.models import Area, ProgrammeYear, School
from tests.factories import FamiliesLineFactory, MembershipFactory, SchoolFactory, ThemeFactory, VisitFactory
from tests.factories.visits import at
from visits.enums import VisitStatus
from visits.models import FamiliesPage
from visits.queries.families import words_of
from visits.services import families

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
READ = "Read what families will read, and approve it"
WRITE = "Put what was decided into words for families, and approve them"
PUBLISH = "Publish what families read: both approved it"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(datetime(2026, 11, 25, 10, 30, tzinfo=ZoneInfo("Europe/London")), tick=False):
        yield


@pytest.fixture
def sheet(people) -> FamiliesPage:
    line = FamiliesLineFactory(page__school=people.school, page__programme_year=ProgrammeYear.objects.get())
    return line.page


def approve(sheet, people, *sides):
    sheet = FamiliesPage.objects.get(pk=sheet.pk)
    for side in sides:
        by = people.head if side == "school" else people.liaison
        families.approve(page=sheet, side=side, seen=words_of(sheet).digest, by=by)


def told(person) -> list[tuple[str, int | None, str]]:
    person.__dict__.pop("_memberships", None)
    return [(step.verb, step.minutes, step.when) for step in action_steps(person, TODAY)]


class TestWordsForFamilies:
    def test_the_forum_writes_first(self, people, sheet):
        assert (told(people.liaison), told(people.head)) == ([(WRITE, 15, "no date yet")], [])

    def test_the_words_are_wanted_within_ten_school_days_of_what_was_decided(self, people, sheet):
        ThemeFactory(
            visit=VisitFactory(school=people.school, status=VisitStatus.SHARED),
            outcome="wider_system",
        )
        families.draft(school=people.school, year=sheet.programme_year, by=people.liaison)
        assert told(people.liaison) == [(WRITE, 15, "by 9 December 2026")]

    def test_the_other_side_has_ten_school_days_from_the_approval(self, people, sheet):
        approve(sheet, people, "forum")
        assert (told(people.liaison), told(people.head)) == ([], [(READ, 5, "by 9 December 2026")])

    def test_it_goes_the_other_way_round_too(self, people, sheet):
        approve(sheet, people, "school")
        assert (told(people.liaison), told(people.head)) == ([(READ, 5, "by 9 December 2026")], [])

    def test_what_both_approved_is_published(self, people, sheet):
        approve(sheet, people, "school", "forum")
        assert told(people.liaison) == [(PUBLISH, 2, "by 9 December 2026")]
        families.publish(page=sheet, by=people.liaison)
        assert told(people.liaison) == []

    def test_what_was_taken_down_is_looked_at_and_not_published_again(self, people, sheet):
        approve(sheet, people, "school", "forum")
        edition = families.publish(page=sheet, by=people.liaison)
        families.withdraw(edition=edition, reason="A family can be recognised.", by=people.head)
        verb = "Look at what families read, which was taken down, and approve what may be read"
        assert told(people.liaison) == [(verb, 15, "by 9 December 2026")]

    def test_somebody_of_the_forum_is_not_asked_to_approve_for_a_school_they_lead(self, people, sheet):
        MembershipFactory(user=people.liaison, school=people.school, role="school_lead")
        approve(sheet, people, "forum")
        assert told(people.liaison) == []

    def test_a_change_that_is_asked_for_is_answered_first(self, people, sheet):
        approve(sheet, people, "school", "forum")
        families.ask_for_change(page=sheet, note="A quiet room.", by=people.head)
        verb = f"Answer the change that {people.head} asked for"
        seen = "See the change that the school asked for in what families read"
        assert told(people.liaison) == [(verb, 10, "by 9 December 2026")]
        assert told(people.head) == [(seen, None, "asked on 25 November 2026")]

    @pytest.mark.parametrize(
        ("rename", "name"),
        [(Area, "Another area"), (School, "Another school"), (ProgrammeYear, "2026 to 27")],
    )
    def test_a_new_name_of_what_it_is_about_asks_for_the_approvals_again(self, people, sheet, rename, name):
        approve(sheet, people, "school", "forum")
        rename.objects.filter(pk=self.of(sheet, rename)).update(name=name)
        assert told(people.liaison) == [(WRITE, 15, "no date yet")]
        approve(sheet, people, "forum")
        assert told(people.head) == [(READ, 5, "by 9 December 2026")]

    def of(self, sheet, model) -> int:
        return {Area: sheet.lines.get().area_id, School: sheet.school_id}.get(model, sheet.programme_year_id)

    @pytest.mark.parametrize("pages", [1, 3])
    def test_the_number_of_queries_is_fixed(self, people, sheet, pages, django_assert_num_queries):
        for _ in range(pages - 1):
            year = sheet.programme_year
            FamiliesLineFactory(page__school=SchoolFactory(), page__programme_year=year)
        for page in FamiliesPage.objects.all():
            approve(page, people, "school")
        with django_assert_num_queries(5):  # memberships, pages, lines, terms, days off
            assert len(told(people.liaison)) == pages


class TestDeciding:
    def test_a_lead_decides_within_ten_school_days_of_the_first_notes(self, people):
        for day in (12, 20):
            visit = VisitFactory(
                school=people.school,
                status=VisitStatus.SHARED,
                shared_at=at(date(2026, 11, day)),
                number=day // 9,
            )
            ThemeFactory(visit=visit)
        verb = "Decide what becomes of 2 things that parent carers said"
        assert told(people.head) == [(verb, 6, "by 26 November 2026")]
