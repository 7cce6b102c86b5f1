"""A page whose sending was saved, but which never heard so, sends again: nobody is in conflict with themselves."""

import re

import pytest

from audits.models import Answer, SectionNote
from audits.services.answering import AnswerValues
from tests.audits.pages import fill, form_on, said_on, stored

pytestmark = pytest.mark.django_db

FIRST = {"answer": "2", "evidence_note": "A quiet corner."}
MORE = {"answer": "3", "evidence_note": "A quiet corner, and a tent."}
MORE_STORED = AnswerValues("rated", 3, "", "A quiet corner, and a tent.")


def typed_again(page: dict[str, str], part: str) -> dict[str, str]:
    """The page after somebody typed into the part once more, as its script has it."""
    seal = page[f"{part}-seen"]
    later = re.sub(r"\d+$", lambda turn: str(int(turn[0]) + 1), seal)
    return page | {f"{part}-seen": later}


def test_the_whole_section_sent_twice_from_one_page_saves_the_second(head, url, statement):
    page = form_on(head.get(url)) | {"notes-strengths": "Kind staff"}
    head.post(url, page | fill(statement, **FIRST))
    response = head.post(url, page | fill(statement, **MORE) | {"notes-strengths": "Kind and calm staff"})
    assert response.status_code == 302
    assert stored(statement) == MORE_STORED
    assert SectionNote.objects.get().strengths == "Kind and calm staff"


def test_the_same_person_in_another_tab_sees_both(head, url, statement):
    one, other = form_on(head.get(url)), form_on(head.get(url))
    head.post(url, one | fill(statement, **FIRST))
    response = head.post(url, other | fill(statement, **MORE))
    assert response.status_code == 409
    assert "Head saved this at" in said_on(response)
    assert stored(statement).rating == 2


def test_another_person_with_the_same_page_sees_both(head, colleague, url, given, statement):
    page = form_on(head.get(url))
    head.post(url, page | fill(statement, **FIRST))
    assert colleague.post(url, page | fill(statement, **MORE)).status_code == 409
    assert stored(statement).rating == 2


def test_by_htmx_the_answer_is_saved_and_the_page_stays_the_same(head, url, statement_url, statement):
    page = form_on(head.get(url))
    head.post(statement_url, page | fill(statement, **FIRST))
    response = head.post(statement_url, page | fill(statement, **MORE))
    assert "data-acknowledged" in response.content.decode()
    assert stored(statement) == MORE_STORED
    seal, mark = form_on(response)[f"{statement.key}-seen"], page[f"{statement.key}-seen"].split("-")[2]
    assert seal.startswith("2-")
    assert seal.endswith(f"-{mark}")


def test_by_htmx_notes_too(head, url):
    page = form_on(head.get(url))
    for words in ("Kind staff", "Kind and calm staff"):
        assert (
            "data-acknowledged"
            in head.post(f"{url}notes/", page | {"notes-strengths": words}).content.decode()
        )
    assert SectionNote.objects.get().strengths == "Kind and calm staff"


def test_a_word_that_was_saved_and_then_taken_out_again_is_gone(head, url, statement_url, statement):
    page = form_on(head.get(url))
    once = typed_again(page, statement.key)
    head.post(statement_url, once | fill(statement, evidence_note="A quiet corner."))
    head.post(statement_url, typed_again(once, statement.key))
    assert stored(statement) == AnswerValues()


class TestBackWithoutAScript:
    """ "Back" may show the page as it was first drawn: is that somebody's word taken out, or a part not looked at?"""

    def test_the_person_is_shown_both_versions_of_an_answer(self, head, url, section):
        first, second, _ = section.statements.all()
        page = form_on(head.get(url))
        head.post(url, page | fill(first, **FIRST))
        response = head.post(url, page | fill(second, **MORE))
        assert response.status_code == 409
        assert said_on(response).count("Two versions") == 1
        assert (stored(first).rating, stored(second).rating) == (2, 3)

    def test_taking_it_out_again_is_one_choice(self, head, url, statement):
        page = form_on(head.get(url))
        head.post(url, page | fill(statement, **FIRST))
        both = form_on(head.post(url, page))
        assert head.post(url, both | fill(statement, keep="mine")).status_code == 302
        assert stored(statement) == AnswerValues()

    def test_the_person_is_shown_both_versions_of_the_notes(self, head, url):
        page = form_on(head.get(url))
        head.post(url, page | {"notes-strengths": "Kind staff"})
        assert head.post(url, page).status_code == 409
        assert SectionNote.objects.get().strengths == "Kind staff"


def test_the_choice_between_two_versions_can_be_sent_twice(
    head, colleague, url, statement_url, given, statement
):
    page = form_on(colleague.get(url))
    head.post(url, form_on(head.get(url)) | fill(statement, **FIRST))
    both = form_on(colleague.post(statement_url, page | fill(statement, answer="4")))
    for rating in ("4", "3"):
        colleague.post(statement_url, both | fill(statement, keep="mine", answer=rating))
    assert (stored(statement).rating, Answer.objects.get().revision) == (3, 3)
