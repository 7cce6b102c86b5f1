"""A school's part in a programme year: adding it, changing it, and the moves of its status."""

from datetime import date
from itertools import product

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import HistoryEntry
from schools.forms.participation import ParticipationForm
from schools.models import MOVES, Participation, ProgrammeYear
from schools.queries.finding import find_in_register
from schools.queries.programme import cohorts_joined
from schools.services.errors import MoveNotAllowed, ProgrammeError, ReasonOwed, YearIsClosed
from schools.services.participation import move_participation, save_participation
from tests.asked import TELLING, asked_once
from tests.factories import (
    CohortFactory,
    ParticipationFactory,
    ProgrammeYearFactory,
    SchoolFactory,
    UserFactory,
)
from tests.forms_on_page import post_forms

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
Status = Participation.Status
ALLOWED = {(move.before, move.after): move for move in MOVES}


@pytest.fixture
def admin(people, sign_in):
    return sign_in(people.admin)


def standing_at(status: str) -> Participation:
    left = {"withdrawn_on": TODAY, "withdrawal_reason": "x"} if status == Status.WITHDRAWN else {}
    return ParticipationFactory(status=status, **left)


def move(part: Participation, to: str, reason: str = "Because.") -> Participation:
    return move_participation(part=part, to=to, by=UserFactory(), today=TODAY, reason=reason)


class TestMoves:
    @pytest.mark.parametrize(("before", "after"), list(product(Status.values, Status.values)))
    def test_exactly_those_of_the_table_are_made(self, before, after):
        part = standing_at(before)
        if (before, after) in ALLOWED:
            assert move(part, after).status == after
        elif before == after:
            assert move(part, after).status == before
            assert not HistoryEntry.objects.exists()
        else:
            with pytest.raises(MoveNotAllowed):
                move(part, after)

    @pytest.mark.parametrize(
        "one", [one for one in MOVES if one.owes_reason], ids=lambda one: f"{one.before}-{one.after}"
    )
    def test_a_reason_is_kept_where_it_is_owed(self, one):
        part = standing_at(one.before)
        with pytest.raises(ReasonOwed):
            move(part, one.after, reason="  ")
        move(part, one.after, reason="The head left.")
        (line,) = HistoryEntry.objects.all()
        assert line.details["reason"] == "The head left."
        assert line.school_id == str(part.school_id)

    def test_a_withdrawal_has_its_day_and_coming_back_takes_it_away(self):
        part = move(standing_at(Status.ACTIVE), Status.WITHDRAWN)
        assert (part.withdrawn_on, part.withdrawal_reason) == (TODAY, "Because.")
        part = move(part, Status.CONFIRMED)
        assert (part.withdrawn_on, part.withdrawal_reason) == (None, "")

    def test_nothing_moves_in_a_closed_year(self):
        part = standing_at(Status.ACTIVE)
        ProgrammeYear.objects.update(closed_at=timezone.now(), closed_by=UserFactory())
        with pytest.raises(YearIsClosed):
            move(part, Status.COMPLETED)


