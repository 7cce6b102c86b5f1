"""The planner: what needs doing, in groups, asked for in every way, as a page and as a file."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from core.unchanged import Unchanged
from schools.models import Participation, School
from tests.factories import (
    CohortFactory,
    MembershipFactory,
    ParticipationFactory,
    ProgrammeYearFactory,
    SchoolContactFactory,
    SchoolFactory,
)
from tests.factories.visits import VisitFactory, at
from visits.addresses import page_of
from visits.enums import VisitStatus
from visits.models import ProposedTime, Visit

pytestmark = pytest.mark.django_db
LIST = "/visits/"
WEDNESDAY = datetime(2026, 11, 25, 10, 30, tzinfo=ZoneInfo("Europe/London"))
S = VisitStatus


@pytest.fixture(autouse=True)
def _wednesday():
    with time_machine.travel(WEDNESDAY, tick=False):
        yield


@pytest.fixture
def liaison(people, sign_in):
    return sign_in(people.liaison)


def a_visit(
    status=S.TO_SCHEDULE, day: date | None = None, *, name: str = "", hour: int = 9, **fields
) -> Visit:
    school = fields.pop("school", None) or SchoolFactory(**({"name": name} if name else {}))
    if not Participation.objects.filter(school=school).exists():
        ParticipationFactory(school=school)
    if day is not None:
        fields |= {"starts_at": at(day, hour), "ends_at": at(day, hour + 1)}
    return VisitFactory(school=school, status=status, **fields)


def proposed(*starts: datetime, by_the_school: bool = False, **fields) -> Visit:
    visit = a_visit(S.PROPOSED, **fields)
    for start in starts:
        ProposedTime.objects.create(
            visit=visit,
            starts_at=start,
            ends_at=start + timedelta(hours=1),
            slot="other",
            by_the_school=by_the_school,
            proposer="Somebody",
        )
    return visit


def withdraw(parts) -> None:
    parts.update(status="withdrawn", withdrawn_on=date(2026, 11, 1), withdrawal_reason="Moved")


def piles(client, **query) -> dict[str, list[str]]:
    context = client.get(LIST, query).context
    return {pile.value: [row.school for row in rows] for pile, _, rows in context["piles"]}


def one_of_each() -> None:
    a_visit(S.CONFIRMED, date(2026, 11, 24), name="Over")
    a_visit(S.CONFIRMED, date(2026, 11, 27), name="Friday")
    proposed(at(date(2026, 12, 1)), name="Asked")
    proposed(at(date(2026, 12, 2)), name="Answered", by_the_school=True)
    a_visit(name="Bare")
    a_visit(S.HELD, date(2026, 11, 3), name="Held")
    a_visit(S.NOTES_WRITTEN, date(2026, 11, 2), name="Written")
    a_visit(S.CONFIRMED, date(2026, 12, 3), name="Later")
    a_visit(S.SHARED, date(2026, 10, 2), name="Shared")
    a_visit(S.CLOSED, date(2026, 10, 1), name="Closed")
    a_visit(S.CANCELLED, name="Cancelled")


class TestGroups:
    def test_it_opens_on_what_needs_doing_the_most_urgent_first(self, liaison):
        one_of_each()
        assert piles(liaison) == {
            "overdue": ["Over"],
            "this_week": ["Friday"],
            "suggested": ["Answered"],
            "notes": ["Held"],
            "share": ["Written"],
            "waiting": ["Asked"],
            "no_date": ["Bare"],
        }
        order = ["overdue", "this_week", "suggested", "notes", "share", "waiting", "no_date"]
        assert list(piles(liaison)) == order

    def test_the_rest_is_under_nothing_needs_doing_and_cancelled_ones_nowhere(self, liaison):
        one_of_each()
        assert piles(liaison, group="nothing") == {"nothing": ["Closed", "Shared", "Later"]}
        assert sum(map(len, piles(liaison, group="all").values())) == 10

    def test_each_group_says_how_many_are_in_it(self, liaison):
        one_of_each()
        a_visit(name="Another")
        links = {link.label: link.count for link in liaison.get(LIST).context["groups"]}
        assert links == {
            "Needs doing": 8,
            "Overdue": 1,
            "The school withdrew": 0,
            "The next seven days": 1,
            "The school suggested a time": 1,
            "Notes to write": 1,
            "To share": 1,
            "Waiting for the school": 1,
            "No date yet": 2,
            "Nothing needs doing": 3,
            "All visits": 11,
        }

    @pytest.mark.parametrize(
        "group", ["overdue", "this_week", "suggested", "waiting", "no_date", "notes", "share", "nothing"]
    )
    def test_each_is_shown_alone_with_the_count_that_its_link_says(self, liaison, group):
        one_of_each()
        answer = liaison.get(LIST, {"group": group})
        (shown,) = answer.context["piles"]
        link = next(link for link in answer.context["groups"] if link.is_current)
        assert (shown[0].value, len(shown[2])) == (group, link.count)

    def test_a_time_that_the_school_suggested_is_ours_to_answer(self, liaison):
        proposed(at(date(2026, 12, 1)), name="Aaa")
        proposed(at(date(2026, 12, 2)), name="Zzz", by_the_school=True)
        found = liaison.get(LIST).context["piles"]
        assert [(pile.value, rows[0].school, rows[0].waits_for) for pile, _, rows in found] == [
            ("suggested", "Zzz", "You: the school suggested another time"),
            ("waiting", "Aaa", "The school: pick a time by 30 November 2026"),
        ]

    def test_times_that_have_passed_wait_for_us(self, liaison):
        proposed(at(date(2026, 11, 24)))
        (_, _, (row,)) = liaison.get(LIST).context["piles"][0]
        assert row.waits_for == "You: the proposed times have passed"

    @pytest.mark.parametrize(
        ("now", "group"),
        [
            ((2026, 11, 27, 8), "this_week"),
            ((2026, 11, 27, 9), "this_week"),
            ((2026, 11, 27, 10), "this_week"),
            ((2026, 11, 27, 11), "overdue"),
            ((2026, 11, 21, 9), "this_week"),
            ((2026, 11, 20, 9), "nothing"),
        ],
        ids=["before", "begins", "ends", "an hour past", "the weekend before", "the week before"],
    )
    def test_the_week_and_what_is_overdue_follow_the_clock(self, people, sign_in, now, group):
        a_visit(S.CONFIRMED, date(2026, 11, 27))
        with time_machine.travel(datetime(*now, tzinfo=ZoneInfo("Europe/London")), tick=False):
            found = piles(sign_in(people.liaison), group="all")
        assert list(found) == [group]

    @pytest.mark.parametrize("year", ["", "all"])
    def test_what_a_school_that_withdrew_was_told_of_is_to_be_cancelled(self, liaison, year):
        later, asked = a_visit(S.CONFIRMED, date(2026, 12, 3)), proposed(at(date(2026, 12, 1)))
        a_visit(S.CONFIRMED, date(2026, 11, 24), name="Over")
        withdraw(Participation.objects.all())
        asked_for = {"year": year} if year else {}
        found = {pile.value: rows for pile, _, rows in liaison.get(LIST, asked_for).context["piles"]}
        assert list(found) == ["overdue", "withdrew"]
        assert {(row.waits_for, row.button, row.next_url) for row in found["withdrew"]} == {
            ("The school withdrew: cancel this visit", "Cancel the visit", page_of("visits:cancel", visit.pk))
            for visit in (later, asked)
        }

    def test_of_what_nobody_was_told_nothing_is_to_be_done_there(self, liaison):
        for name, status in (("Gone", S.TO_SCHEDULE), ("Gone but held", S.HELD)):
            a_visit(status, date(2026, 11, 3) if status == S.HELD else None, name=name)
        withdraw(Participation.objects.filter(school__name__startswith="Gone"))
        assert piles(liaison) == {"notes": ["Gone but held"]}
        assert piles(liaison, year="all") == {"notes": ["Gone but held"]}


class TestRows:
    def test_a_row_says_school_visit_day_place_person_status_and_the_next_step(self, people, liaison):
        visit = a_visit(
            S.CONFIRMED,
            date(2026, 11, 24),
            name="Over",
            number=2,
            place="The library",
            workers=[people.liaison],
        )
        html = liaison.get(LIST).content.decode()
        for shown in (
            "Over",
            "Visit 2: Looking at what has changed",
            "Tuesday 24 November 2026, 9am to 10am",
            "The library",
            "Liaison",
            '<strong class="pins-tag pins-tag--red">Overdue</strong>',
            "You: was it held?",
            f'href="{page_of("visits:log", visit.pk)}">Log the visit',
        ):
            assert shown in html

    @pytest.mark.parametrize(
        ("status", "day", "page", "label"),
        [
            (S.TO_SCHEDULE, None, "confirm", "Confirm a date"),
            (S.PROPOSED, None, "confirm", "Confirm a date"),
            (S.CONFIRMED, date(2026, 11, 26), "visit", "Open the visit"),
        ],
    )
    def test_the_next_step_fits_where_it_stands(self, liaison, status, day, page, label):
        visit = a_visit(status, day)
        (_, _, (row,)) = liaison.get(LIST).context["piles"][0]
        assert (row.next_url, row.button) == (page_of(f"visits:{page}", visit.pk), label)

    def test_a_visit_without_a_date_has_times_to_propose_beside_it(self, liaison):
        visit = a_visit()
        (_, _, (row,)) = liaison.get(LIST).context["piles"][0]
        assert row.otherwise == ("Propose times", page_of("visits:propose", visit.pk))

    @pytest.mark.parametrize("status", [S.PROPOSED, S.HELD])
    def test_other_visits_have_one_next_step(self, liaison, status):
        a_visit(status, date(2026, 11, 3) if status == S.HELD else None)
        (_, _, (row,)) = liaison.get(LIST).context["piles"][0]
        assert row.otherwise is None

    def test_dates_for_many_are_one_step_away_where_there_are_none(self, liaison):
        a_visit(S.CONFIRMED, date(2026, 11, 26))
        typed = f'href="{reverse("visits:plan")}?dates=type"'
        assert typed not in liaison.get(LIST).content.decode()
        a_visit()
        Unchanged.forget_all()  # a test makes rows without a line of history
        assert typed in liaison.get(LIST).content.decode()

    def test_a_visit_online_says_so(self, liaison):
        a_visit(S.CONFIRMED, date(2026, 11, 26), is_online=True)
        (_, _, (row,)) = liaison.get(LIST).context["piles"][0]
        assert row.where == "Online"


class TestFilters:
    @pytest.fixture(autouse=True)
    def three(self, people):
        mine = a_visit(name="Wem Hill", number=2, workers=[people.liaison])
        School.objects.filter(pk=mine.school_id).update(town="Wem")
        Participation.objects.filter(school=mine.school).update(cohort=CohortFactory(name="Year 9"))
        a_visit(name="Clun Vale", number=1)

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({"q": "wem"}, ["Wem Hill"]),
            ({"q": "vale clun"}, ["Clun Vale"]),
            ({"number": "2"}, ["Wem Hill"]),
            ({"cohort": "year-9"}, ["Wem Hill"]),
            ({"worker": "nobody"}, ["Clun Vale"]),
            ({"q": "nowhere"}, []),
        ],
    )
    def test_it_is_narrowed(self, liaison, query, found):
        assert piles(liaison, **query).get("no_date", []) == found

    def test_it_is_narrowed_to_a_worker(self, people, liaison):
        assert piles(liaison, worker=people.liaison.pk) == {"no_date": ["Wem Hill"]}

    def test_it_shows_the_running_year_unless_another_is_asked_for(self, liaison):
        earlier = ProgrammeYearFactory(name="Before", starts_on=date(2025, 4, 1), ends_on=date(2026, 3, 31))
        school = ParticipationFactory(school=SchoolFactory(name="Earlier"), programme_year=earlier).school
        VisitFactory(school=school, programme_year=earlier)
        assert piles(liaison)["no_date"] == ["Clun Vale", "Wem Hill"]
        assert piles(liaison, year=earlier.pk)["no_date"] == ["Earlier"]
        assert piles(liaison, year="all")["no_date"] == ["Clun Vale", "Earlier", "Wem Hill"]

    def test_a_group_keeps_what_else_was_asked_for(self, liaison):
        links = liaison.get(LIST, {"q": "wem", "group": "overdue", "page": "2"}).context["groups"]
        assert next(link.url for link in links if link.label == "Notes to write") == "?q=wem&group=notes"

    @pytest.mark.parametrize(
        "query",
        [
            {"group": "lost"},
            {"worker": "12345"},
            {"number": "4"},
            {"cohort": "none-such"},
            {"year": "99999999999999999999"},
            {"q": "a\x00b"},
            {"q": "x" * 101},
        ],
    )
    def test_a_filter_that_names_nothing_is_answered_in_words(self, liaison, query):
        answer = liaison.get(LIST, query)
        assert answer.status_code == 422
        assert "There is a problem" in answer.content.decode()
        assert answer.context["piles"] == []

    @pytest.mark.parametrize("page", ["0", "-1", "x", "999"])
    def test_a_page_that_is_none_shows_one_that_is(self, liaison, page):
        assert piles(liaison, page=page)["no_date"] == ["Clun Vale", "Wem Hill"]

    def test_its_files_are_narrowed_like_it_and_hold_no_formula(self, liaison):
        School.objects.filter(name="Wem Hill").update(name="=1+1")
        file = liaison.get("/visits.csv", {"number": "2"}).content.decode("utf-8-sig").splitlines()
        assert len(file) == 2
        assert file[1].startswith('"\'=1+1","Wem","",2,"Looking at what has changed","2026 to 2027"')
        assert liaison.get("/visits.xlsx").status_code == 200
        assert len(liaison.get("/visits.csv", {"group": "lost"}).content.splitlines()) == 1


class TestPages:
    def test_a_page_begins_where_the_one_before_ended_across_groups(self, liaison, monkeypatch):
        monkeypatch.setattr("visits.views.planner.PAGE", 2)
        one_of_each()
        shown = [piles(liaison, page=page) for page in (1, 2, 3, 4)]
        assert shown == [
            {"overdue": ["Over"], "this_week": ["Friday"]},
            {"suggested": ["Answered"], "notes": ["Held"]},
            {"share": ["Written"], "waiting": ["Asked"]},
            {"no_date": ["Bare"]},
        ]

    @pytest.mark.parametrize("rows", [1, 3])
    def test_it_asks_the_same_however_many_visits_there_are(
        self, people, liaison, django_assert_num_queries, rows
    ):
        for _ in range(rows):
            visit = proposed(at(date(2026, 12, 1)))
            visit.workers.set([people.liaison])
        # session, person, history, years, workers, cohorts, terms, days off, count, visits, who goes and when, names
        with django_assert_num_queries(12):
            assert len(piles(liaison)["waiting"]) == rows

    def test_a_search_that_finds_nothing_says_that_none_fits(self, liaison):
        a_visit(S.CLOSED, date(2026, 10, 1))
        Unchanged.forget_all()  # a test makes rows without a line of history
        page = liaison.get(LIST, {"q": "zzzz"}).content.decode()
        assert "No visit fits" in page
        assert "Visits will be here" not in page

    def test_nothing_there_and_nothing_to_do_are_told_apart(self, liaison):
        assert "Visits will be here" in liaison.get(LIST).content.decode()
        a_visit(S.CLOSED, date(2026, 10, 1))
        Unchanged.forget_all()  # a test makes rows without a line of history
        assert "Nothing needs doing here" in liaison.get(LIST).content.decode()


class TestOthers:
    @pytest.mark.parametrize("name", ["head", "governor"])
    def test_somebody_of_a_school_is_led_to_their_own_visits(self, people, sign_in, name):
        answer = sign_in(getattr(people, name)).get(LIST)
        assert answer.url == f"{reverse('workspace', args=[people.school.pk])}#visits"

    def test_somebody_of_two_schools_chooses_first(self, people, sign_in):
        MembershipFactory(user=people.head, school=people.other_school)
        assert sign_in(people.head).get(LIST).url == reverse("workspaces")

    @pytest.mark.parametrize("name", ["programme", "trainer", "colleague"])
    def test_others_are_told_whose_it_is(self, people, sign_in, name):
        answer = sign_in(getattr(people, name)).get(LIST)
        assert answer.status_code == 403
        assert "administrator and liaison" in answer.content.decode()


def number_of(html: str) -> bool:
    return '<a class="govuk-link" href="tel:01632960001">01632 960001</a>' in html


def test_the_number_of_a_school_stands_by_what_is_to_be_agreed_with_it(liaison):
    visit = a_visit()
    School.objects.filter(pk=visit.school_id).update(telephone="01632 960001")
    assert number_of(liaison.get(LIST).content.decode())
    assert ',"01632 960001",' in liaison.get("/visits.csv").content.decode()


def test_and_not_by_what_has_a_date(liaison):
    visit = a_visit(S.CONFIRMED, WEDNESDAY.date() + timedelta(days=1))
    School.objects.filter(pk=visit.school_id).update(telephone="01632 960001")
    assert not number_of(liaison.get(LIST).content.decode())


def test_the_page_of_a_visit_has_the_numbers_of_the_school_for_the_forum_alone(people, sign_in):
    visit = a_visit(school=people.school)
    School.objects.filter(pk=people.school.pk).update(telephone="01632 960001")
    SchoolContactFactory(school=people.school, name="Sam", role="senco", telephone="07700 900461")
    url = reverse("visits:visit", args=[visit.pk])
    html = sign_in(people.liaison).get(url).content.decode()
    assert number_of(html)
    assert 'Sam, SENCo: <a class="govuk-link" href="tel:07700900461">07700 900461</a>' in html
    assert "07700 900461" not in sign_in(people.head).get(url).content.decode()


def test_a_confirmed_visit_to_which_nobody_goes_says_so(liaison):
    a_visit(S.CONFIRMED, WEDNESDAY.date() + timedelta(days=30))
    assert "You: say who goes" in liaison.get(LIST, {"group": "all"}).content.decode()
