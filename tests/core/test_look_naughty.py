"""The list of naughty strings through the pack: each comes back unchanged, or is refused in plain words."""

import json
from pathlib import Path

import pytest
from django import forms
from django.template import engines

from core.forms import HIDDEN_CHARACTER, GovukForm
from tests.core.markup import Markup

STRINGS: list[str] = json.loads((Path(__file__).parents[1] / "data" / "blns.json").read_text())


class Two(GovukForm, forms.Form):
    line = forms.CharField(label="Line", required=False, strip=False)
    text = forms.CharField(label="Text", required=False, widget=forms.Textarea)


@pytest.mark.parametrize("string", STRINGS)
def test_a_naughty_string_comes_back_or_is_refused(string):
    form = Two({"line": string, "text": string})
    markup = Markup(
        engines["django"].from_string("{% load crispy_forms_tags %}{% crispy form %}").render({"form": form})
    )
    assert form.is_valid() == (HIDDEN_CHARACTER.search(string) is None)
    assert (form.cleaned_data if form.is_valid() else form.data) == {"line": string, "text": string}
    assert (markup.by_id("id_line").get("value") or "") == string
    # The line end after the tag is ours; a browser drops it.
    assert markup.by_id("id_text").text == f"\n{string}"


def test_the_list_holds_strings_of_both_kinds():
    refused = [string for string in STRINGS if HIDDEN_CHARACTER.search(string)]
    assert 0 < len(refused) < 5 < len(STRINGS)
