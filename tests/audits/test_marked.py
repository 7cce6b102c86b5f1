"""Words of a school's own that may say who somebody is: saved as they are, shown where they stand, looked at again."""

import pytest
from django.urls import reverse

from audits.models import Answer, SectionNote
from audits.services.answering import AnswerValues
from tests.audits.pages import fill, form_on, said_on, sent, stored
from tests.core.markup import Markup

pytestmark = pytest.mark.django_db
TELLING = "Oliver Smith uses the den."
WORDS = "Words that may say who somebody is"


@pytest.fixture
def head(people, sign_in):
    return sign_in(people.head)


@pytest.fixture
def url(audit, section):
    return reverse("audits:section", args=[audit.pk, section.area.key])


@pytest.fixture
def save(audit, section, statement):
    """Where one answer alone is sent to."""
    return reverse("audits:save_statement", args=[audit.pk, section.area.key, statement.key])


def marks(response) -> list[str]:
    return [each.text for each in Markup(response.content.decode()).all("mark")]


class TestTheSection:
    @pytest.mark.parametrize("box", ["reason", "evidence_note"])
    def test_shows_what_is_marked_in_an_answer(self, head, url, statement, answer, box):
        answer(statement, state="not_applicable", **{"reason": "No hall.", box: TELLING})
        response = head.get(url)
        assert marks(response) == ["Oliver Smith"]
        assert f'<a class="govuk-link" href="#id_{statement.key}-{box}">' in response.content.decode()

    @pytest.mark.parametrize("box", ["strengths", "development_area"])
    def test_shows_what_is_marked_in_its_notes(self, head, url, audit, section, box):
        SectionNote.objects.create(audit=audit, section=section, **{box: TELLING})
        response = head.get(url)
        assert marks(response) == ["Oliver Smith"]
        assert f'<a class="govuk-link" href="#id_notes-{box}">' in response.content.decode()

    def test_says_nothing_of_innocent_words(self, head, url, statement, answer, people):
        answer(statement, rating=2, evidence_note=f"{people.school.name} has a den.")
        assert marks(head.get(url)) == []

    def test_saves_the_whole_of_it_and_shows_it_without_javascript(self, head, url, statement):
        data = form_on(head.get(url)) | fill(statement, answer="2", evidence_note=TELLING) | {"stay": "1"}
        response = head.post(url, sent(data), follow=True)
        assert stored(statement) == AnswerValues("rated", 2, "", TELLING)
        assert marks(response) == ["Oliver Smith"]

    def test_sends_the_same_form_with_a_notice_as_without(self, head, url, statement, answer):
        answer(statement, rating=2, evidence_note="A den.")
        before = set(form_on(head.get(url)))
        Answer.objects.update(evidence_note=TELLING)
        assert set(form_on(head.get(url))) == before


class TestSavingByItself:
    def test_an_answer_is_saved_and_the_notice_comes_with_it(self, head, url, save, statement):
        data = form_on(head.get(url)) | fill(statement, answer="2", evidence_note=TELLING)
        response = head.post(save, sent(data), headers={"hx-request": "true"})
        assert "data-acknowledged" in response.content.decode()
        assert stored(statement).evidence_note == TELLING
        assert f'hx-swap-oob="innerHTML:#marked-{statement.key}"' in response.content.decode()
        assert marks(response) == ["Oliver Smith"]

    def test_changed_words_take_it_away(self, head, url, save, statement, answer):
        answer(statement, rating=2, evidence_note=TELLING)
        data = form_on(head.get(url)) | fill(statement, answer="2", evidence_note="The den is used.")
        response = head.post(save, sent(data), headers={"hx-request": "true"})
        assert f'<div hx-swap-oob="innerHTML:#marked-{statement.key}"></div>' in response.content.decode()

    def test_notes_are_saved_and_the_notice_comes_with_them(self, head, url, audit, section):
        data = form_on(head.get(url)) | {"notes-strengths": TELLING}
        address = reverse("audits:save_notes", args=[audit.pk, section.area.key])
        response = head.post(address, sent(data), headers={"hx-request": "true"})
        assert "data-acknowledged" in response.content.decode()
        assert SectionNote.objects.get().strengths == TELLING
        assert 'hx-swap-oob="innerHTML:#marked-notes"' in response.content.decode()
        assert marks(response) == ["Oliver Smith"]


class TestBeforeSubmission:
    @pytest.fixture
    def check(self, audit):
        return reverse("audits:check", args=[audit.pk])

    def test_what_is_marked_stands_there_with_a_link(self, head, url, check, answered, statement, answer):
        answer(statement, rating=2, evidence_note=TELLING)
        response = head.get(check)
        assert WORDS in said_on(response)
        assert f'<a class="govuk-link" href="{url}#statement-{statement.key}">' in response.content.decode()
        assert marks(response) == ["Oliver Smith"]

    def test_so_do_the_notes(self, head, url, check, answered, section):
        SectionNote.objects.create(audit=answered, section=section, strengths=TELLING)
        response = head.get(check)
        assert (
            f'<a class="govuk-link" href="{url}#notes">The section as a whole</a>'
            in response.content.decode()
        )
        assert marks(response) == ["Oliver Smith"]

    def test_it_stops_nobody(self, head, audit, answered, statement, answer):
        answer(statement, rating=2, evidence_note=TELLING)
        head.post(reverse("audits:submit", args=[audit.pk]))
        audit.refresh_from_db()
        assert audit.status == "submitted"

    def test_nothing_is_said_where_nothing_is_marked(self, head, check, answered):
        assert WORDS not in said_on(head.get(check))

    def test_who_was_given_a_section_sees_those_of_that_section(
        self, people, sign_in, audit, given, check, statement, answer
    ):
        other = audit.version.sections.get(position=2).statements.first()
        answer(statement, rating=2, evidence_note=TELLING)
        answer(other, rating=2, evidence_note="Ruby helps.")
        assert marks(sign_in(people.colleague).get(check)) == ["Oliver Smith"]
