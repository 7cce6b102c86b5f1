"""Two people on one section: the second sees both versions and chooses; nothing is overwritten unseen."""

import re

import pytest

from audits.models import Answer, SectionNote
from audits.services.answering import AnswerValues
from tests.audits.pages import fill, form_on, said_in, said_on, stored, texts_on

pytestmark = pytest.mark.django_db


class TestTwoPeople:
    """The second sees both versions and chooses; nothing is overwritten unseen."""

    @pytest.fixture
    def stale(self, head, colleague, url, given, section):
        """The colleague's page, loaded before the head rated the first statement 2."""
        page = form_on(colleague.get(url))
        first = fill(section.statements.get(position=1), answer="2", evidence_note="Head’s.")
        head.post(url, form_on(head.get(url)) | first)
        return page

    def test_both_versions_are_shown_and_nothing_overwritten(self, colleague, url, stale, statement):
        response = colleague.post(url, stale | fill(statement, answer="4", evidence_note="Colleague’s."))
        assert response.status_code == 409
        said = said_on(response)
        assert "Somebody else answered at the same time" in said
        assert "Head saved this at" in said
        assert "2 Developing" in said
        assert "Head’s." in said
        kept = form_on(response)
        assert (kept[f"{statement.key}-answer"], kept[f"{statement.key}-evidence_note"]) == (
            "4",
            "Colleague’s.",
        )
        assert stored(statement) == AnswerValues("rated", 2, "", "Head’s.")

    def test_the_choice_names_both_and_nothing_says_that_it_is_saved(self, colleague, url, stale, statement):
        response = colleague.post(url, stale | fill(statement, answer="4"))
        labels = texts_on(response, "govuk-radios__label")
        assert "What I wrote: 4 Enhanced" in labels
        assert any(re.fullmatch("What Head saved at [0-9:apm]+: 2 Developing", label) for label in labels)
        assert texts_on(response, "pins-saved")[0] == ""

    @pytest.mark.parametrize(
        ("answer", "words"),
        [
            ("4", "4 Enhanced"),
            ("not_applicable", "Not applicable"),
            ("dont_know", "We don’t know yet"),
            ("", "nothing chosen"),
            ("9", "nothing chosen"),
        ],
    )
    def test_the_line_that_folds_it_and_the_choice_say_what_was_sent(
        self, colleague, url, stale, statement, answer, words
    ):
        page = colleague.post(url, stale | fill(statement, answer="1"))
        response = colleague.post(url, form_on(page) | fill(statement, answer=answer))
        assert f"Not saved: {words} Change" in said_on(response)
        assert f"What I wrote: {words}" in texts_on(response, "govuk-radios__label")

    def test_by_htmx_another_level_before_the_choice_is_named_in_it(
        self, colleague, statement_url, stale, statement
    ):
        page = colleague.post(statement_url, stale | fill(statement, answer="4"))
        response = colleague.post(statement_url, form_on(page) | fill(statement, answer="3"))
        said = response.content.decode()
        assert "Not saved: <strong>3 Established</strong>" in said
        assert (
            f"hx-swap-oob=\"innerHTML:label[for='id_{statement.key}-keep_0']\">What I wrote: 3 Established<"
            in said
        )

    def test_the_rest_of_the_page_is_saved(self, colleague, url, stale, section):
        first, second, _ = section.statements.all()
        colleague.post(url, stale | fill(first, answer="4") | fill(second, answer="1"))
        assert (stored(first).rating, stored(second).rating) == (2, 1)

    def test_mine_replaces_theirs(self, colleague, url, stale, statement, people):
        page = colleague.post(url, stale | fill(statement, answer="4"))
        assert colleague.post(url, form_on(page) | fill(statement, keep="mine")).status_code == 302
        answer = Answer.objects.get()
        assert (answer.rating, answer.answered_by, answer.revision) == (4, people.colleague, 2)

    def test_theirs_leaves_what_is_stored(self, colleague, url, stale, statement, people):
        page = colleague.post(url, stale | fill(statement, answer="4"))
        assert colleague.post(url, form_on(page) | fill(statement, keep="theirs")).status_code == 302
        answer = Answer.objects.get()
        assert (answer.rating, answer.answered_by, answer.revision) == (2, people.head, 1)

    def test_theirs_needs_no_mending_of_what_is_given_up(self, colleague, url, stale, statement):
        page = form_on(colleague.post(url, stale | fill(statement, answer="4")))
        page |= fill(statement, keep="theirs", evidence_note="x" * 2001)
        assert colleague.post(url, page).status_code == 302
        assert stored(statement).rating == 2

    @pytest.mark.parametrize("keep", ["", "both"])
    def test_nothing_chosen_is_an_error(self, colleague, url, stale, statement, keep):
        page = colleague.post(url, stale | fill(statement, answer="4"))
        response = colleague.post(url, form_on(page) | fill(statement, keep=keep))
        assert response.status_code == 409
        assert stored(statement).rating == 2
        assert form_on(response)[f"{statement.key}-answer"] == "4"

    def test_a_missing_choice_is_asked_for_in_words(self, colleague, url, stale, statement):
        page = colleague.post(url, stale | fill(statement, answer="4"))
        assert "Choose which version should stay" in said_on(colleague.post(url, form_on(page)))

    def test_a_third_version_that_came_meanwhile_is_shown_too(self, head, colleague, url, stale, statement):
        page = colleague.post(url, stale | fill(statement, answer="4"))
        head.post(url, form_on(head.get(url)) | fill(statement, answer="3"))
        response = colleague.post(url, form_on(page) | fill(statement, keep="mine"))
        assert response.status_code == 409
        assert "3 Established" in said_on(response)
        assert stored(statement).rating == 3

    def test_statements_that_were_not_touched_neither_conflict_nor_overwrite(
        self, colleague, url, stale, section
    ):
        first, second, _ = section.statements.all()
        assert colleague.post(url, stale | fill(second, answer="1")).status_code == 302
        assert stored(first) == AnswerValues("rated", 2, "", "Head’s.")

    def test_the_same_answer_twice_is_no_conflict(self, colleague, url, stale, statement, people):
        data = stale | fill(statement, answer="2", evidence_note="Head’s.")
        assert colleague.post(url, data).status_code == 302
        assert Answer.objects.get().answered_by == people.head

    def test_by_htmx_the_whole_part_comes_back_with_both(self, colleague, statement_url, stale, statement):
        response = colleague.post(statement_url, stale | fill(statement, answer="4"))
        assert response.status_code == 200
        assert response["HX-Retarget"] == f"#statement-{statement.key}"
        assert response["HX-Reswap"] == "outerHTML"
        assert "Two versions" in response.content.decode()
        assert form_on(response)[f"{statement.key}-seen"].startswith("?1-")
        assert "data-acknowledged" not in response.content.decode()

    @pytest.mark.parametrize(("keep", "rating"), [("mine", 4), ("theirs", 2)])
    def test_by_htmx_the_choice_is_saved_and_the_part_shown_as_it_stands(
        self, colleague, statement_url, stale, statement, keep, rating
    ):
        page = colleague.post(statement_url, stale | fill(statement, answer="4"))
        response = colleague.post(statement_url, form_on(page) | fill(statement, keep=keep))
        assert stored(statement).rating == rating
        assert form_on(response)[f"{statement.key}-answer"] == str(rating)
        assert response["HX-Retarget"] == f"#statement-{statement.key}"
        assert "Two versions" not in response.content.decode()

    def test_by_htmx_without_a_choice_nothing_is_saved(self, colleague, statement_url, stale, statement):
        page = colleague.post(statement_url, stale | fill(statement, answer="4"))
        response = colleague.post(statement_url, form_on(page))
        assert "Not saved. Choose which version should stay" in said_in(response)
        assert stored(statement).rating == 2


