"""What each person is asked to do next."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Role
from audits.enums import AnswerState, AuditStatus, Round
from audits.models import Answer, Audit, Report, SectionNote
from core import history
from core.models import OutgoingEmail
from pins.home import home_of, school_steps
from schools.models import Membership, Participation, ProgrammeYear, RegisterRun, SuccessionToReview
from schools.services.participation import move_participation
from tests.factories import (
    AuditFactory,
    MembershipFactory,
    ProgrammeYearFactory,
    ReportFactory,
    SchoolFactory,
    small_framework,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
NOW = timezone.now()


def steps(person):
    person.__dict__.pop("_memberships", None)
    return home_of(person, today=TODAY).steps


def the_step(person):
    (step,) = steps(person)
    return step


def an_audit(people, status=AuditStatus.NOT_STARTED, **fields):
    by = people.head
    if status not in (AuditStatus.NOT_STARTED, AuditStatus.IN_PROGRESS):
        fields = {"submitted_at": NOW, "submitted_by": by, **fields}
    return AuditFactory(
        school=people.school, version=small_framework(), status=status, wanted_by=date(2026, 12, 4), **fields
    )


def answer_all(audit, by):
    for section in audit.version.sections.all():
        for statement in section.statements.all():
            Answer.objects.create(
                audit=audit,
                statement=statement,
                state=AnswerState.RATED,
                rating=3,
                answered_at=NOW,
                answered_by=by,
            )


def a_ready_report(audit, by):
    return ReportFactory(
        audit=audit,
        requested_by=by,
        status=Report.Status.READY,
        file="reports/x.pdf",
        sha256="0" * 64,
        pages=6,
        built_at=NOW,
    )


class TestSchoolLead:
    def test_begins(self, people):
        audit = an_audit(people)
        step = the_step(people.head)
        assert (step.title, step.school, step.minutes, step.when, step.url) == (
            "Begin the baseline self-audit",
            "Wenlock Brook Primary School",
            9,
            "by 4 December 2026",
            f"/audits/{audit.pk}/",
        )

    def test_continues_with_the_minutes_that_are_left(self, people):
        audit = an_audit(people, AuditStatus.IN_PROGRESS)
        first = audit.version.sections.first()
        for statement in first.statements.all():
            Answer.objects.create(
                audit=audit,
                statement=statement,
                state="rated",
                rating=2,
                answered_at=NOW,
                answered_by=people.head,
            )
        step = the_step(people.head)
        assert (step.title, step.minutes) == ("Continue the baseline self-audit", 5)

    def test_does_not_count_the_minutes_of_what_a_colleague_was_given(self, people):
        audit = an_audit(people, AuditStatus.IN_PROGRESS)
        first, second = audit.version.sections.order_by("position")
        given = {"given_by": people.head, "given_at": NOW}
        SectionNote.objects.create(audit=audit, section=first, given_to=people.colleague, **given)
        assert (the_step(people.head).minutes, the_step(people.head).minutes_in_all) == (5, 9)
        SectionNote.objects.create(audit=audit, section=second, given_to=people.head, **given)
        assert (the_step(people.head).minutes, the_step(people.head).minutes_in_all) == (5, 9)

    def test_says_beside_ones_own_minutes_how_many_there_are_in_all(self, people, sign_in):
        audit = an_audit(people, AuditStatus.IN_PROGRESS)
        given = {"given_to": people.colleague, "given_by": people.head, "given_at": NOW}
        section = audit.version.sections.order_by("position").first()
        SectionNote.objects.create(audit=audit, section=section, **given)
        client = sign_in(people.head)
        assert "About 5 minutes for you, 9 in all," in client.get("/home/").content.decode()
        tasks = client.get(audit.get_absolute_url()).content.decode()
        assert "about 9 minutes left in all, about 5 of them for you" in tasks

    def test_checks_and_submits_when_all_is_answered(self, people):
        audit = an_audit(people, AuditStatus.IN_PROGRESS)
        answer_all(audit, people.head)
        step = the_step(people.head)
        assert (step.title, step.minutes, step.url) == (
            "Check and submit the baseline self-audit",
            5,
            f"/audits/{audit.pk}/check/",
        )

    def test_checks_and_submits_with_a_mark_to_come_back(self, people):
        audit = an_audit(people, AuditStatus.IN_PROGRESS)
        answer_all(audit, people.head)
        Answer.objects.filter(pk=Answer.objects.all()[0].pk).update(come_back=True)
        step = the_step(people.head)
        assert (step.verb, step.minutes) == ("Check and submit the baseline self-audit", 5)

    @pytest.mark.parametrize(
        ("how", "words"), [("sent_back", "it was sent back with a note"), ("reopened", "it was reopened")]
    )
    def test_looks_again_at_what_came_back(self, people, how, words):
        audit = an_audit(
            people,
            AuditStatus.IN_PROGRESS,
            submitted_at=NOW,
            submitted_by=people.head,
            returned=how,
            returned_reason="Please say more.",
            returned_at=NOW,
            returned_by=people.liaison,
        )
        answer_all(audit, people.head)
        step = the_step(people.head)
        assert (step.title, step.minutes) == (f"Look again at the baseline self-audit: {words}", 10)

    def test_is_told_plainly_that_a_date_has_passed(self, people):
        an_audit(people)
        Audit.objects.update(wanted_by=TODAY - timedelta(days=3))
        step = the_step(people.head)
        assert (step.when, step.overdue) == ("was wanted by 20 November 2026", True)

    def test_reads_the_report_once(self, people):
        report = a_ready_report(an_audit(people, AuditStatus.SUBMITTED), people.head)
        step = the_step(people.head)
        assert (step.title, step.minutes, step.url) == (
            "Read the support report",
            10,
            report.get_absolute_url(),
        )
        history.record("report.opened", "Read.", by=people.head, target=report)
        assert steps(people.head) == []

    def test_does_not_read_a_report_that_waits_or_was_superseded(self, people):
        audit = an_audit(people, AuditStatus.SUBMITTED)
        old = a_ready_report(audit, people.head)
        old.superseded_by = ReportFactory(audit=audit, edition=2, requested_by=people.head)
        old.save()
        assert steps(people.head) == []

    def test_answers_again_before_reading_the_report_of_what_came_back(self, people):
        audit = an_audit(people, AuditStatus.IN_PROGRESS, submitted_at=NOW, submitted_by=people.head)
        a_ready_report(audit, people.head)
        assert the_step(people.head).url == f"/audits/{audit.pk}/"

    def test_what_is_due_first_comes_first(self, people):
        an_audit(people)
        Audit.objects.update(wanted_by=None)
        later = AuditFactory(
            school=people.school,
            round=Round.FOLLOW_UP,
            version=small_framework(1),
            wanted_by=date(2027, 1, 8),
        )
        assert steps(people.head)[0].url == f"/audits/{later.pk}/"


class TestWithdrawn:
    """A school that withdrew from the year of a self-audit is not asked for it; back in the year it is again."""

    @pytest.fixture
    def audit(self, people):
        audit = an_audit(people, AuditStatus.IN_PROGRESS)
        given = {"given_to": people.colleague, "given_by": people.head, "given_at": NOW}
        SectionNote.objects.create(audit=audit, section=audit.version.sections.first(), **given)
        return audit

    def everybodys(self, people):
        of_school = school_steps(people.liaison, people.school, today=TODAY)
        return [len(found) for found in (steps(people.head), steps(people.colleague), of_school)]

    def test_is_asked_for_nothing_until_it_is_back(self, people, audit):
        assert self.everybodys(people) == [1, 1, 1]
        part = Participation.objects.get(school=people.school)
        move_participation(part=part, to="withdrawn", reason="No time", by=people.admin, today=TODAY)
        assert self.everybodys(people) == [0, 0, 0]
        move_participation(part=part, to="confirmed", reason="It can after all", by=people.admin, today=TODAY)
        assert self.everybodys(people) == [1, 1, 1]


class TestReportsThatWereRead:
    def kept(self, person):
        person.__dict__.pop("_memberships", None)
        return [report.url for report in home_of(person, today=TODAY).reports]

    def test_stay_once_opened_and_are_a_step_before(self, people):
        report = a_ready_report(an_audit(people, AuditStatus.SUBMITTED), people.head)
        assert self.kept(people.head) == []
        history.record("report.opened", "Read.", by=people.head, target=report)
        assert self.kept(people.head) == [report.get_absolute_url()]

    def test_stand_there_while_they_are_made(self, people):
        report = ReportFactory(audit=an_audit(people, AuditStatus.SUBMITTED), requested_by=people.head)
        (shown,) = home_of(people.head, today=TODAY).reports
        assert (shown.url, shown.made) == (report.get_absolute_url(), "being made now")

    def test_stay_while_the_audit_is_answered_again(self, people):
        audit = an_audit(people, AuditStatus.IN_PROGRESS, submitted_at=NOW, submitted_by=people.head)
        report = a_ready_report(audit, people.head)
        assert self.kept(people.head) == [report.get_absolute_url()]

    def test_are_the_newest_of_the_school_alone(self, people):
        first = a_ready_report(an_audit(people, AuditStatus.SUBMITTED), people.head)
        follow_up = an_audit(people, AuditStatus.SUBMITTED, round=Round.FOLLOW_UP)
        second = a_ready_report(follow_up, people.head)
        Report.objects.filter(pk=first.pk).update(built_at=NOW - timedelta(days=200))
        for report in (first, second):
            history.record("report.opened", "Read.", by=people.head, target=report)
        assert self.kept(people.head) == [second.get_absolute_url()]

    def test_are_nobody_elses(self, people):
        audit = an_audit(people, AuditStatus.IN_PROGRESS, submitted_at=NOW, submitted_by=people.head)
        a_ready_report(audit, people.head)
        assert self.kept(people.other_head) == self.kept(people.liaison) == []


class TestColleague:
    def test_answers_the_sections_given_to_them_and_no_others(self, people):
        audit = an_audit(people, AuditStatus.IN_PROGRESS)
        section = audit.version.sections.last()
        SectionNote.objects.create(
            audit=audit, section=section, given_to=people.colleague, given_at=NOW, given_by=people.head
        )
        step = the_step(people.colleague)
        assert (step.title, step.minutes, step.when, step.url) == (
            f"Answer the section “{section.area}”",
            5,
            "by 4 December 2026",
            f"/audits/{audit.pk}/sections/{section.area.key}/",
        )

    def test_is_not_asked_again_once_it_is_done(self, people):
        audit = an_audit(people, AuditStatus.IN_PROGRESS)
        section = audit.version.sections.last()
        SectionNote.objects.create(
            audit=audit, section=section, given_to=people.colleague, given_at=NOW, given_by=people.head
        )
        answer_all(audit, people.colleague)
        assert steps(people.colleague) == []


class TestGovernor:
    def test_reads_the_report_and_answers_nothing(self, people):
        audit = an_audit(people)
        assert steps(people.governor) == []
        Audit.objects.update(status=AuditStatus.SUBMITTED, submitted_at=NOW, submitted_by=people.head)
        a_ready_report(audit, people.head)
        assert the_step(people.governor).title == "Read the support report"


class TestProgramme:
    @pytest.mark.parametrize("name", ["admin", "liaison", "programme"])
    def test_reviews_what_was_submitted(self, people, name):
        audit = an_audit(people, AuditStatus.SUBMITTED, reviewed_at=None)
        Audit.objects.update(submitted_at="2026-11-20T10:00Z")
        step = the_step(getattr(people, name))
        assert (step.title, step.school, step.minutes, step.when, step.url) == (
            "Review the baseline self-audit",
            "Wenlock Brook Primary School",
            20,
            "submitted 20 November 2026",
            f"/audits/{audit.pk}/",
        )

    def test_does_not_read_each_schools_report(self, people):
        a_ready_report(
            an_audit(people, AuditStatus.REVIEWED, reviewed_at=NOW, reviewed_by=people.admin), people.head
        )
        assert steps(people.liaison) == []

    def test_the_administrator_looks_after_what_failed(self, people):
        audit = an_audit(people, AuditStatus.REVIEWED, reviewed_at=NOW, reviewed_by=people.admin)
        ReportFactory(audit=audit, requested_by=people.head, status=Report.Status.FAILED)
        for n in range(2):
            OutgoingEmail.objects.create(to=f"x{n}@pins.example", subject="S", kind="test", status="failed")
        assert [step.title for step in steps(people.admin)] == [
            "See why the support report could not be made, and try again",
            "See why 2 e-mails could not be sent",
        ]
        assert steps(people.liaison) == []

    def test_a_trainer_has_nothing_yet(self, people):
        an_audit(people, AuditStatus.SUBMITTED)
        assert steps(people.trainer) == []


def test_nobody_sees_another_schools_steps(people):
    an_audit(people)
    assert steps(people.other_head) == []


def several(people, schools):
    version = small_framework(1)
    for n in range(schools):
        school = SchoolFactory(name=f"School {n}")
        MembershipFactory(user=people.head, school=school, role=Role.SCHOOL_LEAD)
        AuditFactory(school=school, version=version, status=AuditStatus.IN_PROGRESS)
        done = AuditFactory(
            school=school,
            version=version,
            programme_year=ProgrammeYearFactory(
                name="Earlier", starts_on=date(2025, 6, 1), ends_on=date(2026, 3, 31)
            ),
            status=AuditStatus.SUBMITTED,
            submitted_at=NOW,
            submitted_by=people.head,
        )
        a_ready_report(done, people.head)


@pytest.mark.parametrize("schools", [1, 3])
def test_takes_thirteen_queries_for_a_school_lead(people, schools, django_assert_num_queries):
    several(people, schools)
    # memberships, audits, 3 for sections, reports, opened, actions, themes, pages for families,
    # invitations, contacts, visits
    with django_assert_num_queries(13):
        assert len(steps(people.head)) == 2 * schools


@pytest.mark.parametrize("schools", [1, 3])
def test_takes_fifteen_queries_for_an_administrator(people, schools, django_assert_num_queries):
    several(people, schools)
    ProgrammeYear.objects.filter(name="Earlier").update(closed_at=NOW, closed_by=people.admin)
    # memberships, audits, failed reports, failed mail, register, successions, years,
    # where nobody leads, invitations, contacts, visits, links not sent, replies, those without a date,
    # pages for families
    with django_assert_num_queries(15):
        assert len(steps(people.admin)) == schools


class TestPage:
    def html(self, person, sign_in):
        response = sign_in(person).get(reverse("home"))
        assert response.status_code == 200
        return response.content.decode()

    def test_lists_the_steps(self, people, sign_in):
        an_audit(people)
        html = self.html(people.head, sign_in)
        assert "Begin the baseline self-audit" in html
        assert "About 9 minutes" in html

    def test_keeps_the_report_in_sight_when_nothing_else_waits(self, people, sign_in):
        report = a_ready_report(an_audit(people, AuditStatus.SUBMITTED), people.head)
        Report.objects.update(built_at="2026-11-24T09:00Z")
        history.record("report.opened", "Read.", by=people.head, target=report)
        html = self.html(people.head, sign_in)
        assert "Nothing waits for you" in html
        line = '">Support report, 24 November 2026</a>, Wenlock Brook Primary School'
        assert f'href="{report.get_absolute_url()}{line}' in html

    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("head", "you also get an e-mail."),
            ("colleague", "you also get an e-mail."),
            ("governor", "When your school’s support report is made, it will be here"),
            ("liaison", "When a school submits its self-audit"),
            ("trainer", "Your training sessions will be here"),
        ],
    )
    def test_an_empty_list_says_what_will_be_there(self, people, sign_in, name, words):
        assert words in self.html(getattr(people, name), sign_in)

    @pytest.mark.parametrize("name", ["governor", "liaison", "trainer"])
    def test_promises_an_e_mail_only_to_who_gets_one(self, people, sign_in, name):
        assert "you also get an e-mail" not in self.html(getattr(people, name), sign_in)

    def test_who_belongs_to_no_school_any_more_is_told_so_and_whom_to_ask(self, people, sign_in):
        Membership.objects.update(ended_at=NOW)
        html = self.html(people.head, sign_in)
        assert "You belong to no school here now" in html
        assert f'href="{reverse("contact")}"' in html
        assert "Nothing waits for you" not in html

    def test_says_how_many_more_there_are(self, people, sign_in):
        version = small_framework(1)
        for n in range(27):
            AuditFactory(
                school=SchoolFactory(name=f"School {n}"),
                version=version,
                status=AuditStatus.SUBMITTED,
                submitted_at=NOW,
                submitted_by=people.head,
            )
        assert "And 2 more." in self.html(people.liaison, sign_in)

    def test_sends_somebody_signed_out_to_sign_in(self, client):
        assert client.get(reverse("home")).status_code == 302


class TestSuccessions:
    """Of schools of the programme that wait for a decision; those of the rest of the register can wait."""

    def test_an_administrator_decides_about_those_of_the_programme(self, people):
        ours = people.school.urns.get().urn
        SuccessionToReview.objects.create(old_urn=ours, new_urn=150_001, why="Merged")
        SuccessionToReview.objects.create(old_urn=150_002, new_urn=150_003, why="Merged")
        step = the_step(people.admin)
        assert (step.title, step.minutes, step.url) == (
            "Decide about a school of the programme that merged, split or moved",
            5,
            "/register/successions/",
        )
        SuccessionToReview.objects.create(old_urn=150_004, new_urn=ours, why="Split")
        step = the_step(people.admin)
        assert (step.title, step.minutes) == (
            "Decide 2 cases of schools of the programme that merged, split or moved",
            10,
        )
        assert steps(people.liaison) == []
        decided = {"decision": "separate", "reason": "Two schools", "decided_at": NOW}
        SuccessionToReview.objects.update(**decided, decided_by=people.admin)
        assert steps(people.admin) == []


def test_an_administrator_is_led_to_a_register_file_that_was_checked(people):
    run = RegisterRun.objects.create(file_name="england.csv", status="done", outcome="checked")
    (step,) = steps(people.admin)
    assert (step.verb, step.url) == (
        "Read what the register file england.csv would change, and apply it",
        run.get_absolute_url(),
    )
    assert steps(people.liaison) == []


class TestYears:
    """The administrator's steps about programme years; the running one ends on 31 March 2027."""

    def titles(self, person, today):
        person.__dict__.pop("_memberships", None)
        return [(step.title, step.when) for step in home_of(person, today=today).steps]

    def test_one_that_is_over_waits_to_be_closed(self, people):
        year = ProgrammeYearFactory(name="Before", starts_on=date(2025, 6, 1), ends_on=date(2026, 3, 31))
        (step,) = steps(people.admin)
        assert (step.title, step.when, step.url) == (
            "Close the programme year Before",
            "over since 31 March 2026",
            reverse("schools:close_year", args=[year.pk]),
        )
        assert steps(people.liaison) == []

    def test_one_that_is_closed_is_done(self, people):
        ProgrammeYearFactory(
            name="Before",
            starts_on=date(2025, 6, 1),
            ends_on=date(2026, 3, 31),
            closed_at=NOW,
            closed_by=people.admin,
        )
        assert steps(people.admin) == []

    def test_its_last_day_is_not_over(self, people):
        assert "Close" not in str(self.titles(people.admin, date(2027, 3, 31)))
        assert self.titles(people.admin, date(2027, 4, 1)) == [
            ("Close the programme year 2026 to 2027", "over since 31 March 2027")
        ]

    @pytest.mark.parametrize(("today", "asked"), [(date(2027, 2, 28), False), (date(2027, 3, 1), True)])
    def test_the_next_one_is_asked_for_thirty_days_before(self, people, today, asked):
        expected = [("Add the next programme year", "by 31 March 2027")] if asked else []
        assert self.titles(people.admin, today) == expected

    def test_the_next_one_is_not_asked_for_when_it_is_there(self, people):
        ProgrammeYearFactory(name="Next", starts_on=date(2027, 4, 1), ends_on=date(2028, 3, 31))
        assert self.titles(people.admin, date(2027, 3, 20)) == []
