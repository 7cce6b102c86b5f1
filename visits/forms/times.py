"""A time for a visit as it is typed: a day, when in the school day, the start where it is not the usual one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar, NamedTuple, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from core.controls import Control
from core.fields import ClockField, DateBoxesField, RadiosField, RowsField
from core.forms import GovukForm
from core.widgets import RadiosWithHints
from core.words import local, time_words
from schools.queries.links import link_workers
from schools.queries.terms import SchoolCalendar
from visits.beside import offered_too
from visits.enums import Slot
from visits.models import Visit
from visits.order import out_of_order
from visits.queries.clashes import clash_words, gaps_of
from visits.queries.daybook import offered_by
from visits.queries.order import days_of_others
from visits.services.errors import NotASchoolDay, NotYetHeld, TimeNotPossible, WorkerIsElsewhere
from visits.services.planning import Where
from visits.times import USUAL_STARTS, NoSuchTime, VisitTime, fault_of, slot_at, warning
from visits.who_words import WHO_GOES

SHORTEST, LONGEST = 15, 480
"""Minutes that a visit takes, as its step may have them."""
PARTS = ("day", "slot", "clock")
MEANT = "It is meant so"


def day_field(**kwargs: Any) -> DateBoxesField:
    """The day of a visit."""
    return DateBoxesField(**{"label": "Day", "help_text": "For example: 3 3 2027", **kwargs})


def slot_field(**kwargs: Any) -> RadiosField:
    """When in the school day."""
    hints = {slot.value: f"Usually at {time_words(start)}" for slot, start in USUAL_STARTS.items()}
    return RadiosField(
        label="When in the school day",
        choices=Slot.choices,
        initial=Slot.AFTER_DROP_OFF,
        widget=RadiosWithHints(hints=hints),
        **kwargs,
    )


def clock_field(**kwargs: Any) -> ClockField:
    """The start, where it is not the usual one."""
    return ClockField(
        label="Start (optional)",
        required=False,
        help_text="For example: 9am or 14:15. Left empty, it is the usual time.",
        **kwargs,
    )


def minutes_field() -> forms.IntegerField:
    """How long it takes."""
    return forms.IntegerField(
        label="How many minutes it takes at the school",
        min_value=SHORTEST,
        max_value=LONGEST,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )


class Group(NamedTuple):
    """Some of a form's controls, perhaps under a heading of their own."""

    legend: str
    controls: list[Control]


class MoveForm(GovukForm, forms.Form):
    """Something that is done with a visit."""

    button_name: ClassVar[str] = ""
    """Of the button, on a page with two forms."""
    button_kind: ClassVar[str] = ""

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visit = visit
        self.helper.cancel_url = visit.get_absolute_url()

    def refuse(self, refusal: Exception) -> None:
        """Say why it was not done, where one can mend it."""
        self.add_error(None, str(refusal))

    def is_shown(self, name: str) -> bool:  # noqa: ARG002 - a form below asks it
        """Whether the page shows this field."""
        return True

    def groups(self) -> list[Group]:
        """The controls that the page shows, under headings where there are many."""
        return [Group("", [self.control(name) for name in self.fields if self.is_shown(name)])]


