"""A new year begins with the schools of the year before."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import HistoryEntry
from schools.models import Participation, ProgrammeYear
from schools.services.carrying_on import PlanChanged, carry_on
from tests.factories import CohortFactory, ParticipationFactory, ProgrammeYearFactory, UserFactory
from tests.forms_on_page import post_forms

pytestmark = pytest.mark.django_db


@pytest.fixture
def new_year(people) -> ProgrammeYear:
    """A year after the one in which both schools of the cast are active, and a third school withdrew."""
    ParticipationFactory(status="withdrawn", withdrawn_on=date(2026, 9, 1), withdrawal_reason="Moved")
    return ProgrammeYearFactory(name="Next", starts_on=date(2027, 4, 1), ends_on=date(2028, 3, 31))


def parts(year: ProgrammeYear) -> list[tuple[str, str, str, str]]:
    found = Participation.objects.filter(programme_year=year).order_by("school__name")
    return list(found.values_list("school__name", "cohort__name", "offer", "status"))


@pytest.fixture
def admin(people, sign_in):
    return sign_in(people.admin)


def choose(client, year, schools, offer="embedding"):
    return client.post(reverse("schools:carry_on", args=[year.pk]), {"schools": schools, "offer": offer})


def apply(client, year, schools, seen, offer="embedding"):
    data = {"schools": schools, "offer": offer, "seen": seen, "go": "apply"}
    return client.post(reverse("schools:apply_carry_on", args=[year.pk]), data)


def seen_on(response) -> str:
    return post_forms(response.content.decode())[-1].hidden["seen"]


def lines():
    return HistoryEntry.objects.filter(kind="participation.carried_on")


def test_choosing_names_who_may_go_on_and_changes_nothing(admin, new_year):
    page = admin.get(reverse("schools:carry_on", args=[new_year.pk])).content.decode()
    assert 'Clun Hill Primary School<span class="govuk-visually-hidden">, Year 1</span>' in page
    assert page.count('name="schools" type="checkbox"') == 2
    assert parts(new_year) == []


def test_the_preview_says_who_goes_on_and_who_does_not_and_why(admin, people, new_year):
    page = choose(admin, new_year, [people.school.pk]).content.decode()
    assert "Schools that go on in Next: 1" in page
    assert "Joined with Year 1: 1</h2>" in page
    assert "Wenlock Brook Primary School: full offer → embedding" in page
    assert "Hours of support: none allotted so far." in page
    assert "Clun Hill Primary School: You left it out." in page
    assert "Withdrew on 1 September 2026." in page
    assert (parts(new_year), lines().count()) == ([], 0)


@pytest.mark.parametrize("offer", ["embedding", "training_only"])
def test_exactly_what_was_read_is_done_with_a_line_each(admin, people, new_year, offer):
    seen = seen_on(choose(admin, new_year, [people.school.pk], offer))
    assert apply(admin, new_year, [people.school.pk], seen, offer).status_code == 302
    assert parts(new_year) == [("Wenlock Brook Primary School", "Year 1", offer, "confirmed")]
    assert lines().get().school_id == str(people.school.pk)


def test_the_hours_are_those_that_were_read(admin, people, new_year):
    data = {"schools": [people.school.pk], "offer": "full", "support_hours": "0"}
    page = admin.post(reverse("schools:carry_on", args=[new_year.pk]), data)
    assert "Hours of support: 0 for each." in page.content.decode()
    assert "Wenlock Brook Primary School: full offer, as before" in page.content.decode()
    seen = seen_on(page)
    address = reverse("schools:apply_carry_on", args=[new_year.pk])
    assert admin.post(address, data | {"support_hours": "9", "seen": seen}).status_code == 409
    assert admin.post(address, data | {"seen": seen}).status_code == 302
    assert Participation.objects.get(programme_year=new_year).support_hours == 0


class TestCohorts:
    @pytest.fixture
    def second(self, people) -> Participation:
        """A school that joined with Year 2, and is called so that it would come first."""
        cohort = CohortFactory(name="Year 2")
        return ParticipationFactory(school__name="Acton School", cohort=cohort, offer="training_only")

    def ticked(self, page: str) -> list[str]:
        boxes = [part.split(">")[0] for part in page.split("<input") if 'name="schools"' in part]
        return [box.split('value="')[1].split('"')[0] for box in boxes if " checked" in box]

    def test_each_stands_under_its_heading(self, admin, second, new_year):
        page = admin.get(reverse("schools:carry_on", args=[new_year.pk])).content.decode()
        places = [page.index(words) for words in ("Year 1: 2</p>", "Clun Hill", "Year 2: 1</p>", "Acton")]
        assert places == sorted(places)
        assert len(self.ticked(page)) == 3

    def test_the_preview_says_the_same(self, admin, people, second, new_year):
        page = choose(admin, new_year, [people.school.pk, second.school_id]).content.decode()
        headings = ("Joined with Year 1: 1</h2>", "Wenlock Brook", "Joined with Year 2: 1</h2>")
        places = [page.index(words) for words in (*headings, "Acton School: training only → embedding")]
        assert places == sorted(places)

    @pytest.mark.parametrize(("asked", "count"), [("year-2", 1), ("year-1", 2), ("none", 3), ("²'\x00", 3)])
    def test_one_alone_is_ticked_by_a_link(self, admin, second, new_year, asked, count):
        address = reverse("schools:carry_on", args=[new_year.pk])
        assert '<a class="govuk-link" href="?cohort=year-2">' in admin.get(address).content.decode()
        page = admin.get(address, {"cohort": asked}).content.decode()
        assert len(self.ticked(page)) == count
        if asked == "year-2":
            assert self.ticked(page) == [str(second.school_id)]

    @pytest.mark.parametrize("schools", [1, 3])
    def test_choosing_asks_the_same_for_one_school_and_for_three(
        self, admin, new_year, django_assert_num_queries, schools
    ):
        for number in range(schools):
            ParticipationFactory(cohort=CohortFactory(name=f"Year {number + 2}"))
        address = reverse("schools:carry_on", args=[new_year.pk])
        admin.get(address)
        with django_assert_num_queries(7):
            admin.get(address)


def test_a_second_press_says_that_they_are_in_and_adds_nobody(admin, people, new_year):
    both = [people.school.pk, people.other_school.pk]
    seen = seen_on(choose(admin, new_year, both))
    apply(admin, new_year, both, seen)
    again = apply(admin, new_year, both, seen)
    assert again.status_code == 409
    page = again.content.decode()
    assert "Somebody changed these schools meanwhile" in page
    assert "In Next already: confirmed." in page
    assert lines().count() == 2


def test_what_somebody_changed_meanwhile_is_read_once_more(admin, people, new_year):
    both = [people.school.pk, people.other_school.pk]
    seen = seen_on(choose(admin, new_year, both))
    left = {"status": "withdrawn", "withdrawn_on": date(2026, 11, 1), "withdrawal_reason": "Moved"}
    people.school.participations.update(**left)
    refused = apply(admin, new_year, both, seen)
    assert (refused.status_code, parts(new_year)) == (409, [])
    assert "Wenlock Brook Primary School: Withdrew on 1 November 2026." in refused.content.decode()
    assert apply(admin, new_year, both, seen_on(refused)).status_code == 302
    assert parts(new_year) == [("Clun Hill Primary School", "Year 1", "embedding", "confirmed")]


def test_without_what_was_read_nothing_is_done(people, new_year):
    with pytest.raises(PlanChanged):
        carry_on(year=new_year, schools=[people.school.pk], offer="embedding", seen="", by=people.admin)
    assert parts(new_year) == []


def test_back_to_choosing_keeps_what_was_chosen(admin, people, new_year):
    data = {"schools": [people.school.pk], "offer": "full", "go": "back"}
    page = admin.post(reverse("schools:apply_carry_on", args=[new_year.pk]), data).content.decode()
    assert page.count(" checked") == 2  # one school, one offer


def test_a_school_that_withdrew_or_is_in_no_year_before_is_refused_in_words(admin, new_year):
    stranger = ParticipationFactory(programme_year=new_year).school
    assert choose(admin, new_year, [stranger.pk]).status_code == 422


def test_a_closed_year_takes_nobody(admin, people, new_year):
    seen = seen_on(choose(admin, new_year, [people.school.pk]))
    ProgrammeYear.objects.filter(pk=new_year.pk).update(closed_at=timezone.now(), closed_by=UserFactory())
    assert apply(admin, new_year, [people.school.pk], seen).status_code == 409
    assert parts(new_year) == []


def test_a_year_that_is_added_leads_to_carrying_on(admin, people):
    boxes = {"starts_on-day": 1, "starts_on-month": 4, "starts_on-year": 2027}
    boxes |= {"ends_on-day": 31, "ends_on-month": 3, "ends_on-year": 2028}
    answer = admin.post(reverse("schools:add_year"), {"name": "2027 to 2028", **boxes})
    made = ProgrammeYear.objects.get(name="2027 to 2028")
    assert answer.url == reverse("schools:carry_on", args=[made.pk])
