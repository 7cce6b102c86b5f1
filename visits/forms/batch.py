"""Planning many visits at once: which, by whom and when; and each with its day and time, to be read and changed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import User
from core.fields import ClockField, DateBoxesField, RowsField
from core.forms import GovukForm
from core.words import date_words, time_words
from schools.queries.links import link_workers
from schools.queries.terms import SchoolCalendar
from visits.beside import Beside
from visits.enums import Slot
from visits.forms.typed import DayField
from visits.models import Visit
from visits.planner_words import of_words
from visits.times import USUAL_STARTS, NoSuchTime, VisitTime, fault_of, warning
from visits.who_words import WHO_GOES

FIND, TYPE = "find", "type"
DATES = ((FIND, "Find dates for me"), (TYPE, "I have agreed dates and type them in the next step"))
CONFIRM, PROPOSE = "confirm", "propose"
HOWS = ((CONFIRM, "Confirm them: they are agreed with the schools"), (PROPOSE, "Propose them to the schools"))
ENDINGS = ("", "_2", "_3")
"""What the names of the fields of each time of a visit end in."""
LONGEST_STRETCH = 200
"""Days between the first and the last: a school year is no longer."""


@dataclass(frozen=True)
class How:
    """What becomes of the dates, and how many each school is offered."""

    confirms: bool = False
    offers: int = 1


def offers_field(**kwargs: Any) -> forms.TypedChoiceField:
    """How many times each school is offered."""
    choices = [(str(many), of_words(many, "time")) for many in range(1, len(ENDINGS) + 1)]
    return forms.TypedChoiceField(
        coerce=int,
        empty_value=1,  # type: ignore[arg-type]  # it stands for what was coerced
        required=False,
        choices=choices,
        initial="1",
        **kwargs,
    )


class ChooseVisitsForm(GovukForm, forms.Form):
    """Which visits, who goes, and on which days."""

    submit_label = "See the dates"

    visits = forms.TypedMultipleChoiceField(
        label="Visits without a date", coerce=int, widget=forms.CheckboxSelectMultiple
    )
    workers = RowsField(
        label=WHO_GOES, help_text="Of several, each visit gets one.", queryset=User.objects.none()
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
    offers = offers_field(
        label="How many times to offer each school",
        help_text="For dates that are proposed: the school picks one. They are on different days where there is room.",
        widget=forms.RadioSelect,
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
        """Days and slots are needed where dates are to be found. A date that is confirmed is one."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("how") == CONFIRM:
            cleaned["offers"] = 1
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


class PlannedTime(NamedTuple):
    """One time of the preview: its two boxes, and what else that person has on its day."""

    day: BoundField
    start: BoundField
    beside: str


def _day() -> DayField:
    return DayField(label="Day", required=False)


def _start() -> ClockField:
    return ClockField(label="Time", required=False)