class TimesForm(MoveForm):
    """One time for a visit or several.

    Warns once of days on which schools are closed or that contradict the order of the school's visits, of tight gaps
    and of times that are on offer to another school.
    """

    endings: ClassVar[tuple[str, ...]] = ("",)
    """What the names of the fields of each time end in."""
    warns: ClassVar[bool] = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "minutes" in self.fields:
            self.initial.setdefault("minutes", self.visit.step.minutes)
        if self.warns:
            self.fields["is_meant"] = forms.BooleanField(label=MEANT, required=False)
        self.times: list[VisitTime] = []
        self.is_warned = False

    @property
    def time(self) -> VisitTime:
        """The one time of a valid form that asks for one."""
        return self.times[0]

    @property
    def is_meant(self) -> bool:
        """Whether whoever sent it says that what is odd about it is no mistake."""
        return bool(self.cleaned_data.get("is_meant"))

    def clean(self) -> dict[str, Any]:
        """The times, and a tick for what is odd about them."""
        cleaned = super().clean() or self.cleaned_data
        for ending in self.endings:
            if one := self._read(cleaned, ending):
                self.times.append(one)
                for fault in self._faults(one):
                    self.add_error(f"day{ending}", ValidationError(fault, code="day"))
        if self.warns and not self.errors:
            self._warn(cleaned)
        return cleaned

    def going(self) -> list[User]:
        """Who goes, as the form has it, or else as the visit has it."""
        chosen = self.cleaned_data.get("workers")
        return list(self.visit.workers.all() if chosen is None else chosen)

    def refuse(self, refusal: Exception) -> None:
        """A time that is not possible is said beside its day."""
        if isinstance(refusal, NotASchoolDay):
            self._ask(str(refusal))
        elif isinstance(refusal, TimeNotPossible | WorkerIsElsewhere | NotYetHeld) and len(self.endings) == 1:
            self.add_error("day", ValidationError(str(refusal), code="day"))
        else:
            super().refuse(refusal)

    def is_shown(self, name: str) -> bool:
        """The tick is asked for only once there is something odd."""
        return name != "is_meant" or self.is_warned

    def _read(self, cleaned: dict[str, Any], ending: str) -> VisitTime | None:
        day, slot, clock = (cleaned.get(f"{part}{ending}") for part in PARTS)
        minutes = cleaned.get("minutes", self.visit.step.minutes)
        if any(f"{part}{ending}" in self.errors for part in PARTS) or not minutes:
            return None
        if day is None:
            if clock is not None:
                self.add_error(f"day{ending}", ValidationError("Enter the day of this time.", code="day"))
            return None
        return self._made(cast(date, day), Slot(slot or Slot.OTHER), clock, minutes, ending)

    def _made(self, day: date, slot: Slot, clock: Any, minutes: int, ending: str) -> VisitTime | None:
        start = clock or USUAL_STARTS.get(slot)
        if start is None:
            self.add_error(f"clock{ending}", "Enter the start: “Another time” has no usual one.")
            return None
        try:
            return VisitTime.on(day, start, minutes=minutes, slot=slot_at(slot, start))
        except NoSuchTime as refusal:
            self.add_error(f"clock{ending}", str(refusal))
            return None

    def _faults(self, at: VisitTime) -> Iterator[str]:  # noqa: ARG002 - a form below asks it
        """Why the visit cannot be at that time, so that it is said with all else that is to be mended."""
        yield from ()

    def _warn(self, cleaned: dict[str, Any]) -> None:
        odd = list(self._oddities())
        self.is_warned = bool(odd)
        if odd and not cleaned.get("is_meant"):
            self._ask(" ".join(dict.fromkeys(odd)))

    def _oddities(self) -> Iterator[str]:
        calendar, workers = SchoolCalendar.load(), self.going()
        for one in self.times:
            yield from filter(None, [warning(one, calendar)])
            yield from map(str, gaps_of(self.visit, one, workers))
        yield from self._out_of_order()
        yield from self._offered_too({worker.pk: str(worker) for worker in workers})

    def _out_of_order(self) -> Iterator[str]:
        others = days_of_others(self.visit)
        for one in self.times:
            yield from out_of_order(self.visit.step_id, one.day, others)

    def _offered_too(self, names: dict[int, str]) -> Iterator[str]:
        days = [one.day for one in self.times]
        offers = offered_by(names, min(days), max(days), but={self.visit.pk}) if days else []
        for one in self.times:
            yield from offered_too(one, names, offers)

    def _ask(self, odd: str) -> None:
        self.is_warned = True
        self.add_error("is_meant", f"{odd} Tick the box if it is meant so, or change it.")


class PlaceForm(TimesForm):
    """One for a visit to come, which also asks where it is."""

    field_order = ("day", "slot", "clock", "minutes", "is_online", "place")

    is_online = forms.BooleanField(label="It is online", required=False)
    place = forms.CharField(
        label="Where in the school, or the online address (optional)",
        max_length=200,
        required=False,
        help_text="For example: the library, by the side gate.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("is_online", self.visit.is_online)
        self.initial.setdefault("place", self.visit.place)

    def _faults(self, at: VisitTime) -> Iterator[str]:
        """As the service refuses them, which has the last word."""
        if fault := fault_of(at, self.visit.programme_year, timezone.now()):
            yield fault
        elif clash := clash_words(workers=self.going(), times=[at], but=self.visit):
            yield clash

    @property
    def where(self) -> Where:
        """Where it is, of a valid form."""
        return Where(self.cleaned_data["place"], self.cleaned_data["is_online"])


class PlanForm(PlaceForm):
    """What planning a visit asks for besides its times: where it is and who goes."""

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["workers"] = RowsField(
            label=WHO_GOES,
            queryset=link_workers(self.visit.school),
            required=False,
            initial=self.usual_workers,
        )
        self.fields["is_meant"] = self.fields.pop("is_meant")

    def usual_workers(self) -> list[int]:
        """Who goes already, or else whom the school asks first, or else whoever plans."""
        link_worker = self.visit.school.link_worker_id
        return workers_now(self.visit) or [link_worker if link_worker is not None else self.by.pk]


def workers_now(visit: Visit) -> list[int]:
    """Who goes so far, as a form has it."""
    return [worker.pk for worker in visit.workers.all()]


def as_typed(at: VisitTime) -> dict[str, Any]:
    """A time as the fields of a form with one time have it.

    The usual start is left empty: it would stay behind when somebody chooses another slot.
    """
    start = local(at.starts_at).time()
    is_usual = USUAL_STARTS.get(Slot(at.slot or Slot.OTHER)) == start
    clock = None if is_usual else start
    return {"day": at.day, "slot": at.slot or Slot.OTHER, "clock": clock, "minutes": at.minutes}
