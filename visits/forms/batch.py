"""Planning many visits at once: which, by whom and when; and each with its day and time, to be read and changed."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import User
from core.fields import ClockField, DateBoxesField, RowsField
from core.forms import GovukForm
from core.words import date_words, time_words
from schools.queries.links import link_workers
from schools.queries.terms import SchoolCalendar
from visits.enums import Slot
from visits.forms.typed import DayField
from visits.models import Visit
from visits.times import USUAL_STARTS, NoSuchTime, VisitTime, warning

FIND, TYPE = "find", "type"
DATES = ((FIND, "Find dates for me"), (TYPE, "I have agreed dates and type them in the next step"))
CONFIRM, PROPOSE = "confirm", "propose"
HOWS = ((CONFIRM, "Confirm them: they are agreed with the schools"), (PROPOSE, "Propose them to the schools"))
LONGEST_STRETCH = 200
"""Days between the first and the last: a school year is no longer."""


class ChooseVisitsForm(GovukForm, forms.Form):
    """Which visits, who goes, and on which days."""

    submit_label = "See the dates"

    visits = forms.TypedMultipleChoiceField(
        label="Visits without a date", coerce=int, widget=forms.CheckboxSelectMultiple
    )
    workers = RowsField(
        label="Who goes", help_text="Of several, each visit gets one.", queryset=User.objects.none()
    )
    dates = forms.ChoiceField(
        label="Where do the dates come from?",
        choices=DATES,
        widget=forms.RadioSelect,
        initial=FIND,
    )
    first = DateBoxesField(label="First day", required=False, help_text="For dates that are found for you.")
    last = DateBoxesField(label="Last day", required=False)
    slots = forms.MultipleChoiceField(
        label="When in the school day",
        required=False,
        choices=[(slot.value, f"{slot.label}, {time_words(start)}") for slot, start in USUAL_STARTS.items()],
        widget=forms.CheckboxSelectMultiple,
        initial=[slot.value for slot in USUAL_STARTS],
    )
    most_a_day = forms.TypedChoiceField(
        label="At most for one person in a day",
        coerce=int,
        choices=[("1", "1 visit"), ("2", "2 visits, schools near each other")],
        widget=forms.RadioSelect,
        initial="2",
    )
    how = forms.ChoiceField(
        label="What becomes of the dates?", choices=HOWS, widget=forms.RadioSelect, initial=PROPOSE
    )

    def __init__(
        self, *args: Any, visits: Iterable[Visit], by: User, ticked: bool = False, **kwargs: Any
    ) -> None:
        """The visits, all ticked or none; whoever asks goes, unless they choose others."""
        super().__init__(*args, **kwargs)
        named = [(str(one.pk), _named(one)) for one in visits]
        self.fields["workers"].queryset = link_workers()  # type: ignore[attr-defined]
        self.fields["visits"].choices = named  # type: ignore[attr-defined]
        self.initial.setdefault("visits", [pk for pk, _ in named] if ticked else [])
        self.initial.setdefault("workers", [by.pk])

    def clean(self) -> dict[str, Any]:
        """Days and slots are needed where dates are to be found."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("dates") == FIND:
            self._check_stretch(cleaned.get("first"), cleaned.get("last"))
            if not cleaned.get("slots") and "slots" not in self.errors:
                self.add_error("slots", "Tick at least one for “When in the school day”")
        return cleaned

    def _check_stretch(self, first: date | None, last: date | None) -> None:
        for name, day in (("first", first), ("last", last)):
            if day is None and name not in self.errors:
                self.add_error(name, ValidationError(f"Enter {name} day", code="day"))
        if first and last and last < first:
            words = f"The last day must not come before {date_words(first)}."
            self.add_error("last", ValidationError(words, code="day"))
        elif first and last and (last - first).days > LONGEST_STRETCH:
            words = f"Choose a day at most {LONGEST_STRETCH} days after the first."
            self.add_error("last", ValidationError(words, code="day"))


def _named(visit: Visit) -> SafeString:
    where = f", {visit.school.town}" if visit.school.town else ""
    return format_html("{}{}: visit {}", visit.school, where, visit.step_id)


class PlannedVisitForm(GovukForm, forms.Form):
    """One visit of the preview: whether it is taken, its day, its time and who goes."""

    label_size: ClassVar[str] = "s"
    hidden_labels = ("day", "start", "worker")
    take = forms.BooleanField(label="Take", required=False)
    day = DayField(label="Day", required=False)
    start = ClockField(label="Time", required=False)
    worker = forms.ChoiceField(label="Who goes", required=False)
    is_meant = forms.BooleanField(label="It is meant so", required=False)

    def __init__(
        self, *args: Any, visit: Visit, workers: Iterable[User], calendar: SchoolCalendar, **kwargs: Any
    ) -> None:
        super().__init__(*args, prefix=f"visit-{visit.pk}", **kwargs)
        self.visit, self.calendar = visit, calendar
        self.people = {str(worker.pk): worker for worker in workers}
        for name in self.hidden_labels:
            self.fields[name].label = f"{self.fields[name].label}: {visit.school}, visit {visit.step_id}"
        named = [(pk, str(worker)) for pk, worker in self.people.items()]
        self.fields["worker"].choices = [("", "As it is"), *named]  # type: ignore[attr-defined]
        self.time: VisitTime | None = None
        self.odd = ""
        """Why schools are closed that day, while nobody has said that it is meant."""
        self.refusal = ""
        self.beside = ""
        """The other school of the day, and how far it is."""

    def clean(self) -> dict[str, Any]:
        """One that is taken has a day and a time that there is; a closed day is meant."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("take") or self.errors:
            return cleaned
        day, start = cleaned.get("day"), cleaned.get("start")
        if not day:
            self.add_error("day", f"Enter a day for {self.visit.school}, or leave it out")
        if not start:
            self.add_error("start", f"Enter a time for {self.visit.school}")
        if day and start:
            self._make_time(day, start, is_meant=cleaned["is_meant"])
        return cleaned

    def _make_time(self, day: date, start: time, *, is_meant: bool) -> None:
        slot = next((slot for slot, usual in USUAL_STARTS.items() if usual == start), Slot.OTHER)
        try:
            self.time = VisitTime.on(day, start, minutes=self.visit.step.minutes, slot=slot)
        except NoSuchTime as fault:
            self.add_error("start", str(fault))
            return
        self.odd = warning(self.time, self.calendar)
        if self.odd and not is_meant:
            self.add_error("day", f"{self.odd} Choose another day, or tick “It is meant so”.")

    @property
    def is_taken(self) -> bool:
        """Whether the visit is to get this date; for a valid form."""
        return bool(self.cleaned_data["take"]) and self.time is not None

    @property
    def workers(self) -> list[User] | None:
        """Whoever goes; None to leave it as it is."""
        worker = self.people.get(self.cleaned_data["worker"])
        return [worker] if worker else None


class HowForm(GovukForm, forms.Form):
    """What becomes of the dates of the preview."""

    label_size: ClassVar[str] = "s"
    how = forms.ChoiceField(label="What becomes of the dates?", choices=HOWS, widget=forms.RadioSelect)
