"""The demonstration's self-audits: every status, believable answers, the same every time."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Avg

from audits.enums import AnswerState, AuditStatus, Level
from audits.models import Answer, Audit, Report, SectionNote, Statement
from audits.queries import what_is_missing
from core.models import HistoryEntry, OutgoingEmail
from pins.demo.answers import Profile
from pins.demo.audits import seed_audits, seed_framework, the_plan
from pins.demo.people import seed_people
from pins.demo.schools import YEAR_1, YEAR_2, seed_schools
from pins.demo.words import REASONS_NOT_APPLICABLE, WORDS
from pins.home import home_of
from schools.models import Area

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker):
    """The whole demonstration, made once for this module's tests and taken away after them."""
    said: list[str] = []
    with django_db_blocker.unblock(), transaction.atomic():
        programme = seed_schools()
        people = seed_people(programme.schools)
        seed_audits(programme, people, today=TODAY, say=said.append)
        yield people, said
        transaction.set_rollback(True)


@pytest.mark.usefixtures("seeded", "db")
class TestAudits:
    def test_each_was_asked_for_before_its_last_step(self):
        asked = dict(HistoryEntry.objects.filter(kind="audit.asked").values_list("target_id", "at"))
        assert len(asked) == Audit.objects.count()
        assert all(
            audit.submitted_at is None or asked[str(audit.pk)] < audit.submitted_at
            for audit in Audit.objects.all()
        )

    def test_every_status_is_there(self):
        found = Counter(Audit.objects.values_list("status", "returned"))
        assert found == {
            (AuditStatus.NOT_STARTED, ""): 3,
            (AuditStatus.IN_PROGRESS, ""): 5,
            (AuditStatus.IN_PROGRESS, "sent_back"): 1,
            (AuditStatus.IN_PROGRESS, "reopened"): 1,
            (AuditStatus.SUBMITTED, ""): 3,
            (AuditStatus.REVIEWED, ""): 5,
            (AuditStatus.PRIORITIES_AGREED, ""): 19,
        }

    def test_each_submitted_one_has_its_queued_report_dated_alike(self):
        submitted = Audit.objects.filter(submitted_at__isnull=False)
        assert Report.objects.filter(status=Report.Status.QUEUED).count() == submitted.count() == 29
        for audit in submitted:
            (report,) = audit.reports.all()
            assert report.snapshot["submitted_on"] == audit.submitted_at.date().isoformat()

    def test_nothing_happened_in_the_future(self):
        latest = TODAY + timedelta(days=1)
        assert not Audit.objects.filter(submitted_at__date__gt=latest).exists()
        assert not Answer.objects.filter(answered_at__date__gt=latest).exists()
        assert not Audit.objects.filter(reviewed_at__date__gt=latest).exists()

    def test_everything_submitted_could_have_been(self):
        for audit in Audit.objects.exclude(status__in=[AuditStatus.NOT_STARTED, AuditStatus.IN_PROGRESS]):
            missing = what_is_missing(audit)
            assert not missing.stops_submission
            assert missing.top_without_evidence == []

    def test_ratings_use_the_whole_scale_and_no_level_rules(self):
        ratings = Counter(Answer.objects.filter(state=AnswerState.RATED).values_list("rating", flat=True))
        assert set(ratings) == set(Level.values)
        assert max(ratings.values()) < 0.5 * sum(ratings.values())

    def test_environment_and_communication_are_harder_than_leadership(self):
        means = dict(
            Answer.objects.filter(state=AnswerState.RATED)
            .values_list("statement__section__area__key")
            .annotate(mean=Avg("rating"))
        )
        assert means["environment"] < means["leadership"]
        assert means["communication"] < means["leadership"]

    def test_schools_differ_within_themselves(self):
        spreads = []
        for audit in Audit.objects.filter(status=AuditStatus.PRIORITIES_AGREED):
            means = [
                mean
                for (_, mean) in audit.answers.filter(rating__isnull=False)
                .values_list("statement__section__area__key")
                .annotate(mean=Avg("rating"))
            ]
            spreads.append(max(means) - min(means))
        assert sum(spread > 0.8 for spread in spreads) > len(spreads) / 2

    def test_the_heads_school_is_in_the_middle_of_it(self, seeded):
        people, _ = seeded
        audit = Audit.objects.get(school__name="Wenlock Brook Primary School")
        assert audit.status == AuditStatus.IN_PROGRESS
        given = SectionNote.objects.get(audit=audit, given_to=people["colleague"])
        assert given.section.area.key == "environment"
        assert [step.verb for step in home_of(people["head"], today=TODAY).steps] == [
            "Continue the baseline self-audit"
        ]
        assert [step.verb for step in home_of(people["colleague"], today=TODAY).steps] == [
            "Answer the section “Environment”"
        ]

    def test_the_programme_has_audits_to_review_longest_waiting_first(self, seeded):
        people, _ = seeded
        assert [step.school for step in home_of(people["liaison"], today=TODAY).steps] == [
            "Caer Ridge Primary School",
            "Clun Hill Primary School",
            "St Oswin's Catholic Primary School",
        ]

    def test_went_through_the_services(self):
        kinds = Counter(HistoryEntry.objects.values_list("kind", flat=True))
        assert kinds["audit.submitted"] == 29
        assert kinds["audit.sent_back"] == kinds["audit.reopened"] == kinds["section.given"] == 1
        assert OutgoingEmail.objects.count() == 3

    def test_says_how_far_it_is(self, seeded):
        _, said = seeded
        assert said[-1] == "  37 of 37 self-audits"


@pytest.mark.django_db
def test_again_changes_nothing():
    def stored() -> list[list[dict[str, object]]]:
        models = (Audit, Answer, SectionNote, Report, HistoryEntry, OutgoingEmail, Statement)
        return [list(model.objects.order_by("pk").values()) for model in models]

    call_command("seed_demo")
    before = stored()
    call_command("seed_demo")
    assert stored() == before


def test_a_school_answers_the_same_every_time():
    assert Profile.of("Caer Ridge").levels == Profile.of("Caer Ridge").levels
    assert Profile.of("Caer Ridge").levels != Profile.of("Mill Leat").levels


def test_a_follow_up_has_come_further():
    before, after = Profile.of("Caer Ridge"), Profile.of("Caer Ridge", moved=1.0)
    assert all(after.levels[area] > before.levels[area] for area in before.levels)


def test_the_plan_names_schools_that_there_are_once_a_round():
    names = {school.name for school in YEAR_1 + YEAR_2}
    plan = list(the_plan(TODAY))
    assert {one.school for one in plan} <= names
    assert len({(one.school, one.round, one.in_first_year) for one in plan}) == len(plan)


@pytest.mark.django_db
def test_there_are_words_for_each_area_and_reasons_for_known_statements_only():
    assert set(WORDS) == set(Area.objects.values_list("key", flat=True))
    version = seed_framework()
    keys = Statement.objects.filter(section__version=version).values_list("key", flat=True)
    assert set(REASONS_NOT_APPLICABLE) <= set(keys)
