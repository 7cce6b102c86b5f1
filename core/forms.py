"""The glue between Django's forms and our template pack: what every form of the product shares.

A form that mixes in `GovukForm` is printed whole by `{% crispy form %}`: form tag, CSRF token, fields,
button. Its errors say in plain words how to mend them, and what was typed comes back unchanged.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MinLengthValidator, ProhibitNullCharactersValidator

from core.controls import Control, control_for
from core.fields import ClockField, DateBoxesField
from core.widgets import CheckboxesWithHints, DateBoxes, RadiosWithHints
from core.words import lower_first

__all__ = [
    "CheckboxesWithHints",
    "ClockField",
    "DateBoxes",
    "DateBoxesField",
    "GovukForm",
    "GovukHelper",
    "RadiosWithHints",
]

HIDDEN_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
"""Control characters but for tab and line ends, and code points that XML (spreadsheets, PDF) cannot hold."""


class GovukHelper(FormHelper):  # type: ignore[misc]  # crispy-forms has no types
    """Crispy's helper with what our pack prints under the fields: a button, a link that leaves."""

    def __init__(self, form: forms.BaseForm, *, submit_label: str, submit_class: str = "") -> None:
        super().__init__()
        self.form = form
        self.submit_label = submit_label
        self.submit_class = submit_class
        self.preview_url = ""
        self.cancel_url = ""
        self.cancel_label = "Cancel"
        self.attrs = {"novalidate": True}
        self.form_show_errors = True


class GovukForm:
    """Mix in before `forms.Form` or `forms.ModelForm`.

    - `submit_label`: what the button does ("Submit the audit"); empty for no button.
    - `heading_field`: the field whose label is the h1 (one question a page); leave the heading block empty.
    - `hidden_labels`: labels that only a screen reader gets, for a lone search box.
    - `label_size`: s (default, bold), m or l.
    """

    submit_label: ClassVar[str] = "Save and continue"
    heading_field: ClassVar[str] = ""
    hidden_labels: ClassVar[tuple[str, ...]] = ()
    label_size: ClassVar[str] = "s"

    base_fields: ClassVar[dict[str, forms.Field]]
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        # The class's own fields once in a process, then those that this form was given on its way.
        _make_ours(self.base_fields)
        super().__init__(*args, **kwargs)
        _make_ours(self.fields)

    def control(self, name: str) -> Control:
        """The control of one field, which prints itself."""
        return control_for(self[name])  # type: ignore[index]  # a form is mixed in

    @cached_property
    def helper(self) -> GovukHelper:
        """The crispy helper; change it before rendering (`form.helper.form_action = ...`)."""
        return GovukHelper(self, submit_label=self.submit_label)  # type: ignore[arg-type]


class NoHiddenCharacters:
    """Refuses control characters (pasted in, they cannot be seen) and says where the first one stands."""

    def __init__(self, label: str) -> None:
        self.label = label

    def __call__(self, value: str) -> None:
        """Raises ValidationError if there is one; alters nothing."""
        found = HIDDEN_CHARACTER.search(str(value))
        if not found:
            return
        before = str(value)[: found.start()].rstrip()[-20:]
        where = f"It comes after “{before}”." if before else "It is at the very start."
        raise ValidationError(
            f"Remove the hidden character from “{self.label}”. {where}", code="hidden_character"
        )


class OneLine:
    """Refuses line ends where there is one line: browsers send none, and in an e-mail they would begin a new one."""

    def __init__(self, label: str) -> None:
        self.label = label

    def __call__(self, value: str) -> None:
        """Raises ValidationError if there is one."""
        if not {"\r", "\n"}.isdisjoint(str(value)):
            raise ValidationError(f"Write “{self.label}” on one line.", code="line_end")


class Counted(int):
    """A number that is read with commas: 2,100."""

    def __str__(self) -> str:
        return f"{self:,}"


