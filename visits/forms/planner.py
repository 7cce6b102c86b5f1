"""What the planner is narrowed to."""

from collections.abc import Iterable
from typing import Any, ClassVar, cast

from django import forms

from accounts.models import User
from core.forms import GovukForm
from schools.models import Cohort, ProgrammeYear
from visits.models.visits import FIRST, LAST
from visits.queries.planner import NOBODY, TO_DO, Asked, Pile
from visits.who_words import WHO_GOES

EVERY_YEAR, EVERYTHING = "all", "all"
"""What the list is narrowed to when no year, or no group of visits, is meant."""


class PlannerFilterForm(GovukForm, forms.Form):
    """Which visits to list; those that need something, of the running year, unless others are asked for."""

    label_size: ClassVar[str] = "s"
    q = forms.CharField(
        label="School or town",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    worker = forms.ChoiceField(label=WHO_GOES, required=False)
    number = forms.ChoiceField(
        label="Which visit",
        required=False,
        choices=[("", "Any visit"), *((str(number), f"Visit {number}") for number in range(FIRST, LAST + 1))],
    )
    cohort = forms.ChoiceField(label="Joined with", required=False)
    year = forms.ChoiceField(label="Programme year", required=False)
    group = forms.ChoiceField(
        label="What they need",
        required=False,
        choices=[("", "Whatever needs doing"), *Pile.choices, (EVERYTHING, "All visits")],
    )

    def __init__(
        self,
        data: Any,
        *,
        years: Iterable[ProgrammeYear],
        running: ProgrammeYear | None,
        workers: Iterable[User],
        cohorts: Iterable[Cohort],
    ) -> None:
        asked = data.copy()
        if running is not None and not asked.get("year"):
            asked["year"] = str(running.pk)
        super().__init__(asked)
        self._years = {str(year.pk): year for year in years}
        named = [(pk, year.name) for pk, year in self._years.items()]
        people = [(str(worker.pk), str(worker)) for worker in workers]
        joined = [(cohort.slug, cohort.name) for cohort in cohorts]
        self.fields["cohort"].choices = [("", "Any cohort"), *joined]  # type: ignore[attr-defined]
        self.fields["year"].choices = [*named, (EVERY_YEAR, "Every year")]  # type: ignore[attr-defined]
        self.fields["worker"].choices = [("", "Anybody"), (NOBODY, "Nobody yet"), *people]  # type: ignore[attr-defined]

    @property
    def narrows(self) -> bool:
        """Whether anything was chosen of what the page folds away."""
        return any(self.data.get(name) for name in ("number", "cohort", "group"))

    @property
    def asked(self) -> Asked:
        """What was asked for; for a valid form."""
        chosen = self.cleaned_data
        return Asked(self.chosen_year, chosen["worker"], chosen["cohort"], chosen["number"], chosen["q"])

    @property
    def chosen_year(self) -> ProgrammeYear | None:
        """The year that is meant; None for every one."""
        return self._years.get(self.cleaned_data["year"])

    @property
    def piles(self) -> tuple[Pile, ...]:
        """The groups that were asked for, in their order."""
        group = cast(str, self.cleaned_data["group"])
        if group == EVERYTHING:
            return tuple(Pile)
        return (Pile(group),) if group else TO_DO
