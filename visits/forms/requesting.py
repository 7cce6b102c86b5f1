"""Which visit is asked for: the page that asks says its number and year, so that a second press asks for no second."""

from django import forms

from schools.models import ProgrammeYear
from visits.models.visits import FIRST, LAST


class WhichVisitForm(forms.Form):
    """The number of one of the three visits, None for the next that the school has not got; the year, None for this."""

    number = forms.TypedChoiceField(
        choices=[(number, number) for number in range(FIRST, LAST + 1)],
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": "A school has three visits a year: 1, 2 and 3."},
    )
    year = forms.ModelChoiceField(
        queryset=ProgrammeYear.objects.all(),
        required=False,
        error_messages={"invalid_choice": "There is no such programme year."},
    )
