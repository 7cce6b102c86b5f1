"""The board: what stands first, what it is narrowed to, who reads what, and its files."""

import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from schools.models import Participation, ProgrammeYear, School
from tests.factories import AuditFactory, ParticipationFactory, UserFactory, VisitFactory, small_framework
from tests.factories.visits import at, on_request
from tests.pins.dashboard.asking import BOARD, earlier_year, names, rows, taking_part

pytestmark = pytest.mark.django_db


@pytest.fixture
def liaison(people, sign_in):
    Participation.objects.all().delete()
    return sign_in(people.liaison)


def visit_of(part, status="to_schedule", days=0, **values):
    """A first visit that has stood there for so many days."""
    return VisitFactory(
        school=part.school, status=status, changed_at=timezone.now() - timedelta(days=days), **values
    )


def withdrew(name, **values):
    gone = {"status": "withdrawn", "withdrawn_on": date(2026, 9, 1), "withdrawal_reason": "Merged."}
    return taking_part(name, **gone, **values)


class TestOrder:
    def test_what_is_overdue_stands_first_then_what_has_waited_longest_then_the_name(self, liaison):
        for name in ("B waits for nobody", "A waits for nobody"):
            taking_part(name, status="invited")
        for name, days in (("Short", 5), ("Long", 50)):
            part = taking_part(name, offer="embedding", status="completed")
            on_request(visit_of(part, days=days))
        late = taking_part("Overdue", status="completed")
        visit_of(late, "confirmed", starts_at=at(timezone.localdate() - timedelta(days=2)))
        assert names(liaison) == ["Overdue", "Long", "Short", "A waits for nobody", "B waits for nobody"]

    def test_a_school_that_withdrew_waits_for_nobody_and_stands_last(self, liaison):
        part = withdrew("A withdrew")
        visit_of(part, "confirmed", starts_at=at(date(2026, 1, 8)))
        AuditFactory(school=part.school, wanted_by=date(2026, 1, 1))
        visit_of(taking_part("Takes part"))
        assert names(liaison) == ["Takes part", "A withdrew"]
        words = [cell.state.word for cell in rows(liaison)[1].cells]
        assert words == ["Not wanted", "Not wanted", "Not wanted", "Not needed", "Not needed", "Not wanted"]
        assert names(liaison, overdue="yes") == []

    def test_in_a_closed_year_nothing_waits_and_nothing_is_overdue(self, liaison):
        visit_of(taking_part("Left over"), "confirmed", starts_at=at(date(2026, 1, 8)))
        assert names(liaison, overdue="yes") == ["Left over"]
        ProgrammeYear.objects.update(closed_at=timezone.now(), closed_by=UserFactory())
        assert names(liaison, overdue="yes") == []
        assert names(liaison, waits_for="nobody") == ["Left over"]

    def test_no_rating_is_even_asked_for(self, liaison):
        taking_part("One")
        with CaptureQueriesContext(connection) as asked:
            names(liaison)
        assert [query["sql"] for query in asked if "audits_answer" in query["sql"]] == []


def test_words_of_a_cell_stand_apart_from_one_another(liaison):
    visit_of(taking_part("One"), days=3)
    assert ' <span class="pins-under">3 days, waits for PACC</span>' in liaison.get(BOARD).content.decode()


class TestFilters:
    @pytest.fixture(autouse=True)
    def schools(self, liaison):
        visit_of(taking_part("Ludlow Hill", cohort="Year 2"), "proposed")
        AuditFactory(school=School.objects.get(name="Ludlow Hill"), status="in_progress")
        part = taking_part("Clun Brook", offer="embedding", status="confirmed")
        AuditFactory(school=part.school, wanted_by=date(2026, 5, 1))
        taking_part("Invited", status="invited")

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({}, ["Clun Brook", "Ludlow Hill", "Invited"]),
            ({"q": "hill ludlow"}, ["Ludlow Hill"]),
            ({"cohort": "year-2"}, ["Ludlow Hill"]),
            ({"status": "invited"}, ["Invited"]),
            ({"status": "taking_part"}, ["Clun Brook", "Ludlow Hill"]),
            ({"offer": "embedding"}, ["Clun Brook"]),
            ({"overdue": "yes"}, ["Clun Brook"]),
            ({"waits_for": "school"}, ["Clun Brook", "Ludlow Hill"]),
            ({"waits_for": "forum"}, []),
            ({"waits_for": "nobody"}, ["Invited"]),
            ({"stage": "visit_1"}, ["Ludlow Hill"]),
            ({"stage": "visit_1", "overdue": "yes"}, []),
            ({"stage": "audit", "waits_for": "school"}, ["Clun Brook", "Ludlow Hill"]),
            ({"stands": "audit.in_progress"}, ["Ludlow Hill"]),
            ({"stands": "visit_1.done"}, []),
        ],
    )
    def test_narrow_by_the_address(self, liaison, query, found):
        assert names(liaison, **query) == found

    @pytest.mark.parametrize(
        "query",
        [
            *(
                {"year": "x"},
                {"year": "999999999999999999999"},
                {"cohort": "none"},
                {"status": "x"},
                {"offer": "x"},
            ),
            *({"overdue": "x"}, {"waits_for": "x"}, {"stage": "x"}, {"stands": "x"}, {"stands": "audit.x"}),
            *({"q": "a\x00b"}, {"q": "x" * 101}),
        ],
    )
    def test_what_names_nothing_is_answered_in_words(self, liaison, query):
        answer = liaison.get(BOARD, query)
        assert (answer.status_code, answer.context["rows"]) == (422, [])
        assert "There is a problem" in answer.content.decode()

    @pytest.mark.parametrize("query", [{"year": "x"}, {"stands": "audit.x"}])
    def test_its_files_are_empty_then(self, liaison, query):
        assert len(liaison.get("/dashboard/schools.csv", query).content.splitlines()) == 1

    def test_another_year_has_its_own_rows(self, liaison):
        before = earlier_year()
        ParticipationFactory(school=School.objects.get(name="Invited"), programme_year=before)
        assert names(liaison, year=before.pk) == ["Invited"]

    def test_nothing_found_says_what_to_do(self, liaison):
        assert "No school is like that" in liaison.get(BOARD, {"q": "zzz"}).content.decode()


