"""Which of the visits without a date to choose from."""

from datetime import date
from typing import Any, ClassVar

from django import forms

from core.forms import GovukForm
from schools.models import Cohort, ProgrammeYear
from visits.forms.batch import CONFIRM, DATES, TYPE
from visits.models.visits import FIRST, LAST
from visits.queries.planner import Asked


class WhichForm(GovukForm, forms.Form):
    """Narrows the list to a number, a cohort and a year; knows where the dates come from."""

    label_size: ClassVar[str] = "s"
    number = forms.ChoiceField(
        label="Which visit",
        required=False,
        choices=[("", "Any visit"), *((str(number), f"Visit {number}") for number in range(FIRST, LAST + 1))],
    )
    cohort = forms.ModelChoiceField(
        label="Joined with",
        required=False,
        queryset=Cohort.objects.all(),
        to_field_name="slug",
        empty_label="Any cohort",
    )
    year = forms.ModelChoiceField(
        label="Programme year",
        required=False,
        queryset=ProgrammeYear.objects.filter(closed_at=None),
        empty_label="The running year",
    )
    dates = forms.ChoiceField(
        required=False, choices=DATES, widget=forms.HiddenInput({"id": "id_where_from"})
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)

    @property
    def narrows(self) -> bool:
        """Whether some of the visits were asked for: those are meant, and ticked."""
        return any(self.data.get(name) for name in ("number", "cohort"))

    @property
    def beginning(self) -> dict[str, str]:
        """How the form below begins: dates that were agreed are typed, and confirmed."""
        dates = self.cleaned_data.get("dates") if self.is_valid() else ""
        return {"dates": TYPE, "how": CONFIRM} if dates == TYPE else {}

    def asked(self, today: date) -> Asked:
        """What was asked for; of a faulty form nothing but the running year."""
        chosen = self.cleaned_data if self.is_valid() else {}
        running = ProgrammeYear.objects.filter(starts_on__lte=today, ends_on__gte=today).first()
        year = chosen.get("year") or running
        cohort = chosen.get("cohort")
        return Asked(year=year, cohort=cohort.slug if cohort else "", number=chosen.get("number", ""))
