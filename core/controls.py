"""What a form field looks like: from Django's bound field to the values that templates/govuk/controls.jinja prints.

Working these out here, and not in templates, keeps the pack fast (a section of the audit may have 40 groups)
and lets the error summary know which control takes the focus.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django import forms
from django.forms import BaseForm, BoundField
from django.forms.widgets import Input, Widget
from django.utils.safestring import SafeString
from markupsafe import Markup

from core.parts import macro
from core.widgets import DateBoxes, DateParts, RadiosWithHints

MACROS = "govuk/controls.jinja"
NOT_PRINTED = frozenset({"class", "placeholder", "id", "aria-describedby"})
"""Widget attributes that the pack places itself; a placeholder it never prints: it vanishes as one types."""
NOT_FOR_TEXT = NOT_PRINTED | {"min", "max", "step", "maxlength", "cols"}
"""A number is typed into a text box, and too long a text is answered in words, never cut short silently."""


NOTHING = SafeString("")


@dataclass(frozen=True, slots=True)
class Option:
    """One radio or tick box; `reveals` is the control that opens under it once chosen."""

    id: str
    label: Any
    attributes: SafeString
    checked: bool = False
    hint: Any = ""
    reveals: Control | None = None
    heading: Any = ""
    """Of a tick box that is the first of a group: what the group is called."""


@dataclass(frozen=True, slots=True)
class Box:
    """One of the three boxes of a date."""

    id: str
    label: str
    attributes: SafeString
    width: int
    wrong: bool


@dataclass(frozen=True, slots=True)
class Control:
    """All that the pack prints for one field. `kind` names its macro, `focus_id` is where an error's link lands."""

    kind: str
    id: str
    focus_id: str
    name: str
    label: Any
    label_class: str
    is_heading: bool
    hint: Any
    errors: list[str]
    described_by: str
    css_class: str = ""
    attributes: SafeString = NOTHING
    value: Any = ""
    limit: int | None = None
    options: list[Option] = field(default_factory=list)
    lines: Any = ""
    """Of a select, printed already."""
    boxes: list[Box] = field(default_factory=list)
    widget: Any = ""

    def __str__(self) -> str:
        """The markup: a template prints a control by naming it, as it does Django's own bound fields."""
        return macro(MACROS, self.kind, self)

    __html__ = __str__


def flat(attributes: dict[str, Any]) -> SafeString:
    """Attributes as HTML, each value escaped: True prints the bare name, None and False print nothing."""
    return SafeString(  # values are escaped here, names come from our code
        "".join(
            f" {name}" if value is True else f' {name}="{html.escape(str(value))}"'
            for name, value in attributes.items()
            if value is not None and value is not False
        )
    )


def control_for(bound: BoundField) -> Control:
    """The control for a bound field, whatever its widget; Django prints an unknown one inside our frame."""
    widget: type[Widget] = type(bound.field.widget)
    return _builder(widget)(bound)


def controls_of(form: BaseForm) -> Iterator[Control]:
    """The visible and hidden controls of a form in its order, without those that open under an option."""
    revealed = {
        name
        for form_field in form.fields.values()
        if isinstance(form_field.widget, RadiosWithHints)
        for name in form_field.widget.reveals.values()
    }
    return (control_for(bound) for bound in form if bound.name not in revealed)


def focus_id(bound: BoundField) -> str:
    """The id of the first thing in the field that takes the focus: the first radio, the first wrong box."""
    return control_for(bound).focus_id


# --- what all controls share ---


def _common(bound: BoundField, kind: str, *, info: str = "") -> dict[str, Any]:
    form, widget = bound.form, bound.field.widget
    control_id = widget.attrs.get("id") or bound.auto_id or bound.html_name
    errors = list(bound.errors) if form.is_bound else []
    described = [
        *([widget.attrs["aria-describedby"]] if "aria-describedby" in widget.attrs else ()),
        *([f"{control_id}-hint"] if bound.help_text else ()),
        *([f"{control_id}-error"] if errors else ()),
        *([f"{control_id}-{info}"] if info else ()),
    ]
    is_heading = getattr(form, "heading_field", None) == bound.name
    size = "l" if is_heading else getattr(form, "label_size", "s")
    hidden = bound.name in getattr(form, "hidden_labels", ())
    stem = "govuk-fieldset__legend" if kind in _GROUPS else "govuk-label"
    return {
        "kind": kind,
        "id": control_id,
        "focus_id": control_id,
        "name": bound.html_name,
        "label": bound.label,
        "label_class": "govuk-visually-hidden" if hidden else f"{stem}--{size}",
        "is_heading": is_heading,
        "hint": bound.help_text,
        "errors": errors,
        "described_by": " ".join(described),
    }


