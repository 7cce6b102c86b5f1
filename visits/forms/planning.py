"""Planning a visit: times to propose, a date, another date, why it is called off, when it was held."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar, cast

from django import forms
from django.http import QueryDict
from django.utils.dateparse import parse_datetime

from accounts.models import User
from core.fields import RowsField
from core.guard.forms import AskedOnceForm
from core.words import date_words
from schools.queries.links import link_workers
from visits.forms.times import (
    PARTS,
    Group,
    MoveForm,
    PlaceForm,
    PlanForm,
    TimesForm,
    as_typed,
    clock_field,
    day_field,
    minutes_field,
    slot_field,
    workers_now,
)
from visits.models import Visit
from visits.queries.owed import has_withdrawn, is_owed, takes_part
from visits.queries.times import held_out_of_order, time_of
from visits.services.errors import ChangedSince, TimeNotPossible
from visits.services.offers import check_offer
from visits.who_words import WHO_GOES

IN_WORDS = ("Time 1", "Time 2 (optional)", "Time 3 (optional)")
REASON_HINT = "The school reads it, and its history keeps it."


def reason_field(label: str) -> forms.CharField:
    """Why something is done that the school did not expect."""
    return forms.CharField(
        label=label, help_text=REASON_HINT, max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class ProposeForm(PlanForm):
    """Up to three times, where it is, who goes."""

    submit_label = "E-mail the times to the school"
    endings: ClassVar = ("_1", "_2", "_3")

    day_1, slot_1, clock_1 = day_field(), slot_field(), clock_field()
    day_2, slot_2, clock_2 = day_field(required=False), slot_field(required=False), clock_field()
    day_3, slot_3, clock_3 = day_field(required=False), slot_field(required=False), clock_field()
    minutes = minutes_field()

    def clean(self) -> dict[str, Any]:
        """Each fault of a time says of which: the summary above has no headings. No two are the same."""
        cleaned = super().clean()
        for number, ending in enumerate(self.endings, 1):
            for part in PARTS:
                for fault in self.errors.as_data().get(f"{part}{ending}", ()):
                    fault.message, fault.params = f"Time {number}: {' '.join(fault.messages)}", None
        if self.times:
            try:
                check_offer(self.times)
            except TimeNotPossible as refusal:
                self.add_error(None, str(refusal))
        return cleaned

    def groups(self) -> list[Group]:
        """Each time under a heading of its own, then the rest."""
        timed = [[f"{part}{ending}" for part in PARTS] for ending in self.endings]
        known = {name for names in timed for name in names}
        rest = [name for name in self.fields if name not in known and self.is_shown(name)]
        groups = zip((*IN_WORDS, "About all of them"), (*timed, rest), strict=True)
        return [Group(legend, [self.control(name) for name in names]) for legend, names in groups]


class ConfirmForm(PlanForm):
    """The date that was agreed, where it is, who goes."""

    submit_label = "Confirm the date"

    day, slot, clock, minutes = day_field(), slot_field(), clock_field(), minutes_field()


NOT_SEEN = "This page came without the version of the visit that it shows. Open it again from the visit."


class SeenMoveForm(MoveForm):
    """One that knows which version of the visit its page showed."""

    seen = forms.CharField(max_length=40, widget=forms.HiddenInput, error_messages={"required": NOT_SEEN})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.visit.changed_at.isoformat()

    def refuse(self, refusal: Exception) -> None:
        """Whoever reads how it stands now, and sends it again, means it."""
        super().refuse(refusal)
        if isinstance(refusal, ChangedSince):
            self.visit.refresh_from_db(fields=["changed_at"])
            data = cast(QueryDict, self.data).copy()
            data["seen"] = self.visit.changed_at.isoformat()
            self.data = data

    def clean_seen(self) -> datetime:
        """When the visit that the page showed had last changed: without it a colleague's change could be undone."""
        try:
            seen = parse_datetime(self.cleaned_data["seen"])
        except ValueError:
            seen = None
        if seen is None or seen.tzinfo is None:
            raise forms.ValidationError(NOT_SEEN)
        return seen


class ReasonedForm(AskedOnceForm, MoveForm):
    """One that says why, in words that are mailed."""

    guarded = ("reason",)

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, visit=visit, allowed=visit.school.innocent_names, **kwargs)


class RescheduleForm(ReasonedForm, SeenMoveForm, PlaceForm):
    """Another date or another place, and why."""

    submit_label = "Move it and tell the school"

    day, slot, clock, minutes = day_field(), slot_field(), clock_field(), minutes_field()
    reason = reason_field("Why is it moved?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        at = time_of(self.visit)
        if at is not None:
            self.initial = {**as_typed(at), **self.initial, "minutes": at.minutes}
        self.fields["is_meant"] = self.fields.pop("is_meant")


class TakeDateBackForm(ReasonedForm):
    """Why a date does not hold any more."""

    submit_label = "Take the date back and tell the school"
    reason = reason_field("Why does the date not hold?")


WITHDREW = "The school withdrew from the programme."


class CancelForm(ReasonedForm):
    """Why a visit will not be, and whether another takes its place."""

    submit_label = "Cancel the visit"
    reason = reason_field("Why is it cancelled?")
    another = forms.BooleanField(label="Another visit is to be planned in its place", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].initial = lambda: WITHDREW if has_withdrawn(self.visit) else ""
        self.fields["another"].initial = lambda: is_owed(self.visit)

    @cached_property
    def can_be_replaced(self) -> bool:
        """Whether another can be planned: at a school that withdrew none is."""
        return takes_part(self.visit)

    def is_shown(self, name: str) -> bool:
        """Another is offered where there can be one."""
        return name != "another" or self.can_be_replaced

    def clean_another(self) -> bool:
        """A tick from before the school withdrew plans none; the answer says so."""
        return bool(self.cleaned_data["another"]) and self.can_be_replaced


class NotHeldForm(ReasonedForm):
    """Why a visit that was noted as held was not."""

    submit_label = "It was not held"
    reason = reason_field("What happened?")


class LogForm(TimesForm):
    """When it was held, however long ago, and who went. Asks once about a day that contradicts another visit's."""

    submit_label = "Log that it was held"

    day = day_field(help_text="The day on which it was held. It may be long ago.")
    slot, clock, minutes = slot_field(), clock_field(), minutes_field()

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        at = time_of(self.visit)
        if at is not None:
            self.initial = {**as_typed(at), **self.initial, "minutes": at.minutes}
        self.fields["workers"] = RowsField(
            label="Who went",
            queryset=link_workers(self.visit.school),
            required=False,
            initial=lambda: workers_now(self.visit) or [by.pk],
        )
        self.fields["is_meant"] = self.fields.pop("is_meant")

    def _oddities(self) -> Iterator[str]:
        """Visits can be logged in any order and late; only the days in which they were held are compared."""
        for other in held_out_of_order(self.visit, self.time):
            which = "after" if other.step_id < self.visit.step_id else "before"
            day = date_words(cast(datetime, other.starts_at))
            yield f"Visit {other.step_id} at this school is logged for {day}, {which} that day."


class WorkersForm(SeenMoveForm):
    """Who goes."""

    submit_label = "Save who goes"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["workers"] = RowsField(
            label=WHO_GOES,
            queryset=link_workers(self.visit.school),
            initial=lambda: workers_now(self.visit),
        )
