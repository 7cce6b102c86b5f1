"""How a school stands in each column: the word, how many days, and whom it waits for; all of it from records."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from accounts.permissions import Verb
from audits.models import Audit, Report
from core import history
from pins.dashboard.audits import _ASKED
from schools.models import Participation
from tests.factories import AuditFactory, ReportFactory, UserFactory, VisitFactory
from tests.factories.visits import at
from tests.pins.dashboard.asking import cell, earlier_year, taking_part, words
from visits.models import ProposedTime, Visit

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
NAME = "Brook Primary School"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def liaison(people, sign_in):
    return sign_in(people.liaison)


@pytest.fixture
def programme(people, sign_in):
    return sign_in(people.programme)


@pytest.fixture
def part(people):
    return taking_part(NAME)


def ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


def by(days: int) -> dict[str, object]:
    """Submitted so many days ago."""
    return {"submitted_at": ago(days), "submitted_by": UserFactory()}


class TestSelfAudit:
    def test_counts_from_the_first_day_of_the_year_until_it_is_asked_for(self, part, liaison):
        assert words(liaison, NAME, "Self-audit") == ("Not asked yet", "239 days", "PACC")

    def test_counts_from_the_day_on_which_the_history_says_that_it_was_asked_for(self, part, liaison):
        audit = AuditFactory(school=part.school)
        with time_machine.travel(ago(12)):
            history.record("audit.asked", "Asked.", by=None, target=audit, school=part.school)
        assert words(liaison, NAME, "Self-audit") == ("Not started", "12 days", "the school")

    def test_reads_of_the_history_what_is_of_the_year_alone(self, part):
        for audit in (AuditFactory(school=part.school), AuditFactory(programme_year=earlier_year())):
            history.record("audit.asked", "Asked.", by=None, target=audit, school=audit.school)
        year = part.programme_year_id
        assert [pk for _, pk, _, _ in _ASKED(year)] == [
            str(pk) for pk in Audit.objects.filter(programme_year=year).values_list("pk", flat=True)
        ]

    def test_counts_from_the_confirmation_where_nobody_wrote_down_when(self, part, liaison):
        AuditFactory(school=part.school, status="in_progress")
        with time_machine.travel(ago(20)):
            history.record("participation.confirmed", "Yes.", by=None, target=part, school=part.school)
        said = ("In progress", "20 days since it was confirmed", "the school")
        assert words(liaison, NAME, "Self-audit") == said

    def test_counts_from_the_years_first_day_where_that_is_not_known_either(self, part, liaison):
        AuditFactory(school=part.school, status="in_progress")
        said = ("In progress", "239 days since the year began", "the school")
        assert words(liaison, NAME, "Self-audit") == said

    def test_is_overdue_from_the_day_by_which_it_was_wanted(self, part, liaison):
        AuditFactory(school=part.school, status="in_progress", wanted_by=date(2026, 11, 20))
        assert words(liaison, NAME, "Self-audit") == (
            "Overdue",
            "wanted by 20 November 2026, 6 days",
            "the school",
        )

    @pytest.mark.parametrize(("returned", "word"), [("sent_back", "Sent back"), ("reopened", "Open again")])
    def test_counts_from_when_it_came_back_and_is_not_overdue_then(self, part, liaison, returned, word):
        back = {
            "returned": returned,
            "returned_reason": "X",
            "returned_at": ago(3),
            "returned_by": UserFactory(),
        }
        AuditFactory(school=part.school, status="in_progress", wanted_by=date(2026, 11, 1), **by(9), **back)
        assert words(liaison, NAME, "Self-audit") == (word, "3 days", "the school")

    def test_is_done_once_it_is_submitted(self, part, liaison):
        AuditFactory(school=part.school, status="submitted", **by(4))
        assert words(liaison, NAME, "Self-audit") == ("Submitted", "", "")

    def test_names_a_baseline_of_an_earlier_year_and_wants_no_other(self, part, liaison):
        AuditFactory(school=part.school, programme_year=earlier_year(), status="submitted", **by(300))
        assert words(liaison, NAME, "Self-audit") == ("In an earlier year", "", "")
        assert words(liaison, NAME, "Review") == ("Not needed", "", "")

    @pytest.mark.parametrize(
        "values", [{"status": "invited"}, {"offer": "training_only"}, {"status": "completed"}]
    )
    def test_is_not_waited_for_at_a_school_that_is_not_to_be_asked(self, part, liaison, values):
        Participation.objects.filter(pk=part.pk).update(**values)
        assert words(liaison, NAME, "Self-audit") == ("Not needed", "", "")

    def test_leads_to_the_audit(self, part, liaison):
        audit = AuditFactory(school=part.school)
        assert cell(liaison, NAME, "Self-audit").url == audit.get_absolute_url()

    @pytest.mark.parametrize("status", ["not_started", "in_progress"])
    def test_is_only_with_the_school_for_who_reads_submitted_answers_alone(self, part, programme, status):
        AuditFactory(school=part.school, status=status)
        said = ("With the school", "239 days since the year began", "the school")
        assert words(programme, NAME, "Self-audit") == said

    def test_what_was_sent_back_is_with_the_school_too(self, part, programme):
        back = {
            "returned": "sent_back",
            "returned_reason": "X",
            "returned_at": ago(1),
            "returned_by": UserFactory(),
        }
        AuditFactory(school=part.school, status="in_progress", **by(9), **back)
        assert words(programme, NAME, "Self-audit") == ("With the school", "1 day", "the school")


class TestReview:
    def test_waits_for_the_forum_from_the_submission_on(self, part, liaison):
        AuditFactory(school=part.school, status="submitted", **by(4))
        assert words(liaison, NAME, "Review") == ("To review", "4 days", "PACC")

    def test_is_done_once_reviewed(self, part, liaison):
        reviewed = {"reviewed_at": ago(2), "reviewed_by": UserFactory()}
        AuditFactory(school=part.school, status="priorities_agreed", **by(4), **reviewed)
        assert words(liaison, NAME, "Review") == ("Reviewed", "", "")

    def test_is_to_come_while_the_school_answers(self, part, liaison):
        AuditFactory(school=part.school)
        assert words(liaison, NAME, "Review") == ("Not yet", "", "")


class TestReport:
    @pytest.mark.parametrize(
        ("status", "told"),
        [
            ("queued", ("Being made", "2 days", "")),
            ("building", ("Being made", "2 days", "")),
            ("failed", ("Could not be made", "2 days", "PACC")),
        ],
    )
    def test_says_what_became_of_it(self, part, liaison, status, told):
        report = ReportFactory(audit=AuditFactory(school=part.school, status="submitted", **by(4)))
        Report.objects.filter(pk=report.pk).update(status=status, built_at=None, requested_at=ago(2))
        assert words(liaison, NAME, "Support report") == told

    def test_leads_to_the_one_that_no_later_one_has_superseded(self, part, liaison):
        audit = AuditFactory(school=part.school, status="submitted", **by(4))
        new = ReportFactory(audit=audit, edition=2)
        ReportFactory(audit=audit, edition=1, superseded_by=new)
        assert cell(liaison, NAME, "Support report").url == new.get_absolute_url()


class TestVisits:
    def visit(self, part, number=1, status="to_schedule", **values):
        return VisitFactory(
            school=part.school, number=number, status=status, **{"changed_at": ago(7), **values}
        )

    @pytest.mark.parametrize(
        ("status", "told"),
        [
            ("to_schedule", ("To schedule", "7 days", "PACC")),
            ("proposed", ("Times proposed", "7 days", "the school")),
            ("notes_written", ("Notes to share", "5 October 2026, 7 days", "PACC")),
            ("shared", ("Shared", "5 October 2026", "")),
            ("closed", ("Closed", "5 October 2026", "")),
        ],
    )
    def test_says_how_it_stands(self, part, liaison, status, told):
        self.visit(part, status=status)
        assert words(liaison, NAME, "Visit 1") == told

    def times(self, visit, *starts: datetime, by_the_school: bool = False):
        for start in starts:
            ProposedTime.objects.create(
                visit=visit,
                starts_at=start,
                ends_at=start + timedelta(hours=1),
                by_the_school=by_the_school,
                proposed_at=ago(2),
            )

    def test_waits_for_the_school_while_there_is_a_time_to_pick(self, part, liaison):
        self.times(self.visit(part, status="proposed"), ago(1), ago(-1))
        assert words(liaison, NAME, "Visit 1") == ("Times proposed", "7 days", "the school")

    def test_waits_for_the_forum_once_the_school_suggested_another_time(self, part, liaison):
        visit = self.visit(part, status="proposed")
        self.times(visit, ago(-3))
        self.times(visit, ago(-4), by_the_school=True)
        assert words(liaison, NAME, "Visit 1") == ("Other time suggested", "2 days", "PACC")

    def test_waits_for_the_forum_once_every_proposed_time_has_passed(self, part, liaison):
        self.times(self.visit(part, status="proposed"), ago(5), ago(3))
        assert words(liaison, NAME, "Visit 1") == ("Proposed times passed", "3 days", "PACC")

    def test_what_began_today_says_so_and_not_0_days(self, part, liaison):
        self.visit(part, changed_at=ago(0))
        assert words(liaison, NAME, "Visit 1") == ("To schedule", "since today", "PACC")

    def test_names_the_day_of_one_that_is_to_come(self, part, liaison):
        begins = at(date(2026, 12, 3))
        self.visit(part, status="confirmed", starts_at=begins)
        assert words(liaison, NAME, "Visit 1") == ("Confirmed", "3 December 2026", "")

    def test_is_overdue_once_its_day_has_passed_and_nobody_said_that_it_was_held(self, part, liaison):
        self.visit(part, status="confirmed", starts_at=at(date(2026, 11, 16)))
        assert words(liaison, NAME, "Visit 1") == ("Overdue", "16 November 2026, 10 days", "PACC")

    def test_waits_for_its_notes_from_when_it_was_noted_as_held(self, part, liaison):
        self.visit(part, status="held", held_noted_at=ago(2))
        assert words(liaison, NAME, "Visit 1") == ("Notes to write", "5 October 2026, 2 days", "PACC")

    def test_the_next_one_comes_later_until_the_one_before_it_was_held(self, part, liaison):
        first = self.visit(part)
        self.visit(part, 2)
        assert words(liaison, NAME, "Visit 2") == ("Later", "", "")
        first.delete()
        self.visit(part, status="held", held_noted_at=ago(3))
        assert words(liaison, NAME, "Visit 2") == ("To schedule", "3 days", "PACC")

    def test_one_that_was_cancelled_is_none(self, part, liaison):
        self.visit(part, status="cancelled")
        assert words(liaison, NAME, "Visit 1") == ("Not planned", "", "")

    def test_none_is_owed_to_a_school_on_another_offer_and_one_on_request_is_shown(self, part, liaison):
        Participation.objects.filter(pk=part.pk).update(offer="embedding")
        self.visit(part, 2, status="proposed")
        assert words(liaison, NAME, "Visit 1") == ("Not needed", "", "")
        assert words(liaison, NAME, "Visit 2") == ("Times proposed", "7 days", "the school")

    def test_leads_to_the_visit_who_may_open_it(self, part, liaison, programme):
        visit: Visit = self.visit(part)
        assert cell(liaison, NAME, "Visit 1").url == f"/visits/{visit.pk}/"
        assert cell(programme, NAME, "Visit 1").url == ""


def test_who_sees_the_dashboard_is_in_the_table_and_no_page_to_come():
    from accounts.permissions import TABLE

    assert not TABLE[Verb.SEE_DASHBOARDS].not_yet
