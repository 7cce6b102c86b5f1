"""What every form of ours does with what was typed, and in which words it answers."""

import datetime as dt

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from core.forms import DateBoxesField, GovukForm, RadiosWithHints


class Note(GovukForm, forms.Form):
    title = forms.CharField(label="Title", required=False)
    text = forms.CharField(label="Evidence note", widget=forms.Textarea, max_length=10)


def note(text: str, title: str = "") -> Note:
    return Note({"text": text, "title": title})


@pytest.mark.parametrize(
    "character", ["\x00", "\x07", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\ufffe", "\ufdd0"]
)
def test_a_hidden_character_is_refused_and_the_place_is_named(character):
    form = note(f"On wall{character}s")
    assert form.errors["text"] == [
        "Remove the hidden character from “Evidence note”. It comes after “On wall”."
    ]


def test_a_hidden_character_at_the_start_is_placed_too():
    assert note("\x00On wall").errors["text"] == [
        "Remove the hidden character from “Evidence note”. It is at the very start."
    ]


def test_one_line_fields_are_guarded_as_well():
    assert note("On wall", title="a\x00b").errors["title"] == [
        "Remove the hidden character from “Title”. It comes after “a”."
    ]


@pytest.mark.parametrize(
    "text", ["  a\tb  ", "a\r\nb", "\u200f\u202eabc", "👩\u200d👧", "e\u0301", "<b>&amp;"]
)
def test_a_long_text_comes_back_as_it_was_typed(text):
    form = note(text)
    assert form.is_valid()
    assert form.cleaned_data["text"] == text


def test_a_required_text_of_spaces_alone_counts_as_not_written():
    assert note(" \r\n ").errors["text"] == ["Enter evidence note"]


class Optional(GovukForm, forms.Form):
    note = forms.CharField(label="Note (optional)", max_length=1200, required=False)


def test_what_is_said_of_a_text_does_not_call_it_optional_and_has_commas():
    assert Optional({"note": "x" * 2100}).errors["note"] == [
        "Shorten “Note” to 1,200 characters or fewer. It has 2,100."
    ]
    assert Optional({"note": "\x00"}).errors["note"] == [
        "Remove the hidden character from “Note”. It is at the very start."
    ]


def test_a_line_end_counts_once_as_the_counter_shows_it():
    assert note("12345\r\n789").is_valid()
    assert note("12345\r\n7890").is_valid()
    assert note("12345\r\n78901").errors["text"] == [
        "Shorten “Evidence note” to 10 characters or fewer. It has 11."
    ]


class Everything(GovukForm, forms.Form):
    name = forms.CharField(label="Your name", min_length=3)
    question = forms.CharField(label="What changed?")
    email = forms.EmailField(label="Work e-mail")
    site = forms.URLField(label="Website", assume_scheme="https")
    count = forms.IntegerField(label="Parent carers")
    hours = forms.DecimalField(label="Hours")
    level = forms.ChoiceField(label="Level", choices=[("1", "Emerging")], widget=RadiosWithHints())
    places = forms.MultipleChoiceField(label="Places", choices=[("1", "Hall")])
    agree = forms.BooleanField(label="I have left out names")
    plan = forms.FileField(label="Plan")
    own = forms.CharField(label="Own", error_messages={"required": "Say it in your own words."})


def test_what_is_missing_is_asked_for_in_plain_words():
    assert {name: errors[0] for name, errors in Everything({}).errors.items()} == {
        "name": "Enter your name",
        "question": "Answer “What changed?”",
        "email": "Enter work e-mail",
        "site": "Enter website",
        "count": "Enter parent carers",
        "hours": "Enter hours",
        "level": "Choose an answer for “Level”",
        "places": "Tick at least one for “Places”",
        "agree": "Tick “I have left out names”",
        "plan": "Choose a file for “Plan”",
        "own": "Say it in your own words.",
    }


def test_what_is_wrong_is_answered_in_plain_words():
    typed = {
        "name": "A",
        "question": "x",
        "email": "ada",
        "site": "no site",
        "count": "some",
        "hours": "few",
        "level": "9",
        "places": ["9"],
        "agree": "on",
        "own": "x",
    }
    form = Everything(typed, {"plan": SimpleUploadedFile("plan.pdf", b"")})
    assert {name: errors[0] for name, errors in form.errors.items()} == {
        "name": "Write at least 3 characters for “Your name”. It has 1.",
        "email": "Enter an e-mail address in the right form, like name@example.com",
        "site": "Enter a web address in full, like https://www.example.org",
        "count": "Enter a whole number for “Parent carers”, like 12",
        "hours": "Enter a number for “Hours”, like 2.5",
        "level": "That answer is not in the list for “Level”. Choose one that is.",
        "places": "That answer is not in the list for “Places”. Choose one that is.",
        "plan": "The file is empty. Choose another.",
    }


class Meeting(GovukForm, forms.Form):
    held_on = DateBoxesField(label="Held on", required=False)


def meeting(day: str = "", month: str = "", year: str = "", **kwargs: object) -> Meeting:
    return Meeting({"held_on-day": day, "held_on-month": month, "held_on-year": year}, **kwargs)


@pytest.mark.parametrize("month", ["3", "03", "mar", "March", " MARCH "])
def test_a_date_is_read_from_its_boxes(month):
    form = meeting("3", month, "2027")
    assert form.is_valid()
    assert form.cleaned_data["held_on"] == dt.date(2027, 3, 3)


def test_no_date_is_no_date():
    form = meeting()
    assert form.is_valid()
    assert form.cleaned_data["held_on"] is None


@pytest.mark.parametrize(
    ("boxes", "box", "words"),
    [
        (("", "3", "2027"), "day", "The date must include a day."),
        (("3", "", "2027"), "month", "The date must include a month."),
        (("3", "3", ""), "year", "The date must include a year."),
        (("32", "3", "2027"), "day", "The day must be a number between 1 and 31."),
        (("3", "ma", "2027"), "month", "The month must be a number between 1 and 12."),
        (("3", "3", "27"), "year", "The year must be 4 numbers, like 2027."),
        (("3", "3", "abcd"), "year", "The year must be a number between 1900 and 2999."),
        (("31", "2", "2027"), "day", "There is no such day in that month. Check the day and the month."),
        (("٣", "3", "2027"), "day", "The day must be a number between 1 and 31."),
        (("9" * 5000, "3", "2027"), "day", "The day must be a number between 1 and 31."),
    ],
)
def test_a_date_that_cannot_be_names_the_box_to_mend(boxes, box, words):
    errors = meeting(*boxes).errors.as_data()["held_on"]
    assert [(error.code, error.message) for error in errors] == [(box, words)]


def test_a_date_counts_as_changed_only_when_it_is_another():
    initial = {"held_on": dt.date(2027, 3, 3)}
    assert not meeting("3", "March", "2027", initial=initial).has_changed()
    assert meeting("4", "March", "2027", initial=initial).has_changed()
    assert meeting(initial=initial).has_changed()
    assert meeting("x", "", "", initial=initial).has_changed()
