"""What of the dashboard is asked for; all of it stands in the address."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from core.forms import GovukForm
from core.prepared import Prepared
from pins.dashboard.board import OUTSIDE, TAKING_PART
from pins.dashboard.column import DONE, Column
from pins.dashboard.columns import COLUMNS
from pins.dashboard.enums import Waits
from pins.navigation import address
from schools.models import Cohort, Participation, ProgrammeYear

years_newest_first = Prepared(lambda: ProgrammeYear.objects.order_by("-starts_on", "-pk"))
"""Every programme year; one query."""
_COHORTS = Prepared(Cohort.objects.all)


def usual_year(years: list[ProgrammeYear], today: date) -> ProgrammeYear | None:
    """The year that runs, else the last that has begun, else the next."""
    begun = [year for year in years if year.starts_on <= today]
    running = (year for year in begun if today <= year.ends_on)
    return next(running, None) or next(iter([*begun, *reversed(years)]), None)


class YearForm(GovukForm, forms.Form):
    """Which programme year to look at."""

    label_size: ClassVar[str] = "s"
    year = forms.ChoiceField(label="Programme year", required=False)

    def __init__(self, data: QueryDict, *, years: list[ProgrammeYear], today: date) -> None:
        asked = data.copy()
        usual = usual_year(years, today)
        if usual is not None and not asked.get("year"):
            asked["year"] = str(usual.pk)
        super().__init__(asked)
        self._years = {str(year.pk): year for year in years}
        self.fields["year"].choices = [(key, year.name) for key, year in self._years.items()]  # type: ignore[attr-defined]

    @property
    def asked_year(self) -> ProgrammeYear | None:
        """The year that is meant; None where the address names none that there is."""
        return self._years.get(self.cleaned_data.get("year", "")) if self.is_valid() else None


def _standings(column: Column) -> Iterable[tuple[str, str]]:
    if any(state.is_done for state in column.states):
        yield f"{column.key}.{DONE}", f"{column.head}: done"
    for state in column.states:
        yield f"{column.key}.{state.key}", f"{column.head}: {state.word.lower()}"


class BoardFilterForm(YearForm):
    """Which schools stand on the board."""

    q = forms.CharField(
        label="Name, town, postcode or URN",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    overdue = forms.ChoiceField(
        label="Overdue", required=False, choices=[("", "All"), ("yes", "What is overdue")]
    )
    waits_for = forms.ChoiceField(label="Waits for", required=False)
    stage = forms.ChoiceField(
        label="Waits at",
        required=False,
        choices=[("", "Any stage"), *((column.key, column.head) for column in COLUMNS)],
    )
    cohort = forms.ChoiceField(label="Joined with", required=False)
    status = forms.ChoiceField(
        label="Status in the year",
        required=False,
        choices=[("", "Any status"), (TAKING_PART, "Taking part"), *Participation.Status.choices],
    )
    offer = forms.ChoiceField(
        label="Offer",
        required=False,
        choices=[("", "Any offer"), *Participation.Offer.choices, (OUTSIDE, "Owed no visits")],
    )
    stands = forms.ChoiceField(
        label="Stands at",
        required=False,
        choices=[("", "Anywhere"), *(choice for column in COLUMNS for choice in _standings(column))],
    )
    field_order = ("q", "year", "overdue", "waits_for", "stage", "cohort", "status", "offer", "stands")

    def __init__(self, data: QueryDict, *, years: list[ProgrammeYear], today: date, forum: str) -> None:
        super().__init__(data, years=years, today=today)
        waits = [(Waits.SCHOOL, "The school"), (Waits.FORUM, forum), (Waits.NOBODY, "Nobody")]
        self.fields["waits_for"].choices = [("", "Anybody or nobody"), *waits]  # type: ignore[attr-defined]
        self.fields["cohort"].choices = self._named_cohorts  # type: ignore[attr-defined]

    @cached_property
    def _cohorts(self) -> dict[str, Cohort]:
        """By their part of an address; asked for where they are shown, or one is chosen."""
        return {cohort.slug: cohort for cohort in _COHORTS()}

    def _named_cohorts(self) -> list[tuple[str, str]]:
        return [("", "Any cohort"), *((slug, cohort.name) for slug, cohort in self._cohorts.items())]

    @property
    def asked(self) -> dict[str, Any]:
        """What was chosen, without what was left open."""
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        return chosen | {"cohort": self._cohorts[chosen["cohort"]]} if "cohort" in chosen else chosen

    @property
    def narrows(self) -> bool:
        """Whether anything was chosen of what the page folds away."""
        return any(self.data.get(name) for name in ("stage", "cohort", "status", "offer", "stands"))


def board_url(year: ProgrammeYear, **asked: str) -> str:
    """The board narrowed to the rows behind a figure."""
    return f"{address('dashboard_board')}?{urlencode({'year': year.pk, **asked})}"
