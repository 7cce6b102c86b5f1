"""What templates ask of a form: its controls, its error summary, the "Error: " before the page's title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from django import template
from django.forms import BaseForm, BoundField
from django.forms.formsets import BaseFormSet

from core.controls import Control, control_for, controls_of, focus_id

register = template.Library()

Form: TypeAlias = "BaseForm | BaseFormSet[Any]"


@register.simple_tag
def govuk_control(field: BoundField) -> Control:
    """The control of one bound field: `{% govuk_control form.answer %}` prints it."""
    return control_for(field)


@register.simple_tag
def govuk_controls(form: BaseForm) -> list[Control]:
    """The controls of a whole form in its order."""
    return list(controls_of(form))


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: Form | Sequence[Form]) -> dict[str, Any]:
    """Every error of the given forms (or lists of them), each a link to a control that takes the focus."""
    each: list[Form] = []
    for form in forms:
        each.extend(form if isinstance(form, list | tuple) else [form])  # type: ignore[list-item]
    return {"errors": [error for form in each for error in _errors(form)]}


@register.simple_tag
def error_prefix(*forms: Form) -> str:
    """The word "Error: " before the page's title when something is to be mended: it is read out first."""
    return "Error: " if any(_has_errors(form) for form in forms) else ""


def _has_errors(form: Form) -> bool:
    if isinstance(form, BaseFormSet):
        return form.is_bound and not form.is_valid()
    return bool(form.is_bound and form.errors)


def _errors(form: Form) -> Iterator[dict[str, Any]]:
    if not _has_errors(form):
        return
    if isinstance(form, BaseFormSet):
        first = next((_first_control(each) for each in form.forms), "")
        yield from (_error(text, first) for text in form.non_form_errors())
        for each in form.forms:
            yield from _errors(each)
        return
    yield from (_error(text, _first_control(form)) for text in form.non_field_errors())
    for name, messages in form.errors.items():
        if name in form.fields:
            target = _target(form, form[name])
            yield from (_error(text, target) for text in messages)


def _error(text: object, target: str) -> dict[str, str]:
    return {"text": str(text), "target": target}


def _target(form: BaseForm, bound: BoundField) -> str:
    """A hidden field takes no focus: its error leads to the form's first control."""
    return _first_control(form) if bound.is_hidden else focus_id(bound)


def _first_control(form: BaseForm) -> str:
    return next((focus_id(bound) for bound in form.visible_fields()), "")