def _attributes(
    bound: BoundField, *, leave_out: frozenset[str] = NOT_PRINTED, **first: Any
) -> dict[str, Any]:
    own = {name: value for name, value in bound.field.widget.attrs.items() if name not in leave_out}
    return {**first, **own, "disabled": bound.field.disabled or own.get("disabled")}


def _css(bound: BoundField) -> str:
    return str(bound.field.widget.attrs.get("class", ""))


def _described(common: dict[str, Any]) -> dict[str, Any]:
    return {
        "aria-describedby": common["described_by"] or None,
        "aria-invalid": "true" if common["errors"] else None,
    }


# --- one builder a kind of control ---


def _text(bound: BoundField) -> Control:
    widget = bound.field.widget
    common = _common(bound, "password" if widget.input_type == "password" else "text")
    number = widget.input_type == "number"
    decimal = isinstance(bound.field, forms.FloatField | forms.DecimalField)
    value = None if widget.input_type == "password" else widget.format_value(bound.value())
    attributes = _attributes(
        bound,
        leave_out=NOT_FOR_TEXT,
        id=common["id"],
        name=bound.html_name,
        type="text" if number else widget.input_type,
        value=value,
        inputmode=("decimal" if decimal else "numeric") if number else None,
        spellcheck="false" if widget.input_type in {"email", "password", "url"} else None,
        **_described(common),
    )
    return Control(**common, css_class=_css(bound), attributes=flat(attributes))


def _textarea(bound: BoundField) -> Control:
    limit = getattr(bound.field, "max_length", None)
    common = _common(bound, "textarea", info="info" if limit else "")
    attributes = _attributes(
        bound, leave_out=NOT_FOR_TEXT, id=common["id"], name=bound.html_name, **_described(common)
    )
    if str(attributes.get("rows")) == "10":  # Django's default is too tall for most answers
        attributes["rows"] = 5
    value = bound.field.widget.format_value(bound.value())
    return Control(
        **common, css_class=_css(bound), attributes=flat(attributes), value=value or "", limit=limit
    )


def _file(bound: BoundField) -> Control:
    common = _common(bound, "file")
    attributes = _attributes(
        bound,
        id=common["id"],
        name=bound.html_name,
        type="file",
        multiple=bool(getattr(bound.field.widget, "allow_multiple_selected", False)),
        **_described(common),
    )
    return Control(**common, css_class=_css(bound), attributes=flat(attributes))


def _hidden(bound: BoundField) -> Control:
    common = _common(bound, "hidden")
    widget = bound.field.widget
    if type(widget) is not forms.HiddenInput:
        return Control(**common, widget=bound.as_widget())
    attributes = _attributes(
        bound, id=common["id"], name=bound.html_name, type="hidden", value=widget.format_value(bound.value())
    )
    return Control(**common, widget=SafeString(f"<input{flat(attributes)}>"))


def _checkbox(bound: BoundField) -> Control:
    common = _common(bound, "checkbox")
    widget = bound.field.widget
    value = bound.value()
    formatted = widget.format_value(value)
    attributes = _attributes(
        bound,
        id=common["id"],
        name=bound.html_name,
        type="checkbox",
        value=formatted,
        checked=widget.check_test(value),
        **_described(common),
    )
    return Control(**common, css_class=_css(bound), attributes=flat(attributes))


def _choices(bound: BoundField) -> Iterator[tuple[Any, list[tuple[Any, Any]]]]:
    """The choices in groups, nested as Django allows; those outside any group stand together."""
    loose: list[tuple[Any, Any]] = []
    for value, label in bound.field.widget.choices:
        if isinstance(label, list | tuple):
            if loose:
                yield "", loose
                loose = []
            yield value, list(label)
        else:
            loose.append((value, label))
    if loose:
        yield "", loose


def _select(bound: BoundField) -> Control:
    common = _common(bound, "select")
    widget = bound.field.widget
    chosen = frozenset(widget.format_value(bound.value()))
    attributes = _attributes(
        bound,
        id=common["id"],
        name=bound.html_name,
        multiple=bool(widget.allow_multiple_selected),
        **_described(common),
    )
    return Control(**common, css_class=_css(bound), attributes=flat(attributes), lines=_lines(bound, chosen))


def _lines(bound: BoundField, chosen: frozenset[str]) -> Markup:
    """The lines of a select; those that its form's own class writes down hold no words of anybody, and are kept."""
    choices = bound.field.widget.choices
    own = getattr(getattr(bound.form, "base_fields", {}).get(bound.name), "choices", None)
    is_own = type(choices) is type(own) is list and choices == own
    if is_own and all(type(value) is type(label) is str for value, label in choices):
        return _printed_once(tuple(choices), chosen.intersection(value for value, _ in choices))
    return _printed(_choices(bound), chosen)


