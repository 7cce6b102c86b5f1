"""The visits of a school in its workspace: for whoever may see them, and no more than a number for programme leads."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from core.models import HistoryEntry
from pins.workspace_visits import visits_section
from schools.models import Participation, ProgrammeYear
from schools.services.errors import YearIsClosed
from tests.factories import ProgrammeYearFactory
from tests.factories.visits import VisitFactory
from tests.matrix.planner import a_school
from visits.enums import VisitStatus
from visits.models import Visit
from visits.services.errors import SchoolIsNotInTheYear
from visits.services.planning import cancel
from visits.services.requesting import EveryVisitIsThere, request_visit

pytestmark = pytest.mark.django_db
S = VisitStatus


def html(sign_in, person, school) -> str:
    return sign_in(person).get(reverse("workspace", args=[school.pk])).content.decode()


class TestSection:
    @pytest.mark.parametrize("name", ["admin", "liaison", "head", "governor"])
    def test_whoever_takes_part_sees_each_with_its_day_and_status(self, people, sign_in, name):
        visit = VisitFactory(school=people.school, status=S.HELD)
        VisitFactory(school=people.school, number=2)
        shown = html(sign_in, getattr(people, name), people.school)
        assert f'href="/visits/{visit.pk}/"' in shown
        for words in (
            "1. Meeting parent carers",
            "Monday 5 October 2026, 9am to 10am",
            "Held",
            "No date yet",
        ):
            assert words in shown

    @pytest.mark.parametrize(
        ("name", "led"), [("liaison", True), ("head", True), ("programme", False), ("colleague", False)]
    )
    def test_leads_who_takes_part_to_what_parent_carers_say(self, people, sign_in, name, led):
        link = reverse("visits:school_themes", args=[people.school.pk])
        assert (f'href="{link}"' in html(sign_in, getattr(people, name), people.school)) is led

    @pytest.mark.parametrize(
        ("name", "words"), [("liaison", ("Notes written", "Overdue")), ("head", ("Held", "Confirmed"))]
    )
    def test_logging_and_notes_are_the_forums_affair(self, people, name, words):
        VisitFactory(school=people.school, status=S.NOTES_WRITTEN)
        VisitFactory(school=people.school, number=2, status=S.CONFIRMED)
        part = Participation.objects.get(school=people.school)
        with time_machine.travel("2026-11-25", tick=False):
            lines = visits_section(people.school, getattr(people, name), part).lines
        assert tuple(line.status for line in lines) == words

    def test_a_programme_lead_reads_how_many_were_held_and_no_more(self, people, sign_in):
        visit = VisitFactory(school=people.school, status=S.HELD)
        shown = html(sign_in, people.programme, people.school)
        assert "1 of three visits held." in shown
        assert f"/visits/{visit.pk}/" not in shown
        assert "5 October" not in shown

    def test_a_contributor_reads_nothing_of_them(self, people, sign_in):
        VisitFactory(school=people.school, status=S.HELD)
        shown = html(sign_in, people.colleague, people.school)
        assert 'id="visits"' not in shown
        assert "Meeting parent carers" not in shown

    def test_a_cancelled_visit_and_one_of_another_year_are_left_out(self, people, sign_in):
        VisitFactory(school=people.school, status=S.CANCELLED)
        VisitFactory(school=people.school, programme_year=ProgrammeYearFactory(name="Another"))
        assert "No visit is planned in the year so far." in html(sign_in, people.head, people.school)

    @pytest.mark.parametrize(("name", "can"), [("admin", True), ("liaison", True), ("head", False)])
    def test_only_the_forum_plans_one_more(self, people, sign_in, name, can):
        assert ("Plan a visit" in html(sign_in, getattr(people, name), people.school)) is can

    def test_with_three_there_is_none_to_plan(self, people, sign_in):
        for number in (1, 2, 3):
            VisitFactory(school=people.school, number=number)
        assert "Plan a visit" not in html(sign_in, people.liaison, people.school)


class TestRequesting:
    def year(self) -> ProgrammeYear:
        return ProgrammeYear.objects.get(name="2026 to 2027")

    def test_it_takes_the_next_free_number_with_one_line(self, people):
        Participation.objects.filter(school=people.school).update(offer="embedding")
        VisitFactory(school=people.school, number=1, status=S.CONFIRMED)
        VisitFactory(school=people.school, number=2, status=S.CANCELLED)
        visit = request_visit(school=people.school, year=self.year(), by=people.liaison)
        assert (visit.step_id, visit.status) == (2, S.TO_SCHEDULE)
        (line,) = HistoryEntry.objects.filter(kind="visit.requested")
        assert line.summary == "Liaison noted that visit 2 is to be planned."
        assert line.school_id == str(people.school.pk)

    def test_a_fourth_is_refused(self, people):
        for number in (1, 2, 3):
            VisitFactory(school=people.school, number=number)
        with pytest.raises(EveryVisitIsThere):
            request_visit(school=people.school, year=self.year(), by=people.liaison)

    def test_a_school_that_withdrew_is_refused(self, people):
        part = Participation.objects.filter(school=people.school)
        part.update(status="withdrawn", withdrawn_on="2026-10-01", withdrawal_reason="Moved")
        with pytest.raises(SchoolIsNotInTheYear):
            request_visit(school=people.school, year=self.year(), by=people.liaison)

    def test_a_closed_year_is_refused(self, people):
        ProgrammeYear.objects.update(closed_at="2026-10-01T12:00Z", closed_by=people.admin)
        with pytest.raises(YearIsClosed):
            request_visit(school=people.school, year=self.year(), by=people.liaison)

    def test_the_button_does_it_and_says_so(self, people, sign_in):
        path = reverse("visits:request_visit", kwargs=a_school(people, people.school))
        page = sign_in(people.liaison).post(path, follow=True).content.decode()
        assert "Visit 1 is on the list of what is to be planned." in page
        assert Visit.objects.get().school == people.school

    def test_a_second_press_asks_for_no_second_visit(self, people, sign_in):
        path = reverse("visits:request_visit", kwargs=a_school(people, people.school))
        liaison = sign_in(people.liaison)
        liaison.post(path, {"number": "1"})
        page = liaison.post(path, {"number": "1"}, follow=True).content.decode()
        assert "Visit 1 is on the list already." in page
        assert [visit.step_id for visit in Visit.objects.all()] == [1]

    def test_nor_does_one_that_says_no_number(self, people, sign_in):
        path = reverse("visits:request_visit", kwargs=a_school(people, people.school))
        liaison = sign_in(people.liaison)
        liaison.post(path)
        page = liaison.post(path, follow=True).content.decode()
        assert "Visit 1 was put on the list a moment ago. Nothing was added." in page
        assert [visit.step_id for visit in Visit.objects.all()] == [1]
        assert HistoryEntry.objects.filter(kind="visit.requested").count() == 1

    @pytest.mark.parametrize("who", ["later", "somebody else", "after it was cancelled"])
    def test_but_one_that_is_meant_does(self, people, who):
        asked = {"school": people.school, "year": self.year()}
        first = request_visit(**asked, by=people.liaison)
        if who == "after it was cancelled":
            cancel(visit=first, reason="A mistake", by=people.liaison)
        by = people.admin if who == "somebody else" else people.liaison
        with time_machine.travel(timezone.now() + timedelta(minutes=2 if who == "later" else 0)):
            request_visit(**asked, by=by)
        assert Visit.objects.filter(status=S.TO_SCHEDULE).count() == (1 if "cancelled" in who else 2)

    def test_a_number_that_no_visit_has_is_refused_in_words(self, people, sign_in):
        path = reverse("visits:request_visit", kwargs=a_school(people, people.school))
        page = sign_in(people.liaison).post(path, {"number": "4"}, follow=True).content.decode()
        assert "Nothing was planned. A school has three visits a year: 1, 2 and 3." in page

    def test_without_a_running_year_it_says_so(self, people, sign_in):
        ProgrammeYear.objects.update(starts_on="2020-04-01", ends_on="2021-03-31")
        path = reverse("visits:request_visit", kwargs=a_school(people, people.school))
        assert (
            "No programme year runs today" in sign_in(people.liaison).post(path, follow=True).content.decode()
        )