class PlannedVisitForm(GovukForm, forms.Form):
    """One visit of the preview: whether it is taken, its day and time or several, and who goes."""

    label_size: ClassVar[str] = "s"
    hidden_labels = (*(f"{part}{ending}" for ending in ENDINGS for part in ("day", "start")), "worker")
    take = forms.BooleanField(label="Take", required=False)
    day, start = _day(), _start()
    day_2, start_2 = _day(), _start()
    day_3, start_3 = _day(), _start()
    worker = forms.ChoiceField(label=WHO_GOES, required=False)
    is_meant = forms.BooleanField(label="It is meant so", required=False)

    def __init__(
        self,
        *args: Any,
        visit: Visit,
        workers: Iterable[User],
        calendar: SchoolCalendar,
        how: How,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, prefix=f"visit-{visit.pk}", **kwargs)
        self.visit, self.calendar, self.how = visit, calendar, how
        year = visit.programme_year
        for ending in ENDINGS:
            self.fields[f"day{ending}"].within = year.starts_on, year.ends_on  # type: ignore[attr-defined]
        self.people = {str(worker.pk): worker for worker in workers}
        for name in self.hidden_labels:
            field, place = self.fields[name], name.rpartition("_")[2]
            which = f" {place}" if place.isdigit() else ""
            field.label = f"{field.label}{which}: {visit.school}, visit {visit.step_id}"
        named = [(pk, str(worker)) for pk, worker in self.people.items()]
        self.fields["worker"].choices = [("", "As it is"), *named]  # type: ignore[attr-defined]
        self.by_ending: dict[str, VisitTime] = {}
        """The times, by the ending of the boxes in which they stand."""
        self.odd: dict[str, str] = {}
        """What is asked about a time, such as why schools are closed on its day, by the ending of its box."""
        self.impossible: set[str] = set()
        """The endings of the boxes whose times cannot be."""
        self.refusal = ""
        self.why_none = ""
        """Why no date was found."""
        self.said: Beside = {}
        """What else that person has on the days of the times."""

    def clean(self) -> dict[str, Any]:
        """One that is taken has a day and a time to come, in its year; a closed day is meant; one alone is confirmed.

        One without any day is left out.
        """
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("take"):
            self.errors.clear()  # what is left out needs no mending
            return cleaned
        self._name_school()
        for ending in ENDINGS:
            if not {f"day{ending}", f"start{ending}"} & self.errors.keys():
                self._read(cleaned, ending)
        if self.how.confirms and len(self.times) > 1:
            words = f"Only one time can be confirmed for {self.visit.school}. Leave one, or propose them."
            self.add_error("day", words)
        return cleaned

    def _name_school(self) -> None:
        """What a box alone found wrong does not say where: the summary above the list has many rows."""
        for name, faults in list(self.errors.items()):
            self.errors[name] = self.error_class([f"{self.visit.school}: {fault}" for fault in faults])

    def _read(self, cleaned: Mapping[str, Any], ending: str) -> None:
        day, start = cleaned.get(f"day{ending}"), cleaned.get(f"start{ending}")
        if not day and not start:
            return
        if not day:
            self.add_error(f"day{ending}", f"Enter a day for {self.visit.school}, or leave it out")
        if not start:
            self.add_error(f"start{ending}", f"Enter a time for {self.visit.school}")
        if day and start:
            self._add(day, start, ending)

    def _add(self, day: date, start: time, ending: str) -> None:
        slot = next((slot for slot, usual in USUAL_STARTS.items() if usual == start), Slot.OTHER)
        try:
            at = VisitTime.on(day, start, minutes=self.visit.step.minutes, slot=slot)
        except NoSuchTime as refusal:
            self.add_error(f"start{ending}", f"{self.visit.school}: {refusal}")
            return
        self.by_ending[ending] = at
        if fault := fault_of(at, self.visit.programme_year, timezone.now()):
            self.fault(ending, fault)
        elif odd := warning(at, self.calendar):
            self.ask(ending, odd)

    def fault(self, ending: str, why: str) -> None:
        """That time cannot be."""
        self.impossible.add(ending)
        self._tell(ending, why)

    def _tell(self, ending: str, why: str) -> None:
        self.add_error(f"day{ending}", f"{self.visit.school}: {why}")

    def ask(self, ending: str, odd: str) -> None:
        """That time is odd: it is taken once somebody says that it is meant so."""
        self.odd[ending] = f"{self.odd.get(ending, '')} {odd}".strip()
        if not self.cleaned_data.get("is_meant"):
            self._tell(ending, f"{odd} Choose another day, or tick “It is meant so”.")

    @property
    def shown(self) -> Iterator[PlannedTime]:
        """The times that the page has boxes for: as many as are offered, and whatever was typed."""
        for place, ending in enumerate(ENDINGS):
            day, start = self[f"day{ending}"], self[f"start{ending}"]
            if place < self.how.offers or day.value() or start.value():
                yield PlannedTime(day, start, self._beside(ending))

    def _beside(self, ending: str) -> str:
        at = self.by_ending.get(ending)
        return "" if at is None else self.said.get((self.visit.pk, at.starts_at), "")

    @property
    def times(self) -> list[VisitTime]:
        """The times of the visit."""
        return list(self.by_ending.values())

    @property
    def is_taken(self) -> bool:
        """Whether the visit is to get these times; for a valid form."""
        return bool(self.cleaned_data["take"]) and bool(self.times)

    @property
    def is_left_out(self) -> bool:
        """Whether a day was given, and the tick taken away."""
        days = (self[f"day{ending}"].value() for ending in ENDINGS)
        return not self.cleaned_data["take"] and any(days)

    @property
    def workers(self) -> list[User] | None:
        """Whoever goes; None to leave it as it is."""
        worker = self.people.get(self.cleaned_data.get("worker", ""))
        return [worker] if worker else None

    @property
    def going(self) -> list[User]:
        """Whoever goes, also where that is left as it is."""
        return self.workers or list(self.visit.workers.all())


class HowForm(GovukForm, forms.Form):
    """What becomes of the dates of the preview."""

    label_size: ClassVar[str] = "s"
    how = forms.ChoiceField(label="What becomes of the dates?", choices=HOWS, widget=forms.RadioSelect)
    offers = offers_field(widget=forms.HiddenInput)

    @property
    def chosen(self) -> How:
        """What was chosen; of a faulty form, that nothing is confirmed."""
        chosen = self.cleaned_data if self.is_valid() else {}
        return How(confirms=chosen.get("how") == CONFIRM, offers=chosen.get("offers", 1))