def _printed(groups: Iterable[tuple[Any, Iterable[tuple[Any, Any]]]], chosen: frozenset[str]) -> Markup:
    def attributes(value: Any) -> SafeString:
        return flat({"value": "" if value is None else value, "selected": str(value) in chosen})

    lines = [(group, [(attributes(value), label) for value, label in choices]) for group, choices in groups]
    return macro("govuk/lines.jinja", "lines", lines)


@lru_cache(maxsize=500)
def _printed_once(choices: tuple[tuple[str, str], ...], chosen: frozenset[str]) -> Markup:
    return _printed([("", choices)], chosen)


def _ticks(bound: BoundField, kind: str, input_type: str) -> Control:
    common = _common(bound, kind)
    options = list(_tick_options(bound, html.escape(common["id"]), input_type))
    return Control(**common, css_class=_css(bound), options=options)


def _tick_options(bound: BoundField, first_id: str, input_type: str) -> Iterator[Option]:
    widget = bound.field.widget
    chosen = set(widget.format_value(bound.value()))
    hints = getattr(widget, "hints", {})
    reveals = getattr(widget, "reveals", {})
    shared = f' name="{html.escape(bound.html_name)}" type="{input_type}"{flat(_attributes(bound))}'
    pairs: Iterable[tuple[Any, Any, Any]] = (
        (value, label, "" if number else group)
        for group, choices in _choices(bound)
        for number, (value, label) in enumerate(choices)
    )
    for number, (value, label, heading) in enumerate(pairs, start=1):
        text = "" if value is None else str(value)
        # As GOV.UK does it: the first option carries the field's own id: a link to it takes the focus.
        option_id = first_id if number == 1 else f"{first_id}-{number}"
        checked, hint = text in chosen, hints.get(text, "")
        attributes = f' id="{option_id}"{shared} value="{html.escape(text)}"'
        if checked:
            attributes += " checked"
        if hint:
            attributes += f' aria-describedby="{option_id}-item-hint"'
        under = control_for(bound.form[reveals[text]]) if text in reveals else None
        yield Option(option_id, label, SafeString(attributes), checked, hint, under, heading)


def _radios(bound: BoundField) -> Control:
    return _ticks(bound, "radios", "radio")


def _checkboxes(bound: BoundField) -> Control:
    return _ticks(bound, "checkboxes", "checkbox")


def _date(bound: BoundField) -> Control:
    common = _common(bound, "date")
    value = bound.value()
    parts = value if isinstance(value, DateParts) else DateParts.of(value)
    wrong = _wrong_boxes(bound)
    boxes = []
    for label, part, width in (("Day", "day", 2), ("Month", "month", 2), ("Year", "year", 4)):
        box_id = f"{common['id']}-{part}"
        attributes = _attributes(
            bound,
            id=box_id,
            name=f"{bound.html_name}-{part}",
            type="text",
            value=getattr(parts, part) or None,
            inputmode="numeric",
        )
        boxes.append(Box(box_id, label, flat(attributes), width, part in wrong))
    common["focus_id"] = next((box.id for box in boxes if box.wrong), boxes[0].id)
    return Control(**common, css_class=_css(bound), boxes=boxes)


def _wrong_boxes(bound: BoundField) -> set[str]:
    if not bound.form.is_bound or not bound.errors:
        return set()
    codes = {str(error.code) for error in bound.form.errors.as_data().get(bound.name, ())}
    return (codes & {"day", "month", "year"}) or {"day", "month", "year"}


def _other(bound: BoundField) -> Control:
    common = _common(bound, "other")
    widget = bound.field.widget
    several = isinstance(widget, forms.MultiWidget)
    common["focus_id"] = f"{common['id']}_0" if several else widget.id_for_label(common["id"]) or common["id"]
    return Control(**common, widget=bound.as_widget(attrs=_described(common)))


_GROUPS = frozenset({"radios", "checkboxes", "date"})
_BUILDERS: dict[type[Widget], Callable[[BoundField], Control]] = {
    forms.HiddenInput: _hidden,
    forms.Textarea: _textarea,
    forms.FileInput: _file,
    forms.CheckboxInput: _checkbox,
    forms.CheckboxSelectMultiple: _checkboxes,
    forms.RadioSelect: _radios,
    forms.Select: _select,
    forms.SelectDateWidget: _other,
    DateBoxes: _date,
    Input: _text,
    Widget: _other,
}


def _builder(widget: type[Widget]) -> Callable[[BoundField], Control]:
    return next(_BUILDERS[ancestor] for ancestor in widget.__mro__ if ancestor in _BUILDERS)
