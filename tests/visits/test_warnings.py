"""What is odd about a time for a visit is asked about once: the order of a school's visits, and offers to others."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from tests.factories import UserFactory
from tests.visits.planning import A_TUESDAY, A_WEDNESDAY, LAST_WEEK, TODAY, a_visit, on
from tests.visits.test_planning_views import seen, text, typed
from visits.enums import VisitStatus
from visits.models import Visit
from visits.order import MAY_BE_ON, Dated, out_of_order

S = VisitStatus
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def liaison(people, sign_in):
    return sign_in(people.liaison)


def of(people, number: int, status=S.TO_SCHEDULE, at=None, **more) -> Visit:
    return a_visit(status, at, school=people.school, number=number, **more)


def post(client, name, visit, data):
    return client.post(reverse(f"visits:{name}", args=[visit.pk]), data)


class TestOrder:
    @pytest.mark.parametrize(
        ("number", "ahead", "contradicts"),
        [(1, 1, True), (1, -1, False), (1, 0, False), (3, -1, True), (3, 1, False), (2, 1, False)],
    )
    def test_a_lower_number_comes_before_and_a_higher_after(self, number, ahead, contradicts):
        other = Dated(9, number, A_TUESDAY + timedelta(days=ahead))
        assert bool(list(out_of_order(2, A_TUESDAY, [other]))) is contradicts

    def test_of_several_days_of_one_visit_the_farthest_is_told(self):
        others = [Dated(9, 1, A_TUESDAY + timedelta(days=ahead), MAY_BE_ON) for ahead in (2, 9, 1)]
        assert list(out_of_order(2, A_TUESDAY, others)) == [
            "Visit 2 would be on 6 October 2026, before visit 1, which may be on 15 October 2026."
        ]

    @pytest.mark.parametrize(
        ("number", "other", "day", "told"),
        [
            (
                3,
                2,
                A_WEDNESDAY,
                "Visit 3 would be on 6 October 2026, before visit 2, which is on 7 October 2026.",
            ),
            (
                1,
                2,
                LAST_WEEK,
                "Visit 1 would be on 6 October 2026, after visit 2, which is on 8 September 2026.",
            ),
        ],
    )
    def test_confirming_asks_once_and_goes_on_with_the_tick(self, people, liaison, number, other, day, told):
        of(people, other, S.CONFIRMED, on(day))
        visit = of(people, number)
        asked = post(liaison, "confirm", visit, typed(on()))
        assert (asked.status_code, told in text(asked), 'name="is_meant"' in text(asked)) == (422, True, True)
        assert post(liaison, "confirm", visit, typed(on(), is_meant="on")).status_code == 302
        visit.refresh_from_db()
        assert visit.starts_at == on().starts_at

    def test_each_time_that_is_proposed_is_looked_at(self, people, liaison):
        of(people, 1, S.CONFIRMED, on(A_WEDNESDAY))
        data = typed(on(A_WEDNESDAY), "_1") | typed(on(), "_2")
        asked = post(liaison, "propose", of(people, 2), data)
        assert text(asked).count("Visit 2 would be on") == 2  # in the summary and at the tick
        assert "would be on 6 October 2026, before visit 1" in text(asked)

    def test_days_that_may_be_picked_count(self, people, liaison):
        of(people, 1, S.PROPOSED)
        assert "before visit 1, which may be on 7 October 2026" in text(
            post(liaison, "confirm", of(people, 2), typed(on()))
        )

    def test_so_do_those_of_a_move(self, people, liaison):
        of(people, 2, S.CONFIRMED, on())
        visit = of(people, 1, S.CONFIRMED, on(date(2026, 10, 1)))
        data = typed(on(A_WEDNESDAY), reason="The hall floods.", seen=seen(visit))
        assert "Visit 1 would be on 7 October 2026, after visit 2" in text(post(liaison, "move", visit, data))

    @pytest.mark.parametrize("elsewhere", ["a cancelled one", "another school"])
    def test_others_do_not(self, people, liaison, elsewhere):
        if elsewhere == "a cancelled one":
            of(people, 1, S.CANCELLED, on(A_WEDNESDAY))
        else:
            a_visit(S.CONFIRMED, on(A_WEDNESDAY), number=1)
        assert post(liaison, "confirm", of(people, 2), typed(on())).status_code == 302


class TestOffers:
    @pytest.fixture
    def other(self, people) -> Visit:
        return a_visit(S.PROPOSED, workers=[people.liaison])

    @pytest.mark.parametrize(("name", "ending"), [("confirm", ""), ("propose", "_1")])
    def test_a_time_that_is_on_offer_to_another_school_is_asked_about_once(
        self, people, liaison, other, name, ending
    ):
        visit, data = of(people, 1), typed(on(), ending, workers=[people.liaison.pk])
        asked = post(liaison, name, visit, data)
        told = f"Liaison has offered Tuesday 6 October 2026, 9am to 10am, to {other.school} too."
        assert (asked.status_code, told in text(asked)) == (422, True)
        assert post(liaison, name, visit, {**data, "is_meant": "on"}).status_code == 302

    @pytest.mark.parametrize("which", ["somebody else goes", "another hour", "withdrawn"])
    def test_otherwise_nothing_is_asked(self, people, liaison, other, which):
        workers = [UserFactory(is_liaison=True).pk if which == "somebody else goes" else people.liaison.pk]
        clock = "10:00" if which == "another hour" else ""
        if which == "withdrawn":
            other.school.participations.update(
                status="withdrawn", withdrawn_on=TODAY.date(), withdrawal_reason="Moved"
            )
        assert (
            post(liaison, "confirm", of(people, 1), typed(on(), workers=workers, clock=clock)).status_code
            == 302
        )

    def test_its_own_offer_is_none_to_another(self, people, liaison):
        visit = of(people, 1, S.PROPOSED, workers=[people.liaison])
        assert post(liaison, "confirm", visit, typed(on(), workers=[people.liaison.pk])).status_code == 302


class TestOneRound:
    def test_all_that_is_wrong_with_the_times_comes_with_all_else(self, people, liaison):
        a_visit(S.CONFIRMED, on(A_WEDNESDAY), workers=[people.liaison])
        data = typed(on(LAST_WEEK), "_1") | typed(on(A_TUESDAY.replace(year=2027)), "_2")
        data |= typed(on(A_WEDNESDAY), "_3", workers=[people.liaison.pk])
        shown = text(post(liaison, "propose", of(people, 1), data | {"place": "x" * 201}))
        summary = shown.partition("govuk-error-summary")[2].partition("<h1")[0]
        assert "Time 1: 9am to 10am on 8 September 2026 is past." in summary
        assert "Time 2: 9am to 10am on 6 October 2027 is outside the programme year" in summary
        assert "Time 3: Liaison cannot be there then" in summary
        assert "200 characters" in summary

    def test_each_fault_leads_to_its_own_box(self, people, liaison):
        data = typed(on(), "_1") | typed(on(LAST_WEEK), "_2")
        assert 'href="#id_day_2-day"' in text(post(liaison, "propose", of(people, 1), data))

    def test_twice_the_same_is_said_with_the_rest(self, people, liaison):
        data = typed(on(), "_1") | typed(on(), "_2") | {"minutes": "60", "clock_3": "9"}
        shown = text(post(liaison, "propose", of(people, 1), data))
        assert "Two of the times are the same." in shown
        assert "Time 3: Enter the day of this time." in shown
