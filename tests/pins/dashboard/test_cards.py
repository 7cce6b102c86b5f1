"""The cards: each figure from records, and as many schools behind its link."""

from datetime import date

import pytest
from django.utils import timezone

from core.unchanged import Unchanged
from pins.dashboard.cards import figures_of
from schools.models import Cohort, Participation, ProgrammeYear
from tests.factories import (
    AuditFactory,
    CohortFactory,
    ParticipationFactory,
    UserFactory,
    VisitFactory,
    small_framework,
)
from tests.factories.visits import at
from tests.pins.dashboard.asking import CARDS, earlier_year, rows, taking_part

pytestmark = pytest.mark.django_db


@pytest.fixture
def liaison(people, sign_in):
    Participation.objects.all().delete()
    return sign_in(people.liaison)


def cards(client, **query):
    Unchanged.forget_all()  # a test changes rows without a line of history
    answer = client.get(CARDS, query)
    assert answer.status_code == 200
    return answer.context["cards"]


def told(figures) -> list[tuple[int, str]]:
    return [(figure.number, figure.word) for figure in figures]


def line(card, head):
    return told(next(line.figures for line in card.lines if line.head == head))


def a_programme() -> None:
    """Two cohorts with schools in many places."""
    version = small_framework(1)
    submitted = {"status": "submitted", "submitted_at": timezone.now(), "submitted_by": UserFactory()}
    for number, audit in enumerate(
        ({}, {"status": "in_progress"}, {"wanted_by": date(2026, 4, 2)}, submitted)
    ):
        part = taking_part(f"School {number}")
        AuditFactory(school=part.school, version=version, **audit)
        VisitFactory(school=part.school, status="closed" if number % 2 else "to_schedule")
        VisitFactory(school=part.school, number=2)
    taking_part("Not asked", status="confirmed")
    gone = {"status": "withdrawn", "withdrawn_on": date(2026, 9, 1), "withdrawal_reason": "Merged."}
    VisitFactory(school=taking_part("Gone", **gone).school, status="held")
    VisitFactory(school=taking_part("On request", cohort="Year 0", offer="embedding").school, status="shared")


class TestFigures:
    def test_schools_are_counted_by_status(self, liaison):
        a_programme()
        later, first = sorted(cards(liaison), key=lambda card: card.name)
        assert line(first, "Status in the year") == [(1, "Confirmed"), (4, "Active"), (1, "Withdrawn")]
        assert line(later, "Status in the year") == [(1, "Active")]
        assert (first.schools.number, first.overdue.number) == (6, 1)

    def test_self_audits_are_counted_by_how_they_stand(self, liaison):
        a_programme()
        card = cards(liaison)[-1]
        assert line(card, "Self-audit") == [
            *((1, "Overdue"), (1, "Not asked yet"), (1, "Not started"), (1, "In progress")),
            *((1, "Submitted"), (1, "Not needed")),
        ]

    def test_a_programme_lead_is_told_who_has_them_and_no_more(self, liaison, people, sign_in):
        a_programme()
        card = cards(sign_in(people.programme))[-1]
        assert line(card, "Self-audit") == [
            *((1, "Overdue"), (1, "Not asked yet"), (2, "With the school")),
            *((1, "Submitted"), (1, "Not needed")),
        ]

    def test_held_visits_are_of_three_at_each_school_on_the_full_offer_that_takes_part(self, liaison):
        a_programme()
        visits = cards(liaison)[-1].visits
        assert (visits.held, visits.owed, visits.schools.number) == (2, 15, 5)
        assert told(visits.by_number) == [(2, "Visit 1"), (0, "Visit 2"), (0, "Visit 3")]

    def test_visits_held_besides_are_said_apart(self, liaison):
        a_programme()
        later, first = sorted(cards(liaison), key=lambda card: card.name)
        assert (later.visits.owed, later.visits.outside) == (0, 1)
        assert (first.visits.owed, first.visits.outside) == (15, 1)
        html = " ".join(liaison.get(CARDS).content.decode().split())
        assert html.count("<strong>1 visit held</strong> outside the full offer") == 2
        for card in (first, later):
            (figure,) = card.visits.outside_by_number
            assert (figure.number, len(rows(liaison, figure.url))) == (1, 1)

    def test_each_leads_to_as_many_schools(self, liaison):
        a_programme()
        found = [figure for card in cards(liaison) for _, figure in figures_of(card)]
        assert len(found) > 20
        assert [(f.word, f.number) for f in found if len(rows(liaison, f.url)) != f.number] == []

    def test_and_for_a_programme_lead_too(self, liaison, people, sign_in):
        a_programme()
        client = sign_in(people.programme)
        found = [figure for card in cards(client) for _, figure in figures_of(card)]
        assert [(f.word, f.number) for f in found if len(rows(client, f.url)) != f.number] == []

    def test_a_stage_through_which_no_school_of_the_cohort_comes_has_no_line(self, liaison):
        taking_part("One", offer="training_only")
        assert [line.head for line in cards(liaison)[0].lines] == ["Status in the year"]

    def test_each_picture_has_its_numbers_in_words(self, liaison):
        a_programme()
        html = liaison.get(CARDS).content.decode()
        assert (
            "<title>Schools of Year 1 by status</title><desc>Confirmed: 1, Active: 4, Withdrawn: 1</desc>"
            in html
        )


