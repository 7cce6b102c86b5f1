"""Words about a visit that are mailed or shown on as they are sent: marked ones are asked about once, on the page."""

import re

import pytest
import time_machine
from django.urls import reverse

from core.models import HistoryEntry, OutgoingEmail
from schools.models import Action, ProgrammeYear
from tests.asked import TELLING, asked_once
from tests.factories import (
    ActionFactory,
    FamiliesEditionFactory,
    FamiliesLineFactory,
    SchoolContactFactory,
    ThemeFactory,
    ThemeGroupFactory,
    VisitFactory,
)
from tests.schools.test_actions import posted
from tests.visits.pages import form_on
from tests.visits.planning import A_WEDNESDAY, LAST_WEEK, TODAY, a_visit, on
from tests.visits.test_planning_views import typed
from visits.enums import VisitStatus
from visits.models import ProposedTime, Theme, ThemeGroup
from visits.queries.groups import grouping_seen
from visits.services import planning

S = VisitStatus
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("take_date_back", S.CONFIRMED, S.TO_SCHEDULE),
        ("cancel", S.CONFIRMED, S.CANCELLED),
        ("not_held", S.HELD, S.TO_SCHEDULE),  # it had never been confirmed
    ],
)
def test_the_reason_of_a_move(people, sign_in, name, before, after):
    visit = a_visit(before, on(LAST_WEEK) if before == S.HELD else on(), school=people.school)
    address = reverse(f"visits:{name}", args=[visit.pk])
    assert asked_once(sign_in(people.liaison), address, "reason").status_code == 302
    visit.refresh_from_db()
    assert visit.status == after


def test_nothing_is_mailed_before_the_tick(people, sign_in):
    visit = a_visit(S.CONFIRMED, on(), school=people.school)
    SchoolContactFactory(school=people.school)
    sign_in(people.liaison).post(reverse("visits:cancel", args=[visit.pk]), {"reason": TELLING})
    assert not OutgoingEmail.objects.exists()


def test_the_reason_for_another_date(people, sign_in):
    visit = a_visit(S.CONFIRMED, on(), school=people.school)
    address, data = reverse("visits:move", args=[visit.pk]), typed(on(A_WEDNESDAY))
    data["seen"] = visit.changed_at.isoformat()
    assert asked_once(sign_in(people.liaison), address, "reason", **data).status_code == 302
    visit.refresh_from_db()
    assert visit.starts_at == on(A_WEDNESDAY).starts_at


def test_the_reason_for_opening_a_visit_again(people, sign_in):
    visit = VisitFactory(school=people.school, status=S.CLOSED)
    asked_once(sign_in(people.liaison), reverse("visits:reopen", args=[visit.pk]), "reason")
    assert HistoryEntry.objects.get(kind="visit.reopened").details["reason"] == TELLING


class TestWhatFamiliesRead:
    @pytest.fixture
    def page(self, people):
        year = ProgrammeYear.objects.get()
        return FamiliesLineFactory(page__school=people.school, page__programme_year=year).page

    def test_what_a_school_would_have_otherwise(self, people, sign_in, page):
        address = reverse("visits:ask_families_change", args=[page.school_id, page.programme_year_id])
        asked_once(sign_in(people.head), address, "note")
        assert HistoryEntry.objects.get(kind="families.change_asked").details["reason"] == TELLING

    def test_why_it_is_taken_down(self, people, sign_in, page):
        edition = FamiliesEditionFactory(school=people.school, page=page)
        address = reverse("visits:take_families_down", args=[page.school_id, edition.pk])
        asked_once(sign_in(people.liaison), address, "reason")
        assert HistoryEntry.objects.get(kind="families.withdrawn").details["reason"] == TELLING


def test_the_schools_own_name_is_not_asked_about(people, sign_in):
    visit = a_visit(S.CONFIRMED, on(), school=people.school)
    data = {"reason": f"{people.school.name} is closed."}
    assert sign_in(people.liaison).post(reverse("visits:cancel", args=[visit.pk]), data).status_code == 302


def test_the_note_of_a_school_that_has_no_account(people, client):
    visit = a_visit(school=people.school, workers=[people.liaison])
    SchoolContactFactory(school=people.school, name="Jo Head", email="jo@school.example")
    planning.propose_times(visit=visit, times=[on()], by=people.liaison)
    body = OutgoingEmail.objects.filter(kind="Times for a visit").latest("pk").body
    address = re.search(r"https?://\S+?(/times/\S+)", body)[1]
    data = {"suggest": "1", **typed(on(A_WEDNESDAY))}
    assert asked_once(client, address, "note", **data).status_code == 302
    assert ProposedTime.objects.get(by_the_school=True).note == TELLING


class TestWhatBecomesOfATheme:
    @pytest.fixture
    def theme(self, people):
        visit = VisitFactory(school=people.school, status=S.SHARED)
        return ThemeFactory(visit=visit, saved_by=people.liaison)

    @pytest.mark.parametrize(("outcome", "box"), [("not_going_ahead", "reason"), ("wider_system", "needed")])
    def test_its_reason(self, people, sign_in, theme, outcome, box):
        address = reverse("visits:theme_outcome", args=[theme.visit_id, theme.pk])
        asked_once(sign_in(people.head), address, box, outcome=outcome)
        assert Theme.objects.get().outcome_reason == TELLING

    def test_a_reason_under_another_answer_is_not_asked_about(self, people, sign_in, theme):
        address = reverse("visits:theme_outcome", args=[theme.visit_id, theme.pk])
        sign_in(people.head).post(address, {"outcome": "wider_system", "reason": TELLING})
        assert Theme.objects.get().outcome == "wider_system"

    def test_its_new_action(self, people, sign_in, theme):
        address = reverse("visits:theme_action", args=[theme.visit_id, theme.pk])
        asked_once(sign_in(people.head), address, "what", **posted())
        assert Action.objects.get().what == TELLING


class TestAnAction:
    @pytest.fixture
    def action(self, people):
        return ActionFactory(school=people.school)

    def test_what_it_says(self, people, sign_in):
        asked_once(
            sign_in(people.head), reverse("schools:add_action", args=[people.school.pk]), "what", **posted()
        )
        assert Action.objects.get().what == TELLING

    @pytest.mark.parametrize(("status", "box"), [("done", "what_changed"), ("not_going_ahead", "reason")])
    def test_what_is_said_of_a_move(self, people, sign_in, action, status, box):
        address = reverse("schools:move_action", args=[people.school.pk, action.pk, status])
        asked_once(sign_in(people.head), address, box)
        action.refresh_from_db()
        assert (action.status, getattr(action, box)) == (status, TELLING)


class TestAGroup:
    @pytest.fixture
    def themes(self, people):
        return [
            ThemeFactory(visit=VisitFactory(school=people.school, status=S.HELD), saved_by=people.liaison)
        ]

    def test_the_name_of_a_new_one(self, people, sign_in, themes):
        address = f"{reverse('visits:gather_themes')}?theme={themes[0].pk}"
        data = {
            "into": "new",
            "area": themes[0].area_id,
            "kind": themes[0].kind,
            "seen": grouping_seen(themes),
        }
        asked_once(sign_in(people.liaison), address, "name", **data)
        assert ThemeGroup.objects.get().name == TELLING

    def test_another_name(self, people, sign_in):
        client, group = sign_in(people.liaison), ThemeGroupFactory()
        address = reverse("visits:rename_group", args=[group.pk])
        data = {name: value for name, value in form_on(client.get(address)).items() if name != "name"}
        asked_once(client, address, "name", **data)
        group.refresh_from_db()
        assert group.name == TELLING
