"""The one question about safeguarding: yes or no, and when it was passed on. It has no text, and never will."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.fields import RadiosField
from core.forms import ClockField, RadiosWithHints
from core.models import ProgrammeSettings
from core.words import LONDON, date_words, local
from visits.forms.record import PartForm
from visits.models import SafeguardingAnswer, Visit, Written
from visits.safeguarding_words import Procedure, procedure_of

DAYS_AFTER = 7
"""How long after the visit somebody may still say that it was passed on; the procedure says the same day."""


class SafeguardingForm(PartForm):
    """Did anything need passing on under the safeguarding policy? No, or yes and when."""

    MODEL = SafeguardingAnswer
    HEADING = "Safeguarding"
    _revealed: ClassVar[tuple[str, ...]] = ("at",)

    answer = RadiosField(
        label="Did anything need passing on under the safeguarding policy?",
        choices=[("no", "No"), ("yes", "Yes, passed to the lead")],
        required=False,
        widget=RadiosWithHints(reveals={"yes": "at"}),
    )
    at = ClockField(
        label="At what time was it passed to the lead?", help_text="For example: 10:45am", required=False
    )
    on = forms.TypedChoiceField(
        label="On which day, if it was passed on", coerce=date.fromisoformat, required=False, empty_value=None
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, visit: Visit, **kwargs: Any) -> None:
        super().__init__(data, visit=visit, **kwargs)
        days = [self._day + timedelta(days=number) for number in range(DAYS_AFTER + 1)]
        today = timezone.localdate()
        shown = [day for day in days if day <= today] or [self._day]
        if today not in shown and today > self._day:
            shown.append(today)
        stored = self.initial.get("on")
        if stored and stored not in shown:
            shown.append(stored)
        on = cast(forms.TypedChoiceField, self.fields["on"])
        on.choices = [(day.isoformat(), date_words(day)) for day in shown]

    @property
    def beside(self) -> Procedure:
        """What to do, in the forum's words or ours."""
        return procedure_of(ProgrammeSettings.load())

    @property
    def _day(self) -> date:
        return local(self.visit.starts_at).date() if self.visit.starts_at else timezone.localdate()

    def shown_of(self, row: Written) -> dict[str, Any]:
        """The answer, its time and its day."""
        stored = cast(SafeguardingAnswer, row)
        chosen = {None: "", True: "yes", False: "no"}[stored.was_passed_on]
        at = local(stored.passed_on_at) if stored.passed_on_at else None
        return {"answer": chosen, "at": at.time() if at else None, "on": at.date() if at else self._day}

    def clean(self) -> dict[str, Any]:
        """Yes owes its time, which is not one to come."""
        cleaned = super().clean()
        if self.stored and not cleaned.get("answer") and not self.keeps_theirs:
            self.add_error("answer", "Choose No or Yes. An answer can be changed, but not taken away.")
        if cleaned.get("answer") == "yes" and not self.keeps_theirs and "at" not in self.errors:
            moment = self._moment(cleaned)
            if moment is None:
                self.add_error("at", ValidationError("Say at what time it was passed to the lead."))
            elif moment > timezone.now():
                self.add_error("at", ValidationError("That time has not come yet. Check it, and the day."))
        return cleaned

    def _moment(self, cleaned: Mapping[str, Any]) -> datetime | None:
        if cleaned.get("answer") != "yes" or cleaned.get("at") is None:
            return None
        day = cleaned.get("on") or self._day
        return datetime.combine(day, cleaned["at"], tzinfo=LONDON).astimezone(UTC)

    @property
    def written(self) -> dict[str, Any]:
        """Yes with its moment, no without; None while nobody has answered."""
        chosen = {"yes": True, "no": False}.get(self.cleaned_data["answer"])
        return {"was_passed_on": chosen, "passed_on_at": self._moment(self.cleaned_data)}

    @property
    def theirs(self) -> list[tuple[str, str]]:
        """The stored answer in words."""
        return [("Passed on", cast(SafeguardingAnswer, self.stored).words)]
