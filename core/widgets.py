"""The few widgets that Django lacks. They hold no markup: templates/govuk draws them."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms


class RadiosWithHints(forms.RadioSelect):
    """Radios with a sentence under each option (`hints`), or a field of the same form that opens under one.

    Both are keyed by the option's value as text: `hints={"1": "One person does it"}`,
    `reveals={"na": "reason"}`.
    CSS opens the field; a browser too old for that shows it always.
    """

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        *,
        hints: Mapping[str, str] | None = None,
        reveals: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(attrs)
        self.hints: Mapping[str, str] = hints or {}
        self.reveals: Mapping[str, str] = reveals or {}

    def __deepcopy__(self, memo: dict[int, Any]) -> RadiosWithHints:
        """With options of its own only once it is given others: Django copies each for every form."""
        made = copy.copy(self)
        made.attrs = self.attrs.copy()
        memo[id(self)] = made
        return made


class CheckboxesWithHints(forms.CheckboxSelectMultiple):
    """Tick boxes with a sentence under each option, keyed by the option's value as text."""

    def __init__(
        self, attrs: dict[str, Any] | None = None, *, hints: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(attrs)
        self.hints: Mapping[str, str] = hints or {}


class DateParts(NamedTuple):
    """A date as it was typed into three boxes, so that a wrong one comes back unchanged."""

    day: str = ""
    month: str = ""
    year: str = ""

    @classmethod
    def of(cls, value: dt.date | None) -> DateParts:
        """The boxes for a date that we already hold; empty ones for none."""
        return cls(str(value.day), str(value.month), str(value.year)) if value else cls()

    def typed(self) -> bool:
        """Whether anything at all was typed."""
        return any(part.strip() for part in self)


class DateBoxes(forms.Widget):
    """Three text boxes, day, month and year, posted as name-day, name-month, name-year."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> DateParts:  # noqa: ARG002
        """What was typed, untouched."""
        return DateParts(*(str(data.get(f"{name}-{part}") or "") for part in DateParts._fields))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:  # noqa: ARG002
        """Whether the form that was sent had none of the boxes."""
        return not any(f"{name}-{part}" in data for part in DateParts._fields)

    def id_for_label(self, id_: str) -> str:
        """The first box, since the group itself takes no focus."""
        return f"{id_}-day" if id_ else ""