class TestTwoPeopleOnNotes:
    """As with answers."""

    @pytest.fixture
    def stale(self, head, colleague, url, given):
        page = form_on(colleague.get(url))
        notes = {"notes-strengths": "Head’s.", "notes-by_parent_carer": "3"}
        head.post(url, form_on(head.get(url)) | notes)
        return page

    def test_both_are_shown_and_nothing_overwritten(self, colleague, url, stale):
        response = colleague.post(url, stale | {"notes-strengths": "Colleague’s."})
        assert response.status_code == 409
        assert "Head saved this at" in said_on(response)
        assert "Head’s." in said_on(response)
        assert "Parent carers: 3" in said_on(response)
        assert form_on(response)["notes-strengths"] == "Colleague’s."
        assert SectionNote.objects.get().strengths == "Head’s."

    @pytest.mark.parametrize(("keep", "words"), [("mine", "Colleague’s."), ("theirs", "Head’s.")])
    def test_the_choice_is_saved(self, colleague, url, stale, keep, words):
        page = colleague.post(url, stale | {"notes-strengths": "Colleague’s."})
        assert colleague.post(url, form_on(page) | {"notes-keep": keep}).status_code == 302
        assert SectionNote.objects.get().strengths == words

    def test_without_a_choice_nothing_is_saved(self, colleague, url, stale):
        page = colleague.post(url, stale | {"notes-strengths": "Colleague’s."})
        assert colleague.post(url, form_on(page)).status_code == 409
        assert SectionNote.objects.get().strengths == "Head’s."

    @pytest.mark.parametrize(("keep", "words"), [("mine", "Colleague’s."), ("theirs", "Head’s.")])
    def test_by_htmx_too(self, colleague, url, stale, keep, words):
        page = colleague.post(f"{url}notes/", stale | {"notes-strengths": "Colleague’s."})
        assert page["HX-Retarget"] == "#notes"
        assert SectionNote.objects.get().strengths == "Head’s."
        response = colleague.post(f"{url}notes/", form_on(page) | {"notes-keep": keep})
        assert form_on(response)["notes-strengths"] == words
        assert SectionNote.objects.get().strengths == words

    def test_notes_that_were_not_touched_do_not_conflict(self, colleague, url, stale, statement):
        assert colleague.post(url, stale | fill(statement, answer="1")).status_code == 302
        assert SectionNote.objects.get().strengths == "Head’s."