class TestPages:
    def test_the_year_lists_its_schools_and_their_files(self, admin, people):
        year = ProgrammeYear.objects.get()
        html = admin.get(reverse("schools:year", args=[year.pk])).content.decode()
        assert "Wenlock Brook Primary School" in html
        narrowed = admin.get(reverse("schools:year", args=[year.pk]), {"status": "invited"}).content.decode()
        assert "Wenlock Brook Primary School" not in narrowed
        csv = admin.get(reverse("schools:year_schools_csv", args=[year.pk])).content.decode()
        assert '"Clun Hill Primary School","Year 1","Full offer","Active"' in csv

    @pytest.mark.parametrize("schools", [1, 3])
    def test_the_year_asks_the_same_for_one_school_and_for_three(
        self, admin, people, django_assert_num_queries, schools
    ):
        year = ProgrammeYearFactory(name="Later", starts_on=date(2027, 4, 1), ends_on=date(2028, 3, 31))
        for _ in range(schools):
            ParticipationFactory(programme_year=year)
        address = reverse("schools:year", args=[year.pk])
        admin.get(address)
        with django_assert_num_queries(8):
            admin.get(address)

    def test_a_school_is_found_and_added(self, admin, people):
        year = ProgrammeYear.objects.get()
        new = SchoolFactory(name="St Mary's Primary School", town="Bridgnorth", urn=123456)
        found = admin.get(
            reverse("schools:find_school", args=[year.pk]), {"q": "mary bridg"}
        ).content.decode()
        address = reverse("schools:add_part", args=[year.pk, new.pk])
        assert address in found
        data = {"cohort": CohortFactory().pk, "offer": "full", "support_hours": "30"}
        assert admin.post(address, data).status_code == 302
        part = new.participations.get()
        assert (part.status, part.offer, part.support_hours) == ("invited", "full", 30)
        assert HistoryEntry.objects.get(kind="participation.added").school_id == str(new.pk)

    def test_a_school_of_an_earlier_year_keeps_the_cohort_that_it_joined_with(self, admin, people):
        year = ProgrammeYearFactory(name="Later", starts_on=date(2027, 4, 1), ends_on=date(2028, 3, 31))
        other = CohortFactory(name="Year 2", joined_in=year)
        address = reverse("schools:add_part", args=[year.pk, people.school.pk])
        page = admin.get(address).content.decode()
        assert "Wenlock Brook Primary School joined with Year 1; that stays." in page
        assert 'name="cohort"' not in page
        assert admin.post(address, {"cohort": other.pk, "offer": "full"}).status_code == 302
        assert people.school.participations.get(programme_year=year).cohort.name == "Year 1"

    def test_a_second_cohort_is_refused_whoever_asks(self, people):
        year = ProgrammeYearFactory(name="Later", starts_on=date(2027, 4, 1), ends_on=date(2028, 3, 31))
        part = Participation(school=people.school, programme_year=year)
        other = CohortFactory(name="Year 2", joined_in=year)
        form = ParticipationForm({"cohort": other.pk, "offer": "full"}, instance=part)
        assert form.is_valid()
        with pytest.raises(ProgrammeError, match="joined with Year 1; that stays"):
            save_participation(form=form, by=people.admin)

    def test_the_year_before_says_the_cohort_and_a_later_one_only_alone(self, people):
        first, second, third = (
            ProgrammeYearFactory(name=f"{y}", starts_on=date(y, 4, 1), ends_on=date(y + 1, 3, 31))
            for y in (2027, 2028, 2029)
        )
        early, mended = CohortFactory(), CohortFactory(name="Mended")
        both, later = SchoolFactory(), SchoolFactory()
        ParticipationFactory(school=both, programme_year=first, cohort=early)
        ParticipationFactory(school=both, programme_year=third, cohort=mended)
        ParticipationFactory(school=later, programme_year=third, cohort=mended)
        ours = [both.pk, later.pk]
        assert cohorts_joined(second, ours) == {both.pk: early, later.pk: mended}

    def test_a_school_is_in_a_year_once(self, admin, people):
        year, part = ProgrammeYear.objects.get(), people.school.participations.get()
        response = admin.post(reverse("schools:add_part", args=[year.pk, people.school.pk]), {})
        assert response.url == reverse("schools:part", args=[part.pk])
        assert people.school.participations.count() == 1

    def test_its_offer_and_hours_change_and_the_history_says_so(self, admin, people):
        part = people.school.participations.get()
        address = reverse("schools:change_part", args=[part.pk])
        seen = post_forms(admin.get(address).content.decode())[-1].hidden["seen"]
        admin.post(
            address, {"cohort": part.cohort_id, "offer": "embedding", "support_hours": "8", "seen": seen}
        )
        part.refresh_from_db()
        assert (part.offer, part.support_hours) == ("embedding", 8)
        (line,) = HistoryEntry.objects.filter(kind="participation.changed")
        assert line.details["offer"] == {"before": "full", "after": "embedding"}

    def test_a_cohort_that_joined_later_is_refused(self, admin, people):
        later = ProgrammeYearFactory(name="Later", starts_on=date(2027, 4, 1), ends_on=date(2028, 3, 31))
        part = people.school.participations.get()
        data = {"cohort": CohortFactory(name="Year 2", joined_in=later).pk, "offer": "full"}
        response = admin.post(reverse("schools:change_part", args=[part.pk]), data)
        assert response.status_code == 409
        assert "Choose an earlier cohort." in response.content.decode()

    def test_a_withdrawal_leaves_the_public_list_and_shows_its_reason(self, admin, client, people):
        part = people.school.participations.get()
        address = reverse("schools:move_part", args=[part.pk, "withdrawn"])
        admin.post(address, {"reason": "The head teacher left."})
        assert "Wenlock Brook" not in client.get("/schools/").content.decode()
        page = admin.get(reverse("schools:part", args=[part.pk])).content.decode()
        assert "The head teacher left." in page

    def test_a_reason_that_may_say_who_somebody_is_is_asked_about_once(self, admin, people):
        part = people.school.participations.get()
        asked_once(admin, reverse("schools:move_part", args=[part.pk, "withdrawn"]), "reason")
        part.refresh_from_db()
        assert (part.status, part.withdrawal_reason) == ("withdrawn", TELLING)

    def test_a_reason_that_names_the_school_itself_is_not(self, admin, people):
        part = people.school.participations.get()
        address = reverse("schools:move_part", args=[part.pk, "withdrawn"])
        assert admin.post(address, {"reason": f"{people.school.name} joined a trust."}).status_code == 302

    def test_a_move_says_whose_step_it_is(self, admin, people):
        part = people.school.participations.get()
        page = admin.get(reverse("schools:move_part", args=[part.pk, "withdrawn"])).content.decode()
        assert "This is for people with the role of administrator." in page

    def test_an_unknown_status_is_not_found(self, admin, people):
        part = people.school.participations.get()
        assert admin.get(reverse("schools:move_part", args=[part.pk, "lost"])).status_code == 404


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("clun", ["Clun Hill Primary School"]),
        ("hill clun primary", ["Clun Hill Primary School"]),
        ("", []),
        ("nowhere", []),
    ],
)
def test_a_school_is_found_by_words_of_its_name_and_town(people, q, found):
    assert [school.name for school in find_in_register(people.admin, q)] == found


def test_a_school_is_found_by_a_number_that_it_had_and_closed_ones_come_last(people):
    SchoolFactory(name="A School", status="closed", urn=111111)
    SchoolFactory(name="B School", urn=222222)
    assert [school.name for school in find_in_register(people.admin, "111111")] == ["A School"]
    assert [school.name for school in find_in_register(people.admin, "school")][-1] == "A School"
