"""Which visit is asked for: the page that asks says its number, so that a second press asks for no second one."""

from django import forms

from visits.models.visits import FIRST, LAST


class WhichVisitForm(forms.Form):
    """The number of one of the three visits; None for the next that the school has not got."""

    number = forms.TypedChoiceField(
        choices=[(number, number) for number in range(FIRST, LAST + 1)],
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": "A school has three visits a year: 1, 2 and 3."},
    )
