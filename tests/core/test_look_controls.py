"""The markup of the template pack, control by control."""

import datetime as dt

import pytest
from django import forms
from django.template import engines
from django.utils.safestring import mark_safe

from core.controls import _printed_once
from core.forms import CheckboxesWithHints, DateBoxesField, GovukForm, RadiosWithHints
from tests.core.markup import Markup

HOSTILE = "<script>alert('x')</script> & \"so\""


def render(form: forms.BaseForm, source: str = "{% crispy form %}", **context: object) -> str:
    template = engines["django"].from_string("{% load crispy_forms_tags %}" + source)
    return template.render({"form": form, "csrf_token": "token", **context})


def form_of(
    data: dict[str, object] | None = None, initial: dict[str, object] | None = None, **fields: forms.Field
) -> forms.Form:
    return type("Some", (GovukForm, forms.Form), fields)(data, initial=initial)


def page(*args: object, **kwargs: object) -> Markup:
    return Markup(render(form_of(*args, **kwargs)))


def test_a_text_has_its_label_hint_and_error_and_says_so_to_a_screen_reader():
    markup = page({"name": ""}, name=forms.CharField(label="Your name", help_text="As on letters"))
    box = markup.by_id("id_name")
    assert box["type"] == "text"
    assert [label.text for label in markup.all("label") if label["for"] == "id_name"] == ["Your name"]
    assert box["aria-describedby"] == "id_name-hint id_name-error"
    assert markup.by_id("id_name-hint").text == "As on letters"
    assert markup.by_id("id_name-error").text == "Error: Enter your name"
    assert "govuk-input--error" in box.classes


@pytest.mark.parametrize(
    "field",
    [
        forms.CharField(label=HOSTILE, help_text=HOSTILE),
        forms.CharField(label=HOSTILE, help_text=HOSTILE, widget=forms.Textarea),
        forms.CharField(label=HOSTILE, help_text=HOSTILE, widget=forms.PasswordInput),
        forms.ChoiceField(label=HOSTILE, help_text=HOSTILE, choices=[(HOSTILE, [(HOSTILE, HOSTILE)])]),
        forms.ChoiceField(
            label=HOSTILE,
            help_text=HOSTILE,
            choices=[(HOSTILE, HOSTILE)],
            widget=RadiosWithHints(hints={HOSTILE: HOSTILE}),
        ),
        forms.MultipleChoiceField(
            label=HOSTILE,
            help_text=HOSTILE,
            choices=[(HOSTILE, HOSTILE)],
            widget=CheckboxesWithHints(hints={HOSTILE: HOSTILE}),
        ),
        forms.BooleanField(label=HOSTILE, help_text=HOSTILE),
        forms.FileField(label=HOSTILE, help_text=HOSTILE),
        DateBoxesField(label=HOSTILE, help_text=HOSTILE),
        forms.CharField(widget=forms.HiddenInput(attrs={"data-note": HOSTILE})),
        forms.SplitDateTimeField(label=HOSTILE, help_text=HOSTILE, widget=forms.SplitDateTimeWidget),
    ],
    ids=lambda field: type(field.widget).__name__,
)
@pytest.mark.parametrize("bound", [True, False])
def test_labels_hints_choices_values_and_errors_are_escaped(field, bound):
    class Hostile(GovukForm, forms.Form):
        def clean(self) -> None:
            if "field" in self.fields:
                self.add_error("field", HOSTILE)

    form = type("Some", (Hostile,), {"field": field})(
        {"field": HOSTILE, "field-day": HOSTILE, "field_0": HOSTILE} if bound else None,
        initial={"field": None if isinstance(field, DateBoxesField | forms.SplitDateTimeField) else HOSTILE},
    )
    html = render(form)
    assert "<script" not in html
    assert Markup(html).all("script") == []


def test_help_that_was_made_safe_is_printed_as_it_is():
    markup = page(name=forms.CharField(help_text=mark_safe("<ul><li>Ten letters</li></ul>")))
    assert markup.one("li").text == "Ten letters"


def test_nothing_vanishes_while_typing_and_nothing_is_cut_short_silently():
    widget = forms.TextInput(attrs={"placeholder": "vanishes"})
    box = page(name=forms.CharField(max_length=5, widget=widget)).by_id("id_name")
    assert box.get("placeholder") is None
    assert box.get("maxlength") is None


