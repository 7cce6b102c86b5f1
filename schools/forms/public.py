"""What anybody may ask of the public list."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from schools.queries.public import PublicCohort

LONGEST_SEARCH = 100


class PublicListForm(forms.Form):
    """The search and the filter of the public list; its lean markup is in the page."""

    q = forms.CharField(
        label="School or town",
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

    def __init__(self, data: Mapping[str, Any], *, cohorts: Iterable[PublicCohort]) -> None:
        super().__init__(data)
        self.cohorts = tuple(cohorts)
        choices = [("", "Any year"), *((cohort.slug, cohort.label) for cohort in self.cohorts)]
        self.fields["cohort"].choices = choices  # type: ignore[attr-defined]

    @property
    def asked(self) -> dict[str, str]:
        """What was asked for and can be; blank where nothing was."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}
