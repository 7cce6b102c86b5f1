"""Which visits count: those that a school is owed or asked for, and those that were ever offered or dated."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from core.models import OutgoingEmail
from core.unchanged import Unchanged
from pins.home_forum import forum_steps
from schools.models import Participation, ProgrammeYear
from tests.factories import ParticipationFactory, ProgrammeYearFactory
from tests.factories.visits import VisitFactory, at, on_request
from tests.pins.dashboard.asking import cell
from visits.batch import visits_to_plan
from visits.due import make_due_visits
from visits.enums import VisitStatus
from visits.models import Visit
from visits.planner import year_capacity
from visits.queries.planner import Asked
from visits.services.planning import cancel, take_date_back
from visits.services.requesting import EveryVisitIsThere, ItIsThere, request_visit

pytestmark = pytest.mark.django_db
S = VisitStatus
WITHDRAWN = {"status": "withdrawn", "withdrawn_on": date(2026, 11, 1), "withdrawal_reason": "Moved"}


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(datetime(2026, 11, 25, 10, 30, tzinfo=ZoneInfo("Europe/London")), tick=False):
        yield


@pytest.fixture
def liaison(people, sign_in):
    """One school, which is on the full offer and has its three visits without a date."""
    Participation.objects.exclude(school=people.school).delete()
    make_due_visits()
    return sign_in(people.liaison)


def change(**values) -> None:
    Participation.objects.update(**values)
    Unchanged.forget_all()  # a test changes rows without a line of history


def undated(people, client, query="") -> dict[str, int]:
    """How many visits without a date each place counts."""
    groups = client.get(f"/visits/?{query}").context["groups"]
    steps = [step for step in forum_steps(people.liaison, None) if "Find" in step.verb]
    page = client.get(f"/workspaces/{people.school.pk}/").context["visits"]
    return {
        "planner": next(group.count for group in groups if group.label == "No date yet"),
        "all": next(group.count for group in groups if group.label == "All visits"),
        "home": sum(step.minutes // 2 for step in steps),
        "hours": year_capacity(people.liaison).needs.without_date,
        "to plan at once": len(visits_to_plan(people.liaison, Asked()).listed),
        "workspace": len(page.lines),
        "board": sum(cell(client, people.school.name, f"Visit {one}").url != "" for one in (1, 2, 3)),
    }


@pytest.mark.parametrize("query", ["", "year=all", "q=brook"])
@pytest.mark.parametrize(
    "left",
    [{"offer": "training_only"}, {"offer": "embedding"}, {"status": "invited"}, WITHDRAWN],
    ids=["training only", "embedding", "not confirmed", "withdrew"],
)
def test_what_nobody_dated_counts_nowhere_once_the_school_is_not_owed_it(people, liaison, left, query):
    assert set(undated(people, liaison, query).values()) == {3}
    change(**left)
    assert set(undated(people, liaison, query).values()) == {0}


def test_it_counts_again_when_the_school_moves_back(people, liaison):
    change(offer="training_only")
    assert set(undated(people, liaison).values()) == {0}
    change(offer="full")
    assert set(undated(people, liaison).values()) == {3}


@pytest.mark.parametrize("status", [S.PROPOSED, S.CONFIRMED, S.HELD, S.CLOSED])
def test_what_was_offered_dated_or_held_stays(people, liaison, status):
    Visit.objects.filter(step=1).delete()
    VisitFactory(school=people.school, status=status)
    change(offer="training_only")
    shown = liaison.get("/visits/", {"group": "all"}).context["piles"]
    assert [row.visit[:8] for _, _, rows in shown for row in rows] == ["Visit 1:"]
    assert cell(liaison, people.school.name, "Visit 1").url == f"/visits/{Visit.objects.get(step=1).pk}/"


def test_one_that_was_asked_for_counts_at_a_school_that_is_not_owed_it(people, liaison):
    change(offer="embedding")
    on_request(Visit.objects.get(step=2))
    Unchanged.forget_all()
    assert set(undated(people, liaison).values()) == {1}
    assert set(undated(people, liaison, "year=all").values()) == {1}
    change(**WITHDRAWN)
    assert set(undated(people, liaison).values()) == {0}


class TestAsking:
    def ask(self, people, number=None) -> Visit:
        year = ProgrammeYear.objects.get()
        return request_visit(school=people.school, year=year, by=people.liaison, number=number)

    def test_for_one_that_was_left_over_puts_it_on_the_list_and_makes_no_second(self, people, liaison):
        left_over = Visit.objects.get(step=1)
        change(offer="training_only")
        assert self.ask(people) == left_over
        assert self.ask(people, number=3) == Visit.objects.get(step=3)
        assert set(undated(people, liaison).values()) == {2}
        with pytest.raises(ItIsThere):
            self.ask(people, number=1)

    def test_until_all_three_are_there(self, people, liaison):
        change(offer="training_only")
        for number in (1, 2, 3):
            self.ask(people, number)
        with pytest.raises(EveryVisitIsThere):
            request_visit(school=people.school, year=ProgrammeYear.objects.get(), by=people.admin)

    def test_in_place_of_one_that_was_owed_is_not_on_request(self, people, liaison):
        Visit.objects.get(step=2).delete()
        self.ask(people, number=2)
        change(offer="embedding")
        assert set(undated(people, liaison).values()) == {0}


def test_the_page_of_one_that_is_left_over_says_so_and_puts_it_on_the_list(people, liaison):
    visit = Visit.objects.get(step=2)
    said = "This visit is on no list"
    assert said not in liaison.get(visit.get_absolute_url()).content.decode()
    change(offer="training_only")
    assert said in liaison.get(visit.get_absolute_url()).content.decode()
    liaison.post(f"/workspaces/{people.school.pk}/visits/request/", {"number": "2"})
    assert said not in liaison.get(visit.get_absolute_url()).content.decode()


def test_what_was_held_there_counts_beside_the_full_offer(people, liaison):
    Visit.objects.filter(step=1).delete()
    VisitFactory(school=people.school, status=S.HELD, starts_at=at(date(2026, 11, 3)))
    change(offer="training_only")
    needs = year_capacity(people.liaison).needs
    assert (needs.promised, needs.owed.all, needs.outside.held) == (0, 0, 1)


def test_the_button_asks_in_the_year_of_the_visit(people, liaison):
    """A year that is over and not closed, and one that comes, have visits that are left over too."""
    first = timezone.localdate() + timedelta(days=500)
    later = ProgrammeYearFactory(name="Later", starts_on=first, ends_on=first + timedelta(days=300))
    ParticipationFactory(school=people.school, programme_year=later, offer="embedding", status="confirmed")
    left_over = VisitFactory(school=people.school, programme_year=later, number=2)
    page = liaison.get(left_over.get_absolute_url()).content.decode()
    assert f'name="year" value="{later.pk}"' in page
    liaison.post(f"/workspaces/{people.school.pk}/visits/request/", {"number": "2", "year": later.pk})
    left_over.refresh_from_db()
    assert left_over.is_on_request


class TestOfASchoolThatLeftTheFullOffer:
    """Whoever takes a date back, or cancels with another in its place, wants another date: it is on the list."""

    @pytest.fixture
    def confirmed(self, people) -> Visit:
        visit = Visit.objects.get(step=1)
        begins = timezone.now() + timedelta(days=7)
        Visit.objects.filter(pk=visit.pk).update(
            status="confirmed", starts_at=begins, ends_at=begins + timedelta(hours=1)
        )
        change(offer="embedding")
        return visit

    @pytest.mark.parametrize(
        "act",
        [
            lambda visit, by: take_date_back(visit=visit, reason="No hall.", by=by),
            lambda visit, by: cancel(visit=visit, reason="No hall.", by=by, another=True),
        ],
    )
    def test_it_is_to_be_planned(self, people, liaison, confirmed, act):
        act(confirmed, people.liaison)
        assert set(undated(people, liaison).values()) == {1}

    def test_and_not_at_one_that_withdrew(self, people, liaison, confirmed):
        change(**WITHDRAWN)
        take_date_back(visit=confirmed, reason="No hall.", by=people.liaison)
        assert set(undated(people, liaison).values()) == {0}
        assert "no other visit takes its place" in OutgoingEmail.objects.latest("pk").body
