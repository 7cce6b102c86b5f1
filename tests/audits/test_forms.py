"""The forms of an audit, without their page."""

import pytest
from django import forms

from audits.forms import AnswerForm, GiveSectionForm, ReasonForm, SectionNoteForm
from audits.framework_format import NOTES_KEY
from audits.models import Answer, SectionNote
from audits.queries import colleagues
from audits.services.answering import AnswerValues
from audits.views.shown import ShownAnswer, ShownNotes
from audits.wording import contributors_in_words
from core.guard import HINT
from core.seals import SealField, seal
from tests.audits.pages import fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def say(statement):
    """An answer form as it came: `say(answer="3")`."""

    def bound(stored=None, **values):
        return AnswerForm(fill(statement, **values), statement=statement, stored=stored)

    return bound


class TestSeal:
    """What a page had shown."""

    def test_changes_with_the_revision_and_with_the_values(self):
        seals = {seal(1, ["a"]), seal(2, ["a"]), seal(1, ["b"])}
        assert len(seals) == 3

    def test_does_not_depend_on_the_order_of_roles(self):
        assert seal(1, {"a": 1, "b": 2}) == seal(1, {"b": 2, "a": 1})

    @pytest.mark.parametrize("value", ["0-" + "a" * 12, "?12-" + "0" * 12, "999999999-" + "f" * 12])
    def test_an_honest_one_is_kept(self, value):
        assert SealField().clean(value) == value

    @pytest.mark.parametrize(
        "value",
        [
            None,
            "",
            "x",
            "1-",
            "1-ABCDEFABCDEF",
            "1-" + "a" * 13,
            "\n1-" + "a" * 12,
            "1" * 10 + "-" + "a" * 12,
        ],
    )
    def test_a_damaged_one_counts_as_none(self, value):
        assert SealField().clean(value) == ""


class TestAnswerForm:
    """One statement."""

    @pytest.mark.parametrize(
        ("sent", "values"),
        [
            ({}, AnswerValues()),
            ({"answer": ""}, AnswerValues()),
            ({"answer": "4"}, AnswerValues("rated", 4)),
            ({"answer": "dont_know", "reason": "dropped"}, AnswerValues("dont_know")),
            ({"answer": "not_applicable", "reason": "a\r\nb"}, AnswerValues("not_applicable", None, "a\nb")),
            ({"answer": "not_applicable", "reason": "\r\n "}, AnswerValues("not_applicable")),
            ({"come_back": "on"}, AnswerValues(come_back=True)),
            ({"evidence_note": " a\rb "}, AnswerValues(evidence_note=" a\nb ")),
        ],
    )
    def test_reads_what_was_sent(self, say, sent, values):
        form = say(**sent)
        assert form.is_valid()
        assert form.values == values

    def test_a_part_that_did_not_come_gives_nothing(self, say, statement):
        stored = Answer(statement=statement, state="rated", rating=2)
        form = say(stored=stored)
        assert form.is_valid()
        assert form.given is None

    @pytest.mark.parametrize(("length", "fits"), [(500, True), (501, False)])
    def test_a_reason_has_its_length(self, say, length, fits):
        assert say(answer="not_applicable", reason="x" * length).is_valid() == fits

    def test_a_line_end_counts_once(self, say):
        assert say(evidence_note="\r\n" * 2000).is_valid()

    def test_a_page_sent_back_unchanged_gives_nothing(self, say, statement):
        stored = Answer(statement=statement, state="rated", rating=2, evidence_note="a\nb", revision=3)
        seen = ShownAnswer(statement, stored).seal
        form = say(stored=stored, answer="2", evidence_note="a\r\nb", seen=seen)
        assert form.is_valid()
        assert form.given is None

    def test_each_level_says_what_one_would_see(self, statement):
        hints = AnswerForm(statement=statement).fields["answer"].widget.hints
        assert hints == {
            "1": "It depends on one person.",
            "2": "Some classes do it.",
            "3": "Every class does it.",
            "4": "Pupils helped to shape it.",
        }

    def test_stands_open_while_something_is_to_be_mended(self, say, statement):
        rated = Answer(statement=statement, state="rated", rating=2)
        assert say(stored=rated, answer="9").is_unfolded
        assert not say(stored=rated, answer="3").is_unfolded


