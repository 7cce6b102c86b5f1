"""What a school writes about what it is going to change."""

from typing import Any, ClassVar, cast

from django import forms

from core.fields import DateBoxesField
from core.forms import GovukForm, RadiosWithHints
from core.guard.forms import AskedOnceForm
from core.seen import SeenForm
from schools.enums import Need
from schools.models import Action, Area

NAME_NOBODY = "Do not name or describe any child or family."
NEED_HINTS = {
    Need.SENSORY.value: "Light, noise, touch, movement",
    Need.SOCIAL.value: "Being with others, breaks and play",
    Need.COMMUNICATION.value: "Being understood and understanding",
    Need.OTHER.value: "Anything else, or the school as a whole",
}


class ActionForm(AskedOnceForm, SeenForm):
    """One change: what, for which need, by which role and by when."""

    submit_label = "Save the action"
    guarded = ("what",)

    class Meta:
        model = Action
        fields = ("what", "area", "need", "is_reasonable_adjustment", "owner_role", "due_on")
        labels: ClassVar = {
            "what": "What is going to change?",
            "area": "Area of practice",
            "need": "Which need does it answer?",
            "is_reasonable_adjustment": "It is a reasonable adjustment under the Equality Act",
            "owner_role": "Whose is it?",
        }
        help_texts: ClassVar = {
            "what": "One thing, in words that families understand.",
            "owner_role": "A role, never a name.",
        }
        error_messages: ClassVar = {
            "owner_role": {"required": "Choose whose it is"},
            "need": {"required": "Choose which need it answers"},
        }
        widgets: ClassVar = {
            "what": forms.Textarea(attrs={"rows": 3}),
            "need": RadiosWithHints(hints=NEED_HINTS),
            "owner_role": forms.RadioSelect,
        }

    due_on = DateBoxesField(label="By when?", help_text="For example: 18 12 2026")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = cast("forms.ModelChoiceField[Area]", self.fields["area"])
        areas.empty_label = "Choose an area"

    def clean_what(self) -> str:
        """On one line, as lists and the history have it."""
        return " ".join(str(self.cleaned_data["what"]).split())


class ActionFilterForm(GovukForm, forms.Form):
    """Which actions of a school to list."""

    label_size: ClassVar[str] = "s"
    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Any status"), *Action.Status.choices]
    )
    area = forms.ModelChoiceField(
        label="Area of practice",
        required=False,
        queryset=Area.objects.all(),
        to_field_name="key",
        empty_label="Any area",
    )
    need = forms.ChoiceField(label="Need", required=False, choices=[("", "Any need"), *Need.choices])

    @property
    def asked(self) -> dict[str, Any]:
        """What the list is narrowed to, by field."""
        return {name: value for name, value in self.cleaned_data.items() if value}


class WhatChangedForm(AskedOnceForm, GovukForm, forms.Form):
    """What is different now that an action is done."""

    submit_label = "Say that it is done"
    guarded = ("what_changed",)

    what_changed = forms.CharField(
        label="What changed?",
        help_text="Two or three sentences that families could read.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class NotGoingAheadForm(AskedOnceForm, GovukForm, forms.Form):
    """Why an action is not going ahead."""

    submit_label = "Say that it is not going ahead"
    guarded = ("reason",)

    reason = forms.CharField(
        label="Why is it not going ahead?",
        help_text="Families may be told.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