def test_attributes_of_the_author_reach_the_control():
    widget = forms.TextInput(
        attrs={"autocomplete": "name", "class": "govuk-input--width-10", "autofocus": True}
    )
    box = page(name=forms.CharField(widget=widget)).by_id("id_name")
    assert (box["autocomplete"], box.get("autofocus")) == ("name", "")
    assert "govuk-input--width-10" in box.classes


def test_a_number_is_typed_into_a_text_box_with_a_number_keyboard():
    field = forms.IntegerField(min_value=0)
    box = page(initial={"count": 0}, count=field).by_id("id_count")
    assert (box["type"], box["inputmode"], box["value"], box.get("min")) == ("text", "numeric", "0", None)


def test_a_password_never_comes_back():
    markup = page(
        {"password": "secret"}, password=forms.CharField(widget=forms.PasswordInput), other=forms.CharField()
    )
    assert markup.by_id("id_password").get("value") is None


def test_a_text_with_a_limit_counts_what_is_left():
    markup = page(note=forms.CharField(max_length=200, widget=forms.Textarea))
    group = markup.one("div", "govuk-character-count")
    assert (group["data-module"], group["data-maxlength"]) == ("govuk-character-count", "200")
    assert markup.by_id("id_note")["aria-describedby"] == "id_note-info"
    assert markup.by_id("id_note-info").text == "You can write up to 200 characters"


def test_a_limit_over_999_has_a_comma_in_words_alone():
    markup = page(note=forms.CharField(max_length=2000, widget=forms.Textarea))
    assert markup.one("div", "govuk-character-count")["data-maxlength"] == "2000"
    assert markup.by_id("id_note-info").text == "You can write up to 2,000 characters"


def test_a_text_keeps_a_first_empty_line():
    html = render(form_of({"note": "\n\nSecond"}, note=forms.CharField(widget=forms.Textarea)))
    # A browser drops the first line end after the tag; ours is one more than was typed.
    assert ">\n\n\nSecond</textarea>" in html


def test_radios_stand_in_a_group_and_the_first_carries_the_fields_id():
    widget = RadiosWithHints(hints={"2": "Some classes do it."})
    field = forms.ChoiceField(
        label="Level", help_text="Today", choices=[("1", "Emerging"), ("2", "Developing")], widget=widget
    )
    markup = page(initial={"level": "2"}, level=field)
    first, second = markup.all("input", "govuk-radios__input")
    assert (first["id"], second["id"]) == ("id_level", "id_level-2")
    assert (first.get("checked"), second.get("checked")) == (None, "")
    assert first.get("aria-describedby") is None
    assert markup.by_id(second["aria-describedby"]).text == "Some classes do it."
    assert markup.one("legend").text == "Level"
    assert markup.one("fieldset")["aria-describedby"] == "id_level-hint"


def test_a_field_that_opens_under_an_option_is_printed_there_and_only_there():
    widget = RadiosWithHints(reveals={"na": "reason"})
    markup = page(
        level=forms.ChoiceField(choices=[("1", "Emerging"), ("na", "Not applicable")], widget=widget),
        reason=forms.CharField(label="Why?"),
    )
    assert "fieldset" in markup.by_id("id_reason").ancestors


def test_tick_boxes_keep_every_tick():
    choices = [("1", "Hall"), ("2", "Playground"), ("3", "Toilets")]
    markup = page(
        {"places": ["1", "3"]},
        places=forms.MultipleChoiceField(choices=choices, widget=CheckboxesWithHints()),
    )
    assert [
        box["value"] for box in markup.all("input", "govuk-checkboxes__input") if "checked" in box.attributes
    ] == ["1", "3"]


@pytest.mark.parametrize(("data", "ticked"), [({"agree": "on"}, True), ({"agree": ""}, False), ({}, False)])
def test_a_single_tick_box_comes_back_as_it_was_sent(data, ticked):
    markup = page({**data, "other": "x"}, agree=forms.BooleanField(required=False), other=forms.CharField())
    assert ("checked" in markup.by_id("id_agree").attributes) == ticked


def test_a_list_keeps_its_groups_and_what_was_chosen():
    choices = [("", "Choose"), ("Full", [("1", "Year 1"), ("2", "Year 2")]), ("3", "Embedding")]
    markup = page(initial={"cohort": 2}, cohort=forms.ChoiceField(choices=choices))
    assert [option["value"] for option in markup.all("option") if "selected" in option.attributes] == ["2"]
    assert markup.one("optgroup")["label"] == "Full"
    assert [option["value"] for option in markup.all("option")] == ["", "1", "2", "3"]


