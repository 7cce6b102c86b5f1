"""The calendar: a week by worker and a month, across both changes of the clocks, with what is tight."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from schools.models import DayOff, Participation, School, Term
from tests.factories import ParticipationFactory, SchoolFactory
from tests.factories.visits import VisitFactory, at
from visits.enums import VisitStatus
from visits.models import ProposedTime, Visit

pytestmark = pytest.mark.django_db
S = VisitStatus


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(datetime(2026, 11, 25, 10, 30, tzinfo=ZoneInfo("Europe/London")), tick=False):
        yield


@pytest.fixture
def liaison(people, sign_in):
    return sign_in(people.liaison)


def a_visit(day: date, hour: int = 9, minute: int = 0, *, name: str = "A school", **fields) -> Visit:
    school = ParticipationFactory(school=SchoolFactory(name=name)).school
    start = at(day, hour, minute)
    fields = {"status": S.CONFIRMED, "starts_at": start, "ends_at": start + timedelta(hours=1), **fields}
    return VisitFactory(school=school, **fields)


def entries(client, path: str, **query) -> dict[date, list[str]]:
    shown = client.get(path, query).context["shown"]
    return {
        day.day: [f"{entry.time} {entry.visit.school}" for _, some in day.columns for entry in some]
        for day in shown.days
        if not day.is_empty
    }


class TestWeek:
    def test_it_shows_this_week_from_monday_to_friday_by_worker(self, people, liaison):
        a_visit(date(2026, 11, 23), name="Mine", workers=[people.liaison])
        a_visit(date(2026, 11, 27), 14, 15, name="Nobody's")
        shown = liaison.get("/visits/week/").context["shown"]
        assert shown.title == "Week of 23 November 2026"
        assert [day.name for day in shown.days][::4] == ["Monday 23 November", "Friday 27 November"]
        assert shown.people == ["Liaison", "Nobody yet"]
        assert [(name, len(some)) for name, some in shown.days[0].columns] == [
            ("Liaison", 1),
            ("Nobody yet", 0),
        ]
        assert [(name, len(some)) for name, some in shown.days[4].columns] == [
            ("Liaison", 0),
            ("Nobody yet", 1),
        ]

    def test_a_weekend_is_shown_where_a_visit_falls_on_it(self, liaison):
        a_visit(date(2026, 11, 28))
        assert [day.name for day in liaison.get("/visits/week/").context["shown"].days][5:] == [
            "Saturday 28 November"
        ]

    def test_it_is_narrowed_to_a_worker(self, people, liaison):
        a_visit(date(2026, 11, 23), name="Mine", workers=[people.liaison])
        a_visit(date(2026, 11, 24), name="Theirs", workers=[people.admin])
        assert entries(liaison, "/visits/week/", worker=people.liaison.pk) == {
            date(2026, 11, 23): ["9am to 10am Mine"]
        }

    @pytest.mark.parametrize(
        ("on", "days"),
        [
            ("2026-10-24", {date(2026, 10, 23): ["9am to 10am Friday"]}),
            ("2026-10-25", {date(2026, 10, 23): ["9am to 10am Friday"]}),
            ("2026-10-26", {date(2026, 10, 26): ["9am to 10am Monday"]}),
            ("2027-03-28", {date(2027, 3, 26): ["11:30pm to 12:30am Late"]}),
            ("2027-03-29", {date(2027, 3, 29): ["12:30am to 1:30am Early"]}),
        ],
        ids=["before they go back", "the day they go back", "after", "the day they go forward", "after that"],
    )
    def test_a_day_is_one_of_londons_on_both_sides_of_a_clock_change(self, liaison, on, days):
        a_visit(date(2026, 10, 23), name="Friday")
        a_visit(date(2026, 10, 26), name="Monday")
        a_visit(date(2027, 3, 26), 23, 30, name="Late")
        a_visit(date(2027, 3, 29), 0, 30, name="Early")
        assert entries(liaison, "/visits/week/", on=on) == days

    def test_holidays_days_off_and_weekends_are_named(self, liaison):
        Term.objects.create(name="Autumn 1", starts_on=date(2026, 9, 2), ends_on=date(2026, 10, 23))
        Term.objects.create(name="Autumn 2", starts_on=date(2026, 11, 2), ends_on=date(2026, 12, 18))
        DayOff.objects.create(day=date(2026, 11, 27), name="a day for staff training")
        now = liaison.get("/visits/week/").context["shown"].days
        assert [day.why for day in now] == ["", "", "", "", "Day for staff training"]
        half_term = liaison.get("/visits/week/", {"on": "2026-10-28"}).context["shown"].days
        assert {day.why for day in half_term} == {"School holidays"}

    def test_little_time_between_schools_is_marked_with_the_miles(self, people, liaison):
        one = a_visit(date(2026, 11, 24), 9, name="First School", workers=[people.liaison])
        two = a_visit(date(2026, 11, 24), 10, 20, name="Second School", workers=[people.liaison])
        School.objects.filter(pk=one.school_id).update(easting=350_000, northing=300_000)
        School.objects.filter(pk=two.school_id).update(easting=350_000, northing=308_047)
        html = liaison.get("/visits/week/").content.decode()
        assert "Liaison has 20 minutes after Visit 1 at First School ends at 10am" in html
        assert "5.0 miles apart in a straight line" in html
        assert html.count(">Tight<") == 1

    def test_times_that_are_proposed_are_shown_as_such(self, people, liaison):
        visit = a_visit(date(2026, 11, 24), name="Asked", status=S.PROPOSED, starts_at=None, ends_at=None)
        for by_the_school in (False, True):
            start = at(date(2026, 11, 24), 14 if by_the_school else 9)
            ProposedTime.objects.create(
                visit=visit,
                starts_at=start,
                ends_at=start + timedelta(hours=1),
                slot="other",
                by_the_school=by_the_school,
                proposer="Somebody",
            )
        (entry,) = liaison.get("/visits/week/").context["shown"].entries
        assert (entry.time, entry.status) == ("9am to 10am", "Proposed")

    @pytest.mark.parametrize("path", ["/visits/week/", "/visits/month/"])
    def test_what_is_to_come_at_a_school_that_withdrew_is_to_be_cancelled(self, liaison, path):
        a_visit(date(2026, 11, 27))
        Participation.objects.update(
            status="withdrawn", withdrawn_on=date(2026, 11, 1), withdrawal_reason="Moved"
        )
        (entry,) = liaison.get(path).context["shown"].entries
        assert (entry.status, entry.colour) == ("The school withdrew: cancel this visit", "red")

    def test_earlier_and_later_lead_to_the_weeks_beside_it(self, liaison):
        html = liaison.get("/visits/week/", {"on": "2027-01-01"}).content.decode()
        assert 'rel="prev" href="?on=2026-12-21' in html
        assert 'rel="next" href="?on=2027-01-04' in html

    @pytest.mark.parametrize(
        "query", [{"on": "soon"}, {"on": "0001-01-01"}, {"on": "2026-02-30"}, {"worker": "77"}]
    )
    def test_what_is_no_day_or_worker_is_answered_in_words(self, liaison, query):
        for path in ("/visits/week/", "/visits/month/"):
            answer = liaison.get(path, query)
            assert answer.status_code == 422
            assert "There is a problem" in answer.content.decode()

    @pytest.mark.parametrize("rows", [1, 3])
    def test_it_asks_the_same_however_many_visits_there_are(
        self, people, liaison, django_assert_num_queries, rows
    ):
        for number in range(rows):
            a_visit(date(2026, 11, 24), 9 + 2 * number, name=f"{number}", workers=[people.liaison])
        # session, person, workers, visits, who goes, proposed, terms, days off, names of the programme
        with django_assert_num_queries(9):
            liaison.get("/visits/week/")

    def test_its_file_holds_the_same(self, people, liaison):
        a_visit(date(2026, 11, 24), name="=1+1", workers=[people.liaison])
        rows = liaison.get("/visits/week.csv").content.decode("utf-8-sig").splitlines()
        assert rows[1].startswith('"2026-11-24","2026-11-24 09:00","2026-11-24 10:00","\'=1+1"')
        assert liaison.get("/visits/week.xlsx").status_code == 200


class TestMonth:
    def test_it_shows_whole_weeks_that_hold_the_month(self, liaison):
        shown = liaison.get("/visits/month/").context["shown"]
        assert shown.title == "November 2026"
        assert [len(week) for week in shown.weeks] == [7] * 6
        assert (shown.days[0].day, shown.days[-1].day) == (date(2026, 10, 26), date(2026, 12, 6))

    def test_a_visit_stands_on_its_day_with_who_goes(self, people, liaison):
        a_visit(date(2026, 11, 24), 14, 15, name="Wem", workers=[people.liaison])
        assert entries(liaison, "/visits/month/") == {date(2026, 11, 24): ["2:15pm to 3:15pm Wem"]}
        assert "Shrewsbury. Liaison" in liaison.get("/visits/month/").content.decode()

    def test_on_a_phone_a_holiday_is_one_line_until_a_visit_falls_into_it(self, liaison):
        for name, first, last in (("Autumn", (10, 1), (10, 23)), ("Winter", (11, 3), (12, 18))):
            Term.objects.create(name=name, starts_on=date(2026, *first), ends_on=date(2026, *last))
        a_visit(date(2026, 10, 28), name="Wem")
        days = liaison.get("/visits/month/", {"on": "2026-10-01"}).context["shown"].days
        assert [(day.day.day, day.until) for day in days if day.closed_until] == [
            (26, "Tuesday 27 October"),
            (29, "Friday 30 October"),
        ]
        assert [day.day.day for day in days if not day.is_empty and not day.is_outside] == [26, 28, 29]

    def test_a_day_off_stands_there_by_itself(self, liaison):
        DayOff.objects.create(day=date(2026, 11, 20), name="a bank holiday")
        html = liaison.get("/visits/month/").content.decode()
        assert "Bank holiday" in html
        assert 'class="pins-day__long"> to' not in html

    def test_december_leads_to_january(self, liaison):
        html = liaison.get("/visits/month/", {"on": "2026-12-31"}).content.decode()
        assert 'rel="prev" href="?on=2026-11-30' in html
        assert 'rel="next" href="?on=2027-01-01' in html

    def test_its_file_holds_the_same(self, liaison):
        a_visit(date(2026, 11, 24), name="Wem")
        assert "Wem" in liaison.get("/visits/month.csv").content.decode()
        assert liaison.get("/visits/month.xlsx").status_code == 200
