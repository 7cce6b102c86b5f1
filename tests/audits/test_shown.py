"""What a section's page shows of what is stored, where no form has to stand."""

import pytest

from audits.enums import AnswerState, ContributorRole, Level
from audits.forms import AnswerForm, SectionNoteForm
from audits.models import Answer, SectionNote
from audits.services.answering import AnswerValues
from audits.views import shown
from audits.views.shown import ShownAnswer, ShownNotes
from tests.factories import StatementFactory

pytestmark = pytest.mark.django_db

WORDS = 'Ask <Alex> & "Sam"'
ANSWERS = (
    None,
    *({"state": AnswerState.RATED, "rating": level} for level in Level),
    {"state": AnswerState.NOT_APPLICABLE, "reason": WORDS},
    {"state": AnswerState.NOT_APPLICABLE},
    {"state": AnswerState.DONT_KNOW, "come_back": True},
    {"state": AnswerState.BLANK, "evidence_note": WORDS},
)
NOTES = (
    None,
    {"strengths": WORDS},
    {"development_area": WORDS, "contributors": {"teacher": 3, "parent_carer": 12}},
)


@pytest.fixture(autouse=True)
def _nothing_kept():
    shown._answer_control.cache_clear()
    shown._note_control.cache_clear()


class TestShownAnswer:
    """One statement with its stored answer."""

    @pytest.mark.parametrize("stored", ANSWERS)
    @pytest.mark.parametrize("name", ["answer", "evidence_note", "come_back"])
    def test_a_control_is_what_its_form_prints(self, statement, stored, name):
        answer = Answer(statement=statement, **stored) if stored else None
        values = AnswerValues.of(answer)
        initial = {"answer": values.choice, "reason": values.reason}
        initial |= {"evidence_note": values.evidence_note, "come_back": values.come_back}
        printed = str(AnswerForm(statement=statement, initial=initial).control(name))
        first, again = (ShownAnswer(statement, answer).control(name) for _ in range(2))
        assert first == again == printed

    def test_a_control_follows_the_words_of_its_statement(self, statement):
        before = ShownAnswer(statement, None).control("answer")
        statement.level_3 = "Every class and every hall does it."
        after = ShownAnswer(statement, None).control("answer")
        assert "Every class and every hall does it." in after
        assert before != after

    def test_statements_do_not_share_a_control(self, statement):
        other = StatementFactory(section=statement.section)
        assert ShownAnswer(statement, None).control("come_back") != ShownAnswer(other, None).control(
            "come_back"
        )

    @pytest.mark.parametrize("stored", [{"reason": WORDS}, {"evidence_note": WORDS}])
    def test_words_are_never_kept(self, statement, stored):
        answer = Answer(statement=statement, state=AnswerState.NOT_APPLICABLE, **stored)
        for name in ("answer", "evidence_note", "come_back"):
            ShownAnswer(statement, answer).control(name)
        kept = shown._answer_control.cache_info().currsize
        assert kept == 2  # the two controls without words

    def test_sends_what_its_form_reads(self, statement):
        form = AnswerForm({}, statement=statement)
        one = ShownAnswer(statement, None)
        assert (one.sent_names, one.part_id, one.prefix) == (form.sent_names, form.part_id, form.prefix)

    def test_is_folded_once_it_is_answered(self, statement):
        assert ShownAnswer(statement, None).is_unfolded
        assert ShownAnswer(statement, Answer(statement=statement, come_back=True)).is_unfolded
        assert not ShownAnswer(statement, Answer(statement=statement, state="rated", rating=2)).is_unfolded


class TestShownNotes:
    """A section's notes as they are stored."""

    @pytest.mark.parametrize("stored", NOTES)
    @pytest.mark.parametrize(
        "name", ["strengths", "development_area", *(f"by_{role.value}" for role in ContributorRole)]
    )
    def test_a_control_is_what_its_form_prints(self, stored, name):
        note = SectionNote(**stored) if stored else None
        initial = {"strengths": note.strengths, "development_area": note.development_area} if note else {}
        initial |= {f"by_{role}": count for role, count in note.contributors.items()} if note else {}
        printed = str(SectionNoteForm(initial=initial).control(name))
        first, again = (ShownNotes(note).control(name) for _ in range(2))
        assert first == again == printed

    def test_words_are_never_kept(self):
        for name in ("strengths", "development_area"):
            ShownNotes(SectionNote(strengths=WORDS)).control(name)
        assert shown._note_control.cache_info().currsize == 1  # the one without words

    def test_sends_what_its_form_reads(self):
        form, notes = SectionNoteForm({}), ShownNotes(None)
        assert (notes.sent_names, notes.part_id, notes.prefix) == (form.sent_names, form.part_id, form.prefix)
