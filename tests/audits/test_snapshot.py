"""What a report keeps of an audit on the day it was submitted."""

import json
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from audits.models import Answer, SectionNote
from audits.snapshot import UnreadableSnapshotError, read_snapshot, take_snapshot
from core.models import ProgrammeSettings
from tests.factories import AuditFactory, ParticipationFactory, UserFactory, small_framework
from training.models import Module

pytestmark = pytest.mark.django_db


@pytest.fixture
def audit():
    """A submitted audit of two sections with three statements each, not one of them answered."""
    made = AuditFactory(
        version=small_framework(),
        status="submitted",
        submitted_at=datetime(2026, 11, 23, 23, 30, tzinfo=UTC),
        submitted_by=UserFactory(name="Petronella Hargreaves", email="petronella@school.example"),
    )
    ParticipationFactory(school=made.school, programme_year=made.programme_year)
    return made


def answer(audit, index=0, **fields: object):
    """Answer one statement of the first section."""
    section = audit.version.sections.first()
    return Answer.objects.create(
        audit=audit,
        statement=section.statements.all()[index],
        answered_at=timezone.now(),
        answered_by=audit.submitted_by,
        **fields,
    )


def note(audit, **fields: object):
    """Write about the first section."""
    return SectionNote.objects.create(audit=audit, section=audit.version.sections.first(), **fields)


def test_names_the_school_the_year_and_the_framework(audit):
    taken = take_snapshot(audit)
    del taken["areas"]
    assert taken == {
        "format": 1,
        "programme": {
            "name": "Partnerships for Inclusion of Neurodiversity in Schools",
            "short_name": "PINS",
            "forum": "Parent and Carer Council Shropshire",
            "forum_short_name": "PACC",
            "county": "Shropshire",
            "contact_email": "pins@pacc.example",
        },
        "school": {
            "name": audit.school.name,
            "slug": audit.school.slug,
            "town": "Shrewsbury",
            "urn": 900_000 + audit.school.pk,
        },
        "cohort": "Year 1",
        "programme_year": "2026 to 2027",
        "round": "baseline",
        "round_label": "Baseline",
        "submitted_on": "2026-11-23",
        "framework": {
            "name": "Test framework",
            "version": "1.0",
            "note": "Made for tests; not the national text.",
        },
    }


def test_the_day_is_the_day_in_shropshire(audit):
    audit.submitted_at = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert take_snapshot(audit)["submitted_on"] == "2026-07-01"


def test_keeps_areas_and_statements_in_the_framework_s_order(audit):
    areas = take_snapshot(audit)["areas"]
    assert [area["key"] for area in areas] == ["leadership", "mental-health"]
    assert [statement["key"] for statement in areas[1]["statements"]] == [
        "mental-health-1",
        "mental-health-2",
        "mental-health-3",
    ]


def test_keeps_an_answer_beside_its_statement(audit):
    answer(audit, state="rated", rating=2)
    assert take_snapshot(audit)["areas"][0]["statements"][0] == {
        "key": "leadership-1",
        "text": "Statement 1 of Leadership, culture and values.",
        "state": "rated",
        "rating": 2,
        "reason": "",
        "levels": {
            "1": "It depends on one person.",
            "2": "Some classes do it.",
            "3": "Every class does it.",
            "4": "Pupils helped to shape it.",
        },
        "needs": ["sensory"],
        "actions": [{"text": "Try it in one class.", "need": "sensory", "adjustment": True, "from": 2}],
    }


def test_tells_not_applicable_not_known_and_not_answered_apart(audit):
    answer(audit, 0, state="not_applicable", reason="We have no dining hall.")
    answer(audit, 1, state="dont_know")
    statements = take_snapshot(audit)["areas"][0]["statements"]
    assert [(one["state"], one["reason"]) for one in statements] == [
        ("not_applicable", "We have no dining hall."),
        ("dont_know", ""),
        ("blank", ""),
    ]


def test_keeps_the_school_s_own_words(audit):
    note(audit, strengths="A calm start to each day.", development_area="Supply staff do not know it yet.")
    area = take_snapshot(audit)["areas"][0]
    assert area["strengths"] == "A calm start to each day."
    assert area["development_area"] == "Supply staff do not know it yet."


def test_counts_staff_exactly_and_families_by_the_rule_of_small_numbers(audit):
    note(audit, contributors={"pupil": 13, "parent_carer": 3, "teacher": 3, "senco": 0})
    assert take_snapshot(audit)["areas"][0]["contributors"] == [
        {"role": "teacher", "label": "Teachers", "words": "3"},
        {"role": "parent_carer", "label": "Parent carers", "words": "fewer than 5"},
        {"role": "pupil", "label": "Pupils", "words": "about 15"},
    ]


def test_the_threshold_of_small_numbers_is_the_programme_s(audit):
    ProgrammeSettings(pk=1, small_number_threshold=10).save()
    note(audit, contributors={"parent_carer": 8})
    assert take_snapshot(audit)["areas"][0]["contributors"][0]["words"] == "fewer than 10"


def test_what_is_no_count_is_left_out(audit):
    note(audit, contributors={"head": 1, "teacher": "many", "senco": -1, "governor": 2})
    told = take_snapshot(audit)["areas"][0]["contributors"]
    assert [one["role"] for one in told] == ["governor"]


def test_keeps_the_training_on_offer_for_an_area(audit):
    Module.objects.filter(slug="parent-carer-relationships").update(is_offered=False)
    training = take_snapshot(audit)["areas"][0]["training"]
    assert [one["slug"] for one in training] == ["relational-policy"]
    assert training[0]["minutes"] == 120
    assert training[0]["format"] == "Face to face or online"


def test_names_no_person(audit):
    answer(audit, state="rated", rating=2, evidence_note="Shown to Petronella")
    note(audit, noted_by=audit.submitted_by, noted_at=timezone.now())
    assert "etronella" not in json.dumps(take_snapshot(audit))


def test_is_what_the_database_gives_back(audit):
    note(audit, strengths="Straße, 🙂, <b>", contributors={"teacher": 2})
    taken = take_snapshot(audit)
    assert json.loads(json.dumps(taken)) == taken


@pytest.mark.parametrize("sections", [1, 3])
def test_takes_the_same_queries_whatever_the_size(sections, django_assert_num_queries):
    audit = AuditFactory(version=small_framework(sections=sections))
    for section in audit.version.sections.all():
        SectionNote.objects.create(audit=audit, section=section)
    with django_assert_num_queries(9):
        take_snapshot(audit)


@pytest.mark.parametrize("stored", [{}, None, [], {"format": 2}])
def test_refuses_to_read_what_it_does_not_know(stored):
    with pytest.raises(UnreadableSnapshotError):
        read_snapshot(stored)
