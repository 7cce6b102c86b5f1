"""The programme's own pages: years, cohorts, areas of practice and organisations."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import HistoryEntry
from core.seen import SavedTwice
from schools.forms.programme import PartnerBodyForm
from schools.models import (
    Area,
    Cohort,
    OtherProgramme,
    Participation,
    PartnerBody,
    ProgrammeYear,
    SchoolGroup,
)
from schools.services.programme import save_row
from tests.asked import TELLING, asked_once
from tests.factories import CohortFactory, ParticipationFactory, ProgrammeYearFactory, UserFactory
from tests.forms_on_page import post_forms

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(people, sign_in):
    return sign_in(people.admin)


def days(first: str, last: str) -> dict[str, str]:
    """The six boxes of two dates, each written "1 4 2027"."""
    boxes = {}
    for name, text in (("starts_on", first), ("ends_on", last)):
        day, month, year = text.split()
        boxes |= {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}
    return boxes


def lines(kind: str) -> list[str]:
    return list(HistoryEntry.objects.filter(kind=kind).values_list("summary", flat=True))


class TestOverview:
    def test_shows_what_makes_the_programme(self, admin):
        PartnerBody.objects.create(name="Shropshire Council", part="Leads it here")
        html = admin.get(reverse("schools:programme")).content.decode()
        for shown in ("2026 to 2027", "Year 1", "Mental health", "Shropshire Council"):
            assert shown in html

    @pytest.mark.parametrize("rows", [1, 3])
    def test_asks_the_same_however_many_rows_there_are(self, admin, people, django_assert_num_queries, rows):
        for number in range(2, rows + 1):
            year = ProgrammeYearFactory(
                name=f"{number}", starts_on=date(2026 + number, 4, 1), ends_on=date(2027 + number, 3, 1)
            )
            CohortFactory(name=f"Year {number}", joined_in=year)
            PartnerBody.objects.create(name=f"{number}", part="x")
            SchoolGroup.objects.create(name=f"{number}", kind="cluster").schools.add(people.school)
            OtherProgramme.objects.create(name=f"{number}")
        with django_assert_num_queries(11):
            admin.get(reverse("schools:programme"))

    def test_a_withdrawn_school_is_not_counted(self, admin):
        ParticipationFactory(status="withdrawn", withdrawn_on=date(2026, 5, 1), withdrawal_reason="Moved")
        html = admin.get(reverse("schools:programme")).content.decode()
        assert 'data-label="Schools" class="pins-number">2</td>' in html
        assert 'class="pins-number">3</td>' not in html


class TestYear:
    def test_is_added_with_its_own_days(self, admin, people):
        data = {"name": "2027 to 2028", **days("1 4 2027", "31 3 2028")}
        assert admin.post(reverse("schools:add_year"), data).status_code == 302
        year = ProgrammeYear.objects.get(name="2027 to 2028")
        assert (year.starts_on, year.ends_on) == (date(2027, 4, 1), date(2028, 3, 31))
        assert lines("programmeyear.added") == [f"{people.admin} added the programme year 2027 to 2028."]

    @pytest.mark.parametrize(
        ("first", "last", "words"),
        [
            ("1 4 2028", "1 4 2028", "The last day must come after 1 April 2028."),
            (
                "1 3 2027",
                "1 3 2028",
                "2026 to 2027 runs from 1 April 2026 to 31 March 2027. Choose days outside it.",
            ),
        ],
        ids=["backwards", "overlapping"],
    )
    def test_days_that_cannot_be_are_refused_and_kept_in_their_boxes(self, admin, first, last, words):
        response = admin.post(reverse("schools:add_year"), {"name": "New", **days(first, last)})
        assert response.status_code == 422
        html = response.content.decode()
        assert words in html.replace("\N{NO-BREAK SPACE}", " ")
        assert 'value="New"' in html
        assert not ProgrammeYear.objects.filter(name="New").exists()

    def test_two_administrators_never_overwrite_each_other_unseen(self, admin):
        year = ProgrammeYear.objects.get()
        address = reverse("schools:change_year", args=[year.pk])
        seen = post_forms(admin.get(address).content.decode())[-1].hidden["seen"]
        ProgrammeYear.objects.update(name="By the other")
        mine = {"name": "By me", "seen": seen, **days("1 4 2026", "31 3 2027")}
        response = admin.post(address, mine)
        assert response.status_code == 409
        html = response.content.decode()
        assert "Saved: By the other" in html
        assert "Yours: By me" in html
        assert 'value="By me"' in html
        assert ProgrammeYear.objects.get().name == "By the other"
        again = post_forms(html)[-1].hidden["seen"]
        assert admin.post(address, mine | {"seen": again}).status_code == 302
        assert ProgrammeYear.objects.get().name == "By me"


class TestClosing:
    @pytest.fixture
    def year(self, people):
        """A year that was over yesterday, with two active schools in it."""
        ProgrammeYear.objects.update(
            starts_on=timezone.localdate() - timedelta(days=300),
            ends_on=timezone.localdate() - timedelta(days=1),
        )
        return ProgrammeYear.objects.get()

    def close(self, admin, year):
        admin.post(reverse("schools:close_year", args=[year.pk]))
        year.refresh_from_db()
        return year

    def test_makes_an_archive_and_completes_the_active_schools(self, admin, people, year):
        assert self.close(admin, year).is_archive
        assert set(Participation.objects.values_list("status", flat=True)) == {"completed"}
        assert len(lines("participation.completed")) == 2
        assert lines("year.closed") == [f"{people.admin} closed the programme year {year}."]

    def test_waits_until_every_school_is_decided_about(self, admin, people, year):
        Participation.objects.filter(school=people.school).update(status="invited")
        page = admin.get(reverse("schools:close_year", args=[year.pk])).content.decode()
        assert "Wenlock Brook Primary School, invited" in page
        assert not self.close(admin, year).is_archive

    def test_waits_until_the_last_day_has_passed(self, admin, year):
        ProgrammeYear.objects.update(ends_on=timezone.localdate())
        assert not self.close(admin, year).is_archive

    def test_an_archive_is_only_read(self, admin, year):
        self.close(admin, year)
        address = reverse("schools:change_year", args=[year.pk])
        assert admin.get(address).url == reverse("schools:year", args=[year.pk])
        admin.post(address, {"name": "Other", **days("1 4 2020", "31 3 2021")})
        assert ProgrammeYear.objects.get().name == year.name

    def test_is_undone_with_a_reason(self, admin, people, year):
        self.close(admin, year)
        address = reverse("schools:open_year_again", args=[year.pk])
        assert admin.post(address, {"reason": " "}).status_code == 422
        admin.post(address, {"reason": "One school was forgotten."})
        year.refresh_from_db()
        assert not year.is_archive
        (line,) = HistoryEntry.objects.filter(kind="year.opened_again")
        assert line.details == {"reason": "One school was forgotten."}

    def test_a_reason_that_may_say_who_somebody_is_is_asked_about_once(self, admin, year):
        self.close(admin, year)
        asked_once(admin, reverse("schools:open_year_again", args=[year.pk]), "reason")
        (line,) = HistoryEntry.objects.filter(kind="year.opened_again")
        assert line.details == {"reason": TELLING}


class TestSettings:
    def test_say_that_the_map_keeps_its_outline_when_the_county_changes(self, admin):
        html = admin.get(reverse("schools:change_settings")).content.decode()
        hint = html.split('id="id_county-hint"', 1)[1].split("</", 1)[0]
        assert "The map keeps its outline until whoever runs the server loads that of another county" in hint
        assert "load_outline (docs/operations.md)" in hint

    def test_another_forum_changes_names_and_no_code(self, admin, client):
        page = admin.get(reverse("schools:change_settings")).content.decode()
        seen = post_forms(page)[-1].hidden["seen"]
        names = {
            "site_name": "Inclusion in Powys",
            "programme_name": "Partnerships for Inclusion",
            "programme_short_name": "PINS",
            "forum_name": "Parent Carers of Powys",
            "forum_short_name": "PCP",
            "county": "Powys",
            "contact_email": "hello@pcp.example",
            "small_number_threshold": "5",
        }
        assert admin.post(reverse("schools:change_settings"), names | {"seen": seen}).status_code == 302
        front = client.get("/").content.decode()
        assert "Parent Carers of Powys" in front
        assert "Inclusion in Powys" in front
        assert "Shropshire" not in front

    @pytest.mark.parametrize("number", ["3", "7", "25"])
    def test_the_smallest_number_that_may_be_told_is_five_or_a_multiple_of_it(self, admin, number):
        response = admin.post(reverse("schools:change_settings"), {"small_number_threshold": number})
        assert response.status_code == 422
        assert "small_number_threshold" in response.context["form"].errors


class TestCohort:
    def test_is_added_under_an_address_of_its_own(self, admin):
        year = ProgrammeYear.objects.get()
        admin.post(reverse("schools:add_cohort"), {"name": "Year 2", "joined_in": year.pk})
        assert Cohort.objects.get(slug="year-2").joined_in == year

    @pytest.mark.parametrize("name", ["Year-1", "—", "year 1"])
    def test_a_name_without_an_address_of_its_own_is_refused(self, admin, name):
        year = ProgrammeYear.objects.get()
        response = admin.post(reverse("schools:add_cohort"), {"name": name, "joined_in": year.pk})
        assert response.status_code == 422
        assert Cohort.objects.count() == 1

    def test_keeps_its_address_when_its_name_changes(self, admin):
        address = reverse("schools:change_cohort", args=["year-1"])
        seen = post_forms(admin.get(address).content.decode())[-1].hidden["seen"]
        admin.post(address, {"name": "First year", "joined_in": ProgrammeYear.objects.get().pk, "seen": seen})
        assert Cohort.objects.get(slug="year-1").name == "First year"


class TestArea:
    def test_a_new_one_comes_last(self, admin):
        admin.post(reverse("schools:add_area"), {"name": "Play", "kind": "domain"})
        assert Area.objects.last().key == "play"

    def test_goes_one_place_up(self, admin, people):
        before = [area.key for area in Area.objects.all()]
        admin.post(reverse("schools:area_up", args=[before[2]]))
        assert [area.key for area in Area.objects.all()] == [before[0], before[2], before[1], *before[3:]]
        assert lines("area.moved") == [f"{people.admin} put Readiness to learn before Mental health."]

    def test_the_first_stays_the_first(self, admin):
        before = [area.key for area in Area.objects.all()]
        admin.post(reverse("schools:area_up", args=[before[0]]))
        assert [area.key for area in Area.objects.all()] == before
        assert lines("area.moved") == []


class TestOrganisation:
    def test_is_named_with_what_it_does(self, admin):
        data = {"name": "Shropshire Council", "part": "Leads it here", "website": "www.shropshire.example"}
        admin.post(reverse("schools:add_body"), data)
        assert PartnerBody.objects.get().website == "https://www.shropshire.example"

    def test_the_same_added_at_the_same_moment_is_added_once(self):
        form = PartnerBodyForm({"name": "Council", "part": "x"})
        assert form.is_valid()
        PartnerBody.objects.create(name="Council", part="y")
        with pytest.raises(SavedTwice):
            save_row(form=form, by=UserFactory())
        assert lines("partnerbody.added") == []
