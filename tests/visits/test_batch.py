"""Many visits planned at once: dates found or typed, read, changed, applied; a refusal holds nothing else up."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from core.models import HistoryEntry
from schools.models import DayOff, Participation, School
from tests.factories import CohortFactory, ParticipationFactory, SchoolFactory, UserFactory
from tests.factories.visits import VisitFactory, at
from visits.enums import VisitStatus
from visits.models import ProposedTime, Visit

pytestmark = pytest.mark.django_db
PLAN, APPLY = "/visits/plan/", "/visits/plan/apply/"
S = VisitStatus


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(datetime(2026, 11, 25, 10, 30, tzinfo=ZoneInfo("Europe/London")), tick=False):
        yield


@pytest.fixture
def liaison(people, sign_in):
    return sign_in(people.liaison)


def a_visit(name: str, **fields) -> Visit:
    school = ParticipationFactory(school=SchoolFactory(name=name)).school
    return VisitFactory(school=school, **fields)


def asked(people, *visits: Visit, **more) -> dict:
    return {
        "visits": [visit.pk for visit in visits],
        "workers": [people.liaison.pk],
        "dates": "find",
        "first-day": "30",
        "first-month": "11",
        "first-year": "2026",
        "last-day": "4",
        "last-month": "12",
        "last-year": "2026",
        "slots": ["after_drop_off", "before_pick_up"],
        "most_a_day": "2",
        "how": "confirm",
        **more,
    }


def propose(visit: Visit, *starts: datetime) -> None:
    for start in starts:
        ProposedTime.objects.create(
            visit=visit, starts_at=start, ends_at=start + timedelta(hours=1), slot="other", proposer="PACC"
        )


def preview(people, *rows: tuple[Visit, str, str], how: str = "confirm", **more) -> dict:
    data = {"visit": [visit.pk for visit, _, _ in rows], "how": how}
    for visit, day, start in rows:
        name = f"visit-{visit.pk}"
        data |= {
            f"{name}-take": "on",
            f"{name}-day": day,
            f"{name}-start": start,
            f"{name}-worker": people.liaison.pk,
        }
    return data | more


def withdraw(visit: Visit) -> None:
    visit.school.participations.update(
        status="withdrawn", withdrawn_on=date(2026, 11, 1), withdrawal_reason="Moved"
    )


def stored(visit: Visit) -> tuple[str, datetime | None]:
    visit.refresh_from_db()
    return visit.status, visit.starts_at


class TestChoosing:
    def test_it_lists_visits_without_a_date_of_the_running_year(self, people, liaison):
        a_visit("Bare")
        a_visit("Dated", status=S.CONFIRMED)
        html = liaison.get(PLAN).content.decode()
        assert "Bare, Shrewsbury: visit 1" in html
        assert "Dated" not in html

    @pytest.mark.parametrize("query", [{"number": "2"}, {"cohort": "year-9"}])
    def test_it_is_narrowed_to_a_number_and_a_cohort(self, liaison, query):
        wanted = a_visit("Wanted", number=2)
        Participation.objects.filter(school=wanted.school).update(cohort=CohortFactory(name="Year 9"))
        a_visit("Other")
        answer = liaison.get(PLAN, query)
        assert "Wanted" in answer.content.decode()
        assert "Other, " not in answer.content.decode()
        assert answer.context["form"].initial["visits"] == [str(wanted.pk)]

    @pytest.mark.parametrize(
        ("query", "dates", "how"),
        [({"dates": "type"}, "type", "confirm"), ({"dates": "find"}, "find", "propose")],
    )
    def test_dates_that_were_agreed_are_typed_and_confirmed_from_the_start(self, liaison, query, dates, how):
        a_visit("Bare")
        form = liaison.get(PLAN, query).context["form"]
        assert (form["dates"].value(), form["how"].value()) == (dates, how)

    def test_it_says_how_many_are_not_on_the_list(self, liaison):
        part = a_visit("Aaa").school.participations.get()
        schools = School.objects.bulk_create(
            School(name=f"School {n}", slug=f"school-{n}", phase="primary") for n in range(201)
        )
        same = {"programme_year": part.programme_year, "cohort": part.cohort, "status": "active"}
        Participation.objects.bulk_create(Participation(school=school, **same) for school in schools)
        Visit.objects.bulk_create(
            Visit(school=school, programme_year=part.programme_year, step_id=1) for school in schools
        )
        html = liaison.get(PLAN).content.decode()
        assert "These are the first 200; 2 more are not on this list." in html

    def test_says_so_when_every_visit_has_a_date(self, liaison):
        assert "Every visit has a date" in liaison.get(PLAN).content.decode()

    @pytest.mark.parametrize(
        ("more", "told"),
        [
            ({"visits": []}, "Tick at least one for “Visits without a date”"),
            ({"workers": []}, "Tick at least one for “Who goes”"),
            ({"slots": []}, "Tick at least one for “When in the school day”"),
            ({"first-day": "", "first-month": "", "first-year": ""}, "Enter first day"),
            ({"last-month": "10"}, "The last day must not come before 30 November 2026."),
            ({"last-year": "2028"}, "Choose a day at most 200 days after the first."),
        ],
    )
    def test_what_is_missing_is_said_and_what_was_typed_stays(self, people, liaison, more, told):
        visit = a_visit("Bare")
        answer = liaison.post(PLAN, asked(people, visit) | more)
        assert answer.status_code == 422
        assert told in answer.content.decode()
        assert 'value="2"' in answer.content.decode()

    def test_dates_that_are_typed_need_no_stretch(self, people, liaison):
        visit = a_visit("Bare")
        data = asked(people, visit, dates="type", slots=[]) | {
            "first-day": "",
            "first-month": "",
            "first-year": "",
        }
        (row,) = liaison.post(PLAN, data).context["rows"]
        assert row.initial == {"take": True, "worker": str(people.liaison.pk)}


class TestPreview:
    def test_it_proposes_dates_on_school_days_and_stores_nothing(self, people, liaison):
        DayOff.objects.create(day=date(2026, 11, 30), name="a training day")
        one, two = a_visit("One"), a_visit("Two")
        answer = liaison.post(PLAN, asked(people, one, two, most_a_day="1"))
        rows = answer.context["rows"]
        assert [row.initial["day"] for row in rows] == [date(2026, 12, 1), date(2026, 12, 3)]
        assert "Nothing has been stored so far" in answer.content.decode()
        assert [stored(visit) for visit in (one, two)] == [(S.TO_SCHEDULE, None)] * 2

    def test_it_says_how_far_schools_of_one_day_are_apart(self, people, liaison):
        one, two = a_visit("One"), a_visit("Two")
        School.objects.filter(pk=one.school_id).update(easting=350_000, northing=300_000)
        School.objects.filter(pk=two.school_id).update(easting=350_000, northing=308_047)
        html = liaison.post(PLAN, asked(people, one, two)).content.decode()
        assert "5.0 miles in a straight line" in html
        assert "far for one day" not in html

    def test_far_schools_share_a_day_only_where_there_is_no_other_and_then_it_says_so(self, people, liaison):
        one, two = a_visit("One"), a_visit("Two")
        School.objects.filter(pk=one.school_id).update(easting=350_000, northing=300_000)
        School.objects.filter(pk=two.school_id).update(easting=350_000, northing=317_000)
        data = asked(people, one, two)
        assert "miles in a straight line" not in liaison.post(PLAN, data).content.decode()
        html = liaison.post(PLAN, data | {"last-day": "30", "last-month": "11"}).content.decode()
        assert "10.6 miles in a straight line: that is far for one day" in html

    @pytest.mark.parametrize(
        ("number", "other", "day", "found"),
        [
            (2, 1, date(2026, 11, 18), date(2026, 12, 2)),
            (1, 2, date(2026, 12, 16), date(2026, 11, 30)),
            (1, 2, date(2026, 12, 8), None),
        ],
        ids=["after visit 1", "before visit 2", "no room before visit 2"],
    )
    def test_it_keeps_the_order_of_a_schools_visits_and_two_weeks(
        self, people, liaison, number, other, day, found
    ):
        visit = a_visit("Bare", number=number)
        VisitFactory(
            school=visit.school, number=other, status=S.CONFIRMED, starts_at=at(day), ends_at=at(day, 10)
        )
        (row,) = liaison.post(PLAN, asked(people, visit)).context["rows"]
        assert row.initial.get("day") == found
        assert ("No date was found" in row.why_none) is (found is None)

    def test_it_keeps_a_visit_two_weeks_after_all_that_is_proposed_for_the_one_before(self, people, liaison):
        visit = a_visit("Bare", number=2)
        before = VisitFactory(school=visit.school, status=S.PROPOSED)
        propose(before, at(date(2026, 11, 16)), at(date(2026, 11, 18)))
        (row,) = liaison.post(PLAN, asked(people, visit)).context["rows"]
        assert row.initial["day"] == date(2026, 12, 2)

    def test_it_keeps_out_of_times_that_another_school_may_pick(self, people, liaison):
        propose(a_visit("Asked", status=S.PROPOSED, workers=[people.liaison]), at(date(2026, 11, 30)))
        visit = a_visit("Bare")
        data = asked(people, visit) | {"last-day": "30", "last-month": "11"}
        (row,) = liaison.post(PLAN, data).context["rows"]
        assert row.initial["start"].hour == 14

    def test_it_offers_as_many_times_as_were_asked_for_and_fewer_where_there_is_no_room(
        self, people, liaison
    ):
        visit = a_visit("Bare")
        data = asked(people, visit, how="propose", offers="3")
        (row,) = liaison.post(PLAN, data).context["rows"]
        days = [row.initial[name] for name in ("day", "day_2", "day_3")]
        assert days == [date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 2)]
        (row,) = liaison.post(PLAN, data | {"last-day": "30", "last-month": "11"}).context["rows"]
        assert "day_3" not in row.initial
        assert len(list(row.shown)) == 3

    def test_dates_that_are_confirmed_are_one_each(self, people, liaison):
        (row,) = liaison.post(PLAN, asked(people, a_visit("Bare"), offers="3")).context["rows"]
        assert len(list(row.shown)) == 1

    def test_several_times_can_be_typed(self, people, liaison):
        visit = a_visit("Bare")
        data = asked(people, visit, dates="type", how="propose", offers="2")
        (row,) = liaison.post(PLAN, data).context["rows"]
        assert len(list(row.shown)) == 2

    def test_it_keeps_out_of_what_somebody_has_already(self, people, liaison):
        starts = at(date(2026, 11, 30))
        a_visit(
            "Taken",
            status=S.CONFIRMED,
            starts_at=starts,
            ends_at=at(date(2026, 11, 30), 10),
            workers=[people.liaison],
        )
        visit = a_visit("Bare")
        data = asked(people, visit) | {"last-day": "30", "last-month": "11"}
        (row,) = liaison.post(PLAN, data).context["rows"]
        assert row.initial["start"].hour == 14

    def test_what_found_no_date_stands_last_and_is_not_taken(self, people, liaison):
        visits = [a_visit(name) for name in ("One", "Two", "Three")]
        data = asked(people, *visits) | {"last-day": "30", "last-month": "11"}
        rows = liaison.post(PLAN, data).context["rows"]
        assert [row.initial["take"] for row in rows] == [True, True, False]

    def test_what_it_shows_can_be_sent_as_it_stands(self, people, liaison):
        visit = a_visit("Bare")
        (row,) = liaison.post(PLAN, asked(people, visit)).context["rows"]
        sent = {bound.html_name: bound.field.prepare_value(bound.value()) for bound in row if bound.value()}
        liaison.post(APPLY, {"visit": [visit.pk], "how": "confirm", **sent})
        assert stored(visit) == (S.CONFIRMED, at(date(2026, 11, 30)))


class TestApplying:
    def test_it_confirms_exactly_what_was_read_with_one_line_each(self, people, liaison):
        one, two = a_visit("One"), a_visit("Two")
        data = preview(people, (one, "Monday 30 November 2026", "9am"), (two, "1/12/2026", "14:15"))
        answer = liaison.post(APPLY, data, follow=True)
        assert stored(one) == (S.CONFIRMED, at(date(2026, 11, 30)))
        assert stored(two) == (S.CONFIRMED, at(date(2026, 12, 1), 14, 15))
        assert [visit.workers.get() for visit in (one, two)] == [people.liaison] * 2
        assert HistoryEntry.objects.filter(kind="visit.confirmed").count() == 2
        assert "2 visits confirmed." in answer.content.decode()

    def test_it_proposes_several_times_to_a_school(self, people, liaison):
        visit = a_visit("One")
        more = {f"visit-{visit.pk}-day_2": "1 December 2026", f"visit-{visit.pk}-start_2": "14:15"}
        rows = (visit, "30 November 2026", "9am")
        liaison.post(APPLY, preview(people, rows, how="propose", offers="2", **more))
        starts = [one.starts_at for one in visit.proposed_times.all()]
        assert starts == [at(date(2026, 11, 30)), at(date(2026, 12, 1), 14, 15)]

    def test_it_confirms_no_visit_for_several_times(self, people, liaison):
        visit = a_visit("One")
        more = {f"visit-{visit.pk}-day_3": "1 December 2026", f"visit-{visit.pk}-start_3": "14:15"}
        answer = liaison.post(APPLY, preview(people, (visit, "30 November 2026", "9am"), offers="3", **more))
        assert answer.status_code == 422
        assert "Only one time can be confirmed for One" in answer.content.decode()
        assert stored(visit)[0] == S.TO_SCHEDULE

    def test_a_closed_day_is_said_at_its_own_box(self, people, liaison):
        visit = a_visit("One")
        more = {f"visit-{visit.pk}-day_2": "28 November 2026", f"visit-{visit.pk}-start_2": "9am"}
        rows = (visit, "30 November 2026", "9am")
        (row,) = liaison.post(APPLY, preview(people, rows, how="propose", **more)).context["rows"]
        assert list(row.errors) == ["day_2"]

    def test_a_second_time_has_both_its_day_and_its_start(self, people, liaison):
        visit = a_visit("One")
        more = {f"visit-{visit.pk}-start_2": "14:15"}
        answer = liaison.post(
            APPLY, preview(people, (visit, "30 November 2026", "9am"), how="propose", **more)
        )
        assert "Enter a day for One" in answer.content.decode()
        assert len(list(answer.context["rows"][0].shown)) == 2

    def test_it_proposes_them_to_the_schools(self, people, liaison):
        visit = a_visit("One")
        liaison.post(APPLY, preview(people, (visit, "30 November 2026", "9am"), how="propose"))
        assert stored(visit)[0] == S.PROPOSED
        assert [one.starts_at for one in visit.proposed_times.all()] == [at(date(2026, 11, 30))]

    def test_one_without_a_tick_is_left_out(self, people, liaison):
        one, two = a_visit("One"), a_visit("Two")
        data = preview(people, (one, "30 November 2026", "9am"), (two, "1 December 2026", "9am"))
        del data[f"visit-{two.pk}-take"]
        liaison.post(APPLY, data)
        assert [stored(visit)[0] for visit in (one, two)] == [S.CONFIRMED, S.TO_SCHEDULE]

    def test_a_refusal_in_the_middle_holds_nothing_up_and_loses_nothing(self, people, liaison):
        one, two, three = (a_visit(name) for name in ("One", "Two", "Three"))
        withdraw(two)
        rows = (
            (one, "30 November 2026", "9am"),
            (two, "30 November 2026", "13:30"),
            (three, "1 December 2026", "9am"),
        )
        answer = liaison.post(APPLY, preview(people, *rows))
        html = answer.content.decode()
        assert answer.status_code == 409
        assert [stored(visit)[0] for visit in (one, two, three)] == [S.CONFIRMED, S.TO_SCHEDULE, S.CONFIRMED]
        assert [row.visit for row in answer.context["rows"]] == [two]
        assert "Two does not take part in" in html
        assert 'value="13:30"' in html
        assert "2 visits confirmed" in html

    def test_pressed_twice_it_does_it_once(self, people, liaison):
        visit = a_visit("One")
        data = preview(people, (visit, "30 November 2026", "9am"))
        assert [liaison.post(APPLY, data).status_code for _ in range(2)] == [302, 302]
        assert HistoryEntry.objects.filter(kind="visit.confirmed").count() == 1

    def test_a_visit_that_got_another_date_meanwhile_is_refused(self, people, liaison):
        visit = a_visit("One", status=S.CONFIRMED)
        answer = liaison.post(APPLY, preview(people, (visit, "30 November 2026", "9am")))
        assert answer.status_code == 409
        assert "is “confirmed” now, for 9am to 10am on 5 October 2026" in answer.content.decode()

    def test_a_visit_that_got_the_same_date_with_somebody_else_is_refused(self, people, liaison):
        visit, other = a_visit("One"), UserFactory(name="Other", is_liaison=True)
        data = preview(people, (visit, "30 November 2026", "9am"))
        liaison.post(APPLY, data | {f"visit-{visit.pk}-worker": other.pk})
        answer = liaison.post(APPLY, data)
        assert answer.status_code == 409
        assert "with Other. Move it, or change who goes, on the page of the visit." in answer.content.decode()
        assert list(visit.workers.all()) == [other]

    @pytest.mark.parametrize(
        ("day", "start", "told"),
        [
            ("", "9am", "Enter a day for One, or leave it out"),
            ("30 November 2026", "", "Enter a time for One"),
            ("soon", "9am", "One: Write the day like 23 November, 23/11 or 23 November 2026."),
            ("30 November 2026", "nine", "One: Write the time like 9am, 9:15 or 14:15."),
            ("31 November 2026", "9am", "One: There is no such day in that month."),
            ("28 November 2026", "9am", "it is a weekend. Choose another day, or tick “It is meant so”."),
            ("28 March 2027", "1:30am", "One: The clocks go forward over that time"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_row_and_nothing_is_done(self, people, liaison, day, start, told):
        one, two = a_visit("One"), a_visit("Two")
        answer = liaison.post(APPLY, preview(people, (one, day, start), (two, "1 December 2026", "9am")))
        assert answer.status_code == 422
        assert told in answer.content.decode()
        assert stored(two)[0] == S.TO_SCHEDULE

    def test_all_that_is_wrong_in_all_rows_is_said_at_once_with_its_school(self, people, liaison):
        one, two = a_visit("One"), a_visit("Two")
        data = preview(people, (one, "soon", "9am"), (two, "28 November 2026", "9am"))
        data |= {f"visit-{one.pk}-day_2": "29 November 2026", f"visit-{one.pk}-start_2": "9am"}
        page = liaison.post(APPLY, data).content.decode()
        summary = page.partition("govuk-error-summary")[2].partition("<h1")[0]
        assert "One: Write the day like 23 November" in summary
        assert summary.count("it is a weekend") == 2
        assert "Two: " in summary

    def test_a_visit_without_a_day_is_left_out(self, people, liaison):
        one, two = a_visit("One"), a_visit("Two")
        liaison.post(APPLY, preview(people, (one, "", ""), (two, "1 December 2026", "9am")))
        assert (stored(one)[0], stored(two)[0]) == (S.TO_SCHEDULE, S.CONFIRMED)

    def test_a_day_without_a_tick_is_left_out_by_name(self, people, liaison):
        one, two = a_visit("One"), a_visit("Two")
        data = preview(people, (one, "soon", "9am"), (two, "1 December 2026", "9am"))
        data.pop(f"visit-{one.pk}-take")
        page = liaison.post(APPLY, data, follow=True).content.decode()
        assert "1 visit confirmed. Left out, without a tick: One." in page

    def test_nothing_to_plan_is_said_and_what_was_typed_stays(self, people, liaison):
        visit = a_visit("One")
        data = preview(people, (visit, "30 November 2026", "9am"))
        data.pop(f"visit-{visit.pk}-take")
        answer = liaison.post(APPLY, data)
        assert answer.status_code == 422
        assert "Nothing was planned: no visit has both a day and a tick." in answer.content.decode()
        assert 'value="30 November 2026"' in answer.content.decode()

    def test_a_closed_day_that_is_meant_is_taken(self, people, liaison):
        visit = a_visit("One")
        data = preview(people, (visit, "28 November 2026", "9am"), **{f"visit-{visit.pk}-is_meant": "on"})
        liaison.post(APPLY, data)
        assert stored(visit)[0] == S.CONFIRMED

    @pytest.mark.parametrize("pk", ["x", "0", "9" * 30])
    def test_a_number_that_no_visit_has_is_passed_over(self, liaison, pk):
        assert liaison.post(APPLY, {"visit": [pk], "how": "confirm"}).status_code == 422

    @pytest.mark.parametrize("rows", [1, 3])
    def test_the_preview_asks_the_same_however_many_there_are(
        self, people, liaison, django_assert_num_queries, rows
    ):
        visits = [a_visit(f"School {number}") for number in range(rows)]
        # session, person, running year, visits, 2 for who goes, terms, days off, dates of the schools and those that
        # they may get, what the workers have and may get, workers, names of the programme; terms again for the preview
        with django_assert_num_queries(15):
            liaison.post(PLAN, asked(people, *visits))


def test_sixty_visits_are_planned_without_typing_a_date_twice(people, liaison):
    visits = [a_visit(f"School {number:02}") for number in range(12)]
    data = asked(people, *visits) | {"last-day": "18"}
    rows = liaison.post(PLAN, data).context["rows"]
    sent = {"visit": [row.visit.pk for row in rows], "how": "confirm"}
    for row in rows:
        sent |= {bound.html_name: bound.field.prepare_value(bound.value()) for bound in row if bound.value()}
    assert liaison.post(APPLY, sent).url == reverse("visits:planner")
    assert Visit.objects.filter(status=S.CONFIRMED).count() == 12