class TestYears:
    def test_a_school_in_two_years_counts_in_each_with_the_cohort_it_had_there(self, people, liaison):
        before = earlier_year()
        ParticipationFactory(school=people.school, programme_year=before, cohort=CohortFactory(name="Old"))
        ParticipationFactory(school=people.school, cohort=CohortFactory(name="New"))
        assert [card.name for card in cards(liaison)] == ["New"]
        assert [card.name for card in cards(liaison, year=before.pk)] == ["Old"]

    def test_what_one_year_holds_counts_in_no_other(self, people, liaison):
        before = earlier_year()
        VisitFactory(school=people.school, programme_year=before, status="closed")
        ParticipationFactory(school=people.school, programme_year=before)
        ParticipationFactory(school=people.school)
        assert cards(liaison)[0].visits.held == 0
        assert cards(liaison, year=before.pk)[0].visits.held == 1

    def test_a_closed_year_keeps_its_figures_and_nothing_is_overdue(self, people, liaison):
        part = taking_part("One", status="completed")
        VisitFactory(school=part.school, status="confirmed", starts_at=at(date(2026, 1, 8)))
        VisitFactory(school=part.school, number=2, status="closed")
        assert cards(liaison)[0].overdue.number == 1
        ProgrammeYear.objects.update(closed_at=timezone.now(), closed_by=people.admin)
        assert (cards(liaison)[0].overdue.number, cards(liaison)[0].visits.held) == (0, 1)

    def test_a_cohort_without_schools_in_the_year_has_no_card(self, liaison):
        CohortFactory(name="Nobody")
        taking_part("One")
        assert [card.name for card in cards(liaison)] == ["Year 1"]

    def test_a_year_that_there_is_not_is_answered_in_words(self, people, liaison):
        answer = liaison.get(CARDS, {"year": "999"})
        assert answer.status_code == 422
        assert "Show this year" in answer.content.decode()
        assert len(liaison.get("/dashboard.csv", {"year": "999"}).content.splitlines()) == 1

    def test_an_empty_programme_says_what_will_be_here(self, liaison):
        for empty in (Participation, Cohort, ProgrammeYear):
            empty.objects.all().delete()
            for address in (CARDS, "/dashboard/schools/"):
                answer = liaison.get(address)
                assert (answer.status_code, "will be here" in answer.content.decode()) == (200, True)


def test_names_what_is_overdue_first(liaison):
    part = taking_part("Late")
    VisitFactory(school=part.school, status="confirmed", starts_at=at(date(2026, 1, 8)))
    html = liaison.get(CARDS).content.decode()
    assert html.index("1 school with something overdue") < html.index("How Year 1 stands")
    assert "waits for PACC" in html


def test_its_file_has_every_figure(liaison):
    a_programme()
    lines = liaison.get("/dashboard.csv").content.decode("utf-8-sig").splitlines()
    assert '"2026 to 2027","Year 1","Status in the year","Active",4' in lines
    assert '"2026 to 2027","Year 1","Visits held, of 5 schools","Visit 1",2' in lines
    assert '"2026 to 2027","Year 1","Visits, full offer","Owed",15' in lines
    assert '"2026 to 2027","Year 1","Visits, full offer","Held",2' in lines
    assert '"2026 to 2027","Year 1","Visits, outside the full offer","Held",1' in lines
    assert liaison.get("/dashboard.xlsx").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_asks_the_same_however_many_cohorts_there_are(liaison, django_assert_num_queries, count):
    version = small_framework(1)
    for number in range(count):
        part = taking_part(f"School {number}", cohort=f"Year {number}")
        AuditFactory(school=part.school, version=version)
        VisitFactory(school=part.school)
    # session, person, years, settings, asked, reports, audits, times, visits, schools, cohorts, names of the
    # programme
    with django_assert_num_queries(12):
        assert len(cards(liaison)) == count