def test_a_date_has_three_boxes_in_one_group():
    markup = page(initial={"held_on": dt.date(2027, 3, 3)}, held_on=DateBoxesField(label="Held on"))
    boxes = markup.all("input", "govuk-date-input__input")
    assert [(box["name"], box["value"]) for box in boxes] == [
        ("held_on-day", "3"),
        ("held_on-month", "3"),
        ("held_on-year", "2027"),
    ]
    assert markup.one("fieldset")["role"] == "group"


def test_only_the_wrong_box_of_a_date_is_marked():
    markup = page({"held_on-day": "31", "held_on-year": "2027"}, held_on=DateBoxesField())
    marked = [box["name"] for box in markup.all("input", "govuk-input--error")]
    assert marked == ["held_on-month"]


def test_a_widget_that_the_pack_does_not_know_still_has_label_and_error():
    markup = page({"at_0": ""}, at=forms.SplitDateTimeField(label="At", widget=forms.SplitDateTimeWidget))
    label = markup.one("label", "govuk-label")
    assert (label.text, markup.by_id(label["for"]).tag) == ("At", "input")
    assert markup.by_id("id_at-error").text == "Error: Enter at"


def test_one_question_a_page_is_its_heading():
    class Question(GovukForm, forms.Form):
        heading_field = "slot"
        slot = forms.ChoiceField(label="Which time?", choices=[("1", "Morning")], widget=forms.RadioSelect)

    assert Markup(render(Question())).one("h1").text == "Which time?"


def test_a_whole_form_brings_token_button_and_way_out():
    form = form_of(name=forms.CharField())
    form.helper.cancel_url = "/home/"
    markup = Markup(render(form))
    assert (markup.one("form")["method"], "novalidate" in markup.one("form").attributes) == ("post", True)
    assert [each["value"] for each in markup.all("input") if each["name"] == "csrfmiddlewaretoken"] == [
        "token"
    ]
    assert markup.one("button").text == "Save and continue"
    assert markup.one("a")["href"] == "/home/"


def test_a_form_that_asks_with_get_sends_no_token():
    form = form_of(q=forms.CharField())
    form.helper.form_method = "get"
    assert "csrfmiddlewaretoken" not in render(form)


def test_a_form_with_a_file_says_so_to_the_browser():
    assert page(plan=forms.FileField()).one("form")["enctype"] == "multipart/form-data"


def test_the_filter_prints_the_fields_alone():
    markup = Markup(render(form_of(name=forms.CharField()), "{{ form|crispy }}"))
    assert markup.all("form") == []
    assert markup.by_id("id_name")["name"] == "name"


def test_a_layout_is_kept_to():
    from crispy_forms.layout import Div, Fieldset, Layout, Submit

    form = form_of(one=forms.CharField(), two=forms.CharField())
    form.helper.layout = Layout(
        Fieldset("Both", "two", Div("one", css_class="pins-panel")), Submit("go", "Go on")
    )
    markup = Markup(render(form))
    assert [each["name"] for each in markup.all("input", "govuk-input")] == ["two", "one"]
    assert markup.one("legend").text == "Both"
    assert "Go on" in [button.text for button in markup.all("button")]


def test_a_formset_prints_every_form_and_the_management_form():
    rows = forms.formset_factory(type("Row", (GovukForm, forms.Form), {"name": forms.CharField()}), extra=2)()
    markup = Markup(render(rows, "{{ form|crispy }}"))
    assert [each["name"] for each in markup.all("input", "govuk-input")] == ["form-0-name", "form-1-name"]
    assert markup.by_id("id_form-TOTAL_FORMS")["value"] == "2"


class Sizes(GovukForm, forms.Form):
    size = forms.ChoiceField(choices=[("", "Any"), ("s", "Small <1>"), ("l", "Large")])
    who = forms.ChoiceField()

    def __init__(self, *args, who, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [(who, who)]


def chosen(form: forms.BaseForm) -> list[str]:
    return [line.text for line in Markup(render(form)).all("option") if "selected" in line.attributes]


def test_the_lines_of_a_list_that_a_form_always_has_are_printed_once_for_each_choice():
    _printed_once.cache_clear()
    assert chosen(Sizes({"size": "s"}, who="Alex")) == ["Small <1>"]
    assert chosen(Sizes({"size": "l", "who": "Sam"}, who="Sam")) == ["Large", "Sam"]
    assert chosen(Sizes({"size": "s"}, who="Kim")) == ["Small <1>"]
    assert chosen(Sizes({"size": "words of mine"}, who="Kim")) == []
    assert (_printed_once.cache_info().hits, _printed_once.cache_info().misses) == (1, 3)
