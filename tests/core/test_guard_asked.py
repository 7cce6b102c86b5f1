"""Words that go out as they are sent: with marks they come back once, and go with the tick."""

import pytest
from django import forms
from django.http import QueryDict
from django.template import engines

from core.forms import GovukForm
from core.guard.forms import AskedOnceForm
from tests.asked import left
from tests.core.markup import Markup

TEXT = "Oliver hates the bell."


class ReasonForm(AskedOnceForm, GovukForm, forms.Form):
    guarded = ("reason", "more")

    reason = forms.CharField(label="Why?", max_length=200, widget=forms.Textarea)
    more = forms.CharField(label="More (optional)", max_length=200, required=False)
    is_told = forms.BooleanField(label="It is told", required=False)

    def clean_reason(self) -> str:
        return " ".join(str(self.cleaned_data["reason"]).split())

    def asks_about(self, name: str) -> bool:
        return name == "reason" or self.cleaned_data["is_told"]


def sent(**values: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update(values)
    return data


def page(form: ReasonForm) -> Markup:
    template = engines["django"].from_string("{% load crispy_forms_tags %}{{ form|crispy }}")
    return Markup(template.render({"form": form}))


def answer(markup: Markup) -> dict[str, str]:
    """What a browser sends of the page, with every tick of the guard."""
    typed = {"reason": markup.by_id("id_reason").text.removeprefix("\n")}
    inputs = {each["name"]: each.get("value") or "" for each in markup.all("input") if each.get("name")}
    return typed | {name: value for name, value in inputs.items() if name != "is_told"}


def test_innocent_words_go_at_once():
    form = ReasonForm(sent(reason="The hall is taken."))
    assert form.is_valid()
    assert form.cleaned_data == {"reason": "The hall is taken.", "more": "", "is_told": False}


def test_marked_words_come_back_with_the_notice_and_all_that_was_typed():
    form = ReasonForm(sent(reason=TEXT, more="By noon."))
    assert not form.is_valid()
    assert form.errors == {"reason": ["Change the marked words in “Why?”, or tick that they name nobody"]}
    markup = page(form)
    assert [each.text for each in markup.all("mark")] == ["Oliver"]
    assert markup.by_id("id_reason").text.strip() == TEXT
    assert markup.by_id("id_more")["value"] == "By noon."
    assert "checked" not in markup.by_id("id_reason-left").attributes


def test_and_go_with_the_tick():
    form = ReasonForm(sent(reason=TEXT, **left("reason", TEXT)))
    assert form.is_valid()
    assert form.cleaned_data["reason"] == TEXT


def test_what_the_page_sends_back_goes_even_where_the_form_tidies_the_text():
    first = ReasonForm(sent(reason="Oliver  hates\r\nthe bell."))
    assert not first.is_valid()
    second = ReasonForm(sent(**answer(page(first))))
    assert second.is_valid(), second.errors
    assert second.cleaned_data["reason"] == TEXT


def test_without_the_tick_they_come_back_again():
    data = left("reason", TEXT)
    del data["reason_guard-left"]
    assert not ReasonForm(sent(reason=TEXT, **data)).is_valid()


@pytest.mark.parametrize("words", ["Ruby hates the bell.", f"{TEXT} Ruby too."])
def test_a_tick_for_other_words_is_none(words):
    form = ReasonForm(sent(reason=words, **left("reason", TEXT)))
    assert not form.is_valid()
    assert "checked" not in page(form).by_id("id_reason-left").attributes


def test_changed_words_need_no_tick():
    assert ReasonForm(sent(reason="The bell is loud.", **left("reason", TEXT))).is_valid()


def test_each_box_is_asked_about():
    form = ReasonForm(sent(reason=TEXT, more="Ruby too.", is_told="on", **left("reason", TEXT)))
    assert list(form.errors) == ["more"]
    assert "“More”" in form.errors["more"][0]


def test_but_not_one_that_goes_nowhere():
    assert ReasonForm(sent(reason="The hall is taken.", more="Ruby too.")).is_valid()


def test_a_text_with_another_fault_is_not_asked_about_besides():
    form = ReasonForm(sent(reason=TEXT * 100))
    assert [len(faults) for faults in form.errors.values()] == [1]
    assert form.errors["reason"][0].startswith("Shorten")


def test_a_fault_elsewhere_keeps_the_tick():
    form = ReasonForm(sent(reason=TEXT, more="x" * 201, **left("reason", TEXT)))
    assert list(form.errors) == ["more"]
    assert "checked" in page(form).by_id("id_reason-left").attributes


def test_names_that_are_allowed_go_at_once():
    assert ReasonForm(sent(reason=TEXT), allowed=["Oliver"]).is_valid()


def test_a_page_that_nobody_sent_asks_nothing():
    form = ReasonForm(initial={"reason": TEXT})
    assert form.errors == {}
    assert len(page(form).all("mark")) == 1


def test_with_a_prefix():
    data = {"a-reason": TEXT, "a-more": ""}
    assert not ReasonForm(sent(**data), prefix="a").is_valid()
    ticked = {f"a-{name}": value for name, value in left("reason", TEXT).items()}
    assert ReasonForm(sent(**data, **ticked), prefix="a").is_valid()
