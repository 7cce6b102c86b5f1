"""Visits and hours by worker, what the year still needs, and when it ends at this pace."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from schools.models import Participation, ProgrammeYear, Term
from schools.queries.terms import SchoolCalendar
from tests.factories import ParticipationFactory, SchoolFactory
from tests.factories.visits import VisitFactory, at, on_request
from visits.enums import VisitStatus
from visits.models import VisitStep
from visits.planner import year_capacity
from visits.planner_words import hours_words
from visits.queries.needs import Needs, Tally, since_when

pytestmark = pytest.mark.django_db
S = VisitStatus
TODAY = date(2026, 11, 25)
NO_TERMS = SchoolCalendar((), {})


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(datetime(2026, 11, 25, 10, 30, tzinfo=ZoneInfo("Europe/London")), tick=False):
        yield


def visits(count: int, status=S.TO_SCHEDULE, day: date = date(2026, 11, 3), **fields) -> None:
    for _ in range(count):
        school = ParticipationFactory(school=SchoolFactory()).school
        start = (
            {} if status in (S.TO_SCHEDULE, S.PROPOSED) else {"starts_at": at(day), "ends_at": at(day, 10)}
        )
        VisitFactory(school=school, status=status, **start, **fields)


def shown(people):
    return year_capacity(people.liaison)


def test_visits_and_hours_add_up_by_worker(people):
    VisitStep.objects.filter(number=1).update(minutes=60, minutes_around=90)
    VisitStep.objects.filter(number=3).update(minutes=90, minutes_around=60)
    visits(2, S.HELD, workers=[people.liaison])
    visits(1, S.CLOSED, number=3, workers=[people.liaison])
    visits(1, S.CONFIRMED, date(2026, 12, 1), workers=[people.liaison, people.admin])
    visits(1, S.CONFIRMED, date(2026, 12, 2))
    found = {
        one.name: (one.held, one.held_minutes, one.planned, one.planned_minutes)
        for one in shown(people).shares
    }
    assert found == {
        "Admin": (0, 0, 1, 150),
        "Liaison": (3, 450, 1, 150),
        "Nobody named": (0, 0, 1, 150),
    }


def test_the_line_says_what_was_held_what_is_planned_and_what_is_to_find(people):
    visits(2, S.HELD)
    visits(1, S.CONFIRMED, date(2026, 12, 1))
    visits(2)
    visits(1, S.PROPOSED)
    line = shown(people).needs.line()
    # three to each of eight schools are owed, the two of the cast among them
    assert line == (
        "2 of 24 visits held, 1 planned, 3 without a date (1 of them waits for an answer), "
        "18 cancelled or not on the list yet: about 7½ hours still to find."
    )


def test_a_visit_that_was_cancelled_stays_owed(people):
    Participation.objects.exclude(school=people.school).delete()
    for number, status in enumerate((S.HELD, S.CONFIRMED, S.CANCELLED), start=1):
        VisitFactory(school=people.school, number=number, status=status)
    assert shown(people).needs.line() == (
        "1 of 3 visits held, 1 planned (1 of them overdue), none without a date, "
        "1 cancelled or not on the list yet."
    )


def test_those_on_request_are_said_apart(people):
    visits(1, S.HELD)
    Participation.objects.update(offer="embedding")
    for day, status in ((3, S.HELD), (4, S.CONFIRMED)):
        VisitFactory(school=people.school, status=status, number=day - 2, starts_at=at(date(2026, 12, day)))
    on_request(VisitFactory(school=people.school, number=3))
    visits(1, S.HELD)
    assert shown(people).needs.line() == (
        "1 of 3 visits held, 0 planned, none without a date, 2 cancelled or not on the list yet. "
        "Outside the full offer, on request or at schools that left it: "
        "2 held, 1 planned, 1 without a date."
    )


def test_the_line_says_how_many_of_the_planned_ones_are_overdue(people):
    visits(2, S.CONFIRMED, date(2026, 11, 3))
    visits(1, S.CONFIRMED, date(2026, 12, 1))
    assert shown(people).needs.line() == (
        "0 of 15 visits held, 3 planned (2 of them overdue), none without a date, "
        "12 cancelled or not on the list yet."
    )


def test_what_is_to_come_at_a_school_that_withdrew_is_not_needed(people):
    visits(1)
    visits(1, S.CONFIRMED, date(2026, 12, 1))
    visits(1, S.HELD)
    Participation.objects.update(status="withdrawn", withdrawn_on=TODAY, withdrawal_reason="Moved")
    assert shown(people).needs.line() == (
        "Outside the full offer, on request or at schools that left it: 1 held."
    )


def test_the_pace_is_that_of_the_last_forty_school_days(people):
    assert since_when(NO_TERMS, TODAY) == date(2026, 9, 30)
    visits(1, S.HELD, date(2026, 9, 29))
    visits(4, S.HELD, date(2026, 9, 30))
    visits(4)
    # four in forty school days, four to come: forty school days more
    assert shown(people).pace == (
        "At this pace visit 3 ends about 20 January 2027; the year ends on 31 March 2027."
    )


def test_holidays_are_no_school_days_of_the_pace():
    calendar = SchoolCalendar(
        ((date(2026, 9, 1), date(2026, 10, 23)), (date(2026, 11, 2), date(2026, 12, 18))), {}
    )
    assert since_when(calendar, TODAY) == since_when(NO_TERMS, TODAY) - timedelta(days=7)


def test_the_last_date_that_is_fixed_is_known(people):
    for day in (date(2027, 1, 12), date(2027, 3, 2)):
        visits(1, S.CONFIRMED, day)
    assert shown(people).pace.startswith("Every visit has its date, the last on 2 March 2027;")


def needs(last_planned=None, held_lately=0, **counts) -> Needs:
    return Needs(owed=Tally(**counts), last_planned=last_planned, held_lately=held_lately)


@pytest.mark.parametrize(
    ("counts", "today", "told"),
    [
        ({}, TODAY, ""),
        ({"held": 3}, TODAY, "Every visit of the year was held."),
        (
            {"without_date": 3},
            TODAY,
            (
                "Nothing was held in the last eight school weeks, so there is no pace to reckon with; "
                "the year ends on 31 March 2027."
            ),
        ),
        (
            {"held": 1, "held_lately": 1, "planned": 400},
            TODAY,
            "At this pace visit 3 ends more than a year from now; the year ends on 31 March 2027.",
        ),
        ({"planned": 2}, date(2027, 4, 1), "The year ended on 31 March 2027."),
        (
            {"planned": 2, "last_planned": date(2027, 3, 3)},
            TODAY,
            "Every visit has its date, the last on 3 March 2027; the year ends on 31 March 2027.",
        ),
        (
            {"held_lately": 40, "planned": 1, "without_date": 1, "last_planned": date(2027, 3, 3)},
            TODAY,
            "At this pace visit 3 ends about 3 March 2027; the year ends on 31 March 2027.",
        ),
    ],
    ids=["no visits", "all held", "none lately", "too slow", "over", "all dated", "a date beyond the pace"],
)
def test_where_there_is_no_date_to_name_it_says_why(people, counts, today, told):
    assert needs(**counts).pace_words(ProgrammeYear.objects.get(), NO_TERMS, today) == told


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 hours"), (30, "½ hour"), (60, "1 hour"), (90, "1½ hours"), (150, "2½ hours"), (600, "10 hours")],
)
def test_hours_are_told_in_halves(minutes, words):
    assert hours_words(minutes) == words


class TestPage:
    def test_it_has_a_picture_with_its_words_beside_the_table(self, people, sign_in):
        visits(2, S.HELD, workers=[people.liaison])
        visits(1)
        html = sign_in(people.liaison).get("/visits/capacity/").content.decode()
        assert (
            '<desc id="hours-desc">Liaison: 5 hours held, 0 hours planned. Without a date: 2½ hours to find.'
            in html
        )
        assert "2 visits, 5 hours" in html
        assert "1 visit, 2½ hours" in html

    def test_the_planner_has_it_in_one_line(self, people, sign_in):
        visits(1)
        html = sign_in(people.liaison).get("/visits/").content.decode()
        assert (
            "0 of 9 visits held, 0 planned, 1 without a date, 8 cancelled or not on the list yet: "
            "about 2½ hours still to find."
        ) in html

    def test_of_one_workers_it_says_beside_hers_what_nobody_has(self, people, sign_in):
        visits(2, S.HELD, workers=[people.liaison])
        visits(2, workers=[people.liaison])
        visits(5, S.HELD, workers=[people.admin])
        visits(3)
        visits(1, S.CONFIRMED, date(2026, 12, 1))
        html = sign_in(people.liaison).get("/visits/", {"worker": people.liaison.pk}).content.decode()
        assert (
            "2 of 4 visits held, 0 planned, 2 without a date: about 5 hours still to find. "
            "Nobody goes yet to 4 more visits: 1 planned, 3 without a date. "
            # two in forty school days, six to come: a hundred and twenty school days more
            "At this pace, with those that nobody has yet, visit 3 ends about 12 May 2027; "
        ) in html

    def test_of_what_nobody_has_it_is_said_once(self, people, sign_in):
        visits(3)
        html = sign_in(people.liaison).get("/visits/", {"worker": "nobody"}).content.decode()
        assert "0 of 3 visits held, 0 planned, 3 without a date: about 7½ hours still to find." in html
        assert "Nobody goes yet" not in html

    def test_its_file_holds_hours_as_numbers(self, people, sign_in):
        visits(2, S.HELD, workers=[people.liaison])
        visits(1)
        rows = sign_in(people.liaison).get("/visits/capacity.csv").content.decode("utf-8-sig").splitlines()
        assert rows[1:] == [
            '"Liaison",2,5.0,0,0.0,"","",""',
            '"Full offer",2,"",0,"",1,2.5,15',
            '"Outside the full offer, on request or at schools that left it",0,"",0,"",0,0.0,""',
        ]
        assert sign_in(people.liaison).get("/visits/capacity.xlsx").status_code == 200

    def test_it_says_what_will_be_there(self, people, sign_in):
        Term.objects.all().delete()
        assert (
            "Hours by worker will be here"
            in sign_in(people.liaison).get("/visits/capacity/").content.decode()
        )

    @pytest.mark.parametrize("rows", [1, 3])
    def test_it_asks_the_same_however_many_visits_there_are(
        self, people, sign_in, django_assert_num_queries, rows
    ):
        visits(rows, S.HELD, workers=[people.liaison])
        client = sign_in(people.liaison)
        # session, person, terms, days off, years, count, by worker, names of the programme
        with django_assert_num_queries(8):
            client.get("/visits/capacity/")
