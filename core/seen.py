"""Forms on rows that two people may change at once: the second sees what the first saved, and chooses.

The page carries a digest of what it showed. A row that reads otherwise when the form comes back was saved by
somebody else meanwhile: nothing is written, both versions are shown, and sending the form again is a decision.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Generic, Self, TypeVar, cast

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction
from django.forms.models import model_to_dict
from django.http import QueryDict

from core import history
from core.forms import GovukForm
from core.history import Person
from core.words import date_words, moment_words

Row = TypeVar("Row", bound=models.Model)


class ChangedMeanwhile(Exception):  # noqa: N818 - it reads as what it says
    """Somebody else saved the row after the page was drawn; holds the row as it stands now."""

    def __init__(self, stored: models.Model) -> None:
        super().__init__(f"{stored} was saved by somebody else meanwhile.")
        self.stored = stored


class SavedTwice(Exception):  # noqa: N818 - it reads as what it says
    """Another row with the same name was added in the same moment."""


class RemovedMeanwhile(Exception):  # noqa: N818 - it reads as what it says
    """Somebody else removed the row after the page was drawn."""


class SeenForm(GovukForm, forms.ModelForm):  # type: ignore[type-arg]  # each form names its own model
    """Mix of our look and a model's fields that knows what its page showed."""

    submit_label: ClassVar[str] = "Save"
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _drop_blank_radios(self.fields.values())
        self.initial["seen"] = digest(self.shown(self.instance)) if self.instance.pk else ""

    def showing(self, row: models.Model) -> Self:
        """The same form for this row as it stands; one that is made of more says how."""
        return type(self)(instance=row)

    def shown(self, row: models.Model) -> dict[str, Any]:
        """What the form shows of a row: its fields by name, in plain values."""
        return _plain(model_to_dict(row, fields=list(self._meta.fields or ())))


def _drop_blank_radios(fields: Iterable[forms.Field]) -> None:
    """Django puts "---------" before the choices of a model's field; among radios it would be chosen beforehand."""
    for field in fields:
        if isinstance(field, forms.ModelChoiceField) or not isinstance(field, forms.ChoiceField):
            continue
        if field.required and isinstance(field.widget, forms.RadioSelect):
            choices = cast(Iterable[tuple[Any, Any]], field.choices)
            field.choices = [(value, label) for value, label in choices if value != ""]


def digest(values: Any, *, length: int = 16) -> str:
    """So many characters that differ when one of the values does."""
    text = json.dumps(values, sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def save_seen(
    form: SeenForm,
    *,
    kind: str,
    tell: Callable[[Any], str],
    by: Person,
    school: models.Model | None = None,
) -> bool:
    """Save what a valid form changes or adds, with one history line; says whether anything was to be written.

    Writes the form's fields alone; `tell` makes the line's sentence of the saved row. The line belongs to `school`,
    or else to the school of the row. Raises ChangedMeanwhile, RemovedMeanwhile or
    SavedTwice, with nothing written.
    """
    row = form.instance
    is_new = row.pk is None
    before: dict[str, Any] = {}
    try:
        with transaction.atomic():
            if not is_new:
                stored = _lock(row)
                before = form.shown(stored)
                if before == form.shown(row) | _chosen(form):
                    return False
                if form.cleaned_data["seen"] != digest(before):
                    raise ChangedMeanwhile(stored)
            _write(form, is_new=is_new)
            after = form.shown(row)
            changes = {
                name: {"before": before.get(name), "after": value}
                for name, value in after.items()
                if is_new or before[name] != value
            }
            of = school or getattr(row, "school", None)
            history.record(kind, tell(row), by=by, target=row, school=of, details=changes)
    except IntegrityError:
        raise SavedTwice from None
    return True


def _lock(row: Row) -> Row:
    stored = type(row)._default_manager.select_for_update().filter(pk=row.pk).first()
    if stored is None:
        raise RemovedMeanwhile
    return stored


def _chosen(form: SeenForm) -> dict[str, Any]:
    """What was chosen for fields that hold several rows: the row itself has them only once they are saved."""
    return _plain(
        {
            name: list(form.cleaned_data[name])
            for name, field in form.fields.items()
            if isinstance(field, forms.ModelMultipleChoiceField)
        }
    )


def _write(form: SeenForm, *, is_new: bool) -> None:
    row = form.save(commit=False)
    columns = {field.name for field in row._meta.concrete_fields}
    if is_new:
        row.save()
    else:
        row.save(update_fields=[name for name in form.fields if name in columns])
    form.save_m2m()


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as the history keeps them: rows by id in order, files by name, dates as text."""
    plain = {name: _plain_value(value) for name, value in values.items()}
    return cast(dict[str, Any], json.loads(json.dumps(plain, cls=DjangoJSONEncoder)))


def _plain_value(value: Any) -> Any:
    if isinstance(value, list):
        return sorted(one.pk for one in value)
    return str(value) if isinstance(value, models.fields.files.FieldFile) else value


@dataclass(frozen=True)
class Beside:
    """One field in both versions, in words."""

    label: str
    stored: str
    typed: str


@dataclass(frozen=True)
class Meanwhile(Generic[Row]):
    """What a page needs to show both versions: who saved the other, when, and each field that differs."""

    who: str
    when: str
    fields: list[Beside]


def stand_beside(form: SeenForm, stored: models.Model) -> Meanwhile[models.Model]:
    """Both versions of a form that was refused; from now on the form counts as having seen the stored one."""
    theirs = form.showing(stored)
    shown, typed = theirs.shown(stored), form.shown(form.instance) | _chosen(form)
    rows = [
        Beside(
            str(form[name].label), _words(theirs[name], theirs.initial.get(name)), _words(form[name], value)
        )
        for name, value in form.cleaned_data.items()
        if name != "seen" and shown.get(name) != typed.get(name)
    ]
    data = cast(QueryDict, form.data).copy()
    data[form.add_prefix("seen")] = theirs.initial["seen"]
    form.data = data
    last = history.of_target(stored).first()
    return Meanwhile(
        last.actor_label if last else "Somebody else", moment_words(last.at) if last else "", rows
    )


def _words(bound: forms.BoundField, value: Any) -> str:
    """A value as its control would show it."""
    if isinstance(bound.field, forms.ModelMultipleChoiceField):
        return _names(bound.field, value)
    if isinstance(value, date):
        return date_words(value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    choices = dict(getattr(bound.field, "choices", ()))
    key = getattr(value, "pk", value)
    return str(choices.get(key, "" if key is None else key)) or "Nothing"


def _names(field: forms.ModelMultipleChoiceField[Any], rows: Any) -> str:
    """What several rows are called, also those that the page offers no box for."""
    pks = [getattr(row, "pk", row) for row in rows or ()]
    every = cast(models.QuerySet[Any], field.queryset).model._default_manager
    found = every.filter(pk__in=pks)
    return ", ".join(field.label_from_instance(row) for row in found) or "Nothing"