class TextLength(MaxLengthValidator):
    """As Django's, but a line end counts once, as the counter under the box has it; browsers send two."""

    def clean(self, x: Any) -> int:
        """How many characters the writer sees."""
        return Counted(len(str(x).replace("\r\n", "\n")))


class NotOnlySpaces:
    """A required text must hold something that can be read; the spaces around it stay as they were typed."""

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, value: str) -> None:
        """Raises ValidationError for spaces alone."""
        if not str(value).strip():
            raise ValidationError(self.message, code="required")


def _make_ours(fields: dict[str, forms.Field]) -> None:
    """Our words and our checks for each field that has not got them; a copy of a field keeps them."""
    for name, field in fields.items():
        if "is_ours" in field.__dict__:
            continue
        field.__dict__["is_ours"] = True
        label = str(field.label or name.replace("_", " ").capitalize()).removesuffix(" (optional)")
        _speak_plainly(field, label)
        if isinstance(field, forms.CharField):
            _keep_what_was_typed(field, label)


def _keep_what_was_typed(field: forms.CharField, label: str) -> None:
    """Long texts keep their spaces; hidden characters are refused; lengths are as the writer sees them."""
    checks: list[Any] = [NoHiddenCharacters(label)]
    for check in field.validators:
        if isinstance(check, MaxLengthValidator):
            checks.append(TextLength(Counted(check.limit_value), message=_too_long(label)))
        elif isinstance(check, MinLengthValidator):
            checks.append(MinLengthValidator(check.limit_value, message=_too_short(label)))
        elif not isinstance(check, ProhibitNullCharactersValidator):
            checks.append(check)
    if isinstance(field.widget, forms.TextInput):
        checks.append(OneLine(label))
    if isinstance(field.widget, forms.Textarea):
        field.strip = False
        if field.required:
            checks.append(NotOnlySpaces(str(field.error_messages["required"])))
    field.validators = checks


def _too_long(label: str) -> str:
    return f"Shorten “{label}” to %(limit_value)s characters or fewer. It has %(show_value)s."


def _too_short(label: str) -> str:
    return f"Write at least %(limit_value)d characters for “{label}”. It has %(show_value)d."


def _speak_plainly(field: forms.Field, label: str) -> None:
    """Puts our words where the form's author left Django's."""
    for code, words in _messages(field, label).items():
        if field.error_messages.get(code) == _django_says(type(field), code):
            field.error_messages[code] = words


def _django_says(kind: type[forms.Field], code: str) -> Any:
    for ancestor in kind.__mro__:
        messages = vars(ancestor).get("default_error_messages", {})
        if code in messages:
            return messages[code]
    return None


def _messages(field: forms.Field, label: str) -> dict[str, str]:
    return {"required": _required(field, label), **_wrong(field, label)}


def _required(field: forms.Field, label: str) -> str:
    if isinstance(field, forms.BooleanField):
        return f"Tick “{label}”"
    if isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
        return f"Tick at least one for “{label}”"
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return f"Choose an answer for “{label}”"
    if isinstance(field, forms.FileField):
        return f"Choose a file for “{label}”"
    return f"Answer “{label}”" if label.endswith("?") else f"Enter {lower_first(label)}"


def _wrong(field: forms.Field, label: str) -> dict[str, str]:
    listed = f"That answer is not in the list for “{label}”. Choose one that is."
    if isinstance(field, forms.EmailField):
        return {"invalid": "Enter an e-mail address in the right form, like name@example.com"}
    if isinstance(field, forms.DecimalField | forms.FloatField):
        return {"invalid": f"Enter a number for “{label}”, like 2.5"}
    if isinstance(field, forms.IntegerField):
        return {"invalid": f"Enter a whole number for “{label}”, like 12"}
    if isinstance(field, forms.URLField):
        return {"invalid": "Enter a web address in full, like https://www.example.org"}
    if isinstance(field, forms.FileField):
        return {
            "empty": "The file is empty. Choose another.",
            "invalid": "No file came through. Choose it again.",
        }
    return {"invalid_choice": listed, "invalid_list": listed, "invalid_pk_value": listed}
