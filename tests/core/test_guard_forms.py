"""Boxes about people: never refused for a mark, shown with a notice, asked once until the words change."""

import pytest
from django import forms
from django.http import QueryDict
from django.template import engines

from core.forms import GovukForm
from core.guard import HINT, read
from core.guard.forms import GuardedForm
from tests.core.markup import Markup

TEXT = "Oliver hates the bell."
DIGEST = read(TEXT).digest


class NoteForm(GuardedForm, GovukForm, forms.Form):
    guarded = ("note", "idea")

    note = forms.CharField(label="What was said", max_length=200, widget=forms.Textarea)
    idea = forms.CharField(label="Idea", help_text="In a line.", max_length=200, required=False)
    place = forms.CharField(label="Where", max_length=20, required=False)


def sent(**values: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update(values)
    return data


def page(form: NoteForm) -> Markup:
    template = engines["django"].from_string("{% load crispy_forms_tags %}{{ form|crispy }}")
    return Markup(template.render({"form": form}))


def notices(form: NoteForm) -> list[str]:
    return [each.text for each in page(form).all("div") if "pins-guard" in each.classes]


def test_marks_make_no_form_invalid():
    form = NoteForm(sent(note=TEXT))
    assert form.is_valid()
    assert form.cleaned_data["note"] == TEXT


def test_every_box_about_people_says_what_not_to_write():
    form = NoteForm()
    hints = (form["note"].help_text, form["idea"].help_text, form["place"].help_text)
    assert hints == (HINT, f"In a line. {HINT}", "")


def test_a_stored_text_with_marks_is_shown_with_a_notice_under_its_box():
    markup = page(NoteForm(initial={"note": TEXT}))
    names = [each["name"] for each in markup.elements if each.get("name")]
    assert names == ["note", "note_guard-asked", "note_guard-left", "idea", "place"]
    assert [each.text for each in markup.all("mark")] == ["Oliver"]


def test_an_innocent_text_has_no_notice():
    assert notices(NoteForm(initial={"note": "The bell is loud."})) == []


def test_what_is_written_is_never_markup():
    words = "<b>Oliver</b> & <script>x</script>"
    markup = page(NoteForm(initial={"note": words}))
    assert (markup.all("script"), markup.all("b")) == ([], [])


def test_the_notice_leads_back_to_the_box():
    markup = page(NoteForm(initial={"note": TEXT}))
    links = [each["href"] for each in markup.all("a")]
    assert links == ["#id_note"]
    assert markup.by_id("id_note").tag == "textarea"


def test_nothing_is_answered_by_sending_a_text():
    form = NoteForm(sent(note=TEXT))
    assert form.is_valid()
    assert form.answered() == []


def test_a_tick_for_these_words_is_an_answer():
    form = NoteForm(sent(note=TEXT, **{"note_guard-asked": DIGEST, "note_guard-left": "1"}))
    assert form.is_valid()
    assert form.answered() == [DIGEST]


def test_a_tick_for_other_words_is_none():
    other = sent(note=f"{TEXT} Ruby too.", **{"note_guard-asked": DIGEST, "note_guard-left": "1"})
    form = NoteForm(other, accepted=[DIGEST])
    assert form.is_valid()
    assert form.answered() == []


def test_an_answer_stays_where_the_page_had_no_notice():
    form = NoteForm(sent(note=TEXT), accepted=[DIGEST])
    assert form.is_valid()
    assert form.answered() == [DIGEST]


def test_a_tick_taken_away_takes_the_answer_back():
    form = NoteForm(sent(note=TEXT, **{"note_guard-asked": DIGEST}), accepted=[DIGEST])
    assert form.is_valid()
    assert form.answered() == []


def test_words_that_are_innocent_now_leave_no_answer():
    gone = sent(note="The bell is loud.", **{"note_guard-asked": DIGEST, "note_guard-left": "1"})
    form = NoteForm(gone, accepted=[DIGEST])
    assert form.is_valid()
    assert form.answered() == []


@pytest.mark.parametrize(("accepted", "ticked"), [([], False), ([DIGEST], True)])
def test_the_box_is_ticked_once_somebody_left_the_words(accepted, ticked):
    markup = page(NoteForm(initial={"note": TEXT}, accepted=accepted))
    assert ("checked" in markup.by_id("id_note-left").attributes) == ticked


def test_names_that_are_allowed_are_not_asked_about():
    assert notices(NoteForm(initial={"note": TEXT}, allowed=["Oliver"])) == []


def test_two_boxes_are_answered_apart():
    form = NoteForm(sent(note=TEXT, idea="Ask Ruby.", **{"note_guard-asked": DIGEST, "note_guard-left": "1"}))
    assert form.is_valid()
    assert form.answered() == [DIGEST]
    assert [name for name, reading in form.readings().items() if reading.marks] == ["note", "idea"]


def test_a_form_that_is_refused_keeps_the_tick_and_the_words():
    form = NoteForm(sent(note=TEXT, idea="x" * 201, **{"note_guard-asked": DIGEST, "note_guard-left": "1"}))
    assert not form.is_valid()
    markup = page(form)
    assert "checked" in markup.by_id("id_note-left").attributes
    assert markup.by_id("id_note").text.strip() == TEXT


def test_an_answer_changes_no_text():
    data = sent(note=TEXT, idea="", place="", **{"note_guard-asked": DIGEST, "note_guard-left": "1"})
    assert NoteForm(data, initial={"note": TEXT}).changed_data == []


def test_an_answer_is_read_with_the_prefix_of_its_form():
    data = sent(**{"a-note": TEXT, "a-note_guard-asked": DIGEST, "a-note_guard-left": "1"})
    form = NoteForm(data, prefix="a")
    assert form.is_valid()
    assert form.answered() == [DIGEST]


def test_a_text_that_is_too_long_is_refused_unread():
    form = NoteForm(sent(note=TEXT * 1000))
    assert not form.is_valid()
    assert form.reading("note") == read("")
    assert notices(form) == []
    assert page(form).by_id("id_note").text.strip() == TEXT * 1000


def test_a_text_that_fills_its_box_is_read_whole_whatever_its_line_ends():
    words = "\n" * (200 - len(TEXT)) + TEXT
    form = NoteForm(sent(note=words.replace("\n", "\r\n")))
    assert form.is_valid()
    assert form.reading("note").reasons[0].words == "Oliver"
