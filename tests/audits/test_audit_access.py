"""Who may do what with one audit: the table's rights, narrowed by what was submitted or given."""

import pytest
from django.utils import timezone

from audits.access import (
    may_answer,
    may_be_given_sections,
    may_lead,
    may_read_answers,
    may_read_exact_counts,
    may_review,
)
from audits.models import Audit, Report
from schools.models import Membership
from tests.factories import AuditFactory, ReportFactory

pytestmark = pytest.mark.django_db

EVERYBODY = {
    "admin", "liaison", "programme", "trainer", "head", "colleague", "governor", "other_head",
}  # fmt: skip


def those_who(rule, people, *rest):
    """The names of those for whom the rule holds."""
    return {name for name in EVERYBODY if rule(getattr(people, name), *rest)}


@pytest.fixture
def submitted(audit, people):
    """The audit, submitted."""
    audit.status, audit.submitted_at, audit.submitted_by = "submitted", timezone.now(), people.head
    audit.save()
    return audit


def test_answers_of_an_open_audit_are_read_by_the_school_and_the_forum(audit, people):
    assert those_who(may_read_answers, people, audit) == {"admin", "liaison", "head", "colleague"}


def test_answers_of_a_submitted_audit_are_read_by_programme_lead_and_governor_too(submitted, people):
    assert those_who(may_read_answers, people, submitted) == {
        "admin",
        "liaison",
        "programme",
        "head",
        "colleague",
        "governor",
    }


@pytest.mark.parametrize("status", ["not_started", "in_progress"])
def test_answers_are_shut_again_when_an_audit_is_returned(audit, people, status):
    audit.status = status
    assert not may_read_answers(people.programme, audit)
    assert not may_read_answers(people.governor, audit)


def test_only_leads_answer_what_was_not_given(audit, section, people):
    assert those_who(may_answer, people, audit, section) == {"head"}


def test_a_colleague_answers_the_section_that_was_given_and_no_other(audit, given, people):
    other = audit.version.sections.get(position=2)
    assert those_who(may_answer, people, audit, given) == {"head", "colleague"}
    assert those_who(may_answer, people, audit, other) == {"head"}


def test_a_section_given_in_one_audit_is_not_given_in_another(audit, given, people):
    follow_up = AuditFactory(school=people.school, round="follow_up", version=audit.version)
    assert not may_answer(people.colleague, follow_up, given)


def test_somebody_who_left_answers_nothing_although_a_section_was_given(audit, given, people):
    Membership.objects.filter(user=people.colleague).update(ended_at=timezone.now())
    assert not may_answer(people.colleague, audit, given)


def test_a_colleague_who_became_a_governor_answers_nothing(audit, given, people):
    Membership.objects.filter(user=people.colleague).update(role="governor")
    assert not may_answer(people.colleague, audit, given)


def test_the_school_leads_and_the_programme_reviews(audit, people):
    assert those_who(may_lead, people, audit) == {"head"}
    assert those_who(may_review, people, audit) == {"admin", "liaison", "programme"}


def test_exact_counts_are_read_by_the_school_and_the_forum(submitted, people):
    assert those_who(may_read_exact_counts, people, submitted) == {
        "admin",
        "liaison",
        "head",
        "colleague",
        "governor",
    }


def test_sections_are_given_to_colleagues(audit, people):
    assert those_who(may_be_given_sections, people, audit) == {"colleague"}


def test_audits_are_fetched_through_the_person(audit, people):
    other = AuditFactory(school=people.other_school)
    seen = {name: set(Audit.objects.visible_to(getattr(people, name))) for name in EVERYBODY}
    assert seen == {
        "admin": {audit, other},
        "liaison": {audit, other},
        "programme": {audit, other},
        "trainer": set(),
        "head": {audit},
        "colleague": {audit},
        "governor": {audit},
        "other_head": {other},
    }


def test_reports_are_fetched_through_the_person(audit, people):
    report = ReportFactory(audit=audit)
    seen = {name for name in EVERYBODY if report in Report.objects.visible_to(getattr(people, name))}
    assert seen == {"admin", "liaison", "programme", "head", "colleague", "governor"}


def test_somebody_whose_account_is_off_sees_nothing(audit, people):
    people.head.is_active = False
    assert list(Audit.objects.visible_to(people.head)) == []
    assert not may_read_answers(people.head, audit)
