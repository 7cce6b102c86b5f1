"""Parts that stand on a page many times: escaped, strict about names, printed by name; radios that forms share."""

import pytest
from django import forms
from django.template import engines
from jinja2 import UndefinedError

from core.controls import control_for
from core.fields import RadiosField
from core.parts import environment, part


class Form(forms.Form):
    level = RadiosField(choices=[("1", "Emerging & <new>"), ("2", "Developing")])


def test_a_value_is_escaped():
    assert environment().from_string("<p>{{ text }}</p>").render(text="<b>&") == "<p>&lt;b&gt;&amp;</p>"


def test_a_name_that_nobody_gave_is_an_error():
    with pytest.raises(UndefinedError, match="parameter 'form' was not provided"):
        part("audits/parts/notes.jinja")


def test_what_an_object_does_not_have_is_an_error_even_in_a_condition():
    with pytest.raises(UndefinedError, match="has no attribute 'town'"):
        environment().from_string("{% if school.town %}there{% endif %}").render(school=object())


def test_a_control_prints_itself_once_escaped_in_either_kind_of_template():
    control = control_for(Form()["level"])
    page = engines["django"].from_string("{{ control }}").render({"control": control})
    assert page == environment().from_string("{{ control }}").render(control=control) == str(control)
    assert "Emerging &amp; &lt;new&gt;" in page


def test_a_form_that_is_given_other_options_leaves_those_of_the_next_alone():
    changed = Form()
    changed.fields["level"].choices = [("3", "Established")]
    changed.fields["level"].widget.hints = {"3": "Seen in every class"}
    assert [label for _, label in Form().fields["level"].choices] == ["Emerging & <new>", "Developing"]
    assert [label for _, label in Form().fields["level"].widget.choices] == ["Emerging & <new>", "Developing"]
    assert Form().fields["level"].widget.hints == {}
