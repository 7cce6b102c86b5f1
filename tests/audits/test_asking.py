"""Asking schools for their self-audit."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Role
from audits.enums import Round
from audits.models import Audit, FrameworkVersion
from audits.services.asking import ask_for_audits
from audits.services.errors import AuditError
from audits.whom_to_ask import schools_not_to_ask, schools_to_ask
from core.models import HistoryEntry, OutgoingEmail
from schools.models import Participation, ProgrammeYear
from tests.audits.pages import said_on
from tests.factories import (
    AuditFactory,
    ParticipationFactory,
    ProgrammeYearFactory,
    UserFactory,
    small_framework,
)

pytestmark = pytest.mark.django_db

WANTED_BY = date(2027, 3, 3)
NOBODY_THERE = (
    "These schools have no school lead who can sign in, so the e-mail about the self-audit reaches nobody there. "
    "You can ask them all the same: the self-audit waits. Tell them yourself, and see that each gets a school lead."
)


@pytest.fixture
def version(people):
    """A published framework."""
    return small_framework()


def year():
    return ProgrammeYear.objects.get()


def ask(people, **kinds):
    asked = {"round": Round.BASELINE, "wanted_by": WANTED_BY, "by": people.admin} | kinds
    return ask_for_audits(**{"programme_year": asked.pop("programme_year", None) or year(), **asked})


def test_opens_an_audit_for_each_school_on_the_published_version(people, version):
    opened = ask(people)
    assert [(audit.school, audit.version, audit.status, audit.wanted_by) for audit in opened] == [
        (people.other_school, version, "not_started", WANTED_BY),
        (people.school, version, "not_started", WANTED_BY),
    ]


def test_writes_a_line_for_each_school_and_mails_its_leads(people, version):
    ask(people)
    lines = HistoryEntry.objects.filter(kind="audit.asked")
    assert sorted(line.school_label for line in lines) == [people.other_school.name, people.school.name]
    assert sorted(mail.to for mail in OutgoingEmail.objects.all()) == [
        people.head.email,
        people.other_head.email,
    ]


def test_asking_again_opens_nothing(people, version):
    ask(people)
    assert ask(people) == []
    assert (Audit.objects.count(), OutgoingEmail.objects.count()) == (2, 2)


def baseline(school, status="submitted", **fields):
    """A baseline as it stands once it has been submitted, whatever became of it then."""
    at = {"submitted_at": timezone.now(), "submitted_by": UserFactory()}
    if status == "reviewed":
        at |= {"reviewed_at": timezone.now(), "reviewed_by": UserFactory()}
    return AuditFactory(school=school, status=status, **at, **fields)


def test_the_follow_up_is_another_audit(people, version):
    baseline(people.school, version=version)
    assert [(audit.school, audit.round) for audit in ask(people, round=Round.FOLLOW_UP)] == [
        (people.school, "follow_up")
    ]


@pytest.mark.parametrize(
    ("status", "began", "is_asked"),
    [
        ("submitted", 2026, True),
        ("reviewed", 2025, True),
        ("in_progress", 2026, False),  # reopened
        ("submitted", 2027, False),
    ],
)
def test_a_follow_up_needs_a_baseline_that_is_in(people, version, status, began, is_asked):
    asked = year()
    years = ProgrammeYearFactory(
        name=f"{began} to {began + 1}", starts_on=date(began, 9, 1), ends_on=date(began + 1, 8, 31)
    )
    baseline(people.school, status, programme_year=years, version=version)
    lists = (schools_to_ask(asked, Round.FOLLOW_UP), schools_not_to_ask(asked, Round.FOLLOW_UP))
    expected = (
        ([people.school], [people.other_school]) if is_asked else ([], [people.other_school, people.school])
    )
    assert tuple(list(schools) for schools in lists) == expected


@pytest.mark.parametrize("status", ["submitted", "in_progress"])
def test_a_baseline_is_asked_for_once_whatever_the_year(people, version, status):
    asked = year()
    earlier = ProgrammeYearFactory(name="2025 to 2026", starts_on=date(2025, 9, 1), ends_on=date(2026, 8, 31))
    baseline(people.school, status, programme_year=earlier, version=version)
    assert list(schools_to_ask(asked, Round.BASELINE)) == [people.other_school]
    assert list(schools_not_to_ask(asked, Round.BASELINE)) == [people.school]
    assert [audit.school for audit in ask(people, programme_year=asked)] == [people.other_school]


@pytest.mark.parametrize(
    ("status", "offer", "is_asked"),
    [
        ("confirmed", "full", True),
        ("active", "full", True),
        ("active", "embedding", True),
        ("active", "training_only", False),
        ("invited", "full", False),
        ("completed", "full", False),
        ("withdrawn", "full", False),
    ],
)
def test_asks_the_schools_that_take_part_fully(people, status, offer, is_asked):
    fields = {"withdrawn_on": WANTED_BY, "withdrawal_reason": "New head."} if status == "withdrawn" else {}
    Participation.objects.filter(school=people.school).update(status=status, offer=offer, **fields)
    assert (people.school in schools_to_ask(year(), Round.BASELINE)) == is_asked


def test_a_part_in_another_year_does_not_count(people):
    other = ProgrammeYearFactory(name="2025 to 2026")
    ParticipationFactory(school=AuditFactory(programme_year=other).school, programme_year=other)
    assert set(schools_to_ask(year_named("2026 to 2027"), Round.BASELINE)) == {
        people.school,
        people.other_school,
    }


def year_named(name):
    return ProgrammeYear.objects.get(name=name)


def test_a_follow_up_of_another_year_is_no_reason_to_skip_a_school(people, version):
    earlier = ProgrammeYearFactory(name="2025 to 2026", starts_on=date(2025, 9, 1), ends_on=date(2026, 8, 31))
    for round_answered in Round:
        baseline(people.school, round=round_answered, programme_year=earlier, version=version)
    assert people.school in schools_to_ask(year_named("2026 to 2027"), Round.FOLLOW_UP)


def test_without_a_published_version_nothing_is_opened(people, version):
    FrameworkVersion.objects.update(status="draft", published_at=None)
    with pytest.raises(AuditError, match="Publish a version"):
        ask(people)
    assert Audit.objects.count() == 0


class TestPage:
    """Year, round and date; then the schools by name; then the button that asks them."""

    def post(self, client, **changes):
        day = changes.pop("day", WANTED_BY)
        return client.post(
            reverse("audits:ask"),
            {
                "programme_year": year().pk,
                "round": "baseline",
                "wanted_by-day": day.day,
                "wanted_by-month": day.month,
                "wanted_by-year": day.year,
            }
            | changes,
        )

    def test_names_the_schools_before_anything_is_sent(self, people, version, sign_in):
        response = self.post(sign_in(people.admin))
        said = said_on(response)
        assert "Schools to ask for the baseline self-audit of 2026 to 2027: 2 Wanted by 3 March 2027." in said
        assert people.school.name in said_on(response)
        assert (Audit.objects.count(), OutgoingEmail.objects.count()) == (0, 0)

    def test_a_closed_year_is_not_offered(self, people, sign_in):
        ProgrammeYear.objects.update(closed_at=timezone.now(), closed_by=people.admin)
        open_year = ProgrammeYearFactory(name="Next", starts_on=date(2027, 4, 1), ends_on=date(2028, 3, 31))
        page = sign_in(people.admin).get(reverse("audits:ask")).content.decode()
        assert f'value="{open_year.pk}"' in page
        assert "2026 to 2027" not in page

    def test_a_follow_up_names_whom_it_leaves_out(self, people, version, sign_in):
        client = sign_in(people.admin)
        both = f"{people.other_school} {people.school}"
        left_out = "Not asked, because their baseline is not in:"
        said = said_on(self.post(client, round="follow_up"))
        assert "No school is left to ask" in said
        assert f"{left_out} 2 {both}" in said
        baseline(people.school, version=version)
        said = said_on(self.post(client, round="follow_up"))
        assert f"Nothing has been sent yet. Choose again {people.school} Ask these schools" in said
        assert f"{left_out} 1 {people.other_school} Back" in said
        assert left_out not in said_on(self.post(client))

    @pytest.mark.parametrize("reason", ["ended", "switched off", "another role"])
    def test_names_the_schools_where_nobody_can_be_told(self, people, version, sign_in, reason):
        memberships = people.other_head.memberships
        match reason:
            case "ended":
                memberships.update(ended_at=timezone.now())
            case "switched off":
                User.objects.filter(pk=people.other_head.pk).update(is_active=False)
            case _:
                memberships.update(role=Role.GOVERNOR)
        client = sign_in(people.admin)
        assert f"Nobody to tell yet at: 1 {NOBODY_THERE} {people.other_school}" in said_on(self.post(client))
        answer = self.post(client, confirmed="1")
        said = said_on(client.get(answer.url))
        assert (
            f"Nobody could be told by e-mail at: {people.other_school}. The leads of the others get one."
            in said
        )
        assert [mail.to for mail in OutgoingEmail.objects.all()] == [people.head.email]

    def test_says_nothing_of_that_where_all_can_be_told(self, people, version, sign_in):
        client = sign_in(people.admin)
        assert "Nobody to tell yet" not in said_on(self.post(client))
        answer = self.post(client, confirmed="1")
        assert "asked for their self-audit: 2. Their leads get an e-mail." in said_on(client.get(answer.url))

    @time_machine.travel("2026-11-23T12:00:00Z", tick=False)
    def test_offers_the_year_of_today_first(self, people, sign_in):
        ProgrammeYearFactory(name="2025 to 2026", starts_on=date(2025, 9, 1), ends_on=date(2026, 8, 31))
        ProgrammeYearFactory(name="2027 to 2028", starts_on=date(2027, 9, 1), ends_on=date(2028, 8, 31))
        page = sign_in(people.admin).get(reverse("audits:ask")).content.decode()
        assert f'<option value="{year_named("2026 to 2027").pk}" selected>' in page

    def test_asks_them_once_confirmed(self, people, version, sign_in):
        response = self.post(sign_in(people.admin), confirmed="1")
        assert (response.status_code, response.url) == (302, reverse("audits:list"))
        assert Audit.objects.count() == 2

    def test_a_second_press_asks_nobody_twice(self, people, version, sign_in):
        client = sign_in(people.admin)
        self.post(client, confirmed="1")
        response = self.post(client, confirmed="1")
        assert response.status_code == 302
        assert (Audit.objects.count(), OutgoingEmail.objects.count()) == (2, 2)

    def test_says_when_no_school_is_left(self, people, version, sign_in):
        ask(people)
        assert "No school is left to ask" in said_on(self.post(sign_in(people.admin)))

    @time_machine.travel("2027-03-03T12:00:00Z", tick=False)
    @pytest.mark.parametrize("days", [-1, 0])
    def test_a_day_that_has_gone_is_refused(self, people, version, sign_in, days):
        response = self.post(sign_in(people.admin), day=WANTED_BY + timedelta(days), confirmed="1")
        assert response.status_code == 422
        assert "That date has passed. Choose a later one." in said_on(response)
        assert Audit.objects.count() == 0

    def test_without_a_framework_says_what_to_do(self, people, sign_in):
        response = self.post(sign_in(people.admin), confirmed="1")
        assert response.status_code == 409
        assert "Publish a version of the framework first" in said_on(response)

    @pytest.mark.parametrize("name", ["liaison", "programme", "trainer", "head", "colleague", "governor"])
    def test_is_the_administrators_alone(self, people, version, sign_in, name):
        client = sign_in(getattr(people, name))
        assert client.get(reverse("audits:ask")).status_code == 403
        assert self.post(client, confirmed="1").status_code == 403
        assert Audit.objects.count() == 0
