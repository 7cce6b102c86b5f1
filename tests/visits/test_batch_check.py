"""All that is wrong or odd with the dates of many visits comes in one round; nothing is done before it is mended."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from schools.models import DayOff
from tests.factories import UserFactory
from tests.factories.visits import VisitFactory, at
from tests.visits.test_batch import APPLY, a_visit, preview, propose, stored
from visits.enums import VisitStatus
from visits.models import Visit

S = VisitStatus
pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = date(2026, 11, 30), date(2026, 12, 1)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(datetime(2026, 11, 25, 10, 30, tzinfo=ZoneInfo("Europe/London")), tick=False):
        yield


@pytest.fixture
def liaison(people, sign_in):
    return sign_in(people.liaison)


def dated(day: date, **more) -> dict:
    return {"status": S.CONFIRMED, "starts_at": at(day), "ends_at": at(day, 10), **more}


def told(answer) -> str:
    """The summary of what is to be mended."""
    assert answer.status_code == 422
    page = " ".join(answer.content.decode().split())
    return page.partition("govuk-error-summary")[2].partition("<h1")[0]


class TestOneRound:
    def test_past_outside_taken_and_misspelt_are_said_together_and_nothing_is_done_or_lost(
        self, people, liaison
    ):
        a_visit("Taken", **dated(MONDAY, workers=[people.liaison]))
        past, outside, taken, misspelt, well = (
            a_visit(name) for name in ("Past", "Outside", "Elsewhere", "Misspelt", "Well")
        )
        rows = (
            (past, "12 October", "9am"),
            (outside, "12 April 2027", "9am"),
            (taken, "30/11", "9:30"),
            (misspelt, "soon", "9am"),
            (well, "1 December", "9am"),
        )
        answer = liaison.post(APPLY, preview(people, *rows))
        summary = told(answer)
        assert "Past: 9am to 10am on 12 October 2026 is past. Choose a time to come." in summary
        assert "Outside: 9am to 10am on 12 April 2027 is outside the programme year" in summary
        assert "Elsewhere: Liaison cannot be there then: Visit 1 at Taken is at 9am to 10am" in summary
        assert "Misspelt: Write the day like" in summary
        assert [row["day"].value() for row in answer.context["rows"]] == [day for _, day, _ in rows]
        assert [stored(visit)[0] for visit, _, _ in rows] == [S.TO_SCHEDULE] * 5

    def test_a_time_that_cannot_be_stands_in_the_way_of_no_other(self, people, liaison):
        first, other = a_visit("One"), a_visit("Other")
        second = VisitFactory(school=first.school, number=2)
        rows = ((first, "12 April 2027", "9am"), (second, "30/11", "9am"), (other, "12 April 2027", "9am"))
        assert told(liaison.post(APPLY, preview(people, *rows))).count("<li>") == 2

    def test_one_that_nobody_ticks_holds_nothing_up(self, people, liaison):
        past, well = a_visit("Past"), a_visit("Well")
        data = preview(people, (past, "12 October", "9am"), (well, "1 December", "9am"))
        data.pop(f"visit-{past.pk}-take")
        liaison.post(APPLY, data)
        assert stored(well) == (S.CONFIRMED, at(TUESDAY))

    def test_each_fault_stands_at_its_own_box(self, people, liaison):
        visit = a_visit("One")
        more = {f"visit-{visit.pk}-day_2": "12 October", f"visit-{visit.pk}-start_2": "9am"}
        answer = liaison.post(APPLY, preview(people, (visit, "30/11", "9am"), how="propose", **more))
        assert list(answer.context["rows"][0].errors) == ["day_2"]

    def test_two_of_the_list_at_one_hour_are_said_before_any_is_confirmed(self, people, liaison):
        one, two = a_visit("One"), a_visit("Two")
        answer = liaison.post(APPLY, preview(people, (one, "30/11", "9am"), (two, "30/11", "9:30")))
        words = "Two: Liaison cannot be there then: Visit 1 at One is at 9am to 10am on 30 November 2026 in this list."
        assert words in told(answer)
        assert [stored(visit)[0] for visit in (one, two)] == [S.TO_SCHEDULE] * 2

    def test_who_goes_already_counts_where_that_is_left_as_it_is(self, people, liaison):
        a_visit("Taken", **dated(MONDAY, workers=[people.liaison]))
        visit = a_visit("One", workers=[people.liaison])
        data = preview(people, (visit, "30/11", "9am")) | {f"visit-{visit.pk}-worker": ""}
        assert "One: Liaison cannot be there then" in told(liaison.post(APPLY, data))

    @pytest.mark.parametrize("rows", [1, 3])
    def test_it_asks_the_same_however_many_there_are(self, people, liaison, django_assert_num_queries, rows):
        visits = [a_visit(f"School {number}") for number in range(rows)]
        saturdays = ("28 November", "5 December", "12 December")
        days = [(visit, day, "9am") for visit, day in zip(visits, saturdays, strict=False)]
        # session, person, visits, their workers, who can go, terms, days off, 2 for what is taken, 2 for dates of the
        # schools, 2 for what is beside, names of the programme
        with django_assert_num_queries(14):
            liaison.post(APPLY, preview(people, *days))


class TestOdd:
    def test_a_visit_before_the_one_with_a_lower_number_is_asked_about_once(self, people, liaison):
        visit = a_visit("One", number=3)
        VisitFactory(school=visit.school, number=2, **dated(TUESDAY))
        data = preview(people, (visit, "30/11", "9am"))
        words = "One: Visit 3 would be on 30 November 2026, before visit 2, which is on 1 December 2026."
        answer = liaison.post(APPLY, data)
        assert words in told(answer)
        assert f'name="visit-{visit.pk}-is_meant"' in answer.content.decode()
        liaison.post(APPLY, data | {f"visit-{visit.pk}-is_meant": "on"})
        assert stored(visit) == (S.CONFIRMED, at(MONDAY))

    @pytest.mark.parametrize(("how", "stands"), [("confirm", "is on"), ("propose", "may be on")])
    def test_of_two_in_the_list_the_one_with_the_higher_number_asks(self, people, liaison, how, stands):
        visit = a_visit("One", number=2)
        first = VisitFactory(school=visit.school, number=1)
        data = preview(people, (visit, "30/11", "9am"), (first, "1/12", "9am"), how=how)
        summary = told(liaison.post(APPLY, data))
        assert f"before visit 1, which {stands} 1 December 2026 in this list." in summary
        assert summary.count("would be on") == 1

    def test_the_date_that_is_typed_counts_and_not_the_one_before(self, people, liaison):
        visit = a_visit("One", number=2)
        first = VisitFactory(school=visit.school, number=1, status=S.PROPOSED)
        propose(first, at(TUESDAY))
        data = preview(people, (first, "27/11", "9am"), (visit, "30/11", "9am"))
        liaison.post(APPLY, data)
        assert [stored(one)[0] for one in (first, visit)] == [S.CONFIRMED] * 2

    @pytest.mark.parametrize("how", ["confirm", "propose"])
    def test_an_hour_on_offer_to_another_school_is_asked_about_once(self, people, liaison, how):
        propose(a_visit("Asked", status=S.PROPOSED, workers=[people.liaison]), at(MONDAY))
        visit = a_visit("One")
        data = preview(people, (visit, "30/11", "9am"), how=how)
        words = "One: Liaison has offered Monday 30 November 2026, 9am to 10am, to Asked too."
        assert words in told(liaison.post(APPLY, data))
        liaison.post(APPLY, data | {f"visit-{visit.pk}-is_meant": "on"})
        assert stored(visit)[0] == (S.CONFIRMED if how == "confirm" else S.PROPOSED)

    def test_so_is_one_that_is_offered_twice_in_the_list(self, people, liaison):
        one, two = a_visit("One"), a_visit("Two")
        data = preview(people, (one, "30/11", "9am"), (two, "30/11", "9:30"), how="propose")
        words = "Two: Liaison offers Monday 30 November 2026, 9am to 10am, to One too in this list."
        assert words in told(liaison.post(APPLY, data))

    def test_all_that_is_odd_about_a_time_is_asked_with_one_tick(self, people, liaison):
        DayOff.objects.create(day=MONDAY, name="an inset day")
        propose(a_visit("Asked", status=S.PROPOSED, workers=[people.liaison]), at(MONDAY))
        visit = a_visit("One")
        data = preview(people, (visit, "30/11", "9am"))
        summary = told(liaison.post(APPLY, data))
        assert "it is an inset day." in summary
        assert "has offered" in summary
        liaison.post(APPLY, data | {f"visit-{visit.pk}-is_meant": "on"})
        assert stored(visit)[0] == S.CONFIRMED

    def test_somebody_else_may_offer_the_same_hour(self, people, liaison):
        other = UserFactory(is_liaison=True)
        propose(a_visit("Asked", status=S.PROPOSED, workers=[other]), at(MONDAY))
        liaison.post(APPLY, preview(people, (a_visit("One"), "30/11", "9am")))
        assert Visit.objects.get(school__name="One").status == S.CONFIRMED
