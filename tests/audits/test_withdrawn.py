"""An audit of a school that withdrew from its year: read, kept, and not answered until the school is back."""

from datetime import date

import pytest

from audits.models import Answer, Audit, SectionNote
from audits.services.answering import AnswerValues, Given, save_answers
from audits.services.errors import SchoolWithdrew
from audits.services.sharing import give_section
from audits.services.submission import submit
from schools.models import Participation
from schools.services.participation import move_participation
from tests.audits.pages import form_on, said_on, texts_on
from tests.factories import ParticipationFactory, ProgrammeYearFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)
REFUSED = "The school withdrew from the programme year of this self-audit, so nothing was saved."


def withdraw(people):
    part = Participation.objects.get(school=people.school)
    move_participation(
        part=part, to=Participation.Status.WITHDRAWN, reason="No time", by=people.admin, today=TODAY
    )


@pytest.fixture
def withdrawn(audit, people):
    withdraw(people)
    return audit


@pytest.mark.usefixtures("withdrawn")
class TestPages:
    def test_the_list_of_sections_says_so_and_asks_for_nothing(self, head, tasks):
        page = head.get(tasks)
        said = said_on(page)
        assert "Wenlock Brook Primary School withdrew from 2026 to 2027" in said
        assert "What was answered stays and can be read: 0 of 2 sections are done." in said
        assert "left" not in said
        assert texts_on(page, "govuk-button") == []

    def test_a_section_is_read(self, head, url):
        said = said_on(head.get(url))
        assert "The school withdrew from 2026 to 2027, so its answers are read-only." in said

    def test_nothing_is_checked(self, head, tasks):
        assert head.get(f"{tasks}check/").url == tasks


class TestSaving:
    def test_what_was_typed_stands_on_the_page(self, head, people, url, statement):
        data = form_on(head.get(url)) | {f"{statement.key}-answer": "4", "notes-strengths": "Kind staff"}
        withdraw(people)
        response = head.post(url, data)
        assert response.status_code == 409
        assert REFUSED in said_on(response)
        kept = form_on(response)
        assert (kept[f"{statement.key}-answer"], kept["notes-strengths"]) == ("4", "Kind staff")
        assert not Answer.objects.exists()
        assert not SectionNote.objects.exists()

    @pytest.mark.parametrize("path", ["statements/{key}/", "notes/"])
    def test_one_part_is_not_acknowledged(self, head, people, url, statement, path):
        data = form_on(head.get(url)) | {f"{statement.key}-answer": "4", "notes-strengths": "Kind staff"}
        withdraw(people)
        said = head.post(url + path.format(key=statement.key), data).content.decode()
        assert f"Not saved. {REFUSED}" in said
        assert "data-acknowledged" not in said
        assert not Answer.objects.exists()

    @pytest.mark.usefixtures("withdrawn")
    def test_no_service_takes_it(self, audit, section, statement, people):
        one = Given(statement, AnswerValues(state="rated", rating=3), 0)
        with pytest.raises(SchoolWithdrew):
            save_answers(audit=audit, given=[one], known={}, by=people.head)
        with pytest.raises(SchoolWithdrew):
            give_section(audit=audit, section=section, to=people.colleague, by=people.head)

    def test_it_is_not_submitted(self, head, answered, people, tasks):
        withdraw(people)
        response = head.post(f"{tasks}submit/", follow=True)
        assert REFUSED in said_on(response)
        assert Audit.objects.get().is_open


def test_back_in_the_year_it_goes_on_where_it_stopped(answered, people, head, tasks):
    withdraw(people)
    part = Participation.objects.get(school=people.school)
    move_participation(
        part=part, to=Participation.Status.CONFIRMED, reason="It can after all", by=people.admin, today=TODAY
    )
    assert texts_on(head.get(tasks), "govuk-button") == ["Check answers and submit"]
    submit(audit=answered, by=people.head)


def test_a_withdrawal_from_another_year_or_of_another_school_closes_nothing(audit, people, head, tasks):
    other = ProgrammeYearFactory(name="Before", starts_on=date(2025, 4, 1), ends_on=date(2026, 3, 31))
    left = {"status": "withdrawn", "withdrawn_on": date(2025, 9, 1), "withdrawal_reason": "Left"}
    ParticipationFactory(school=people.school, programme_year=other, **left)
    ParticipationFactory(programme_year=audit.programme_year, **left)
    assert "withdrew" not in said_on(head.get(tasks))