class TestSectionNoteForm:
    """A whole section."""

    def test_goes_by_a_name_that_no_statement_may_have(self):
        form = SectionNoteForm()
        assert form.prefix == form.part_id == NOTES_KEY

    @pytest.mark.parametrize(
        ("typed", "error"),
        [
            ("-1", "The number for “Teachers” cannot be below 0."),
            ("501", "That number for “Teachers” is too large. Check it."),
            ("four", "Enter a whole number for “Teachers”, like 12"),
            ("1.5", "Enter a whole number for “Teachers”, like 12"),
        ],
    )
    def test_a_wrong_count_is_refused_in_our_words(self, typed, error):
        form = SectionNoteForm({"notes-by_teacher": typed})
        assert form.errors == {"by_teacher": [error]}
        assert form.has_counts

    @pytest.mark.parametrize("role", ["pupil", "parent_carer"])
    def test_pupils_and_parent_carers_may_be_many(self, role):
        assert SectionNoteForm({f"notes-by_{role}": "2000"}).is_valid()
        assert not SectionNoteForm({f"notes-by_{role}": "2001"}).is_valid()

    def test_leaves_out_who_did_not_help(self):
        form = SectionNoteForm({"notes-by_teacher": "4", "notes-by_pupil": "0", "notes-by_senco": ""})
        assert form.is_valid()
        assert form.values.contributors == {"teacher": 4}

    def test_a_page_sent_back_unchanged_is_untouched(self):
        stored = SectionNote(strengths="a\nb", contributors={"teacher": 4, "pupil": 12}, revision=2)
        seen = ShownNotes(stored).seal
        form = SectionNoteForm(
            {
                "notes-strengths": "a\r\nb",
                "notes-development_area": "",
                "notes-by_pupil": "12",
                "notes-by_teacher": "4",
                "notes-seen": seen,
            },
            stored=stored,
        )
        assert form.is_valid()
        assert form.is_untouched


class TestContributorsInWords:
    """Who helped, in the order of the form."""

    COUNTS = {"pupil": 13, "parent_carer": 4, "teacher": 3, "senco": 0}

    def test_exactly(self):
        assert contributors_in_words(self.COUNTS) == ["Teachers: 3", "Parent carers: 4", "Pupils: 13"]

    def test_nobody(self):
        assert contributors_in_words({}) == []


class TestGiveSectionForm:
    """Which colleague should answer."""

    @pytest.mark.parametrize("name", ["head", "colleague"])
    def test_takes_people_of_the_school_who_can_answer(self, audit, people, name):
        form = GiveSectionForm(
            {"colleague": getattr(people, name).pk}, colleagues=colleagues(audit), by=people.head
        )
        assert form.is_valid()

    def test_says_which_of_them_is_oneself(self, audit, people):
        form = GiveSectionForm(colleagues=colleagues(audit), by=people.head)
        labels = [str(label) for _, label in form.fields["colleague"].choices]
        assert labels == [str(people.colleague), f"{people.head} (you)"]

    @pytest.mark.parametrize("name", ["governor", "other_head", "admin", "trainer"])
    def test_takes_nobody_else(self, audit, people, name):
        form = GiveSectionForm(
            {"colleague": getattr(people, name).pk}, colleagues=colleagues(audit), by=people.head
        )
        assert "is not in the list" in form.errors["colleague"][0]

    @pytest.mark.parametrize("pk", ["", "x", "10" * 20, "-1"])
    def test_takes_no_nonsense(self, audit, people, pk):
        assert not GiveSectionForm({"colleague": pk}, colleagues=colleagues(audit), by=people.head).is_valid()


def test_every_box_for_own_words_says_to_name_nobody(statement):
    boxes = [
        field
        for form in (AnswerForm(statement=statement), SectionNoteForm(), ReasonForm())
        for field in form.fields.values()
        if isinstance(field.widget, forms.Textarea)
    ]
    assert len(boxes) == 5
    assert [str(box.label) for box in boxes if not str(box.help_text).endswith(HINT)] == []