class TestReaders:
    def test_a_programme_lead_reads_no_progress_on_the_page_nor_in_its_files(self, people, sign_in):
        AuditFactory(school=people.school, status="in_progress")
        AuditFactory(school=people.other_school)
        client = sign_in(people.programme)
        table = client.get(BOARD).content.decode().partition("<tbody")[2]
        file = client.get("/dashboard/schools.csv").content.decode()
        for text in (table, file):
            assert text.count("With the school") == 2
            assert "In progress" not in text
            assert "Not started" not in text

    def test_a_filter_does_not_tell_them_apart_either(self, people, sign_in):
        AuditFactory(school=people.school, status="in_progress")
        assert names(sign_in(people.programme), stands="audit.in_progress") == []
        assert names(sign_in(people.liaison), stands="audit.in_progress") == [people.school.name]

    def test_nothing_of_what_was_said_or_passed_on_is_there(self, people, sign_in, liaison):
        text = liaison.get(BOARD).content.decode().lower()
        assert "safeguarding" not in text
        assert "parent carers" not in text.partition("<main")[2].partition("</main")[0]


class TestPictures:
    def test_each_stage_counts_the_schools_that_are_listed(self, liaison):
        for name in ("One", "Two"):
            visit_of(taking_part(name), "proposed")
        visit_of(taking_part("Three", cohort="Year 2"))

        def told(**query: str) -> str:
            stages = liaison.get(BOARD, query).context["stages"]
            return next(stage.words for stage in stages if stage.head == "Visit 1")

        assert told() == "To schedule: 1, Times proposed: 2"
        assert told(cohort="year-2") == "To schedule: 1"

    def test_stand_above_the_table_with_their_words(self, liaison):
        taking_part("One")
        above = liaison.get(BOARD).content.decode().partition("<table")[0]
        assert above.count("<svg") == above.count("</desc>") == 6
        assert '">Not asked yet: 1<span class="govuk-visually-hidden"> at Self-audit</span></a>' in above

    @pytest.mark.parametrize("query", [{}, {"cohort": "year-2"}, {"offer": "full", "q": "t"}])
    def test_each_figure_leads_to_as_many_schools_of_those_listed(self, liaison, query):
        for name in ("One", "Two"):
            visit_of(taking_part(name), "proposed")
        visit_of(taking_part("Three", cohort="Year 2", offer="embedding"), "held")
        visit_of(taking_part("Three and", cohort="Year 2"))
        stages = liaison.get(BOARD, query).context["stages"]
        counts = [count for stage in stages for count in stage.counts]
        assert len(counts) >= 6
        assert [len(rows(liaison, count.url)) for count in counts] == [count.number for count in counts]

    def test_a_figure_leads_nowhere_where_one_standing_is_chosen(self, liaison):
        visit_of(taking_part("One"), "proposed")
        taking_part("Two")
        stages = liaison.get(BOARD, {"stands": "visit_1.proposed"}).context["stages"]
        assert {count.url for stage in stages for count in stage.counts} == {""}


class TestFiles:
    def test_have_the_rows_of_the_page_in_its_order_and_no_formula(self, liaison):
        visit_of(taking_part("=1+1"), "confirmed", starts_at=at(date(2026, 1, 8)))
        taking_part("Other", cohort="Year 2")
        lines = liaison.get("/dashboard/schools.csv").content.decode("utf-8-sig").splitlines()
        assert [line.split(",")[0] for line in lines] == ['"School"', '"\'=1+1"', '"Other"']
        assert len(liaison.get("/dashboard/schools.csv", {"cohort": "year-2"}).content.splitlines()) == 2
        book = load_workbook(io.BytesIO(liaison.get("/dashboard/schools.xlsx").content))
        assert [row[0].value for row in book.active.iter_rows()] == ["School", "=1+1", "Other"]
        assert book.active["A2"].data_type == "s"

    def test_each_stage_has_its_word_days_whom_it_waits_for_and_date(self, liaison):
        visit_of(taking_part("One"), "proposed", days=4)
        head, row = (
            line.split(",")
            for line in liaison.get("/dashboard/schools.csv").content.decode("utf-8-sig").splitlines()
        )
        assert '"Visit 1"' in head
        assert '"Times proposed",4,"The school",""' in ",".join(row)


@pytest.mark.parametrize("count", [1, 3])
def test_asks_the_same_however_many_schools_there_are(people, liaison, django_assert_num_queries, count):
    version = small_framework(1)
    for number in range(count):
        part = taking_part(f"School {number}")
        AuditFactory(school=part.school, version=version)
        visit_of(part)
    # session, person, settings, years, cohorts, asked, reports, audits, times, visits, schools, names of the
    # programme
    with django_assert_num_queries(12):
        assert len(rows(liaison)) == count


def test_shows_fifty_a_page(liaison):
    for number in range(51):
        taking_part(f"School {number:02}", status="invited")
    answer = liaison.get(BOARD)
    assert (len(answer.context["rows"]), answer.context["page"].paginator.num_pages) == (50, 2)
    assert "Showing 1 to 50 of 51 schools" in answer.content.decode()
