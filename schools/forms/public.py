"""What anybody may ask of the public list."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from schools.queries.listing import Asked
from schools.queries.public import PublicCohort

LONGEST_SEARCH = 100


class PublicListForm(forms.Form):
    """The search and the filters of the public list; its lean markup is in the page."""

    q = forms.CharField(
        label="School, town or postcode",
        max_length=LONGEST_SEARCH,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "class": "govuk-input"}),
        error_messages={"max_length": f"Search for {LONGEST_SEARCH} characters or fewer."},
    )
    cohort = forms.ChoiceField(
        label="Joined in",
        required=False,
        widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages={"invalid_choice": "Choose a year from the list."},
    )
    phase = forms.ChoiceField(
        label="Phase",
        required=False,
        widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages={"invalid_choice": "Choose a phase from the list."},
    )

    def __init__(
        self, data: Mapping[str, Any], *, cohorts: Iterable[PublicCohort], phases: Iterable[str]
    ) -> None:
        super().__init__(data)
        years = [("", "Any year"), *((cohort.slug, cohort.label) for cohort in cohorts)]
        self.fields["cohort"].choices = years  # type: ignore[attr-defined]
        self.fields["phase"].choices = [("", "Any phase"), *((phase, phase) for phase in phases)]  # type: ignore[attr-defined]

    @property
    def asked(self) -> Asked:
        """What was asked for and can be; blank where nothing was."""
        self.is_valid()
        return Asked(**{name: self.cleaned_data.get(name, "") for name in self.fields})
