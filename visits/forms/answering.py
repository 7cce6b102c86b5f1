"""What a school answers: one of the times that were put forward, or another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django import forms

from core.guard.forms import AskedOnceForm
from schools.queries.terms import SchoolCalendar
from visits.forms.times import MoveForm, TimesForm, clock_field, day_field, slot_field
from visits.models import Visit
from visits.times import warning


class PickForm(MoveForm):
    """The school picks one of the times."""

    submit_label = "Confirm this time"

    def __init__(self, *args: Any, times: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.cancel_url = ""
        self.offers = len(times)
        self.fields["starts_at"] = forms.ChoiceField(
            label="Which time suits the school?",
            choices=list(times.items()),
            widget=forms.RadioSelect,
            error_messages={
                "required": "Choose one of the times, or suggest another",
                "invalid_choice": "That time cannot be picked any more. Choose another, or suggest one.",
            },
        )

    @property
    def starts_at(self) -> datetime:
        """When the chosen time starts, of a valid form."""
        return datetime.fromisoformat(self.cleaned_data["starts_at"])

    def refuse(self, refusal: Exception) -> None:
        """Whatever stands in the way is about the time."""
        self.add_error("starts_at", str(refusal))


class SuggestForm(AskedOnceForm, TimesForm):
    """The school suggests another time, with a note."""

    submit_label = "Suggest this time"
    button_name = "suggest"
    button_kind = "secondary"
    guarded = ("note",)

    day, slot, clock = day_field(), slot_field(), clock_field()
    note = forms.CharField(
        label="A note to go with it (optional)",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, visit=visit, allowed=visit.school.innocent_names, **kwargs)
        self.helper.cancel_url = ""

    def _oddities(self) -> Iterator[str]:
        """Of the day and the hour alone: what else those who come have to do is not the school's to read."""
        calendar = SchoolCalendar.load()
        yield from filter(None, (warning(one, calendar) for one in self.times))
