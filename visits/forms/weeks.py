"""Which week or month of the calendar to show, and of whom."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django import forms

from accounts.models import User
from core.forms import GovukForm
from visits.who_words import WHO_GOES


class CalendarForm(GovukForm, forms.Form):
    """A day that the week or month holds, and a worker; nothing asked is today and everybody."""

    label_size: ClassVar[str] = "s"
    on = forms.DateField(
        label="Day",
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.HiddenInput,
        error_messages={"invalid": "That is no day. Choose one by the links of the calendar."},
    )
    worker = forms.ChoiceField(label=WHO_GOES, required=False)

    def __init__(self, data: Any, *, workers: Iterable[User], today: date) -> None:
        super().__init__(data)
        self._people = {str(worker.pk): worker for worker in workers}
        self._today = today
        named = [(pk, str(worker)) for pk, worker in self._people.items()]
        self.fields["worker"].choices = [("", "Everybody"), *named]  # type: ignore[attr-defined]

    def clean_on(self) -> date | None:
        """A day of which a calendar has the weeks around it."""
        day: date | None = self.cleaned_data["on"]
        if day is not None and not 1900 < day.year < 2999:
            raise forms.ValidationError("That day is too far away. Choose one by the links of the calendar.")
        return day

    @property
    def day(self) -> date:
        """The day that is meant, today where none is."""
        return (self.cleaned_data.get("on") if self.is_valid() else None) or self._today

    @property
    def person(self) -> User | None:
        """The worker who is meant; None for everybody."""
        return self._people.get(self.cleaned_data.get("worker", "")) if self.is_valid() else None