FORGED = [
    "",
    "abc",
    "?",
    "-",
    "1-",
    "1-xyz",
    "?1",
    "9" * 30 + "-" + "0" * 12,
    "1-" + "0" * 12,
    "７-" + "0" * 12,
]


@pytest.mark.parametrize("seal", FORGED)
def test_a_forged_or_missing_seal_overwrites_nothing_unseen(head, colleague, url, given, statement, seal):
    """Only the revision that is stored lets a change through, and that is what an honest page sends."""
    head.post(url, form_on(head.get(url)) | fill(statement, answer="2"))
    head.post(url, form_on(head.get(url)) | fill(statement, answer="3"))
    data = form_on(colleague.get(url)) | fill(statement, answer="4", seen=seal)
    response = colleague.post(url, data)
    assert response.status_code == 409
    assert stored(statement).rating == 3
    mended = colleague.post(url, form_on(response) | fill(statement, keep="mine"))
    assert (mended.status_code, stored(statement).rating) == (302, 4)


@pytest.mark.parametrize("seal", FORGED)
def test_forged_seals_of_notes_overwrite_nothing_unseen(head, colleague, url, given, seal):
    for words in ("One", "Two"):
        head.post(url, form_on(head.get(url)) | {"notes-strengths": words})
    data = {"notes-strengths": "Three", "notes-seen": seal}
    response = colleague.post(f"{url}notes/", data)
    assert "Two versions" in response.content.decode()
    assert SectionNote.objects.get().strengths == "Two"
